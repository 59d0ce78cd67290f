--- Imports people of the original system: from the JSON files of a storage folder to a persona file of ours, with remarks
--- about everything that could not be read or was assumed. `propersim import reverie` calls this; docs/import.md tells users.
local activities = require "propersim.import_activity"
local check = require "propersim.persona"
local lexicon = require "propersim.lexicon"
local places = require "propersim.import_place"
local prose = require "propersim.import_prose"
local routines = require "propersim.import_routine"
local time = require "propersim.persona_time"
local wishes = require "propersim.prose"
local write = require "propersim.import_write"
local when = require "propersim.import_when"

local M = {}

local WAKE, SLEEP = 420, 1350    -- 07:00 and 22:30, where the prose does not say
local AFTER_UNWINDING = 60       -- minutes from "unwinding at 9pm" to sleep
local AROUND_TIMES = 30          -- minutes awake before and after the hours that Timing speaks of
local WORK_FROM, WORK_TO = 540, 1020
local NIGHT = { wake = 930, sleep = 480, from = 1320, to = 360 } -- of who works at night: 15:30 to 08:00, 22:00 to 06:00
local SHORT_DAY, LONG_DAY = 600, 1260

local TEXTS = { "background", "current_interests", "lifestyle", "long_term_goals", "daily_plan_req" }
local CRITERIA = { personal_preference = "Personal_Preference", timing = "Timing", frequency = "Frequency",
  communication_safety = "Communication_&_Safety" }

local WORK = {
  work = { titled = "working from home as %s %s", plain = "working at the desk",
    tasks = { "answering work emails", "working through the tasks of the day", "working on a project at the desk" } },
  study = { titled = "studying at the desk", plain = "studying at the desk",
    tasks = { "reading lecture notes and studying", "doing homework", "studying for an exam" } },
}

local function names_of(scratch)
  local first, last = prose.clean(scratch.first_name), prose.clean(scratch.last_name)
  return { first .. " " .. last, first }
end

-- The first and the last hour that a text speaks of; the last may be after midnight, then it is above 1440.
local function span_of(text)
  local first, last = math.huge, 0
  for _, minute in ipairs(when.clocks(text)) do
    if minute >= 240 and minute < 720 then first = math.min(first, minute) end
    if minute < 240 then minute = minute + time.DAY end
    last = math.max(last, minute)
  end
  return first, last
end

-- Who may be asked until 11pm is up until then; who works at night sleeps by day.
local function read_hours(read, timing, at_night, remarks)
  local wake, sleep = read.wake, read.bed
  if at_night and not wake and not sleep then
    remarks[#remarks + 1] = string.format("wake and sleep: no times are said, but work at night; assumed %s to %s",
      time.text(NIGHT.wake), time.text(NIGHT.sleep))
    return NIGHT.wake, NIGHT.sleep
  end
  local first, last = span_of(timing)
  if not wake then
    wake = math.min(WAKE, first - AROUND_TIMES)
    remarks[#remarks + 1] = "wake: no time is said; assumed " .. time.text(wake)
  end
  if not sleep and read.unwind then
    sleep = (read.unwind + AFTER_UNWINDING) % time.DAY
    remarks[#remarks + 1] = string.format("sleep: no time is said, but the day ends around %s; assumed %s",
      time.text(read.unwind), time.text(sleep))
  elseif not sleep then
    sleep = math.max(read.wake and wake + 930 or SLEEP, last + AROUND_TIMES) % time.DAY
    remarks[#remarks + 1] = "sleep: no time is said; assumed " .. time.text(sleep)
  end
  local awake = time.span(wake, sleep)
  if awake < SHORT_DAY or awake > LONG_DAY then
    sleep = (wake + 930) % time.DAY
    remarks[#remarks + 1] = string.format("sleep: the times that are said leave %d hours awake; assumed %s to %s", awake // 60,
      time.text(wake), time.text(sleep))
  end
  return wake, sleep
end

-- An activity such as "working from 9am to 5pm" gives the hours of work and is no entry of its own.
local function take_work_hours(entries, kind)
  local kept, from, to = {}, nil, nil
  for _, entry in ipairs(entries) do
    local long = entry.kind == kind and entry.at and entry.length_said and entry.minutes >= 240
    if long and not from then
      from, to = entry.at, (entry.at + entry.minutes) % time.DAY
    else
      kept[#kept + 1] = entry
    end
  end
  return kept, from, to
end

local function read_job(read, background, names, at_night, remarks)
  local kind, title = prose.occupation(background, names)
  if kind == "none" then
    remarks[#remarks + 1] = "occupation: none, from background; no working hours"
    return nil
  end
  local from, to
  read.activities, from, to = take_work_hours(read.activities, kind)
  local words = WORK[kind]
  local activity = title ~= "" and words.titled:format(title:find("^[aeiou]") and "an" or "a", title) or words.plain
  if lexicon.kind_of(activity) ~= kind then activity = words.plain end
  local job = { kind = kind, activity = activity, tasks = words.tasks, from = from or (at_night and NIGHT.from) or WORK_FROM,
    to = to or (at_night and NIGHT.to) or WORK_TO }
  remarks[#remarks + 1] = string.format('occupation: "%s" on weekdays from %s to %s%s, not at weekends', activity,
    time.text(job.from), time.text(job.to), from and "" or " (assumed)")
  return job
end

-- "Around 6am, when I'm planning my day": the rubric tells of the day, too.
local function read_timing(read, timing, pronoun, names)
  local own = pronoun == "she" and "her" or pronoun == "he" and "his" or "their"
  for _, sentence in ipairs(prose.items(timing)) do
    local doing = sentence:match("when I am (%a+ing [^,;.]*)") or sentence:match("when I'm (%a+ing [^,;.]*)")
    local at = doing and when.take(when.tokens(sentence)).at
    if at then
      local plain = when.tokens(doing)
      for _, token in ipairs(plain) do
        if token.word == "my" then token.raw = own end
      end
      local words = {}
      for i, token in ipairs(plain) do words[i] = token.raw end
      local found = { activities = {}, unread = {} }
      activities.read(found, "1) " .. table.concat(words, " "), "criteria.Timing", names)
      for _, entry in ipairs(found.activities) do
        entry.at, entry.minutes = entry.at or at, math.min(entry.minutes, 30)
        read.activities[#read.activities + 1] = entry
      end
    end
  end
end

-- "When I wake up from a nap" reads as sleep, during which nobody is asked anything.
local function without_sleep(preferences, remarks)
  for _, like in ipairs(preferences.likes) do
    local during, has_rest = {}, false
    for _, kind in ipairs(like.during) do
      if kind ~= "sleep" then during[#during + 1] = kind end
      has_rest = has_rest or kind == "rest"
    end
    if #during < #like.during then
      if not has_rest then during[#during + 1] = "rest" end
      like.during = during
      remarks[#remarks + 1] = string.format('criteria: "%s" is liked during sleep; assumed rest', like.topic)
    end
  end
end

-- The persona's own activities about a liked topic are times for it as well: films also while watching films.
local function widen_likes(preferences, lists, remarks)
  local busy = {}
  for _, kind in ipairs(preferences.busy) do busy[kind] = true end
  for _, like in ipairs(preferences.likes) do
    local has = {}
    for _, kind in ipairs(like.during) do has[kind] = true end
    for _, list in ipairs(lists) do
      for _, entry in ipairs(list) do
        if entry.topics[like.topic] and not has[entry.kind] and not busy[entry.kind] then
          has[entry.kind] = true
          like.during[#like.during + 1] = entry.kind
          remarks[#remarks + 1] = string.format('preferences: assumed that "%s" is welcome while "%s", too', like.topic,
            entry.activity)
        end
      end
    end
  end
end

-- Interests without a time fill the day; so do habits whose time is not said, if they are no part of a meal.
local function sort_out(read, interests)
  local entries, cook = {}, nil
  for _, entry in ipairs(read.activities) do
    local timed = entry.at or entry.to or entry.anchor
    if entry.kind == "cooking" and entry.from == "lifestyle" and not entry.role and not timed then
      cook = cook or entry
    elseif entry.from == "lifestyle" and not timed and not entry.role then
      interests[#interests + 1] = entry
    elseif entry.kind ~= "sleep" then
      entries[#entries + 1] = entry
    end
  end
  return entries, cook
end

local function read_texts(scratch, remarks)
  local texts = {}
  for _, key in ipairs(TEXTS) do
    texts[key] = prose.clean(scratch[key])
    if texts[key] == "" then
      texts[key] = "Not said."
      remarks[#remarks + 1] = key .. ': is empty; wrote "Not said."'
    end
  end
  return texts
end

local function read_who(id, scratch, texts, rubric, remarks)
  local big_five, unread = prose.big_five(prose.clean(scratch.big_five_personality_traits))
  for _, trait in ipairs(unread) do
    remarks[#remarks + 1] = "big_five_personality_traits: says nothing of " .. trait .. '; assumed "low"'
  end
  local pronoun, said = prose.pronoun { texts.background, texts.current_interests, texts.lifestyle, texts.long_term_goals,
    texts.daily_plan_req }
  remarks[#remarks + 1] = said and string.format('pronoun: "%s", from "%s" in the texts', pronoun, said)
    or 'pronoun: none is used in the texts; assumed "they"'
  return {
    id = id, first_name = prose.clean(scratch.first_name), last_name = prose.clean(scratch.last_name), age = scratch.age,
    pronoun = pronoun, big_five = big_five, background = texts.background, current_interests = texts.current_interests,
    lifestyle = texts.lifestyle, long_term_goals = texts.long_term_goals, daily_plan_req = texts.daily_plan_req, rubric = rubric,
  }
end

local function read_rubric(criteria)
  local rubric = {}
  for key, name in pairs(CRITERIA) do rubric[key] = prose.clean(criteria[name]) end
  return rubric
end

local function append(to, from)
  for _, item in ipairs(from) do to[#to + 1] = item end
end

local function header(p, source, remarks, problems)
  local out = { write.comment(string.format("%s %s, imported by propersim from %s.", p.first_name, p.last_name, source)),
    write.comment("What was assumed, or could not be read, is listed here; change whatever you know better.") }
  for _, remark in ipairs(remarks) do out[#out + 1] = write.comment("- " .. remark, "  ") end
  if #problems > 0 then
    out[#out + 1] = write.comment("TO BE CORRECTED before this person can be simulated:")
    for _, problem in ipairs(problems) do out[#out + 1] = write.comment("- " .. problem, "  ") end
  end
  return table.concat(out)
end

--- Turns one person of the original into a persona file.
---@param id string letters, digits, - and _
---@param source string where the person was read from, for the file's first line
---@param scratch table scratch.json; names and texts are texts, age is a number, criteria has its four texts
---@param spatial table|nil spatial_memory.json: world > sector > arena > objects
---@return table { text = the file, name = full name, living_area, remarks = string[], problems = string[] } problems is what
--- `propersim check` finds in the file: nothing, unless a person has to decide something
function M.persona(id, source, scratch, spatial)
  local remarks, read = {}, { activities = {}, unread = {} }
  local names, rubric = names_of(scratch), read_rubric(scratch.criteria)
  local texts = read_texts(scratch, remarks)
  local p = read_who(id, scratch, texts, rubric, remarks)
  activities.read(read, texts.daily_plan_req, "daily_plan_req", names)
  activities.read(read, texts.lifestyle, "lifestyle", names)
  read_timing(read, rubric.timing, p.pronoun, names)
  local liked = { activities = {}, unread = {} }
  activities.read(liked, texts.current_interests, "current_interests", names)
  local at_night = prose.works_at_night { texts.background, texts.lifestyle }
  local wake, sleep = read_hours(read, rubric.timing, at_night, remarks)
  local job = read_job(read, texts.background, names, at_night, remarks)
  local entries, cook = sort_out(read, liked.activities)

  local unread
  p.preferences, unread = wishes.preferences(rubric, { wake = wake, sleep = sleep })
  for _, line in ipairs(unread) do remarks[#remarks + 1] = "criteria: " .. line end
  without_sleep(p.preferences, remarks)
  widen_likes(p.preferences, { entries, liked.activities }, remarks)

  local home, about_home = places.home(spatial or {}, prose.clean(scratch.living_area))
  p.living_area = home.home
  local careful = p.big_five.conscientiousness == "high"
  local about_days
  p.routine, about_days = routines.make({ wake = wake, sleep = sleep, vary = careful and 10 or 25, job = job, entries = entries,
    interests = liked.activities, cook = cook }, p.preferences, home)
  append(remarks, about_days)
  append(remarks, read.unread)
  append(remarks, liked.unread)
  append(remarks, about_home)
  local problems = check.check(p, id)
  return { text = write.persona(p, header(p, source, remarks, problems)), name = p.first_name .. " " .. p.last_name,
    living_area = p.living_area, remarks = remarks, problems = problems }
end

--- Does a persona of ours say what a scratch.json says? Then the folder is an export of that persona, unchanged.
---@param id string of a loaded persona
---@param scratch table
---@return boolean
function M.is_own(id, scratch)
  local p = require("personas." .. id)
  if check.check(p, id)[1] or p.first_name ~= scratch.first_name or p.last_name ~= scratch.last_name or p.age ~= scratch.age then
    return false
  end
  for _, key in ipairs(TEXTS) do
    if p[key] ~= scratch[key] then return false end
  end
  for key, name in pairs(CRITERIA) do
    if p.rubric[key] ~= scratch.criteria[name] then return false end
  end
  return true
end

return M

--- Makes a persona's routine out of what was read from its prose, such that its wishes can be met: every kind of activity
--- that a like names occurs, every receptive window has something to recommend for, and the wished number is reachable.
local days = require "propersim.import_day"
local places = require "propersim.import_place"
local reach = require "propersim.persona_reach"
local time = require "propersim.persona_time"

local M = {}

local ATTEMPTS = 60
local TRIES = 5 -- to put something into one empty window
local REACHABLE_SHARE = 0.7 -- as propersim check wants it
local NEED_MINUTES = 25
local MAX_EXTRAS, EXTRA_CHANCE, EXTRA_WINDOW = 5, 0.25, 180 -- a window in minutes

-- What stands for a kind of activity of which the prose names nothing.
local GENERIC = {
  sleep = "napping on the bed", hygiene = "taking a bath", meal = "having a snack", cooking = "baking bread",
  chores = "tidying up the common room", work = "working at the desk", study = "studying at the desk",
  exercise = "doing some exercise", reading = "reading a book", hobby = "working on a hobby", media = "watching television",
  social = "chatting with friends on the phone", rest = "resting with a cup of tea", planning = "planning the next days",
  garden = "watering the plants in the garden",
}
local FILLERS = { "chores", "reading", "rest", "media" }
-- Which open kind goes into an empty receptive window first.
local HANDY = { "planning", "hobby", "reading", "garden", "media", "rest", "social", "study", "exercise", "cooking", "chores",
  "work", "meal", "hygiene" }

local function generic(kind)
  return { activity = GENERIC[kind], kind = kind }
end

-- Interests first, then what likes need, then the usual; without work, which has its hours.
local function make_pool(interests, forced, job)
  local pool, seen = {}, {}
  local function add(item)
    if not seen[item.activity] then
      seen[item.activity] = true
      pool[#pool + 1] = item
    end
  end
  for _, kind in ipairs(forced) do add(generic(kind)) end
  for _, item in ipairs(interests) do
    if not (job and item.kind == job.kind) then add(item) end
  end
  for _, kind in ipairs(FILLERS) do add(generic(kind)) end
  return pool
end

local function as_day(plan, which)
  return { wake = time.text(plan.wake), sleep = time.text(plan.sleep), blocks = days.build(plan, which) }
end

local function missing_kind(routine, preferences, given_up)
  local done = {}
  for _, which in ipairs { "weekday", "weekend" } do
    for _, block in ipairs(routine[which].blocks) do done[block.kind] = true end
  end
  for _, like in ipairs(preferences.likes) do
    for _, kind in ipairs(like.during) do
      if not done[kind] and not given_up[kind] then return kind end
    end
  end
end

local function choose_open(plan, window)
  local late = window[1] >= 1200
  for _, kind in ipairs(HANDY) do
    if plan.open[kind] and not (late and (kind == "exercise" or kind == "chores")) then
      for _, item in ipairs(plan.pool) do
        if item.kind == kind then return item end
      end
      return generic(kind)
    end
  end
end

-- Times to try for something liked within a window: before a block that begins in it, at its start, in its middle.
local function tries(window, blocks, wake)
  local out = {}
  for _, block in ipairs(blocks) do
    local at = (wake + block.start) % time.DAY
    local before = (at - NEED_MINUTES) % time.DAY
    if block.entry and time.within({ window }, before) then out[#out + 1] = before end
  end
  out[#out + 1] = window[1]
  out[#out + 1] = (window[1] + time.span(window[1], window[2]) // 2) % time.DAY
  return out
end

local function add_need(plan, routine, preferences, empty, attempt)
  local window = time.parse(preferences.receptive)[empty.window]
  local item = choose_open(plan, window)
  local list = tries(window, routine[empty.which].blocks, plan.wake)
  local needs = {}
  for _, need in ipairs(plan.needs) do
    if need.window ~= empty.window or need.days ~= empty.which then needs[#needs + 1] = need end
  end
  if item then
    needs[#needs + 1] = { activity = item.activity, kind = item.kind, minutes = NEED_MINUTES, days = empty.which,
      at = list[(attempt - 1) % #list + 1], window = empty.window }
  end
  plan.needs = needs
end

-- A receptive window in which nothing liked is done, on weekdays or at weekends, and that was not tried too often.
local function empty_window(routine, preferences, tried)
  for _, which in ipairs { "weekday", "weekend" } do
    for _, window in ipairs(reach.useless_windows(preferences, { routine[which] })) do
      local key = which .. window
      if (tried[key] or 0) < TRIES then
        tried[key] = (tried[key] or 0) + 1
        return { which = which, window = window }, tried[key]
      end
    end
  end
end

local function too_few(routine, preferences)
  for _, which in ipairs { "weekday", "weekend" } do
    local best, wished = reach.best(preferences, routine[which])
    if best < REACHABLE_SHARE * wished then return true end
  end
  return false
end

-- A kind that a like names goes into the pool; if no gap was left for it, it gets a time of its own at weekends.
local function add_kind(plan, kind, forced, given_up)
  local known = false
  for _, other in ipairs(forced) do known = known or other == kind end
  if not known then
    forced[#forced + 1] = kind
    return
  end
  given_up[kind] = true
  plan.needs[#plan.needs + 1] = { activity = GENERIC[kind], kind = kind, minutes = NEED_MINUTES, days = "weekend", at = 660 }
end

-- Builds the days again and again, each time with one more concession to the wishes, until nothing is left to do.
local function build(plan, interests, preferences)
  local forced, given_up, tried, routine = {}, {}, {}, nil
  for _ = 1, ATTEMPTS do
    plan.pool = make_pool(interests, forced, plan.job)
    routine = { weekday = as_day(plan, "weekday"), weekend = as_day(plan, "weekend") }
    local kind = missing_kind(routine, preferences, given_up)
    local empty, attempt = nil, nil
    if not kind then empty, attempt = empty_window(routine, preferences, tried) end
    if kind then
      add_kind(plan, kind, forced, given_up)
    elseif empty then
      add_need(plan, routine, preferences, empty, attempt)
    elseif too_few(routine, preferences) and plan.level < days.LEVELS then
      plan.level = plan.level + 1
    else
      break
    end
  end
  return routine, forced
end

local function finish(day, plan, home, vary)
  local blocks = {}
  for i, block in ipairs(day.blocks) do
    blocks[i] = { activity = block.activity, kind = block.kind, minutes = block.minutes,
      place = places.of(home, block.activity, block.kind), tasks = block.minutes >= 30 and block.tasks or nil }
  end
  return { wake = time.text(plan.wake), sleep = time.text(plan.sleep), vary = vary, blocks = blocks }
end

-- Interests that weekdays have no time for come up now and then.
local function make_extras(weekday, interests, plan, home)
  local done, out = {}, {}
  for _, block in ipairs(weekday.blocks) do done[block.activity] = true end
  local from = plan.job and plan.job.to or time.minutes(weekday.wake) + 180
  for _, item in ipairs(interests) do
    if not done[item.activity] and #out < MAX_EXTRAS then
      out[#out + 1] = { activity = item.activity, kind = item.kind, minutes = 30,
        place = places.of(home, item.activity, item.kind),
        chance = EXTRA_CHANCE, between = { time.text(from), time.text(from + EXTRA_WINDOW) } }
    end
  end
  return out
end

-- Where and how long the named activities came to be, and what of it was assumed.
local function explain(remarks, routine, plan)
  local seen, fillers, listed = {}, {}, {}
  for _, which in ipairs { "weekday", "weekend" } do
    for _, block in ipairs(routine[which].blocks) do
      local entry = block.entry
      if entry and entry.said and not seen[entry] then
        seen[entry] = true
        local at = time.text(plan.wake + block.start)
        local said = entry.at and "" or entry.anchor and " (its time is said roughly)" or " (its time is not said)"
        local length = entry.length_said and "" or string.format(", assumed %d minutes", block.minutes)
        if said ~= "" or length ~= "" then
          remarks[#remarks + 1] = string.format('routine: "%s" at %s%s%s', entry.activity, at, said, length)
        end
      elseif not (entry and entry.said) and not (plan.job and block.activity == plan.job.activity)
        and not listed[block.activity] then
        listed[block.activity] = true
        fillers[#fillers + 1] = block.activity
      end
    end
  end
  for _, entry in ipairs(plan.entries) do
    if not seen[entry] and entry.anchor ~= "break" and not listed[entry.activity] then
      remarks[#remarks + 1] = string.format('routine: found no room for "%s"', entry.activity)
    end
  end
  remarks[#remarks + 1] = "routine: the rest of the days is assumed: " .. table.concat(fillers, "; ")
end

---@class propersim.ImportDays
---@field wake integer minutes after midnight
---@field sleep integer
---@field vary integer
---@field job table|nil
---@field entries propersim.ImportActivity[] of daily_plan_req and lifestyle
---@field interests propersim.ImportActivity[]
---@field cook propersim.ImportActivity|nil what the person does to cook any meal

--- A routine that fills the day and leaves room for the wishes.
---@param read propersim.ImportDays
---@param preferences propersim.Preferences
---@param home propersim.ImportPlaces
---@return propersim.Routine
---@return string[] remarks
function M.make(read, preferences, home)
  local plan = { wake = read.wake, sleep = read.sleep, job = read.job, entries = read.entries, needs = {}, level = 1,
    open = reach.open_kinds(preferences), cook = read.cook }
  for i, entry in ipairs(plan.entries) do entry.order = i end
  local built, forced = build(plan, read.interests, preferences)
  local remarks = {}
  explain(remarks, built, plan)
  for _, kind in ipairs(forced) do
    remarks[#remarks + 1] = string.format('routine: a like names the activity "%s", the prose of the day does not; '
      .. 'added "%s"', kind, GENERIC[kind])
  end
  return {
    weekday = finish(built.weekday, plan, home, read.vary), weekend = finish(built.weekend, plan, home, read.vary),
    extras = make_extras(built.weekday, read.interests, plan, home),
  }, remarks
end

return M

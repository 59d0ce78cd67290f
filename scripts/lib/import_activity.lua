--- Activities out of imported phrases: "Start the day with a high-intensity workout for 45 minutes" becomes
--- "doing a high-intensity workout", exercise, 45 minutes, first thing in the morning.
local import_when = require "propersim.import_when"
local lexicon = require "propersim.lexicon"
local phrases = require "propersim.import_phrase"
local prose = require "propersim.import_prose"
local verbs = require "propersim.import_verbs"

local M = {}

-- Minutes of an activity whose length is not said.
local USUAL = { sleep = 60, hygiene = 20, meal = 35, cooking = 40, chores = 45, work = 60, study = 60, exercise = 45,
  reading = 40, hobby = 50, media = 60, social = 45, rest = 30, planning = 25, garden = 40 }

---@class propersim.ImportActivity
---@field activity string
---@field kind string
---@field minutes integer
---@field length_said boolean
---@field at integer? minutes after midnight
---@field to integer?
---@field anchor string?
---@field days string?
---@field role string? "eat breakfast", "cook dinner", ...
---@field tasks string[]?
---@field topics table<string, boolean> what it is about
---@field from string which text of the persona
---@field said string the item

local MEALS = { { "breakfast", "breakfast" }, { "brunch", "breakfast" }, { "lunch", "lunch" }, { "dinner", "dinner" },
  { "supper", "dinner" } }

local EATING = { eating = true, having = true, enjoying = true, grabbing = true, sharing = true, taking = true }

local function role_of(text, kind)
  for _, meal in ipairs(MEALS) do
    local named = text:find("%f[%a]" .. meal[1] .. "%f[%A]")
    local made = text:find("making " .. meal[1], 1, true) or text:find("cooking " .. meal[1], 1, true)
      or text:find("preparing " .. meal[1], 1, true)
    if named and (kind == "cooking" or made) then return "cook " .. meal[2] end
    if named and kind == "meal" and EATING[text:match("^%a+")] then return "eat " .. meal[2] end
  end
  return nil
end

local function topics_of(text, tasks)
  local out = {}
  for _, piece in ipairs { text, table.unpack(tasks or {}) } do
    local topic = lexicon.topic_of(piece)
    if topic then out[topic] = true end
  end
  return out
end

local function entry_of(text, kind, when, source)
  return {
    activity = text, kind = kind, minutes = when.minutes or USUAL[kind], length_said = when.minutes ~= nil,
    at = when.at, to = when.to, anchor = when.anchor, days = when.days, role = role_of(text, kind),
    from = source.from, said = source.said, topics = topics_of(text),
  }
end

local function refers_back(text)
  return text:find("^%a+ing them%f[%A]") or text:find("^%a+ing it%f[%A]") or text:find("^%a+ing those%f[%A]")
end

-- "Tending to plants and doing light cleaning" are two activities; "watching films or listening to music" is one with
-- two tasks; of two different ones joined by "or" the first is for weekdays, the second for weekends.
local function combine(parts, joins, when, source)
  local texts, kinds, whole, alike, apart = {}, {}, {}, true, #parts > 1 and #parts <= 4
  for i, part in ipairs(parts) do
    local said = part.verbal and part.text or phrases.with_noun_verb(part.text)
    local text, kind = phrases.with_kind(phrases.shorten(phrases.tidy(said)))
    texts[i], kinds[i] = text, kind
    apart = apart and kind ~= nil and not refers_back(text)
    alike = alike and kind == kinds[1]
    whole[#whole + 1] = text
    whole[#whole + 1] = joins[i]
  end
  local text, kind = phrases.with_kind(phrases.shorten(table.concat(whole, " ")))
  -- "Preparing meals and enjoying them" is preparing meals
  if #texts == 2 and refers_back(texts[2]) and texts[2]:find("^enjoying ") then text, kind = texts[1], kinds[1] end
  if apart and not alike then
    local out = {}
    local share = when.minutes and joins[1] ~= "or" and math.max(5, when.minutes // #texts) or when.minutes
    for i, piece in ipairs(texts) do
      out[i] = entry_of(piece, kinds[i], when, source)
      out[i].minutes = share or USUAL[kinds[i]]
      if i > 1 and when.at and joins[1] ~= "or" then out[i].at = (out[i - 1].at + out[i - 1].minutes) % 1440 end
      if joins[1] == "or" and i <= 2 and not when.days then out[i].days = i == 1 and "weekday" or "weekend" end
    end
    return out
  end
  if not kind then return {} end
  local entry = entry_of(text, kind, when, source)
  if apart and alike and kind == kinds[1] then
    entry.tasks = texts
    entry.topics = topics_of(text, texts)
  end
  return { entry }
end

local NIGHT = { ["goes to bed"] = true, ["go to bed"] = true, ["going to bed"] = true, ["goes to sleep"] = true,
  ["go to sleep"] = true, ["falls asleep"] = true, sleeps = true, sleeping = true, ["is in bed"] = true, ["is asleep"] = true,
  ["turns in"] = true, ["bed"] = true }
local UNWIND = { unwinding = true, relaxing = true, ["winding down"] = true, unwinds = true, relaxes = true,
  ["winds down"] = true }
local WAKE = { "^wakes? up%f[%A]%s*", "^awakes? up%f[%A]%s*", "^gets? up%f[%A]%s*", "^awakens?%f[%A]%s*", "^rises?%f[%A]%s*",
  "^waking up%f[%A]%s*" }

local function plain_text(tokens)
  local raws = {}
  for i, token in ipairs(tokens) do raws[i] = token.raw end
  return phrases.tidy(table.concat(raws, " "))
end

local read_phrase

-- "Wakes up at 7am and has breakfast": the time, then what is left.
local function read_wake(text, source, out)
  local lower = text:lower()
  for _, pattern in ipairs(WAKE) do
    local _, stop = lower:find(pattern)
    if stop then
      local join, behind = lower:find(" and ", stop, true)
      local comma, after = lower:find(", ", stop, true)
      if comma and (not join or comma < join) then join, behind = comma, after end
      local when = import_when.take(import_when.tokens(join and text:sub(stop + 1, join - 1) or text:sub(stop + 1)))
      out.wake = out.wake or when.at
      if join then
        local rest = text:sub(behind + 1):gsub("^and ", ""):gsub("^then ", "")
        local first = #out.activities + 1
        read_phrase(rest, source, out)
        local next_one = out.activities[first]
        if next_one and not next_one.at and not next_one.anchor then next_one.anchor = "start" end
      end
      return true
    end
  end
  return false
end

-- "Plans the next day before unwinding at 9pm": the time belongs to what follows.
local function split_before(text)
  local at = text:find(" before %a+ing")
  if not at then return text, nil end
  local rest = text:sub(at + 8)
  local lower = rest:lower()
  for _, night in ipairs { "going to bed", "going to sleep", "sleeping", "turning in" } do
    if lower:sub(1, #night) == night then return text, nil end
  end
  return text:sub(1, at - 1), rest
end

local NEGATIONS = { never = true, ["not"] = true, no = true, nothing = true, nobody = true, hardly = true, rarely = true,
  seldom = true, cannot = true }

local function negates(tokens)
  for _, token in ipairs(tokens) do
    if NEGATIONS[token.word] or token.word:find("n't$") then return true end
  end
  return false
end

-- A sentence tells of an activity only if it is about the person: its verb comes first, or behind the person. Returns the
-- sentence with a verb that is not known made a gerund, or nil.
local function about_person(text, has_subject)
  local tokens = import_when.tokens(text)
  local first, second = tokens[1], tokens[2]
  if not first then return nil end
  if verbs.gerund(first.word, second and second.word, true) then return text end
  local form = has_subject and verbs.of_subject(first.word)
  if not form then return nil end
  first.raw = form
  return plain_text(tokens)
end

local function add_unread(source, out)
  out.unread[#out.unread + 1] = source.from .. ": no activity could be read from: " .. source.said
end

function read_phrase(text, source, out)
  local has_subject
  text, has_subject = phrases.strip_subject(phrases.tidy(text), source.names)
  text = phrases.strip_adverbs(text)
  if text == "" or read_wake(text, source, out) then return end
  local first, rest = split_before(text)
  local after = nil
  if rest then
    local tokens = import_when.tokens(rest)
    after = import_when.take(tokens)
    if UNWIND[plain_text(tokens):lower()] then out.unwind = out.unwind or after.at end
    text = first
  end
  local tokens = import_when.tokens(text)
  local when = import_when.take(tokens)
  if after and after.at and not when.at then when.to = after.at end
  local left, had_subject = phrases.strip_subject(plain_text(tokens), source.names)
  left = phrases.strip_adverbs(left)
  local lower = left:lower()
  if NIGHT[lower] then
    out.bed = out.bed or when.at
    return
  elseif UNWIND[lower] then
    out.unwind = out.unwind or when.at
    return
  end
  local phrase, anchor = phrases.strip_prefix(left)
  if not source.is_list and phrase == left then phrase = about_person(left, has_subject or had_subject) end
  if not phrase or negates(import_when.tokens(phrase)) then
    add_unread(source, out)
    return
  end
  when.anchor = anchor or when.anchor
  if when.anchor == "bed" and when.at then out.unwind = out.unwind or when.at end
  local parts, joins = phrases.verb_parts(phrases.lower_first(phrases.tidy(phrase)))
  local found = combine(parts, joins, when, source)
  for _, entry in ipairs(found) do out.activities[#out.activities + 1] = entry end
  if #found == 0 then add_unread(source, out) end
end

-- Clauses of "goes to bed around 11pm, wakes up at 7am, eats dinner around 5pm" and of "cook, rest, and call a friend".
local function clauses(item)
  local out, start, at = {}, 1, 1
  local opening = import_when.tokens(item:sub(1, 60))
  local form, finite = nil, nil
  if opening[1] then form, finite = verbs.gerund(opening[1].word, opening[2] and opening[2].word, true) end
  local plain = form ~= nil and finite == false
  while true do
    local comma, behind = item:find(",%s+", at)
    if not comma then break end
    local word, next_word = item:sub(behind + 1):gsub("^and ", ""):match("^([%a-]+)%s*(%a*)")
    if word and (verbs.is_finite(word:lower()) or (plain and verbs.is_plain(word:lower(), next_word:lower()))) then
      out[#out + 1] = item:sub(start, comma - 1)
      start = behind + 1
    end
    at = behind + 1
  end
  out[#out + 1] = item:sub(start):gsub("^and ", "")
  return out
end

---@class propersim.ImportRead
---@field activities propersim.ImportActivity[]
---@field unread string[]
---@field wake integer? minutes after midnight
---@field bed integer? when they go to sleep
---@field unwind integer? when they begin to go to bed

--- Reads the items of one text and adds what they say.
---@param out propersim.ImportRead
---@param text string
---@param from string the name of the text, for remarks
---@param names string[] how the text may call the person, longest first
function M.read(out, text, from, names)
  local items, is_list = prose.items(text)
  for _, item in ipairs(items) do
    for _, clause in ipairs(clauses(item)) do
      read_phrase(clause, { from = from, said = clause, names = names, is_list = is_list }, out)
    end
  end
end

return M

--- Times and lengths in an imported phrase ("for 45 minutes", "at 12:30pm", "in the late afternoon", "before bed"): read,
--- and taken out of the words, so that what is left says only what is done.
local prose = require "propersim.prose_text"
local time = require "propersim.persona_time"

local M = {}

local UNITS = { minute = 1, minutes = 1, min = 1, mins = 1, hour = 60, hours = 60, hr = 60, hrs = 60 }
local HEDGES = prose.set "about around roughly approximately at least up to nearly almost another"
local CLOCK_WORDS = prose.set [[at around by about before after from until till to between starting roughly approximately since
and]]
local NOON = 720

-- Where in the day a part of it is; `bed` and `start` are told from the person's own hours.
local PARTS = {
  { "early morning|early mornings", { anchor = "start" } },
  { "mid morning|mid-morning", { at = 570 } },
  { "late morning|late mornings", { at = 630 } },
  { "morning|mornings|slow morning", { anchor = "morning" } },
  { "early afternoon|early afternoons", { at = 795 } },
  { "late afternoon|late afternoons", { at = 960 } },
  { "mid afternoon|mid-afternoon|afternoon|afternoons", { at = 840 } },
  { "early evening|early evenings", { at = 1050 } },
  { "late evening|late evenings", { anchor = "bed" } },
  { "evening|evenings", { anchor = "evening" } },
  { "night|nights", { anchor = "bed" } },
}
-- Whole phrases that are taken out as they are.
local PHRASES = {
  { "before bed|before bedtime|before going to bed|before sleep|before sleeping|before going to sleep|at bedtime|"
    .. "before turning in|late at night", { anchor = "bed" } },
  { "after dinner|after supper", { anchor = "evening" } },
  { "before breakfast|first thing in the morning|right after waking up|after waking up|upon waking|upon waking up",
    { anchor = "start" } },
  { "after breakfast", { anchor = "morning" } },
  { "before lunch", { at = 690 } },
  { "after lunch", { anchor = "after_lunch" } },
  { "at lunch|at lunchtime|during lunch|during the lunch break|during lunch break", { at = 750 } },
  { "before dinner|after work|after school", { at = 1035 } },
  { "before work", { anchor = "morning" } },
  { "at noon|at midday", { at = NOON } },
  { "on weekends|on the weekend|at the weekend|at weekends|on saturdays|on sundays|every weekend|on saturdays and sundays",
    { days = "weekend" } },
  { "on weekdays|during the week|on workdays", { days = "weekday" } },
  { "every day|each day|daily|everyday|once a day|throughout the day|during the day|regularly|on a regular basis", {} },
}

---@class propersim.ImportToken
---@field raw string as it is written
---@field word string in lower case, without punctuation

---@class propersim.ImportWhen
---@field minutes integer? length
---@field at integer? when it starts, minutes after midnight
---@field to integer? when it ends at the latest
---@field anchor string? "start", "morning", "after_lunch", "evening", "bed"
---@field days string? "weekday", "weekend"
---@field said string[] the words it was read from

--- Words with their punctuation.
---@param text string
---@return propersim.ImportToken[]
function M.tokens(text)
  local out = {}
  for raw in text:gmatch("%S+") do
    local word = raw:lower():gsub("\u{2019}", "'"):gsub("^[^%w]+", "")
    while word:find("[^%w]$") do word = word:sub(1, -2) end
    out[#out + 1] = { raw = raw, word = word }
  end
  return out
end

-- Takes tokens first..last out; a comma or point behind them stays with the word before.
local function cut(tokens, first, last, when)
  local words = {}
  for i = first, last do words[#words + 1] = tokens[i].raw end
  when.said[#when.said + 1] = (table.concat(words, " "):gsub("[%s,.;:]+$", ""))
  local mark = tokens[last].raw:match("[,.;:]+$")
  if mark and first > 1 and not tokens[first - 1].raw:find("[,.;:]$") then
    tokens[first - 1].raw = tokens[first - 1].raw .. mark
  end
  for _ = first, last do table.remove(tokens, first) end
end

local function words_of(tokens)
  local words = {}
  for i, token in ipairs(tokens) do words[i] = token.word end
  return words
end

local function number(word)
  if word == nil then return nil end
  local low, high = word:match("^(%d+)%-(%d+)$")
  if low then return (tonumber(low) + tonumber(high)) / 2 end
  if word:find("^%d+%.?%d*$") then return tonumber(word) end
  return prose.number({ word }, 1)
end

-- The number that ends before a unit at `at`: value and where it begins.
local function number_before(tokens, at)
  local i = at - 1
  local word = tokens[i] and tokens[i].word
  if word == "an" and tokens[i - 1] and tokens[i - 1].word == "half" then return 0.5, i - 1 end
  if word == "of" and tokens[i - 1] and number(tokens[i - 1].word) then i = i - 1 end
  local value = number(tokens[i] and tokens[i].word)
  if not value then return nil end
  local joined = tokens[i - 1] and (tokens[i - 1].word == "to" or tokens[i - 1].word == "or")
  local lower = joined and tokens[i - 2] and number(tokens[i - 2].word)
  if lower and lower < value then return (lower + value) / 2, i - 2 end
  if tokens[i - 1] and tokens[i - 1].word == "a" then i = i - 1 end
  return value, i
end

local function take_length(tokens, when)
  for at = 1, #tokens do
    local count, unit = tokens[at].word:match("^(%d+)%-?(%a+)$")
    if count and UNITS[unit] and not when.minutes then
      when.minutes = math.floor(tonumber(count) * UNITS[unit])
      -- "a 30-minute walk" may keep its adjective; "for 30min" goes
      if tokens[at - 1] and tokens[at - 1].word == "for" then cut(tokens, at - 1, at, when) end
      return
    end
    local value, first = nil, nil
    if UNITS[tokens[at].word] then value, first = number_before(tokens, at) end
    if value then
      local last = at
      if tokens[at + 1] and tokens[at + 2] and tokens[at + 3] and tokens[at + 1].word == "and" and tokens[at + 2].word == "a"
        and tokens[at + 3].word == "half" then
        value, last = value + 0.5, at + 3
      end
      while first > 1 and HEDGES[tokens[first - 1].word] do first = first - 1 end
      if first > 1 and tokens[first - 1].word == "for" then first = first - 1 end
      when.minutes = math.floor(value * UNITS[tokens[at].word] + 0.5)
      cut(tokens, first, last, when)
      return
    end
  end
end

-- The clock time of a token, maybe with "am" in the next one.
local function clock(tokens, at)
  local token = tokens[at]
  if not token then return nil end
  if token.word == "noon" or token.word == "midday" then return NOON, at end
  if token.word == "midnight" then return 0, at end
  local hours, minutes, half = token.word:match("^(%d%d?)[:.]?(%d?%d?)([ap])%.?m")
  local last = at
  if not hours then
    hours, minutes = token.word:match("^(%d%d?)[:.](%d%d)$")
    hours = hours or token.word:match("^%d%d?$")
    local suffix = tokens[at + 1] and tokens[at + 1].word:match("^([ap])%.?m%.?$")
    if hours and suffix then
      half, last = suffix, at + 1
    elseif not minutes then
      return nil
    end
  end
  hours, minutes = tonumber(hours), tonumber(minutes ~= "" and minutes or 0) or 0
  if hours > 23 or minutes > 59 or (half and hours > 12) then return nil end
  if half then hours = hours % 12 + (half == "p" and 12 or 0) end
  return hours * 60 + minutes, last
end

--- The times of day that a text names, in minutes after midnight.
---@param text string
---@return integer[]
function M.clocks(text)
  local tokens, out = M.tokens(text), {}
  for at = 1, #tokens do out[#out + 1] = (clock(tokens, at)) end
  return out
end

local function take_clocks(tokens, when)
  local at = 1
  while at <= #tokens do
    local minute, last = clock(tokens, at)
    if minute then
      local first, how = at, "at"
      while first > 1 and CLOCK_WORDS[tokens[first - 1].word] do
        first = first - 1
        how = tokens[first].word
      end
      -- "Cooks and at 7pm": the "and" belongs to the sentence
      if how == "and" and not when.at then
        first = first + 1
        how = first <= at and tokens[first].word or "at"
      end
      if when.at and (how == "to" or how == "and" or how == "until" or how == "till") then
        when.to = minute
      elseif how == "until" or how == "till" or how == "before" then
        when.to = when.to or minute
      elseif not when.at then
        when.at = minute
      end
      cut(tokens, first, last, when)
      at = first
    else
      at = at + 1
    end
  end
end

local function split(list)
  local out = {}
  for phrase in list:gmatch("[^|]+") do
    local words = {}
    for word in phrase:gmatch("%S+") do words[#words + 1] = word end
    out[#out + 1] = words
  end
  table.sort(out, function(a, b)
    if #a ~= #b then return #a > #b end
    return table.concat(a, " ") < table.concat(b, " ")
  end)
  return out
end

local function compile(list)
  local out = {}
  for i, entry in ipairs(list) do out[i] = { phrases = split(entry[1]), means = entry[2] } end
  return out
end

local READ_PHRASES, READ_PARTS = compile(PHRASES), compile(PARTS)
local DETERMINERS, PREPOSITIONS = prose.set "the her his their every each", prose.set "in during at on every each"

local function adopt(when, means)
  when.at = when.at or means.at
  when.anchor = when.anchor or means.anchor
  when.days = when.days or means.days
end

local function find(list, words, at)
  for _, entry in ipairs(list) do
    for _, phrase in ipairs(entry.phrases) do
      if prose.starts(words, at, phrase) then return entry.means, at + #phrase - 1 end
    end
  end
end

local function take_phrases(tokens, when)
  local at = 1
  while at <= #tokens do
    local words = words_of(tokens)
    local means, last = find(READ_PHRASES, words, at)
    if not means and PREPOSITIONS[words[at]] then
      local from = at + (DETERMINERS[words[at + 1]] and 2 or 1)
      means, last = find(READ_PARTS, words, from)
    end
    if means then
      adopt(when, means)
      cut(tokens, at, last, when)
    else
      at = at + 1
    end
  end
end

--- Reads and takes out what a phrase says about when and how long.
---@param tokens propersim.ImportToken[] is changed
---@return propersim.ImportWhen
function M.take(tokens)
  local when = { said = {} }
  take_length(tokens, when)
  take_clocks(tokens, when)
  take_phrases(tokens, when)
  if when.at and when.to and not when.minutes then when.minutes = time.span(when.at, when.to) end
  return when
end

return M

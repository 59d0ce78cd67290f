--- How often somebody wants recommendations: "twice a day", "about once every two hours", "three, every 90 minutes".
local prose = require "propersim.prose_text"

local M = {}

local EACH = prose.set "a an per each every any one"
local SOME = prose.set "every each per in within any"
local UNIT_HOURS = { hour = 1, hours = 1, minute = 1 / 60, minutes = 1 / 60 }
local MEANT = prose.set [[recommendation recommendations suggestion suggestions idea ideas tip tips message messages nudge
  nudges prompt prompts hint hints remark remarks thing time times thought thoughts]]
-- What may stand between the number and the period without changing the sense.
local FILLER = prose.set [[time times recommendation recommendations suggestion suggestions idea ideas tip tips message
  messages nudge nudges prompt prompts hint hints remark remarks thought thoughts of them your you or so at most the about
  roughly maybe perhaps good small new in over spread , max maximum only and]]
local MAX_BACK = 8

local PARTS = prose.phrases [[early morning;late morning;morning;lunch;lunchtime;noon;midday;early afternoon;late afternoon;
afternoon;early evening;late evening;evening;night;bedtime;before bed;breakfast;dinner;supper]]
local COUNTED = prose.set "once one first second third fourth fifth another again twice"

-- The period that begins at a word: hours (or "day"), the index behind it, and whether it is an interval ("every two
-- hours"), which counts as once where nobody says a number.
local function period_at(words, at)
  local word = words[at]
  if word == "daily" then return "day", at + 1, false end
  if word == "hourly" then return 1, at + 1, true end
  if not EACH[word] and not SOME[word] then return nil end
  local interval = word == "every" or word == "each"
  local i = at + 1
  while words[i] == "single" or words[i] == "waking" or (word == "in" and EACH[words[i]]) do i = i + 1 end
  if words[i] == "day" then return "day", i + 1, false end
  if words[i] == "other" and words[i + 1] == "hour" then return 2, i + 2, interval end
  if words[i] == "half" then
    local j = words[i + 1] == "an" and i + 2 or i + 1
    if words[j] == "hour" then return 0.5, j + 1, interval end
    return nil
  end
  local number, next_at = 1, i
  if not UNIT_HOURS[words[i]] then
    if words[i] == "a" or words[i] == "couple" then
      if words[i] == "a" then i = i + 1 end
      number, next_at = prose.number(words, i)
      if words[next_at] == "of" then next_at = next_at + 1 end
    else
      number, next_at = prose.number(words, i)
    end
    if not number then return nil end
    local range = words[next_at] == "to" or words[next_at] == "or"
    local upper, behind = nil, nil
    if range then upper, behind = prose.number(words, next_at + 1) end
    if upper then number, next_at = (number + upper) / 2, behind end
    if M.half_follows(words, next_at) then number, next_at = number + 0.5, next_at + 3 end
  end
  while words[next_at] == "waking" do next_at = next_at + 1 end
  local unit = UNIT_HOURS[words[next_at]]
  if not unit or number <= 0 then return nil end
  next_at = next_at + 1
  if words[next_at - 1] == "hour" and M.half_follows(words, next_at) then
    number, next_at = number + 0.5, next_at + 3
  end
  return number * unit, next_at, interval
end

--- Does "and a half" stand here?
---@param words string[]
---@param at integer
---@return boolean
function M.half_follows(words, at)
  return words[at] == "and" and words[at + 1] == "a" and words[at + 2] == "half"
end

-- The number that ends the words before a period; "once or twice" is one and a half.
local function count_before(words, period_start)
  for at = period_start - 1, math.max(1, period_start - MAX_BACK), -1 do
    local word = words[at]
    local number, behind = prose.number(words, at)
    if number and (word == "a" or word == "an") and not MEANT[words[behind]] then number = nil end
    -- "works eight hours a day" is not a wish
    if number and UNIT_HOURS[words[behind]] then return nil end
    if number then
      local tens = at > 1 and prose.number(words, at - 1)
      if tens and tens >= 20 and number < 10 then number, at = tens + number, at - 1 end
      local joined = words[at - 1] == "or" or words[at - 1] == "to" or words[at - 1] == "and"
      local lower = joined and prose.number(words, at - 2)
      if lower and lower < number then return (lower + number) / 2 end
      return number
    end
    if not FILLER[word] then return nil end
  end
end

local function count_after(words, at)
  for i = at, math.min(#words, at + 4) do
    local number, behind = prose.number(words, i)
    if number and MEANT[words[behind]] then return number end
  end
end

local function in_sentence(words)
  for at = 1, #words do
    local hours, behind, interval = period_at(words, at)
    if hours then
      local count = count_before(words, at)
      if not count and interval then count = count_after(words, behind) or 1 end
      if count and count > 0 then
        if hours == "day" then return { count = count, per = "day" } end
        return { count = count, hours = hours }
      end
    end
  end
end

-- "once in the morning, once at lunch and a third time in the evening": parts of the day, each with its number.
local function listed(words)
  local count, pending, at = 0, nil, 1
  while at <= #words do
    if COUNTED[words[at]] then pending = words[at] == "twice" and 2 or 1 end
    local width
    for _, phrase in ipairs(PARTS) do
      if prose.starts(words, at, phrase) then
        width = #phrase
        break
      end
    end
    if width and pending then
      count, pending = count + pending, nil
    end
    at = at + (width or 1)
  end
  if count >= 2 then return { count = count, per = "day" } end
end

--- The wished frequency that a text states; the first statement counts.
---@param text string
---@return propersim.Frequency|nil
---@return string|nil reason why nothing could be read
function M.frequency(text)
  for _, read in ipairs { in_sentence, listed } do
    for _, sentence in ipairs(prose.sentences(text)) do
      local found = read(prose.words(sentence))
      if found then return found end
    end
  end
  return nil, 'states no number and period; write it as in "twice a day" or "about once every two hours"'
end

return M

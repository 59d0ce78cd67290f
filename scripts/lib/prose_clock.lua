--- Times of day in words: "8:30pm", "half past nine in the evening", "between noon and 2pm", "before bed".
local prose = require "propersim.prose_text"
local time = require "propersim.persona_time"

local M = {}

local NOON, AROUND = 720, 30
local SUFFIXES = { -- words behind an hour that tell its half of the day
  { prose.phrases "am;in the morning;of the morning", "am" },
  { prose.phrases "pm;in the afternoon;in the evening;of the evening;at night", "pm" },
}
local NAMED = { noon = NOON, midday = NOON, midnight = 0 }
local PAST = { ["half past"] = 30, ["quarter past"] = 15, ["quarter to"] = -15 }

-- Parts of the day; minutes after midnight, or minutes from waking up ("wake") or to going to bed ("bed").
local PARTS = {
  { prose.phrases "early morning;early mornings;early in the morning;first thing in the morning", 300, 480 },
  { prose.phrases "mid morning;midmorning", 540, 660 },
  { prose.phrases "late morning;late mornings;late in the morning", 600, 720 },
  { prose.phrases "breakfast", 420, 510 },
  { prose.phrases "lunch;lunchtime;lunch time;lunch break;lunch hour", 720, 810 },
  { prose.phrases "early afternoon;early afternoons", 780, 900 },
  { prose.phrases "late afternoon;late afternoons", 900, 1050 },
  { prose.phrases "early evening;early evenings", 1020, 1140 },
  { prose.phrases "dinner;dinnertime;dinner time;supper", 1080, 1170 },
  { prose.phrases "late evening;late evenings;late in the evening", 1200, 1320 },
  { prose.phrases [[before bed;before sleep;before sleeping;bedtime;before bedtime;before i sleep;before i go to bed;unwind;
unwinding;wind down;winding down;evening journaling;nightly routine;before i go to sleep;last hour]], -90, "bed" },
  { prose.phrases "wake up;i wake;waking up;get up;getting up;first hour", 60, "wake" },
  { prose.phrases "all day;whole day;any time;anytime;any hour", 0, "day" },
  { prose.phrases "morning;mornings", 360, 720 },
  { prose.phrases "afternoon;afternoons", 780, 1020 },
  { prose.phrases "evening;evenings", 1080, 1320 },
  { prose.phrases "night;nights", 1320, 360 },
}

---@class propersim.Clock
---@field at integer minutes after midnight; 12 hours less than meant if `half` is unknown
---@field half "am"|"pm"|"both" both: the half of the day is not said

local function suffix_at(words, at)
  for _, suffix in ipairs(SUFFIXES) do
    for _, phrase in ipairs(suffix[1]) do
      if prose.starts(words, at, phrase) then return suffix[2], at + #phrase end
    end
  end
end

-- The clock time that begins at a word, and where the next word stands.
local function clock_at(words, at)
  if NAMED[words[at]] then return { at = NAMED[words[at]], half = "am" }, at + 1 end
  local shift, start = 0, at
  local past = PAST[(words[at] or "") .. " " .. (words[at + 1] or "")]
  if past then shift, start = past, at + 2 end
  local hours, minutes = (words[start] or ""):match("^(%d%d?)[:.](%d%d)$")
  local behind = start + 1
  if hours then
    hours, minutes = tonumber(hours), tonumber(minutes)
  else
    hours, behind = prose.number(words, start)
    minutes = 0
    if not hours or words[start] == "a" or words[start] == "an" or hours % 1 ~= 0 then return nil end
  end
  if hours > 23 or minutes > 59 then return nil end
  local sharp = words[start]:find(":", 1, true) ~= nil or past ~= nil
  if words[behind] == "oclock" or words[behind] == "o" then
    sharp, behind = true, behind + (words[behind] == "o" and words[behind + 1] == "clock" and 2 or 1)
  end
  local half, after_suffix = suffix_at(words, behind)
  if not half and hours <= 12 and not words[start]:find("^0?%d+:") then
    return { at = (hours % 12 * 60 + minutes + shift) % time.DAY, half = "both", sharp = sharp }, behind
  end
  if half and hours <= 12 then hours = hours % 12 + (half == "pm" and 12 or 0) end
  -- "twelve at night" is midnight
  if half == "pm" and words[after_suffix - 1] == "night" and hours == 12 then hours = 0 end
  return { at = (hours * 60 + minutes + shift) % time.DAY, half = half or "am" }, after_suffix or behind
end

-- Of the two readings of "seven" in "seven to nine in the evening" the one nearer to the other time.
local function settle(from, to)
  if from.half == "both" and to.half ~= "both" then
    local late = (from.at + NOON) % time.DAY
    if time.span(late, to.at) > 0 and time.span(late, to.at) < time.span(from.at, to.at) then from.at = late end
  elseif to.half == "both" and from.half ~= "both" then
    local late = (to.at + NOON) % time.DAY
    if time.span(from.at, late) > 0 and time.span(from.at, late) < time.span(from.at, to.at) then to.at = late end
  elseif from.half == "both" then
    return false
  end
  return true
end

-- "between A and B", "from A to B", "A to B": a pair of minutes and where the next word stands.
local function range_at(words, at)
  local opened = words[at] == "between" or words[at] == "from"
  local start = opened and at + 1 or at
  local from, middle = clock_at(words, start)
  if not from then return nil end
  local link = words[middle]
  local linked = link == "to" or link == "until" or link == "till" or (link == "and" and words[at] == "between")
  if not linked then return nil end
  local to, behind = clock_at(words, middle + 1)
  if not to or not settle(from, to) or from.at == to.at then return nil end
  return { from.at, to.at }, behind
end

local BEFORE = prose.phrases "before;until;till;earlier than;up to"
local AFTER = prose.phrases "after;later than;past;from;since;beyond"
local AT = prose.phrases "around;about;at;roughly"

local function one_of(words, at, phrases)
  for _, phrase in ipairs(phrases) do
    if prose.starts(words, at, phrase) then return at + #phrase end
  end
end

-- "before 8am", "after nine in the evening", "around 2pm": a pair of minutes and where the next word stands.
local function bound_at(words, at, day)
  local before, after = one_of(words, at, BEFORE), one_of(words, at, AFTER)
  local about = one_of(words, at, AT)
  local start = before or after or about
  if not start then return nil end
  while words[start] == "about" or words[start] == "around" do start = start + 1 end
  local clock, behind = clock_at(words, start)
  if not clock or clock.half == "both" then return nil end
  if before then return { day.wake, clock.at }, behind end
  if after then return { clock.at, day.sleep }, behind end
  return { (clock.at - AROUND) % time.DAY, (clock.at + AROUND) % time.DAY }, behind
end

local function part_window(part, day)
  local from, to = part[2], part[3]
  if to == "wake" then return { day.wake, (day.wake + from) % time.DAY } end
  if to == "bed" then return { (day.sleep + from) % time.DAY, day.sleep } end
  if to == "day" then return { day.wake, day.sleep } end
  return { from, to }
end

-- The part of the day whose name begins at a word; among several the longest name.
local function part_at(words, at)
  local best, width = nil, 0
  for _, part in ipairs(PARTS) do
    for _, phrase in ipairs(part[1]) do
      if #phrase > width and prose.starts(words, at, phrase) then best, width = part, #phrase end
    end
  end
  return best, at + width
end

-- "before lunch" and "after dinner" reach from getting up and to going to bed.
local function part_bound(words, at, window, day)
  if words[at - 1] == "my" or words[at - 1] == "the" then at = at - 1 end
  if words[at - 1] == "before" then return { day.wake, window[1] } end
  if words[at - 1] == "after" then return { window[2], (window[2] + 120) % time.DAY } end
  return window
end

-- "My morning breakfast" is at breakfast: of two parts of the day that overlap the shorter one is meant.
local function narrowest(parts)
  local out = {}
  for i, part in ipairs(parts) do
    local meant = true
    for j, other in ipairs(parts) do
      local shorter = time.span(other[1], other[2]) < time.span(part[1], part[2])
      if i ~= j and shorter and time.share(other, { part }) > 0 then meant = false end
    end
    if meant then out[#out + 1] = part end
  end
  return out
end

--- The windows that a phrase names. Clock times win over parts of the day: "in the evening after 8pm" is after 8pm.
---@param words string[]
---@param day { wake: integer, sleep: integer } minutes; for "before 8am" and "before bed"
---@return integer[][] windows pairs of minutes
---@return boolean exact from clock times
---@return boolean vague a time was named whose half of the day is not said ("before nine o'clock")
function M.windows(words, day)
  local exact, parts, vague, at = {}, {}, false, 1
  while at <= #words do
    local window, behind = range_at(words, at)
    if not window then window, behind = bound_at(words, at, day) end
    if window then
      exact[#exact + 1], at = window, behind
    else
      local part, past = part_at(words, at)
      local clock, after = clock_at(words, at)
      if part then
        parts[#parts + 1], at = part_bound(words, at, part_window(part, day), day), past
      elseif clock and clock.half ~= "both" then
        exact[#exact + 1] = { (clock.at - AROUND) % time.DAY, (clock.at + AROUND) % time.DAY }
        at = after
      else
        vague = vague or (clock ~= nil and clock.sharp == true)
        at = at + 1
      end
    end
  end
  if #exact > 0 then return exact, true, vague end
  return narrowest(parts), false, vague
end

return M

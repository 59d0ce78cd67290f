--- Reads wishes out of rubric prose: how often, when, about what, in which tone. For personas that have prose only, and
--- for checking that prose and `preferences` of a persona agree. What cannot be read is said, never guessed silently.
local clocks = require "propersim.persona_time"
local counts = require "propersim.prose_count"
local wishes = require "propersim.prose_wishes"
local windows = require "propersim.prose_windows"

local M = {
  frequency = counts.frequency,
  windows = windows.windows,
  tones = wishes.tones,
  likes = wishes.likes,
  boundaries = wishes.boundaries,
  busy = wishes.busy,
}

local LEISURE = { "meal", "hobby", "rest" }
local FEWEST, MOST = 2, 32 -- wishes a day

local function within_limits(frequency, unread)
  local a_day = frequency.per and frequency.count or frequency.count / frequency.hours * 16
  if a_day >= FEWEST and a_day <= MOST then return frequency end
  local taken = math.max(FEWEST, math.min(MOST, a_day))
  unread[#unread + 1] = string.format("frequency: asks for %.3g a day; wishes lie between two a day and two an hour, "
    .. "assumed %d a day", a_day, taken)
  return { count = taken, per = "day" }
end

local function read_frequency(text, unread)
  local frequency, reason = counts.frequency(text)
  if frequency then return within_limits(frequency, unread) end
  unread[#unread + 1] = "frequency: " .. reason .. "; assumed once every two hours"
  return { count = 1, hours = 2 }
end

local function read_likes(text, unread)
  local likes, missed = wishes.likes(text)
  for _, sentence in ipairs(missed) do
    unread[#unread + 1] = "personal_preference: no topic found in: " .. sentence
  end
  for _, like in ipairs(likes) do
    if #like.during == 0 then
      like.during = table.move(LEISURE, 1, #LEISURE, 1, {})
      unread[#unread + 1] = string.format('personal_preference: no activity found for the topic "%s"; assumed %s', like.topic,
        table.concat(LEISURE, ", "))
    end
  end
  if #likes == 0 then
    likes[1] = { topic = "breaks", during = table.move(LEISURE, 1, #LEISURE, 1, {}) }
    unread[#unread + 1] = 'personal_preference: no topic found at all; assumed "breaks" during '
      .. table.concat(LEISURE, ", ")
  end
  return likes
end

local function read_times(text, day, unread)
  local read = windows.windows(text, day)
  for _, sentence in ipairs(read.unread) do
    unread[#unread + 1] = "timing: a time was named, but not whether it is welcome or which half of the day: " .. sentence
  end
  if #read.quiet == 0 then unread[#unread + 1] = "timing: no time is ruled out; assumed none" end
  if #read.receptive == 0 then
    local quiet = clocks.parse(read.quiet)
    local open = clocks.collect(function(minute)
      return clocks.within({ { 540, 1260 } }, minute) and not clocks.within(quiet, minute)
    end)
    if #open == 0 then open = { { 540, 1260 } } read.quiet = {} end
    for i, window in ipairs(open) do read.receptive[i] = { clocks.text(window[1]), clocks.text(window[2]) } end
    unread[#unread + 1] = "timing: no welcome time found; assumed 09:00 to 21:00 without what is ruled out"
  end
  return read.receptive, read.quiet
end

-- A like whose every activity may not be interrupted could never be met: then the activity is not busy.
local function without_contradiction(busy, likes, unread)
  local is_busy, out = {}, {}
  for _, kind in ipairs(busy) do is_busy[kind] = true end
  for _, like in ipairs(likes) do
    local open = false
    for _, kind in ipairs(like.during) do open = open or not is_busy[kind] end
    for _, kind in ipairs(open and {} or like.during) do
      if is_busy[kind] then
        unread[#unread + 1] = string.format('timing: "%s" must not be interrupted, but "%s" is liked during it only; '
          .. "assumed that it may be", kind, like.topic)
      end
      is_busy[kind] = nil
    end
  end
  for _, kind in ipairs(busy) do
    if is_busy[kind] then out[#out + 1] = kind end
  end
  return out
end

local function read_busy(text, day, likes, unread)
  local busy = without_contradiction(wishes.busy(text, day), likes, unread)
  if #busy == 0 then
    busy[1] = "work"
    unread[#unread + 1] = "timing: no activity is named that must not be interrupted; assumed work"
  end
  return busy
end

-- A topic that is liked and off limits at once is taken as liked.
local function read_boundaries(text, likes, unread)
  local liked, out = {}, {}
  for _, like in ipairs(likes) do liked[like.topic] = true end
  for _, topic in ipairs(wishes.boundaries(text)) do
    if liked[topic] then
      unread[#unread + 1] = string.format('communication_safety: "%s" seems off limits, but is also liked; assumed liked', topic)
    else
      out[#out + 1] = topic
    end
  end
  return out
end

local function read_tones(text, unread)
  local tones = wishes.tones(text)
  if #tones == 0 then
    tones[1] = "warm"
    unread[#unread + 1] = "communication_safety: no tone found; assumed warm"
  end
  return tones
end

local function text_of(rubric, key, unread)
  local text = rubric[key]
  if type(text) == "string" then return text end
  unread[#unread + 1] = key .. ": is missing; everything in it is assumed"
  return ""
end

--- A complete `preferences` table for a persona that has prose only.
---@param rubric propersim.Rubric
---@param day { wake: integer, sleep: integer }? minutes after midnight; 07:00 and 22:30 if not given
---@return propersim.Preferences preferences
---@return string[] unread plain statements of what could not be read and what was assumed instead
function M.preferences(rubric, day)
  local unread = {}
  local timing = text_of(rubric, "timing", unread)
  local manner = text_of(rubric, "communication_safety", unread)
  local likes = read_likes(text_of(rubric, "personal_preference", unread), unread)
  local receptive, quiet = read_times(timing, day, unread)
  return {
    likes = likes,
    boundaries = read_boundaries(manner, likes, unread),
    receptive = receptive,
    quiet = quiet,
    busy = read_busy(timing, day, likes, unread),
    frequency = read_frequency(text_of(rubric, "frequency", unread), unread),
    tones = read_tones(manner, unread),
  }, unread
end

return M

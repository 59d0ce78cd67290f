--- Can a persona's wish be met at all? Walks through a plain day in steps of 2.5 minutes and counts the most
--- recommendations that could earn all four points of the table in docs/personas.md.
local time = require "propersim.persona_time"

local M = {}

local STEP_MINUTES = 2.5

local function set_of(words)
  local set = {}
  for _, word in ipairs(words) do set[word] = true end
  return set
end

--- The wished gap between two recommendations in waking minutes.
---@param frequency propersim.Frequency
---@param awake_minutes number waking time of the day; needed for wishes per day
---@return number minutes
function M.gap(frequency, awake_minutes)
  local period = frequency.per == "day" and awake_minutes or frequency.hours * 60
  return period / frequency.count
end

--- The kinds of activity during which a recommendation can be right: liked with some topic, and not busy.
---@param preferences propersim.Preferences
---@return table<string, boolean>
function M.open_kinds(preferences)
  local busy, open = set_of(preferences.busy), {}
  for _, like in ipairs(preferences.likes) do
    for _, kind in ipairs(like.during) do
      if not busy[kind] then open[kind] = true end
    end
  end
  return open
end

--- Calls `visit(minute, kind)` for each step of a plain day, from waking up to going to bed.
---@param day propersim.Day
---@param visit fun(minute: number, kind: string)
local function walk(day, visit)
  local now = time.minutes(day.wake)
  local left = time.span(now, time.minutes(day.sleep))
  for _, block in ipairs(day.blocks) do
    for offset = 0, math.min(block.minutes, left) - STEP_MINUTES, STEP_MINUTES do
      visit(now + offset, block.kind)
    end
    now = now + block.minutes
    left = left - block.minutes
  end
end

--- How many recommendations of a plain day could be rated best, and how many are wished.
---@param preferences propersim.Preferences
---@param day propersim.Day
---@param welcome_only boolean? count only times that `receptive` names (stricter than the table)
---@return integer reachable
---@return number wished
function M.best(preferences, day, welcome_only)
  local awake = time.span(time.minutes(day.wake), time.minutes(day.sleep))
  local gap = M.gap(preferences.frequency, awake)
  local most = 1.25 * awake / gap
  local quiet, receptive = time.parse(preferences.quiet), time.parse(preferences.receptive)
  local open = M.open_kinds(preferences)
  local count, last = 0, nil
  walk(day, function(minute, kind)
    local due = count + 1 <= most and (not last or minute - last >= gap / 2)
    if due and open[kind] and not time.within(quiet, minute)
      and (not welcome_only or time.within(receptive, minute)) then
      count, last = count + 1, minute
    end
  end)
  return count, awake / gap
end

--- The receptive windows in which nothing liked is ever done, on weekdays or at weekends.
---@param preferences propersim.Preferences
---@param days propersim.Day[]
---@return integer[] indices of `preferences.receptive`
function M.useless_windows(preferences, days)
  local open, out = M.open_kinds(preferences), {}
  for i, window in ipairs(time.parse(preferences.receptive)) do
    local used = false
    for _, day in ipairs(days) do
      walk(day, function(minute, kind)
        used = used or (open[kind] and time.within({ window }, minute)) or false
      end)
    end
    if not used then out[#out + 1] = i end
  end
  return out
end

return M

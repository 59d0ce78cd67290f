--- What the offline assistant goes by: the situation as features for its policy.
---
--- Only what it sees (time, action) and what its level of memory lets it know (when it spoke, which scores it was told).

local clock = require "clock"
local lexicon = require "propersim.lexicon"
local levels = require "assistant.levels"

local notice = {}

local DAY, HOUR = 1440, 60
local LATEST = 48 -- times of speaking that are kept: more than fit into an hour of steps
local SCORES = 5 -- last scores that count

local function bucket(value, bounds)
  for _, bound in ipairs(bounds) do
    if value < bound then return "<" .. bound end
  end
  return ">=" .. bounds[#bounds]
end

local MINUTES = { 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 360, 480, 720 }
local COUNTS = { 1, 2, 3, 4, 6, 8, 12, 16, 24, 48 }
local SHORT = { 5, 15, 30, 60 }

local function now_minute(seen)
  return (clock.day() - 1) * DAY + seen.minute
end

-- How often it spoke today and within the last hour, and how long ago the last time was.
local function spoken(mine, now)
  local said, hour = mine.said, 0
  for i = #said, 1, -1 do
    if now - said[i] >= HOUR then break end
    hour = hour + 1
  end
  local today = mine.said_day == clock.day() and mine.said_today or 0
  return today, hour, said[#said] and now - said[#said] or DAY
end

local function mean(list)
  local sum = 0
  for _, value in ipairs(list) do sum = sum + value end
  return sum / #list
end

--- What it remembers of how often it spoke, in the terms in which people wish: for the offline model that has been given the
--- person's rubric. Without a memory of its suggestions it knows nothing of it.
---@param r resident
---@param seen situation
---@return { today: integer, since: number|nil, free: number, awake_minutes: number }
function notice.recent(r, seen)
  local awake = r.state.awake_minutes or DAY
  if not r.assistant.level.suggestion then return { today = 0, free = 0, awake_minutes = awake } end
  local today, _, since = spoken(r.state.assistant, now_minute(seen))
  return { today = today, since = today > 0 and since or nil, free = math.min(since, awake), awake_minutes = awake }
end

--- The features of this moment: names such as "since=<30".
---@param r resident
---@param seen situation
---@return string[]
function notice.features(r, seen)
  local level, mine = r.assistant.level, r.state.assistant
  local now = now_minute(seen)
  local weekend = clock.weekday() >= 6 and "weekend" or "weekday"
  local kind = lexicon.kind_of(seen.action) or "other"
  local features = {
    "always", weekend, string.format("hour=%d", seen.minute // 60), string.format("half=%d", seen.minute // 30),
    "activity=" .. kind,
  }
  if level.action and mine.action_since then
    features[#features + 1] = "for=" .. bucket(now - mine.action_since, SHORT)
  end
  if level.suggestion then
    local today, hour, since = spoken(mine, now)
    features[#features + 1] = "since=" .. bucket(since, MINUTES)
    features[#features + 1] = "today=" .. bucket(today, COUNTS)
    features[#features + 1] = "this_hour=" .. bucket(hour, COUNTS)
  end
  if level.score and #mine.scores > 0 then
    features[#features + 1] = "score=" .. math.floor(mean(mine.scores) + 0.5)
  end
  return features
end

local function keep_last(list, value, count)
  list[#list + 1] = value
  if #list > count then table.remove(list, 1) end
end

--- Remembers what later features need.
---@param r resident
---@param seen situation
---@param said offer
---@param verdict table
function notice.remember(r, seen, said, verdict)
  local level, mine = r.assistant.level, r.state.assistant
  local now = now_minute(seen)
  if level.action and mine.action ~= seen.action then
    mine.action, mine.action_since = seen.action, now
  end
  if level.suggestion and not said.silent then
    keep_last(mine.said, now, LATEST)
    mine.said_today = (mine.said_day == clock.day() and mine.said_today or 0) + 1
    mine.said_day = clock.day()
  end
  if verdict.score and levels.keeps_score(level) then keep_last(mine.scores, verdict.score, SCORES) end
end

return notice

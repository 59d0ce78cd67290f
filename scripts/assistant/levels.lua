--- What the assistant's memory holds of a step: action, suggestion, score (C), reason (R), each always or now and then.

local clock = require "clock"
local rng = require "rng"

local levels = {}

-- Values are probabilities with which a part is kept.
local LEVELS = {
  none = {},
  A = { action = 1 },
  AS = { action = 1, suggestion = 1 },
  ASC = { action = 1, suggestion = 1, score = 1 },
  ASCR = { action = 1, suggestion = 1, score = 1, reason = 1 },
  AS9C1 = { action = 1, suggestion = 1, score = 0.1 },
  AS8C2 = { action = 1, suggestion = 1, score = 0.2 },
  ASC9R1 = { action = 1, suggestion = 1, score = 1, reason = 0.1 },
  ASC8R2 = { action = 1, suggestion = 1, score = 1, reason = 0.2 },
}

--- The parts kept at a level, by its name in the study (`assistant.memory`).
---@param name string
---@return table
function levels.of(name)
  return LEVELS[name] or error("no memory level '" .. tostring(name) .. "'")
end

local function kept(probability, purpose)
  if not probability then return false end
  return probability >= 1 or rng.stream(purpose, clock.step()):chance(probability)
end

--- Is the score of this step kept?
---@param level table
---@return boolean
function levels.keeps_score(level)
  return kept(level.score, "keep_score")
end

--- The memory of one step as text: "action, suggestion, score 3, reason".
---@param level table
---@param seen situation
---@param said offer
---@param verdict table
---@return string
function levels.text(level, seen, said, verdict)
  local text = seen.action
  if level.suggestion then text = text .. " | " .. said.text end
  if verdict.score and levels.keeps_score(level) then text = text .. " | score " .. verdict.score end
  if verdict.score and kept(level.reason, "keep_reason") then text = text .. " | " .. verdict.reason end
  return text
end

return levels

--- What the offline assistant makes of a rubric that it has been given (`assistant.persona_given`). It gets the prose that a
--- language model would get, and reads the wishes out of it; the persona's `preferences` stay with the rater.

local candidates = require "offline.candidates"
local judge = require "offline.judge"
local prose = require "propersim.prose"

local given = {}

-- Logits for each point that it expects: so that among 64 things to say and silence the ones with all points usually win.
local PER_POINT = 4

--- The wishes that the prose tells.
---@param rubric table
---@return table preferences
function given.read(rubric)
  return (prose.preferences(rubric))
end

--- Adds to each candidate's logit what its expected points are worth.
---@param logits number[]
---@param preferences table as read
---@param seen situation
---@param recent table what the assistant itself remembers: { today, since, free, awake_minutes }
function given.add(logits, preferences, seen, recent)
  local inputs = { preferences = preferences, recent = recent, action = seen.action, minute = seen.minute }
  for i, candidate in ipairs(candidates.list) do
    logits[i] = logits[i] + PER_POINT * judge.points(inputs, candidate.topic, candidate.tone)
  end
end

return given

--- Offline answer: one of the candidates, drawn with the probabilities that the policy gives them, in one of its wordings.

local candidates = require "offline.candidates"
local policy = require "policy"
local wordings = require "offline.wordings"

return function(inputs, rng)
  local choice = candidates.list[policy.choose(inputs.options, inputs.temperature, rng)]
  if choice.silent then return { suggestion = "No Recommendation" } end
  local i = rng:below(wordings.count(choice.topic, choice.tone)) + 1
  return { suggestion = wordings.text(choice.topic, choice.tone, i, inputs) }
end

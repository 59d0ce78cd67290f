--- Offline answer: is what the policy draws something else than silence?

local candidates = require "offline.candidates"
local policy = require "policy"

return function(inputs, rng)
  return { speak = not candidates.list[policy.choose(inputs.options, inputs.temperature, rng)].silent }
end

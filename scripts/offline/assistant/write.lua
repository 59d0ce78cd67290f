--- Offline answer: one of the candidates that speak, drawn with the probabilities that the policy gives them.

local suggest = require "offline.assistant.suggest"

local SILENT = 1   -- the number of silence among the candidates
local NEVER = -1e6 -- a logit that is never drawn

return function(inputs, rng)
  local options = inputs.options
  local silence = options[SILENT]
  options[SILENT] = NEVER
  local answer = suggest(inputs, rng)
  options[SILENT] = silence
  return answer
end

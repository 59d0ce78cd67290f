--- Offline answer: that of assistant/suggest, with a reason.

local reason = require "offline.reason"
local suggest = require "offline.assistant.suggest"

return function(inputs, rng)
  local answer = suggest(inputs, rng)
  return { suggestion = answer.suggestion, why = reason(inputs, answer.suggestion) }
end

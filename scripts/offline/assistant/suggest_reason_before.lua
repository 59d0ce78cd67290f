--- Offline answer: that of assistant/suggest, with a reason.

local reason = require "offline.reason"
local suggest = require "offline.assistant.suggest"

return function(inputs, rng)
  local answer = suggest(inputs, rng)
  return { reason = reason(inputs, answer.suggestion), suggestion = answer.suggestion }
end

--- Offline answer: 0 if it says nothing although something is due.

local judge = require "offline.judge"

return function(inputs, rng)
  if inputs.suggestion ~= judge.SILENCE then return { value = 1, reason = "it has just spoken" } end
  local due = judge.is_due(inputs)
  return judge.answer(inputs, rng, due and 0 or 1, due and "it has been silent for too long" or "I do not miss anything")
end

--- Offline answer: 0 if this is one too many, counted by the wished gap and the day's wish.

local judge = require "offline.judge"

return function(inputs, rng)
  if inputs.suggestion == judge.SILENCE then return { value = 1, reason = "it said nothing" } end
  local why = judge.too_often(inputs)
  return judge.answer(inputs, rng, why and 0 or 1, why or "not too often")
end

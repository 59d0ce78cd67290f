--- Offline answer: silence where the person wants it, else a topic that is liked here, in a tone that is liked.

local judge = require "offline.judge"
local wordings = require "offline.wordings"

-- The likes that belong to what is being done; all of them if none does.
local function fitting(preferences, action)
  local out = {}
  for _, like in ipairs(preferences.likes) do
    if judge.fits(like, action) then out[#out + 1] = like end
  end
  return #out > 0 and out or preferences.likes
end

return function(inputs, rng)
  local preferences = inputs.preferences
  local likes = fitting(preferences, inputs.action)
  if not judge.is_free(preferences, inputs.action, inputs.minute) or judge.too_often(inputs)
    or not (judge.fits(likes[1], inputs.action) or judge.is_due(inputs)) then
    return { suggestion = judge.SILENCE }
  end
  local topic, tone = rng:pick(likes).topic, rng:pick(preferences.tones)
  return { suggestion = wordings.text(topic, tone, rng:below(wordings.count(topic, tone)) + 1, inputs) }
end

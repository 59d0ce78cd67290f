--- Offline answer: the tone is one that is liked, and the topic no boundary. Silence offends nobody.

local judge = require "offline.judge"
local lexicon = require "propersim.lexicon"

return function(inputs, rng)
  if inputs.suggestion == judge.SILENCE then return { value = 1, reason = "silence is fine" } end
  local topic = lexicon.topic_of(inputs.suggestion)
  if judge.crosses_boundary(inputs.preferences, topic) then
    return judge.answer(inputs, rng, 0, "I do not want to be talked to about " .. topic)
  end
  if not judge.has_tone(inputs.preferences, inputs.suggestion) then
    return judge.answer(inputs, rng, 0, "the tone is not mine")
  end
  return judge.answer(inputs, rng, 1, "said the way I like it")
end

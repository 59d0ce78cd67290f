--- Offline answer: a liked topic while doing what it belongs to; silence as long as nothing is due.

local judge = require "offline.judge"
local lexicon = require "propersim.lexicon"

return function(inputs, rng)
  if inputs.suggestion == judge.SILENCE then
    local due = judge.is_due(inputs)
    return judge.answer(inputs, rng, due and 0 or 1, due and "I would have liked a suggestion by now" or "nothing was needed")
  end
  local topic = lexicon.topic_of(inputs.suggestion)
  local like = judge.like(inputs.preferences, topic)
  if not like then return judge.answer(inputs, rng, 0, "this is not something I care about") end
  if not judge.fits(like, inputs.action) then
    return judge.answer(inputs, rng, 0, "I like " .. topic .. ", but not in what I am doing now")
  end
  return judge.answer(inputs, rng, 1, topic .. " is just what helps me here")
end

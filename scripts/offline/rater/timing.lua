--- Offline answer: not in quiet times, not while busy, and in a receptive time or in the middle of what the topic belongs to.

local judge = require "offline.judge"
local lexicon = require "propersim.lexicon"

return function(inputs, rng)
  local preferences = inputs.preferences
  local busy, quiet = judge.is_busy(preferences, inputs.action), judge.is_quiet(preferences, inputs.minute)
  if inputs.suggestion == judge.SILENCE then
    if busy or quiet then return judge.answer(inputs, rng, 1, busy and "I was busy" or "I wanted quiet") end
    local due = judge.is_due(inputs)
    return judge.answer(inputs, rng, due and 0 or 1, due and "I was free and waiting" or "there was no hurry")
  end
  if quiet then return judge.answer(inputs, rng, 0, "I want quiet at this time") end
  if busy then return judge.answer(inputs, rng, 0, "I was busy and got interrupted") end
  local like = judge.like(preferences, lexicon.topic_of(inputs.suggestion))
  if judge.is_receptive(inputs, like) then return judge.answer(inputs, rng, 1, "a good moment") end
  return judge.answer(inputs, rng, 0, "not a time at which I want to be spoken to")
end

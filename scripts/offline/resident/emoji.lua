--- Offline answer: the emoji that the lexicon has for the activity.

local lexicon = require "propersim.lexicon"

return function(inputs)
  return { emoji = lexicon.emoji(inputs.task) }
end

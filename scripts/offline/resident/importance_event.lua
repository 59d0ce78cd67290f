--- Offline answer: by the words of the text.

local lexicon = require "propersim.lexicon"

return function(inputs)
  return { importance = lexicon.importance(inputs.text) }
end

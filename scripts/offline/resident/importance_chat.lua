--- Offline answer: by the words of the summary; what was announced raises it.

local lexicon = require "propersim.lexicon"

return function(inputs)
  return { importance = lexicon.importance(inputs.text) }
end

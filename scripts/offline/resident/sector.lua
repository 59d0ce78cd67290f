--- Offline answer: the sector that the task names, else the one where they are.

local place = require "offline.place"

return function(inputs)
  local here = inputs.at:match("^[^:]*:([^:]*)")
  return { choice = place.choose(inputs.options, nil, inputs.task) or place.choose(inputs.options, here, "")
    or inputs.options[1] }
end

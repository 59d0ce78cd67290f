--- Offline answer: the sector of the plan, else one that the task's words name, else the one where they are.

local place = require "offline.place"

return function(inputs)
  local hint = place.parts(inputs.place)
  local here = inputs.at:match("^[^:]*:([^:]*)")
  return { choice = place.choose(inputs.options, hint, inputs.task) or place.choose(inputs.options, here, "")
    or inputs.options[1] }
end

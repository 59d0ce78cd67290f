--- Offline answer: the thing of the plan, else one that the task's words name, else the first.

local place = require "offline.place"

return function(inputs)
  local _, _, hint = place.parts(inputs.place)
  return { choice = place.choose(inputs.options, hint, inputs.task, inputs.first_name) or inputs.options[1] }
end

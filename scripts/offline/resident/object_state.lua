--- Offline answer: the object is in use for the task.

local LONGEST = 60

return function(inputs)
  return { state = ("being used for " .. inputs.task):sub(1, LONGEST) }
end

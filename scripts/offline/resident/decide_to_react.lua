--- Offline answer: waits for a quarter of an hour at most.

local LONGEST = 15

return function(inputs)
  return { choice = inputs.minutes_left <= LONGEST and "wait" or "go on" }
end

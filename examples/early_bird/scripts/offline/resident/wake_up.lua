--- Offline answer: two hours before the routine's time, give or take `vary` minutes.

local routine = require "offline.routine"

local EARLIER = 120 -- minutes

return function(inputs, rng)
  local day = routine.day(inputs)
  local minute = (routine.shift(rng, routine.minutes(day.wake), day.vary) - EARLIER) % 1440
  return { hour = minute // 60, minute = minute % 60 }
end

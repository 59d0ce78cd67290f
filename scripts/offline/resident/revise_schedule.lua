--- Offline answer: the planned appointment, if it is meant, today, and not over.

local appointment = require "offline.appointment"

local SHORTEST = 10 -- minutes that must be left of it

return function(inputs)
  local said, now = appointment.parse(inputs.plan), appointment.now(inputs.time)
  local goes = said and inputs.plan:find(" plans to ", 1, true)
  if not goes or not appointment.is_today(said, now) then return { changes = {} } end
  local from = math.max(said.from, math.ceil(now.minute + 1))
  local minutes = said.from + said.minutes - from
  if minutes < SHORTEST then return { changes = {} } end
  return { changes = { {
    from = string.format("%02d:%02d", from // 60 % 24, from % 60), minutes = minutes,
    activity = "joining the " .. said.what .. " at the " .. said.place, place = said.place,
  } } }
end

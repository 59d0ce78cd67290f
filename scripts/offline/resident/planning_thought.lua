--- Offline answer: decides once about what was announced, if it is still to come: goes if it is their own or they feel like it.

local appointment = require "offline.appointment"

local LEAST, SOCIABLE = 0.3, 0.6 -- chance of the least sociable to go, and what the most sociable add
local NAMES = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" }
local MONTHS = { "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
  "November", "December" }

local function clock(minute)
  return string.format("%02d:%02d", minute // 60 % 24, minute % 60)
end

local function day(said)
  local weekday = said.weekday and NAMES[said.weekday]
  local date = said.date and MONTHS[said.month] .. " " .. said.date
  return weekday and date and weekday .. ", " .. date or weekday or date
end

return function(inputs, rng)
  local now, plans = appointment.now(inputs.time), appointment.lines(inputs.plans)
  for _, piece in ipairs(appointment.coming(appointment.lines(inputs.heard), now)) do
    local said = piece.said
    if not appointment.is_among(said, plans) then
      local own = piece.text:find(inputs.name, 1, true) ~= nil
      local goes = rng:chance(LEAST + SOCIABLE * inputs.sociable) or own
      return { thought = string.format("%s %s to go to the %s at the %s on %s from %s to %s", inputs.name,
        goes and "plans" or "does not plan", said.what, said.place, day(said), clock(said.from),
        clock(said.from + said.minutes)) }
    end
  end
  return { thought = "" }
end

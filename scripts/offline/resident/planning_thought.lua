--- Offline answer: decides once about what was announced, if it is still to come: goes if it is their own or they feel like it.

local appointment = require "offline.appointment"

local LEAST, SOCIABLE = 0.3, 0.6 -- chance of the least sociable to go, and what the most sociable add
return function(inputs, rng)
  local now, plans = appointment.now(inputs.time), appointment.lines(inputs.plans)
  for _, piece in ipairs(appointment.coming(appointment.lines(inputs.heard), now, inputs.places)) do
    local said = piece.said
    if not appointment.is_among(said, plans) then
      local own = piece.text:find(inputs.name, 1, true) ~= nil
      local goes = rng:chance(LEAST + SOCIABLE * inputs.sociable) or own
      return { thought = inputs.name .. (goes and " plans" or " does not plan") .. " to go to " .. appointment.text(said) }
    end
  end
  return { thought = "" }
end

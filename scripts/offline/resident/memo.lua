--- Offline answer: what the other announced, in their words; else what the other is doing.

local appointment = require "offline.appointment"

local LONGEST = 400

return function(inputs)
  local small
  for _, line in ipairs(appointment.lines(inputs.lines)) do
    local speaker, text = line:match("^(.-): (.*)$")
    if speaker == inputs.other_name then
      if appointment.parse(text) then
        return { memo = (speaker .. " told " .. inputs.name .. ": " .. appointment.core(text)):sub(1, LONGEST) }
      end
      small = text:match("I am (.-) today") or text:match("it is (.-) just now") or text:match("busy with (.-)%.") or small
    end
  end
  return { memo = small and inputs.other_name .. " told " .. inputs.name .. " about " .. small or "" }
end

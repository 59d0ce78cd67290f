--- Offline answer: what was announced in the conversation, else what the two are doing.

local appointment = require "offline.appointment"

local MOST = 3

return function(inputs)
  local about = {}
  for _, line in ipairs(appointment.lines(inputs.lines)) do
    local said = appointment.parse(line)
    if said and #about < MOST then about[#about + 1] = "the " .. said.what .. " at the " .. said.place end
  end
  if #about == 0 then about[1] = "how things are going" end
  return { summary = inputs.name .. " and " .. inputs.other_name .. " talked about " .. table.concat(about, ", ") }
end

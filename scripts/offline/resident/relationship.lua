--- Offline answer: what they are to each other, and what is remembered best.

local LONGEST = 120

return function(inputs)
  local summary = inputs.other_name .. " is, to " .. inputs.first_name .. ": " .. inputs.relation .. "."
  local best = inputs.statements[1]
  if best then summary = summary .. " " .. inputs.first_name .. " remembers: " .. best:sub(1, LONGEST) .. "." end
  return { summary = summary }
end

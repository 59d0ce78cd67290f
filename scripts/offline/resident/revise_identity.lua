--- Offline answer: what is remembered best is on their mind.

local LINES = 3

return function(inputs)
  local lines = {}
  for line in inputs.memory:gmatch("[^\n]+") do
    if #lines == LINES then break end
    lines[#lines + 1] = line:sub(1, 200)
  end
  return { currently = "Yesterday: " .. table.concat(lines, "; ") .. "." }
end

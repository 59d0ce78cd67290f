--- Offline answer: the routine's blocks, as this day has them, and what the person remembers to have planned for it.

local appointment = require "offline.appointment"
local routine = require "offline.routine"

-- Puts in what they plan for today, at its time.
local function add_plans(blocks, inputs)
  local now = appointment.now(inputs.date)
  for line in inputs.remembers:gmatch("[^\n]+") do
    local mine = line:find("^" .. inputs.first_name .. " .-%f[%a]plans to ")
    local said = mine and appointment.parse(line)
    if said and appointment.is_today(said, now) then
      local activity = "joining the " .. said.what .. " at the " .. said.place
      routine.insert(blocks, (said.from - inputs.wake_minute) % 1440, { activity = activity, place = said.place,
        minutes = said.minutes })
    end
  end
end

return function(inputs, rng)
  local blocks = {}
  for i, block in ipairs(routine.blocks(inputs, rng)) do
    blocks[i] = { activity = block.activity, minutes = block.minutes, place = block.place }
  end
  add_plans(blocks, inputs)
  return { blocks = blocks }
end

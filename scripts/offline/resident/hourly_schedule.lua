--- Offline answer: the routine's blocks, as this day has them.

local routine = require "offline.routine"

return function(inputs, rng)
  local blocks = {}
  for i, block in ipairs(routine.blocks(inputs, rng)) do
    blocks[i] = { activity = block.activity, minutes = block.minutes, place = block.place }
  end
  return { blocks = blocks }
end

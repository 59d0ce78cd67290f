--- Offline answer: the tasks that the routine names for the block, 10 to 30 minutes each, starting anywhere in their order.

local routine = require "offline.routine"

local LEAST, MOST = 10, 30

return function(inputs, rng)
  local block = routine.find(inputs.routine, inputs.activity)
  local names = block and block.tasks or { inputs.activity }
  local tasks, left, next_name = {}, inputs.minutes, rng:below(#names)
  while left > 0 do
    local minutes = math.min(left, rng:between(LEAST, MOST))
    if left - minutes < LEAST then minutes = math.min(left, MOST) end
    tasks[#tasks + 1] = { task = names[next_name % #names + 1], minutes = math.max(minutes, 5) }
    left = left - minutes
    next_name = next_name + 1
  end
  return { tasks = tasks }
end

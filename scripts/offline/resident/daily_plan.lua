--- Offline answer: the longest blocks of the routine, in the order of the day.

local routine = require "offline.routine"

local ITEMS = 5

return function(inputs)
  local blocks = {}
  for i, block in ipairs(routine.day(inputs).blocks) do blocks[i] = { order = i, block = block } end
  table.sort(blocks, function(a, b)
    if a.block.minutes ~= b.block.minutes then return a.block.minutes > b.block.minutes end
    return a.order < b.order
  end)
  local chosen = table.move(blocks, 1, math.min(ITEMS, #blocks), 1, {})
  table.sort(chosen, function(a, b) return a.order < b.order end)
  local items = {}
  for i, entry in ipairs(chosen) do items[i] = entry.block.activity .. " for about " .. entry.block.minutes .. " minutes" end
  return { items = items }
end

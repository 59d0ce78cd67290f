--- Offline answer: the activities of the hour in order, each once, and how many recommendations there were.

local LONGEST = 90 -- words

local TIME = #"14:05 "

-- "14:05 cooking dinner | Try some music. | score 3" -> "cooking dinner"
local function activity_of(event)
  local to = event:find(" | ", TIME, true)
  return event:sub(TIME + 1, to and to - 1 or -1)
end

return function(inputs)
  local seen, list, words = {}, {}, 0
  for _, event in ipairs(inputs.events) do
    local activity = activity_of(event)
    if not seen[activity] then
      local _, count = activity:gsub("%S+", "")
      seen[activity] = true
      words = words + count
      if words <= LONGEST then list[#list + 1] = activity end
    end
  end
  return { summary = inputs.range .. ", " .. inputs.recommendations .. " recommendations: " .. table.concat(list, "; ") }
end

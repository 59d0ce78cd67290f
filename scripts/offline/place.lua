--- Choosing among places: by the place that the plan names ("kitchen:cooking area"), else by the words of the task.

local lexicon = require "propersim.lexicon"

local place = {}

-- The option that a name means: the same, or one that contains the other; of several, the one that bears the person's name.
local function matching(options, name, mine)
  local found
  for _, option in ipairs(options) do
    if option == name then return option end
  end
  for _, option in ipairs(options) do
    if option:find(name, 1, true) or name:find(option, 1, true) then
      if mine and option:find(mine, 1, true) then return option end
      found = found or option
    end
  end
  return found
end

--- One of `options`, or nil if neither hint nor task says anything about them.
---@param options string[]
---@param hint string|nil name in the plan
---@param task string
---@param mine string|nil the person's first name: "Ada's desk" is meant rather than "Tom's desk"
---@return string|nil
function place.choose(options, hint, task, mine)
  local found = hint and hint ~= "" and matching(options, hint, mine)
  if found then return found end
  for _, word in ipairs(lexicon.place_words(task)) do
    found = matching(options, word, mine)
    if found then return found end
  end
  return nil
end

--- The names of sector, arena and object in a place: "house:kitchen:stove"; "kitchen:stove" has no sector; a single name
--- ("library") may be that of a sector or an arena.
---@param text string
---@return string|nil sector
---@return string|nil arena
---@return string|nil object
function place.parts(text)
  local first, second, third = text:match("^([^:]*):([^:]*):(.*)$")
  if first then return first, second, third end
  first, second = text:match("^([^:]*):(.*)$")
  if first then return nil, first, second end
  return text, text, nil
end

return place

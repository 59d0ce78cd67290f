--- Choosing among places: by the place that the plan names ("kitchen:cooking area"), else by the words of the task.

local lexicon = require "propersim.lexicon"

local place = {}

-- The option that a name means: the same, or one that contains the other.
local function matching(options, name)
  for _, option in ipairs(options) do
    if option == name then return option end
  end
  for _, option in ipairs(options) do
    if option:find(name, 1, true) or name:find(option, 1, true) then return option end
  end
  return nil
end

--- One of `options`, or nil if neither hint nor task says anything about them.
---@param options string[]
---@param hint string|nil name in the plan
---@param task string
---@return string|nil
function place.choose(options, hint, task)
  local found = hint and hint ~= "" and matching(options, hint)
  if found then return found end
  for _, word in ipairs(lexicon.place_words(task)) do
    found = matching(options, word)
    if found then return found end
  end
  return nil
end

--- "kitchen:cooking area" -> "kitchen", "cooking area"; either may be missing.
function place.parts(text)
  local colon = text:find(":", 1, true)
  if not colon then return text, nil end
  return text:sub(1, colon - 1), text:sub(colon + 1)
end

return place

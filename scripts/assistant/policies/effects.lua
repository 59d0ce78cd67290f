--- What policies without training share: the parts of a moment that may count, as names, and running means of what is left
--- to explain once the other parts are taken into account.

local effects = {}

local CAUTION = 3 -- a new part counts as if it had been seen so often with nothing to explain

-- Features of assistant/notice.lua that tell hour, activity and gap.
local PREFIXES = { "hour=", "activity=", "since=", "today=" }

local function counts(feature)
  for _, prefix in ipairs(PREFIXES) do
    if feature:sub(1, #prefix) == prefix then return true end
  end
  return false
end

--- The parts of a moment: hour, activity and gap, for speech or for silence.
---@param features string[]
---@param silent boolean
---@return string[] names
---@return string activity
function effects.moment(features, silent)
  local names, activity, mark = {}, "", silent and "quiet " or "say "
  for _, feature in ipairs(features) do
    if counts(feature) then names[#names + 1] = mark .. feature end
    if feature:sub(1, 9) == "activity=" then activity = feature:sub(10) end
  end
  return names, activity
end

--- The parts that what is said adds.
---@param topic string|nil
---@param tone string|nil
---@param activity string
---@return string during
---@return string toned
function effects.content(topic, tone, activity)
  return "topic=" .. (topic or "none") .. " during " .. activity, "tone=" .. (tone or "none")
end

--- The names of all parts of something that was rated.
---@param observed { features: string[], silent: boolean, topic: string|nil, tone: string|nil }
---@return string[]
function effects.parts(observed)
  local names, activity = effects.moment(observed.features, observed.silent)
  if not observed.silent then
    local during, toned = effects.content(observed.topic, observed.tone, activity)
    names[#names + 1] = during
    names[#names + 1] = toned
  end
  return names
end

--- The sum of the effects of some parts.
---@param model table name -> { count, mean }
---@param names string[]
---@return number
function effects.sum(model, names)
  local sum = 0
  for _, name in ipairs(names) do
    local effect = model[name]
    if effect then sum = sum + effect[2] end
  end
  return sum
end

--- Moves the effects of some parts towards what they left unexplained.
---@param model table name -> { count, mean }; new parts are added
---@param names string[]
---@param left number what the sum of all effects missed
function effects.learn(model, names, left)
  for _, name in ipairs(names) do
    local effect = model[name] or { 0, 0 }
    effect[1] = effect[1] + 1
    effect[2] = effect[2] + left / (effect[1] + CAUTION)
    model[name] = effect
  end
end

return effects

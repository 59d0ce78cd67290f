--- Options of a study put together: defaults, conditions, and settings of the command line.

local check = require "propersim.study_check"

local study_settings = {}

--- Complete options: what is given, and the defaults of the rest.
---@param values table
---@param option table a group of propersim.study_options
---@return table
function study_settings.fill(values, option)
  local out = {}
  for key, field in pairs(option.fields) do
    if field.type == "group" then
      out[key] = study_settings.fill(values[key] or {}, field)
    else
      out[key] = values[key]
      if out[key] == nil then out[key] = field.default end
      if out[key] == nil and field.type == "records" then out[key] = {} end
    end
  end
  return out
end

--- A copy with overrides: groups of options are merged, lists are replaced as a whole.
---@param base table
---@param overrides table
---@return table
function study_settings.merge(base, overrides)
  local out = {}
  for key, value in pairs(base) do out[key] = value end
  for key, value in pairs(overrides) do
    local old = base[key]
    local groups = type(value) == "table" and type(old) == "table" and value[1] == nil and old[1] == nil
    out[key] = groups and study_settings.merge(old, value) or value
  end
  return out
end

-- "false", "3", "0.5" are values of their types; everything else is a text.
local function read_value(value)
  if value == "true" then return true end
  if value == "false" then return false end
  return math.tointeger(tonumber(value)) or tonumber(value) or value
end

--- Applies one --set key=value to a study's table; "conditions.NAME.key" reaches one condition alone.
---@param t table changed
---@param setting string
function study_settings.apply(t, setting)
  local key, value = setting:match("^([%w_.-]+)=(.*)$")
  if not key then check.fail("--set " .. setting, "must be key=value, such as assistant.memory=A") end
  local place, parts = t, {}
  for part in key:gmatch("[^.]+") do parts[#parts + 1] = part end
  for i = 1, #parts - 1 do
    local inner = place[parts[i]]
    if inner == nil then inner = {} end
    if i == #parts - 1 and parts[i - 1] == "models" and type(inner) == "string" then inner = { model = inner } end
    if type(inner) ~= "table" then check.fail("--set " .. key, "%s is no group of options", table.concat(parts, ".", 1, i)) end
    place[parts[i]] = study_settings.merge({}, inner) -- the study's own tables stay as they are
    place = place[parts[i]]
  end
  place[parts[#parts]] = read_value(value)
end

return study_settings

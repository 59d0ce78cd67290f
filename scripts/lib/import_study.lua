--- The study file that runs what was imported from the original system. `propersim import` calls this.
local options = require "propersim.study_options"
local write = require "propersim.import_write"

local M = {}

-- Numbers of scratch.json that are options of a study, with the place and the default of each.
local SETTINGS = {
  { "vision_r", "resident", "vision_r" }, { "att_bandwidth", "resident", "att_bandwidth" },
  { "retention", "resident", "retention" }, { "importance_trigger_max", "resident", "importance_trigger" },
  { "recency_w", "retrieval", "recency_w" }, { "relevance_w", "retrieval", "relevance_w" },
  { "importance_w", "retrieval", "importance_w" }, { "recency_decay", "retrieval", "recency_decay" },
}

-- A value as an option, or nil and why it cannot be one.
local function as_option(value, option)
  if type(value) ~= "number" then return nil, "is no number" end
  if option.type == "integer" then value = math.tointeger(value) end
  if not value or value < option.min or value > option.max then
    return nil, string.format("is not between %g and %g", option.min, option.max)
  end
  return value
end

local function set_option(out, remarks, name, value, place, key)
  local fields = place and options.cell.fields[place].fields or options.cell.fields
  local option, reason = as_option(value, fields[key])
  if option == nil then
    remarks[#remarks + 1] = string.format("%s %s; left at %s", name, reason, tostring(fields[key].default))
  elseif option ~= fields[key].default then
    local into = out
    if place then
      out[place] = out[place] or {}
      into = out[place]
    end
    into[key] = option
  elseif place and out[place] then
    out[place][key] = nil
  end
end

local PLACED = { map = true, start = true, sec_per_step = true, assistants = true, models = true } -- these come from elsewhere
local PLAIN = { integer = true, number = true, choice = true, boolean = true }

-- Takes over what a run of ours was set to, as far as it is no default. Lists (whispers, news) belong to its days.
local function take_settings(set, fields, settings)
  for key, field in pairs(fields) do
    local value = settings[key]
    if field.type == "group" and type(value) == "table" then
      local inner = set[key] or {}
      take_settings(inner, field.fields, value)
      if next(inner) then set[key] = inner end
    elseif PLAIN[field.type] and value ~= nil and value ~= field.default then
      set[key] = value
    end
  end
end

local function own_settings(set, about, remarks)
  if about.mixed_settings then
    remarks[#remarks + 1] = "settings: those of the runs that propersim exported differ; none are taken"
  elseif about.settings then
    local fields = {}
    for key, field in pairs(options.cell.fields) do
      if not PLACED[key] then fields[key] = field end
    end
    take_settings(set, fields, about.settings)
  end
end

--- A study file that runs what was imported.
---@param about table { name, source, map, personas = ids, households = ids of each, if some live together|nil,
--- assistants = ids of who has one, with households|nil, start = "2025-02-13"|nil, sec_per_step = integer|nil,
--- options = of an options file|nil, settings = of a run that propersim exported|nil, mixed_settings = boolean|nil,
--- comments = for the top of the file|nil }
---@param scratches table[] scratch.json of each persona; the options of the study come from the first
---@return table { text = the file, remarks = string[] }
function M.study(about, scratches)
  local set, remarks = about.options or {}, {}
  own_settings(set, about, remarks)
  if about.sec_per_step then
    set_option(set, remarks, "sec_per_step", about.sec_per_step, nil, "sec_per_step")
    if 3600 % about.sec_per_step ~= 0 then
      set.sec_per_step = nil
      remarks[#remarks + 1] = string.format("sec_per_step: %d does not divide an hour; left at 150", about.sec_per_step)
    end
  end
  if about.start and about.start ~= options.cell.fields.start.default then set.start = about.start end
  for _, setting in ipairs(SETTINGS) do
    local name, first = setting[1], scratches[1] and scratches[1][setting[1]]
    if first ~= nil then set_option(set, remarks, name, first, setting[2], setting[3]) end
    for i = 2, #scratches do
      if scratches[i][name] ~= first then
        remarks[#remarks + 1] = name .. ": differs between the people; the study takes that of the first"
        break
      end
    end
  end
  local top = write.comment("Runs what propersim imported from " .. about.source .. ".")
  for _, line in ipairs(about.comments or {}) do top = top .. write.comment(line, "  ") end
  for _, remark in ipairs(remarks) do top = top .. write.comment("- " .. remark, "  ") end
  return { remarks = remarks, text = write.study({ name = about.name, map = about.map, personas = about.personas,
    households = about.households, assistants = about.assistants, options = set, days = about.days }, top) }
end

return M

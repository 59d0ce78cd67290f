--- Studies: `return study { ... }` in a study file; the host resolves it into cells with `load`.
---
--- A cell is one run: a condition, a persona and a seed. Mistakes are errors that name the key, the value and what to do.

local text = require "text"
local options = require "propersim.study_options"
local persona = require "propersim.persona"
local times = require "propersim.persona_time"
local published = require "propersim.study_published"
local study_cell = require "propersim.study_cell"

local study = {}

local MARK = "propersim study"

local function sorted_keys(t)
  local keys = {}
  for key in pairs(t) do keys[#keys + 1] = tostring(key) end
  return keys
end

local function fail(path, format, ...)
  error({ study_error = path .. ": " .. string.format(format, ...) }, 0)
end

local function show(value)
  if type(value) == "string" then return string.format("%q", #value > 40 and value:sub(1, 40) .. "..." or value) end
  if type(value) == "table" then return "a table" end
  return tostring(value)
end

local function unknown_key(path, key, fields)
  local names = sorted_keys(fields)
  local near = text.nearest(tostring(key), names)
  fail(path .. tostring(key), "unknown option; %s", near and "did you mean " .. path .. near .. "?"
    or "known here: " .. table.concat(names, ", "))
end

local check = {}

function check.integer(path, value, option)
  if math.type(value) ~= "integer" or value < option.min or value > option.max then
    fail(path, "must be a whole number from %d to %d, not %s", option.min, option.max, show(value))
  end
  return value
end

function check.number(path, value, option)
  if type(value) ~= "number" or not (value >= option.min and value <= option.max) then
    fail(path, "must be a number from %g to %g, not %s", option.min, option.max, show(value))
  end
  return value + 0.0
end

function check.boolean(path, value)
  if type(value) ~= "boolean" then fail(path, "must be true or false, not %s", show(value)) end
  return value
end

function check.text(path, value)
  if type(value) ~= "string" or value == "" then fail(path, "must be a text, not %s", show(value)) end
  return value
end

function check.path(path, value)
  check.text(path, value)
  if value:sub(1, 1) == "/" or ("/" .. value .. "/"):find("/../", 1, true) then
    fail(path, "%s leads out of the study's folder; put the file beside the study, or below it", show(value))
  end
  return value
end

function check.date(path, value)
  if type(value) ~= "string" or not value:match("^%d%d%d%d%-%d%d%-%d%d$") then
    fail(path, "must be a date such as \"2025-02-13\", not %s", show(value))
  end
  return value
end

function check.name(path, value)
  if type(value) ~= "string" or not value:match("^[%w_-]+$") or #value > 60 then
    fail(path, "must be a name of letters, digits, - and _, not %s", show(value))
  end
  return value
end

-- What a name or table means is checked by the host, which knows the endpoints.
function check.model(path, value)
  if type(value) ~= "table" then return check.text(path, value) end
  if type(value.model) ~= "string" then
    fail(path .. ".model", "must be the model's name, such as \"openai:gpt-4o-mini\", not %s", show(value.model))
  end
  return value
end

function check.choice(path, value, option)
  for _, allowed in ipairs(option.values) do
    if value == allowed then return value end
  end
  fail(path, "must be one of %s, not %s", table.concat(option.values, ", "), show(value))
end

function check.persona(path, value)
  return check.name(path, value)
end

function check.overrides(path, value)
  if type(value) ~= "table" then fail(path, "must be a table of what is different, not %s", show(value)) end
  return value
end

-- The name of a built-in method, or of a rule among the scripts.
function check.method(path, value, option)
  for _, built_in in ipairs(option.values) do
    if value == built_in then return value end
  end
  check.name(path, value)
  local found, rule = pcall(require, "rules." .. value)
  if not found then
    fail(path, "%s is none of %s, and there is no rule of that name: %s", show(value), table.concat(option.values, ", "), rule)
  end
  if type(rule) ~= "table" or type(rule.train) ~= "function" then
    fail(path, "scripts/rules/%s.lua must return a table with a function `train`", value)
  end
  return value
end

function check.group(path, value, option)
  if type(value) ~= "table" then fail(path:sub(1, -2), "must be a table of options, not %s", show(value)) end
  for key in pairs(value) do
    if not option.fields[key] then unknown_key(path, key, option.fields) end
  end
  local out = {}
  for key, field in pairs(option.fields) do
    if value[key] ~= nil then
      out[key] = check[field.type](field.type == "group" and path .. key .. "." or path .. key, value[key], field)
    end
  end
  return out
end

function check.clock(path, value)
  if times.minutes(value) == nil then fail(path, "must be a time of the day such as \"07:30\", not %s", show(value)) end
  return value
end

function check.words(path, value)
  if type(value) == "string" then value = { value } end
  if type(value) ~= "table" or #value == 0 then fail(path, "must be a list of words, not %s", show(value)) end
  for i, word in ipairs(value) do check.text(path .. "[" .. i .. "]", word) end
  return value
end

-- A list of tables with the same fields.
function check.records(path, value, option)
  if type(value) ~= "table" then fail(path, "must be a list of tables, not %s", show(value)) end
  local out = {}
  for key, item in pairs(value) do
    if math.type(key) ~= "integer" or key < 1 or key > #value then
      fail(path, "must be a plain list of tables; it has the key %s", show(key))
    end
    local here = path .. "[" .. key .. "]."
    out[key] = check.group(here, item, option)
    for _, name in ipairs(option.required) do
      if out[key][name] == nil then fail(here .. name, "is missing") end
    end
  end
  return out
end

local function list(path, value, what)
  if type(value) ~= "table" or #value == 0 then fail(path, "must be a list of %s, not %s", what, show(value)) end
  for key in pairs(value) do
    if math.type(key) ~= "integer" then fail(path, "must be a plain list of %s; it has the key %s", what, show(key)) end
  end
end

local function no_duplicates(path, value)
  local seen = {}
  for _, item in ipairs(value) do
    if seen[item] then fail(path, "%s stands in it twice", show(item)) end
    seen[item] = true
  end
  return value
end

function check.seeds(path, value)
  list(path, value, "seeds")
  for i, seed in ipairs(value) do check.integer(path .. "[" .. i .. "]", seed, { min = 0, max = 2 ^ 53 // 1 }) end
  return no_duplicates(path, value)
end

function check.personas(path, value)
  if type(value) == "string" then value = study.personas(value) end
  list(path, value, "persona ids")
  for i, id in ipairs(value) do check.name(path .. "[" .. i .. "]", id) end
  return no_duplicates(path, value)
end

local MOST_PEOPLE = 64 -- SERVICES_MAX_RESIDENTS of host/script/services.h

-- A list of households, each a list of persona ids, or a text for study.personas.
function check.households(path, value)
  list(path, value, "households, such as { { \"p01\", \"p02\" }, \"p03..p05\" }")
  local out = {}
  for i, members in ipairs(value) do
    local here = path .. "[" .. i .. "]"
    out[i] = check.personas(here, members)
    if #out[i] > MOST_PEOPLE then fail(here, "has %d people; there is room for %d in a household", #out[i], MOST_PEOPLE) end
  end
  return out
end

-- A list of names, or a text with commas between them.
function check.names(path, value)
  if type(value) == "string" then
    local parts = {}
    for part in value:gmatch("[^%s,]+") do parts[#parts + 1] = part end
    value = parts
  end
  list(path, value, "names")
  for i, name in ipairs(value) do check.name(path .. "[" .. i .. "]", name) end
  return no_duplicates(path, value)
end

-- Which residents something applies to: "all", "none", or a list of persona ids.
function check.people(path, value)
  if value == "all" or value == "none" then return value end
  if type(value) == "string" then value = study.personas(value) end
  if type(value) ~= "table" then fail(path, "must be \"all\", \"none\" or a list of persona ids, not %s", show(value)) end
  return check.personas(path, value)
end

function check.published(path, value)
  list(path, value, "published series")
  return published.check(path, value, fail)
end

check["function"] = function(path, value)
  if type(value) ~= "function" then fail(path, "must be a function, not %s", show(value)) end
  return value
end

function check.conditions(path, value)
  if type(value) ~= "table" or next(value) == nil then
    fail(path, "must be a table of conditions, such as { frozen = { ... } }, not %s", show(value))
  end
  local out = {}
  for name, overrides in pairs(value) do
    check.name(path .. " (the name of a condition)", name)
    out[name] = check.group(path .. "." .. name .. ".", overrides, options.cell)
  end
  return out
end

--- Persona ids from a short text: "p01..p04 p07" is p01, p02, p03, p04, p07.
---@param ids string
---@return string[]
function study.personas(ids)
  local out = {}
  for part in ids:gmatch("[^%s,]+") do
    local prefix, from, to = part:match("^(%a*)(%d+)%.%.%1(%d+)$")
    if not prefix then
      out[#out + 1] = part
    else
      if tonumber(to) < tonumber(from) or tonumber(to) - tonumber(from) > 10000 then
        fail("personas", "%q is no range; write the smaller number first", part)
      end
      for i = tonumber(from), tonumber(to) do out[#out + 1] = string.format("%s%0" .. #from .. "d", prefix, i) end
    end
  end
  return out
end

--- Marks a table as a study; checking waits until the command line's settings are known.
---@param t table
---@return table
local function declare(_, t)
  if type(t) ~= "table" then error("study { ... } wants a table of options", 2) end
  return { kind = MARK, options = t }
end

--- Is this what a study file returns?
---@param value any
---@return boolean
function study.is_study(value)
  return type(value) == "table" and value.kind == MARK
end

local function fill(values, option)
  local out = {}
  for key, field in pairs(option.fields) do
    if field.type == "group" then
      out[key] = fill(values[key] or {}, field)
    else
      out[key] = values[key]
      if out[key] == nil then out[key] = field.default end
      if out[key] == nil and field.type == "records" then out[key] = {} end
    end
  end
  return out
end

-- Groups of options are merged; lists are replaced as a whole.
local function merge(base, overrides)
  local out = {}
  for key, value in pairs(base) do out[key] = value end
  for key, value in pairs(overrides) do
    local old = base[key]
    local groups = type(value) == "table" and type(old) == "table" and value[1] == nil and old[1] == nil
    out[key] = groups and merge(old, value) or value
  end
  return out
end

-- A model is one value: what a condition says of it takes the place of what the study says.
local function condition(base, overrides)
  local out = merge(base, overrides)
  for role, model in pairs(overrides.models or {}) do out.models[role] = model end
  return out
end

-- "false", "3", "0.5" are values of their types; everything else is a text.
local function read_value(value)
  if value == "true" then return true end
  if value == "false" then return false end
  return math.tointeger(tonumber(value)) or tonumber(value) or value
end

-- Applies one --set key=value to the study's table; "conditions.NAME.key" reaches one condition alone.
local function apply_setting(t, setting)
  local key, value = setting:match("^([%w_.-]+)=(.*)$")
  if not key then fail("--set " .. setting, "must be key=value, such as assistant.memory=A") end
  local place, parts = t, {}
  for part in key:gmatch("[^.]+") do parts[#parts + 1] = part end
  for i = 1, #parts - 1 do
    local inner = place[parts[i]]
    if inner == nil then inner = {} end
    if i == #parts - 1 and parts[i - 1] == "models" and type(inner) == "string" then inner = { model = inner } end
    if type(inner) ~= "table" then fail("--set " .. key, "%s is no group of options", table.concat(parts, ".", 1, i)) end
    place[parts[i]] = merge({}, inner) -- the study's own tables stay as they are
    place = place[parts[i]]
  end
  place[parts[#parts]] = read_value(value)
end

local function check_all(t)
  local fields = {}
  for key, field in pairs(options.study.fields) do fields[key] = field end
  for key, field in pairs(options.cell.fields) do fields[key] = field end
  local checked = check.group("", t, { fields = fields })
  if not checked.name then fail("name", "is missing; give the study a name") end
  if checked.personas and checked.households then
    fail("households", "give either personas (each lives alone) or households, not both")
  elseif not checked.personas and not checked.households then
    fail("personas", "is missing; for example personas = study.personas \"p01..p04\"")
  end
  if checked.seed and checked.seeds then fail("seeds", "give either seed or seeds, not both") end
  return checked
end

-- Whoever an option names must live somewhere in the study.
local function check_residents(path, ids, names)
  if type(ids) ~= "table" then return end
  local known = sorted_keys(names)
  for _, id in ipairs(ids) do
    if not names[id] then
      local near = text.nearest(id, known)
      fail(path, "%s lives in no household of this study%s", show(id), near and "; did you mean " .. near .. "?" or "")
    end
  end
end

local function check_cell(name, cell, names)
  check_residents("assistants", cell.assistants, names)
  for i, item in ipairs(cell.news) do
    if item.place and not (item.day and item.from and item.to) then
      fail("news[" .. i .. "]", "has a place, so it needs day, from and to as well")
    end
  end
  for i, item in ipairs(cell.whispers) do check_residents("whispers[" .. i .. "].who", { item.who }, names) end
  if 3600 % cell.sec_per_step ~= 0 then
    fail("sec_per_step", "%d does not divide an hour (3600 seconds); hours must begin with a step", cell.sec_per_step)
  end
  local key, problem = study_cell.check(cell, sorted_keys(names))
  if key then fail(key, "%s", problem) end
  cell.condition = name
  return cell
end

-- Runs before everything else that this file exports to the host: errors become plain texts.
local function guarded(fn, ...)
  local results = table.pack(pcall(fn, ...))
  if results[1] then return table.unpack(results, 2, results.n) end
  local problem = results[2]
  if type(problem) == "table" and problem.study_error then return nil, problem.study_error end
  error(problem, 0)
end

-- Returns the full name of each.
local function check_personas(households)
  local names = {}
  for _, members in ipairs(households) do
    for _, id in ipairs(members) do
      local p = require("personas." .. id)
      local problem = not names[id] and persona.check(p, id)[1]
      if problem then fail("personas/" .. id .. ".lua", "%s", problem) end
      names[id] = p.first_name .. " " .. p.last_name
    end
  end
  return names
end

-- A household is called by its people, "p01" or "p01+p02". Nobody meets somebody of the same name.
local function name_households(households, names)
  local labels = {}
  for i, members in ipairs(households) do
    local by_name = {}
    for _, id in ipairs(members) do
      local other = by_name[names[id]]
      if other then fail("households", "%s and %s are both called %s; rename one", other, id, names[id]) end
      by_name[names[id]] = id
    end
    labels[i] = table.concat(members, "+")
  end
  return no_duplicates("households", labels)
end

-- What only the report needs; it may change while the study goes on.
local function for_report(checked)
  if checked.baseline and not (checked.conditions or { default = {} })[checked.baseline] then
    fail("baseline", "there is no condition %q", checked.baseline)
  end
  for i, series in ipairs(checked.published or {}) do
    if series.condition and not (checked.conditions or { default = {} })[series.condition] then
      fail(string.format("published[%d].condition", i), "there is no condition %q", series.condition)
    end
  end
  return { baseline = checked.baseline, published = checked.published }
end

local function resolve(module, settings)
  local declared = require(module)
  if not study.is_study(declared) then
    fail("the file", "must return study { ... }; it returned %s", show(declared))
  end
  local t = merge({}, declared.options)
  for _, setting in ipairs(settings) do apply_setting(t, setting) end
  local checked = check_all(t)
  local households = checked.households
  if not households then
    households = {}
    for i, id in ipairs(checked.personas) do households[i] = { id } end
  end
  local names = check_personas(households)
  local base = fill(checked, options.cell)
  local spec = {
    name = checked.name, personas = name_households(households, names), names = names, conditions = {},
    seeds = checked.seeds or { checked.seed or options.study.fields.seed.default },
  }
  for name, overrides in pairs(checked.conditions or { default = {} }) do
    spec.conditions[#spec.conditions + 1] = check_cell(name, condition(base, overrides), names)
  end
  local key, problem = study_cell.check_starts(spec.conditions)
  if key then fail(key, "%s", problem) end
  return spec, checked.days or options.study.fields.days.default, for_report(checked)
end

--- The options of a condition with further settings of the command line, for propersim.study_change. Raises what `guard` turns
--- into a text.
---@param name string of the condition
---@param names table persona id -> full name, of everybody in the study
---@param cell table complete options
---@param settings string[] "key=value" each
---@return table
function study.with_settings(name, names, cell, settings)
  local t = merge({}, cell)
  for _, setting in ipairs(settings) do apply_setting(t, setting) end
  return check_cell(name, fill(check.group("", t, options.cell), options.cell), names)
end

--- Calls a function; nil and a text if it finds something wrong with a study.
---@param fn function
---@return any
function study.guard(fn, ...)
  return guarded(fn, ...)
end

--- Raises what `guard` turns into a text: "path: message".
---@param path string
---@param format string
function study.fail(path, format, ...)
  fail(path, format, ...)
end

--- Loads a study file, applies the settings of the command line, checks it and fills in all defaults.
---@param module string the study file, as for require
---@param settings string[] "key=value" each
---@return table|nil spec { name, seeds, personas, conditions = list of complete options with `condition` }
---@return integer|string days, or "key: what is wrong; what to do" if spec is nil
---@return table|nil report what only the report needs: { baseline, published }
function study.load(module, settings)
  return guarded(resolve, module, settings)
end

return setmetatable(study, { __call = declare })

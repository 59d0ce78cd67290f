--- Studies: `return study { ... }` in a study file; the host resolves it into cells with `load`.
---
--- A cell is one run: a condition, a persona and a seed. Mistakes are errors that name the key, the value and what to do.

local text = require "text"
local options = require "propersim.study_options"
local persona = require "propersim.persona"
local times = require "propersim.persona_time"
local study_cell = require "propersim.study_cell"
local study_check = require "propersim.study_check"
local study_needs = require "propersim.study_needs"
local settings_of = require "propersim.study_settings"

local check, fail, show = study_check.types, study_check.fail, study_check.show
local fill, merge, apply_setting = settings_of.fill, settings_of.merge, settings_of.apply

local study = {}

local MARK = "propersim study"

--- Persona ids from a short text: "p01..p04 p07" is p01, p02, p03, p04, p07.
---@param ids string
---@return string[]
function study.personas(ids)
  return study_check.personas(ids)
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

-- A model is one value: what a condition says of it takes the place of what the study says.
local function condition(base, overrides)
  local out = merge(base, overrides)
  for role, model in pairs(overrides.models or {}) do out.models[role] = model end
  return out
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
  local known = study_check.keys(names)
  for _, id in ipairs(ids) do
    if not names[id] then
      local near = text.nearest(id, known)
      fail(path, "%s lives in no household of this study%s", show(id), near and "; did you mean " .. near .. "?" or "")
    end
  end
end

local function check_day(path, day, days)
  if day and days and day > days then
    fail(path, "day %d is after the study's %d; give it more days (`run --days` can still begin with fewer)", day, days)
  end
end

local function check_news(path, item, days)
  if item.place and not (item.day and item.from and item.to) then
    fail(path, "has a place, so it needs day, from and to as well")
  end
  if item.from and item.to and times.minutes(item.from) >= times.minutes(item.to) then
    fail(path .. ".to", "%s is not after from, %s, of the same day", item.to, item.from)
  end
  check_day(path .. ".day", item.day, days)
end

local function check_whisper(path, item, names, days)
  check_residents(path .. ".who", { item.who }, names)
  if not item.text:find("[^%s;]") then fail(path .. ".text", "must be a thought, not %s", show(item.text)) end
  check_day(path .. ".day", item.day, days)
end

-- days: of the study; nil if they are not known here
local function check_cell(name, cell, names, days)
  check_residents("assistants", cell.assistants, names)
  for i, item in ipairs(cell.news) do check_news("news[" .. i .. "]", item, days) end
  for i, item in ipairs(cell.whispers) do check_whisper("whispers[" .. i .. "]", item, names, days) end
  if 3600 % cell.sec_per_step ~= 0 then
    fail("sec_per_step", "%d does not divide an hour (3600 seconds); hours must begin with a step", cell.sec_per_step)
  end
  local key, problem = study_cell.check(cell, study_check.keys(names))
  if key then fail(key, "%s", problem) end
  cell.condition = name
  return cell
end

--- Calls a function; nil and a text if it finds something wrong with a study.
---@param fn function
---@return any
function study.guard(fn, ...)
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
  return study_check.no_duplicates("households", labels)
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
  local base, days = fill(checked, options.cell), checked.days or options.study.fields.days.default
  local spec = {
    name = checked.name, personas = name_households(households, names), names = names, conditions = {},
    seeds = checked.seeds or { checked.seed or options.study.fields.seed.default },
  }
  for name, overrides in pairs(checked.conditions or { default = {} }) do
    spec.conditions[#spec.conditions + 1] = check_cell(name, condition(base, overrides), names, days)
  end
  local key, problem = study_cell.check_starts(spec.conditions, names)
  if key then fail(key, "%s", problem) end
  key, problem = study_needs.check_study(checked, days, spec.conditions)
  if key then fail(key, "%s", problem) end
  return spec, days, for_report(checked)
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

--- Loads a study file, applies the settings of the command line, checks it and fills in all defaults.
---@param module string the study file, as for require
---@param settings string[] "key=value" each
---@return table|nil spec { name, seeds, personas, conditions = list of complete options with `condition` }
---@return integer|string days, or "key: what is wrong; what to do" if spec is nil
---@return table|nil report what only the report needs: { baseline, published }
function study.load(module, settings)
  return study.guard(resolve, module, settings)
end

return setmetatable(study, { __call = declare })

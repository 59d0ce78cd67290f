--- Changing a study that has been simulated in part, for forks: other options from some day on, fewer runs.
---
--- A condition of a resolved study (propersim.study `load`) keeps its options for the days before; what holds later stands in
--- its list `changes`: { day, set = the settings as given, options = all options from that day on }. Who answers (`models`) is
--- no part of what a run is, so a change of it takes the place of what the condition said.

local study = require "propersim.study"
local check = require "propersim.study_check"
local needs = require "propersim.study_needs"

local study_change = {}

local FIXED = { "map", "sec_per_step", "start" } -- a run stands on these

local function copy(t)
  if type(t) ~= "table" then return t end
  local out = {}
  for key, value in pairs(t) do out[key] = copy(value) end
  return out
end

local function equal(a, b)
  if type(a) ~= "table" or type(b) ~= "table" then return a == b end
  for key, value in pairs(a) do
    if not equal(value, b[key]) then return false end
  end
  for key in pairs(b) do
    if a[key] == nil then return false end
  end
  return true
end

-- The settings that concern a condition (of these, if they are known to be checked), without "conditions.NAME.".
local function settings_for(name, conditions, settings)
  local mine = {}
  for _, setting in ipairs(settings) do
    local whose, rest = setting:match("^conditions%.([%w_-]+)%.(.*)$")
    if whose and conditions and not conditions[whose] then check.fail("--set " .. setting, "there is no condition %q", whose) end
    if not whose or whose == name then mine[#mine + 1] = rest or setting end
  end
  return mine
end

-- What is in force on the last day before: without the list of changes and the name.
local function in_force(condition)
  local changes = condition.changes
  local options = copy(changes and changes[#changes].options or condition)
  options.changes, options.condition, options.models = nil, nil, copy(condition.models)
  return options
end

local function change(spec, condition, conditions, day, settings)
  local mine = settings_for(condition.condition, conditions, settings)
  -- a study that an older program began lacks the options that are newer
  local before = study.with_settings(condition.condition, spec.names, in_force(condition), {})
  local after = study.with_settings(condition.condition, spec.names, in_force(condition), mine)
  for _, key in ipairs(FIXED) do
    if after[key] ~= before[key] then
      check.fail("--set " .. key, "cannot change in the middle of a run; begin a new study with it")
    end
  end
  if equal(before, after) then return condition end
  local out = copy(condition)
  out.changes = out.changes or {}
  out.models, after.models = after.models, nil
  table.insert(out.changes, { day = day, set = mine, options = after })
  return out
end

-- Each setting must be able to act in one of the conditions that it concerns.
local function check_needs(conditions, settings)
  for _, setting in ipairs(settings) do
    local cells, rest = {}, setting
    for _, condition in ipairs(conditions) do
      local mine = settings_for(condition.condition, nil, { setting })
      if mine[1] then
        rest = mine[1]
        cells[#cells + 1] = in_force(condition)
      end
    end
    local key, problem = needs.check(needs.set_by { rest }, cells)
    if key then check.fail("--set " .. key, "%s", problem) end
  end
end

-- Later changes of the original have not happened in a fork.
local function forget_later(condition, day)
  local kept = {}
  for _, entry in ipairs(condition.changes or {}) do
    if entry.day < day then kept[#kept + 1] = entry end
  end
  condition.changes = #kept > 0 and kept or nil
end

local function fork(spec, day, settings)
  local out, known = copy(spec), {}
  for _, condition in ipairs(out.conditions) do known[condition.condition] = true end
  for i, condition in ipairs(out.conditions) do
    forget_later(condition, day)
    out.conditions[i] = change(spec, condition, known, day, settings)
  end
  check_needs(out.conditions, settings)
  return out
end

--- The study of a fork whose days from `day` on are simulated anew, with other settings.
---@param spec table as study.load gives it
---@param day integer the first day that is simulated anew
---@param settings string[] "key=value" each; "conditions.NAME.key=value" for one condition alone
---@return table|nil spec
---@return string|nil problem "key: what is wrong; what to do" if spec is nil
function study_change.fork(spec, day, settings)
  return study.guard(fork, spec, day, settings)
end

--- The study with one run only.
---@param spec table
---@param condition string
---@param persona string the household's name, "p01" or "p01+p02"
---@param seed integer
---@return table
function study_change.only(spec, condition, persona, seed)
  local out = copy(spec)
  out.personas, out.seeds = { persona }, { seed }
  for i = #out.conditions, 1, -1 do
    if out.conditions[i].condition ~= condition then table.remove(out.conditions, i) end
  end
  return out
end

return study_change

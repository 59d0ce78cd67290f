--- The runs of a report, as the host collects them (host/sim/results.h): their finished days, grouped by condition and
--- persona, and the values of measures over days.

local interval = require "propersim.stats_interval"
local json = require "propersim.report_json"
local measures = require "propersim.report_measures"

local known = json.known

local report_runs = {}

-- Appends an item to the group with this key; groups stand in the order of their first item.
local function add_to_group(groups, key, item)
  local group = groups.by_key[key]
  if not group then
    group = { key = key, items = {} }
    groups.by_key[key] = group
    groups[#groups + 1] = group
  end
  group.items[#group.items + 1] = item
end

--- Groups in the order of their first items: a list of { key, items }, and `by_key`.
---@param items table[]
---@param field string
---@return table
function report_runs.group_by(items, field)
  local groups = { by_key = {} }
  for _, item in ipairs(items) do add_to_group(groups, item[field], item) end
  return groups
end

--- A run with its finished days by number, each with the sums that follow from the host's.
---@param run table of the host's document
---@return table
function report_runs.read(run)
  local days, last = {}, 0
  for _, day in ipairs(run.days) do
    if day.finished then
      days[day.day] = measures.complete(day, known(run.sec_per_step))
      last = math.max(last, day.day)
    end
  end
  return {
    condition = run.condition, persona = run.persona, name = known(run.persona_name), seed = run.seed,
    program = known(run.program), days = days, last = last, days_finished = run.days_finished,
  }
end

--- A run's value of a measure over the days from..to: the sums of these days, divided. Nil where there is nothing to
--- divide by, or a day that is not finished.
---@param run table
---@param measure table of report_measures
---@param from integer
---@param to integer|nil the same day, if left out
---@return number|nil
function report_runs.value(run, measure, from, to)
  local over, under = 0, 0
  for day = from, to or from do
    local sums = run.days[day]
    if not sums then return nil end
    local a, b = measures.sums(measure, sums)
    if a then over, under = over + a, under + b end
  end
  if under == 0 then return nil end
  return over / under
end

--- The values of a persona's runs (seeds); those without one are left out.
---@param persona table a group of runs
---@return number[]
function report_runs.seed_values(persona, measure, from, to)
  local values = {}
  for _, run in ipairs(persona.items) do values[#values + 1] = report_runs.value(run, measure, from, to) end
  return values
end

--- The mean over a persona's runs; nil if none of them has the measure.
---@return number|nil
function report_runs.persona_value(persona, measure, from, to)
  return interval.mean(report_runs.seed_values(persona, measure, from, to))
end

--- The values of all personas that have one.
---@param personas table[] groups of runs
---@return number[]
function report_runs.over_personas(personas, measure, from, to)
  local values = {}
  for _, persona in ipairs(personas) do
    values[#values + 1] = report_runs.persona_value(persona, measure, from, to)
  end
  return values
end

--- The report's interval of these values as a list of two, or null. It ends where the values' range does: Student's has no
--- bounds, and a mean outside of the range is no possible mean.
---@param values number[]
---@param range number[] the lowest and the highest that a value can be
---@param times integer|nil samples of the bootstrap
---@return table
function report_runs.interval_of(values, range, times)
  local low, high = interval.interval(values, times)
  return low and json.list { math.max(low, range[1]), math.min(high, range[2]) } or json.null
end

return report_runs

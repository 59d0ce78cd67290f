--- The learning curves of a condition in numbers: area, gain, and days to 90 % of the gain.

local interval = require "propersim.stats_interval"
local json = require "propersim.report_json"
local measures = require "propersim.report_measures"
local runs = require "propersim.report_runs"
local stats_curve = require "propersim.stats_curve"

local or_null = json.or_null

local report_curve = {}

report_curve.KEYS = { "score", "said", "f1" } -- the first can be won by silence and is never shown without the others

-- Of each persona that has them: the area under its curve, and its gain.
local function by_persona(personas, measure, last)
  local areas, gains = {}, {}
  for _, persona in ipairs(personas) do
    local values = {}
    for day = 1, last do values[day] = runs.persona_value(persona, measure, day) end
    local _, gain = stats_curve.days_to_gain(values, last)
    areas[#areas + 1], gains[#gains + 1] = stats_curve.area(values, last), gain
  end
  return areas, gains
end

--- The mean over personas by day.
---@param personas table[] groups of runs
---@param measure table
---@param last integer
---@return table<integer, number>
function report_curve.mean(personas, measure, last)
  local out = {}
  for day = 1, last do out[day] = interval.mean(runs.over_personas(personas, measure, day)) end
  return out
end

--- Null before all runs have two days. `days_to_90` is null where no gain is clear of zero.
---@param personas table[] groups of runs
---@param last integer the last day that all runs have finished
---@return table by name of the measure: { area, area_ci95, gain, gain_ci95, days_to_90 }
function report_curve.of(personas, last)
  if last < 2 or #personas == 0 then return json.null end
  local out = { to = last }
  for _, key in ipairs(report_curve.KEYS) do
    local m = measures.of(key)
    local areas, gains = by_persona(personas, m, last)
    local bounds = runs.interval_of(gains, measures.change_range(m))
    local days, gain = stats_curve.days_to_gain(report_curve.mean(personas, m, last), last)
    local clear = json.known(bounds) and bounds[1] > 0
    out[m.name] = { area = or_null(interval.mean(areas)), area_ci95 = runs.interval_of(areas, m.range),
      gain = or_null(gain), gain_ci95 = bounds, days_to_90 = or_null(clear and days or nil) }
  end
  return out
end

return report_curve

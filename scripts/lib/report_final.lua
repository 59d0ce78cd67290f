--- How a condition ends: every measure over its final days, the noise floor, and how many personas get about what they wish.

local interval = require "propersim.stats_interval"
local json = require "propersim.report_json"
local measures = require "propersim.report_measures"
local noise = require "propersim.stats_noise"
local runs = require "propersim.report_runs"
local stats_curve = require "propersim.stats_curve"

local or_null = json.or_null

local report_final = {}

local TIMES = 10000 -- samples of the bootstrap, here where the answers are

--- The final days of `last`: a fifth of them, rounded up.
---@param last integer
---@return integer from
---@return integer to
function report_final.window(last) return last - stats_curve.final_days(last) + 1, last end

--- One value a seed for each persona.
function report_final.by_seed(personas, measure, from, to)
  local out = {}
  for i, persona in ipairs(personas) do out[i] = runs.seed_values(persona, measure, from, to) end
  return out
end

-- How many personas hear a number of recommendations within this share of their wish.
local function near_wish(personas, from, to, share)
  local near, n = 0, 0
  for _, persona in ipairs(personas) do
    local said = runs.persona_value(persona, measures.of "rate", from, to)
    local wish = runs.persona_value(persona, measures.of "wish", from, to)
    if said and wish and wish > 0 then
      n = n + 1
      if math.abs(said - wish) <= share * wish then near = near + 1 end
    end
  end
  return near, n
end

--- The end of a condition; null if no day is finished by all its runs.
---@param personas table[] groups of runs
---@param last integer the last day that all runs have finished
---@return table { from, to, <measure>, <measure>_ci95, <measure>_n, <measure>_noise_floor, within_half_of_wish, ... }
function report_final.of(personas, last)
  if last < 1 or #personas == 0 then return json.null end
  local from, to = report_final.window(last)
  local out = { from = from, to = to }
  for _, m in ipairs(measures.list) do
    local values = runs.over_personas(personas, m, from, to)
    out[m.name], out[m.name .. "_ci95"] = or_null(interval.mean(values)), runs.interval_of(values, m.range, TIMES)
    out[m.name .. "_n"] = #values
    out[m.name .. "_noise_floor"] = or_null((noise.floor(report_final.by_seed(personas, m, from, to))))
  end
  out.within_half_of_wish, out.wishes_n = near_wish(personas, from, to, 0.5)
  out.within_quarter_of_wish = near_wish(personas, from, to, 0.25)
  return out
end

return report_final

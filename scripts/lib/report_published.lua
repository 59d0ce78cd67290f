--- Values of others beside ours: the part of the report's document that a study's `published` asks for, and its words.

local format = require "propersim.report_format"
local json = require "propersim.report_json"
local measures = require "propersim.report_measures"

local known, or_null, list = json.known, json.or_null, json.list

local report_published = {}

local WRITE = { rate = format.rate, success = format.percent, preference = format.percent, timing = format.percent,
  frequency = format.percent, communication = format.percent, precision = format.percent, recall = format.percent,
  f1 = format.percent }

local function condition_named(conditions, name)
  for _, condition in ipairs(conditions) do
    if condition.name == name then return condition end
  end
  return nil
end

-- Our mean and interval on that day; nil where there is none.
local function ours(condition, measure, is_criterion, day)
  local numbers = condition and condition.days[day]
  if not numbers then return nil end
  if is_criterion then return known(numbers.criteria[measure.field]), numbers.criteria_ci95[measure.field] end
  return known(numbers[measure.field]), numbers[measure.interval]
end

--- The published series with our values of the same days.
---@param study_report table|nil the study's { published }
---@param conditions table[] of the report's document
---@return table[] list of { name, measure, condition, source, points = list of { day, value, ours, ours_ci95 } }
function report_published.beside(study_report, conditions)
  local out = list {}
  for i, series in ipairs(study_report and study_report.published or {}) do
    local measure, is_criterion = measures.named(series.measure)
    local condition, points = condition_named(conditions, series.condition), list {}
    for k, p in ipairs(series.points) do
      local mean, interval = ours(condition, measure, is_criterion, p.day)
      points[k] = { day = p.day, value = p.value, ours = or_null(mean), ours_ci95 = or_null(interval) }
    end
    out[i] = { name = series.name, measure = series.measure, condition = or_null(series.condition), source = series.source,
      points = points }
  end
  return out
end

--- The rows of a table of published values: one a point.
---@param data table the report's document
---@return table[] list of { name, what, day, value, condition, ours, source } as text
function report_published.rows(data)
  local out = {}
  for _, series in ipairs(data.published) do
    local measure = measures.named(series.measure)
    local write = WRITE[measure.key] or format.score
    for _, p in ipairs(series.points) do
      out[#out + 1] = {
        name = series.name, what = (series.measure:gsub("_", " ")), day = tostring(p.day), value = write(p.value),
        condition = known(series.condition) or format.missing, ours = format.with_interval(p.ours, p.ours_ci95, write),
        source = series.source,
      }
    end
  end
  return out
end

return report_published

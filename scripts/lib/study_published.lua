--- Values of others that a study shows beside its own: `published = { { name, measure, condition, points, source }, ... }`.
--- docs/report.md explains the fields; the report draws and tables them.

local text = require "text"

local study_published = {}

--- The measures that may be published, by the names that studies use.
study_published.measures = { "score", "recommendation_score", "abstention_score", "recommendations_per_hour",
  "success_rate", "preference", "timing", "frequency", "communication", "decision_precision", "decision_recall",
  "decision_f1" }

local FIELDS = { "name", "measure", "condition", "points", "source" }
local MOST_DAY = 3650

local function contains(list, value)
  for _, item in ipairs(list) do
    if item == value then return true end
  end
  return false
end

local function check_text(path, value, fail)
  if type(value) ~= "string" or value == "" or #value > 200 then fail(path, "must be a text of up to 200 characters") end
  return value
end

-- { [day] = value } -> list of { day, value } by day.
local function check_points(path, points, fail)
  if type(points) ~= "table" or next(points) == nil then
    fail(path, "must be values by day, such as { [1] = 2.2, [14] = 3.3 }")
  end
  local out = {}
  for day, value in pairs(points) do
    if math.type(day) ~= "integer" or day < 1 or day > MOST_DAY then
      fail(path, "%s is no day; days are whole numbers from 1", tostring(day))
    end
    if type(value) ~= "number" or value ~= value or math.abs(value) == math.huge then
      fail(path .. "[" .. day .. "]", "must be a number")
    end
    out[#out + 1] = { day = day, value = value }
  end
  table.sort(out, function(a, b) return a.day < b.day end)
  return out
end

local function check_series(path, series, fail)
  if type(series) ~= "table" then
    fail(path, "must be a table, such as { name = \"Theirs\", points = { [1] = 2.2, [14] = 3.3 }, source = \"...\" }")
  end
  for key in pairs(series) do
    if not contains(FIELDS, key) then
      local near = text.nearest(tostring(key), FIELDS)
      fail(path .. "." .. tostring(key), "unknown field; %s", near and "did you mean " .. near .. "?"
        or "known here: " .. table.concat(FIELDS, ", "))
    end
  end
  local measure = series.measure or "score"
  if not contains(study_published.measures, measure) then
    fail(path .. ".measure", "must be one of %s", table.concat(study_published.measures, ", "))
  end
  if series.condition ~= nil then check_text(path .. ".condition", series.condition, fail) end
  return {
    name = check_text(path .. ".name", series.name, fail), measure = measure, condition = series.condition,
    points = check_points(path .. ".points", series.points, fail),
    source = check_text(path .. ".source", series.source, fail),
  }
end

--- Checks a study's list and brings its points into the order of days.
---@param path string how messages name the list
---@param value table
---@param fail fun(path: string, format: string, ...) raises
---@return table[] list of { name, measure, condition, source, points = list of { day, value } }
function study_published.check(path, value, fail)
  local out = {}
  for i, series in ipairs(value) do out[i] = check_series(string.format("%s[%d]", path, i), series, fail) end
  return out
end

return study_published

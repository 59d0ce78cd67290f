--- From the report's document to what plots draw and what their CSV files hold.

local format = require "propersim.report_format"
local json = require "propersim.report_json"
local measures = require "propersim.report_measures"

local known = json.known

local report_series = {}

local function bounds(interval)
  interval = known(interval)
  if interval then return interval[1], interval[2] end
end

local function criterion(key)
  return {
    name = key,
    mean = function(day) return known(day.criteria[key]) end,
    interval = function(day) return day.criteria_ci95[key] end,
    personas = function(day) return day.score_n end,
  }
end

local function field(m)
  return {
    name = m.field,
    mean = function(day) return known(day[m.field]) end,
    interval = function(day) return day[m.interval] end,
    personas = function(day) return day[m.personas] end,
  }
end

local MEASURES = {}
for _, m in ipairs(measures.list) do MEASURES[m.key] = field(m) end
for _, m in ipairs(measures.criteria) do MEASURES[m.key] = criterion(m.field) end

--- What can be drawn by day: the keys of report_measures.
report_series.MEASURES = MEASURES

--- One series a condition, for plot_lines and plot_terminal.
---@param data table the report's document
---@param name string of MEASURES
---@param write fun(x: number): string
---@return table[] list of { label, index, points, values, low, high }
function report_series.by_condition(data, name, write)
  local measure, out = report_series.MEASURES[name], {}
  for i, condition in ipairs(data.conditions) do
    local s = { label = condition.name, index = i, points = {}, values = {} }
    for _, day in ipairs(condition.days) do
      local mean = measure.mean(day)
      if mean then
        local low, high = bounds(measure.interval(day))
        s.values[day.day] = mean
        s.points[day.day] = { mean = mean, low = low, high = high, n = measure.personas(day),
          title = string.format("%s, day %d: %s (%s)", condition.name, day.day,
            format.with_interval(mean, measure.interval(day), write), format.count(measure.personas(day), "persona")) }
      end
    end
    out[i] = s
  end
  return out
end

--- The published values of a measure, as plot_lines draws them.
---@param data table
---@param name string of MEASURES
---@return table[] list of { label, source, points }
function report_series.guides(data, name)
  local out = {}
  for _, published in ipairs(data.published) do
    local m = measures.named(published.measure)
    if m and m.key == name then
      out[#out + 1] = { label = published.name, source = published.source, points = published.points }
    end
  end
  return out
end

--- What the persons wish, as a guide of the figure of rates; nil if it is not known.
---@param data table
---@return table|nil { label, source, points }
function report_series.wish(data)
  local first = data.conditions[1]
  local points = {}
  for _, day in ipairs(first and first.days or {}) do
    local wish = known(day.wish_per_hour)
    if wish then points[#points + 1] = { day = day.day, value = wish } end
  end
  return #points > 0 and { label = "wish", source = "the personas' preferences", points = points } or nil
end

--- The largest value or upper bound in the series and their guides; 0 if there is none.
function report_series.highest(series, days, guides)
  local high = 0
  for _, guide in ipairs(guides or {}) do
    for _, p in ipairs(guide.points) do
      if p.day <= days then high = math.max(high, p.value) end
    end
  end
  for _, s in ipairs(series) do
    for day = 1, days do
      local p = s.points[day]
      if p then high = math.max(high, p.high or p.mean) end
    end
  end
  return high
end

--- The last day that any condition has.
function report_series.days(data)
  local n = 0
  for _, condition in ipairs(data.conditions) do n = math.max(n, #condition.days) end
  return n
end

--- Lines of one persona in all conditions: { label, index, points } each.
---@param field_name string such as "score_by_day"
function report_series.of_persona(data, id, field_name, write)
  local out = {}
  for i, condition in ipairs(data.conditions) do
    for _, persona in ipairs(condition.personas) do
      if persona.id == id then
        local s = { label = condition.name, index = i, points = {} }
        for day, value in ipairs(persona[field_name]) do
          value = known(value)
          s.points[day] = value and { mean = value, title = string.format("%s in %s, day %d: %s", persona.name,
            condition.name, day, write(value)) }
        end
        out[#out + 1] = s
      end
    end
  end
  return out
end

--- All personas in order of first appearance: { id, name } each.
function report_series.personas(data)
  local seen, out = {}, {}
  for _, condition in ipairs(data.conditions) do
    for _, persona in ipairs(condition.personas) do
      if not seen[persona.id] then
        seen[persona.id] = { id = persona.id, name = persona.name }
        out[#out + 1] = seen[persona.id]
      elseif seen[persona.id].name == persona.id then
        seen[persona.id].name = persona.name
      end
    end
  end
  return out
end

-- One field of a CSV line (RFC 4180).
local function csv_field(value)
  value = known(value)
  if value == nil then return "" end
  if math.type(value) == "float" then return string.format("%.6g", value) end
  value = tostring(value)
  return value:find("[\",\r\n]") and '"' .. value:gsub('"', '""') .. '"' or value
end

--- A CSV file; nil and null are empty fields.
---@param head string[]
---@param rows table[]
---@return string
function report_series.csv(head, rows)
  local lines = { table.concat(head, ",") }
  for _, row in ipairs(rows) do
    local fields = {}
    for i = 1, #head do fields[i] = csv_field(row[i]) end
    lines[#lines + 1] = table.concat(fields, ",")
  end
  return table.concat(lines, "\r\n") .. "\r\n"
end

--- The CSV of measures by day; several measures stand below each other.
---@param data table
---@param names string[] of MEASURES
---@return string
function report_series.days_csv(data, names)
  local rows = {}
  for _, name in ipairs(names) do
    for _, s in ipairs(report_series.by_condition(data, name, format.score)) do
      for day = 1, report_series.days(data) do
        local p = s.points[day]
        if p then rows[#rows + 1] = { MEASURES[name].name, s.label, day, p.n, p.mean, p.low, p.high } end
      end
    end
  end
  return report_series.csv({ "measure", "condition", "day", "personas", "mean", "ci95_low", "ci95_high" }, rows)
end

return report_series

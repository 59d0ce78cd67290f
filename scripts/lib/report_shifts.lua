--- Days on which the persons' wishes change (`change` in a study): how far each measure falls, and how soon it recovers.

local format = require "propersim.report_format"
local json = require "propersim.report_json"
local measures = require "propersim.report_measures"
local report_curve = require "propersim.report_curve"
local runs = require "propersim.report_runs"
local stats_curve = require "propersim.stats_curve"

local known, or_null, list = json.known, json.or_null, json.list

local report_shifts = {}

local KEYS = { "score", "said", "f1" } -- the first can be won by silence and is never shown without the others
local WORDS = { score = "the score", said = "the score of recommendations alone", f1 = "the decision to speak (F1)" }
local WRITE = { score = format.score, said = format.score, f1 = format.percent }
local CHANGE = { score = format.change, said = format.change, f1 = format.points }
local BEFORE_DAYS = 3

-- Which days, and how far the curve of each belongs to it.
local function events(change, last)
  change = known(change)
  local day = change and change.day or 0
  if day == 0 or day > last then return {} end
  local back = change.until_day or 0
  local out = { { day = day, what = "wishes change", to = back > 0 and math.min(last, back - 1) or last } }
  if back > 0 and back <= last then out[2] = { day = back, what = "wishes as before", to = last } end
  return out
end

-- The personas' own falls, from the days before to the lowest day of the mean.
local function falls(personas, measure, day, lowest_day)
  local out = {}
  for _, persona in ipairs(personas) do
    local values = {}
    for d = math.max(1, day - BEFORE_DAYS), day - 1 do values[d] = runs.persona_value(persona, measure, d) end
    local before, lowest = stats_curve.mean(values, 1, day - 1), runs.persona_value(persona, measure, lowest_day)
    if before and lowest then out[#out + 1] = before - lowest end
  end
  return out
end

local function measure_shift(personas, measure, event)
  local r = stats_curve.recovery(report_curve.mean(personas, measure, event.to), event.day, event.to)
  if not r then return json.null end
  r.fall_ci95 = runs.interval_of(falls(personas, measure, event.day, r.lowest_day), measures.change_range(measure))
  r.recovered_day, r.days = or_null(r.recovered_day), or_null(r.days)
  return r
end

--- The shifts of a condition.
---@param personas table[] groups of runs
---@param change table|nil the condition's option `change`
---@param last integer the last day that all runs have finished
---@return table[] list of { day, to, what, <measure> = { before, lowest, lowest_day, fall, fall_ci95, recovered_day, days } }
function report_shifts.of(personas, change, last)
  local out = list {}
  for i, event in ipairs(events(change, last)) do
    local shift = { day = event.day, to = event.to, what = event.what }
    for _, key in ipairs(KEYS) do
      local m = measures.of(key)
      shift[m.name] = measure_shift(personas, m, event)
    end
    out[i] = shift
  end
  return out
end

local function part(shift, key)
  local r = known(shift[measures.of(key).name])
  if not r then return WORDS[key] .. " does not fall" end
  local bounds, write = known(r.fall_ci95), CHANGE[key]
  local fall = write(-r.fall)
  if bounds then fall = string.format("%s [%s, %s]", fall, write(-bounds[2]), write(-bounds[1])) end
  local text = string.format("%s falls from %s to %s on day %d (%s)", WORDS[key], WRITE[key](r.before), WRITE[key](r.lowest),
    r.lowest_day, fall)
  local day = known(r.recovered_day)
  if not day then return text .. string.format(" and has not made up for it by day %d", shift.to) end
  return text .. string.format(" and has made up for nine tenths of it on day %d, after %s", day, format.count(r.days, "day"))
end

--- What a shift did, in words.
---@param condition table of the report's document
---@param shift table
---@return string
function report_shifts.sentence(condition, shift)
  local parts = {}
  for i, key in ipairs(KEYS) do parts[i] = part(shift, key) end
  return string.format("%s, day %d, %s: %s.", condition.name, shift.day, shift.what, table.concat(parts, "; "))
end

--- All sentences of a report; an empty list if nothing changes.
---@param data table
---@return string[]
function report_shifts.sentences(data)
  local out = {}
  for _, condition in ipairs(data.conditions) do
    for _, shift in ipairs(condition.shifts) do out[#out + 1] = report_shifts.sentence(condition, shift) end
  end
  return out
end

--- The days to mark in figures: wishes or options change; a condition is named where only one does.
---@param data table
---@return table[] list of { day, label }
function report_shifts.marked_days(data)
  local found, out = {}, {}
  local function add(day, what, condition)
    local key = day .. " " .. what
    if not found[key] then
      found[key] = { day = day, label = what, names = {} }
      out[#out + 1] = found[key]
    end
    table.insert(found[key].names, condition)
  end
  for _, condition in ipairs(data.conditions) do
    for _, shift in ipairs(condition.shifts) do add(shift.day, shift.what, condition.name) end
  end
  for _, change in ipairs(data.history and data.history.changes or {}) do
    add(change.day, "options change", change.condition)
  end
  for _, mark in ipairs(out) do
    if #mark.names == 1 and #data.conditions > 1 then mark.label = mark.label .. " (" .. mark.names[1] .. ")" end
    mark.names = nil
  end
  table.sort(out, function(a, b)
    if a.day ~= b.day then return a.day < b.day end
    return a.label < b.label
  end)
  return out
end

return report_shifts

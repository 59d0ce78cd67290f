--- The part of the terminal's report that shows a condition day by day.

local format = require "propersim.report_format"
local json = require "propersim.report_json"
local tables = require "propersim.report_table"
local terminal = require "propersim.plot_terminal"
local words = require "propersim.report_words"

local known, score = json.known, format.score
local add_all, column = tables.add_all, tables.column

local report_text_days = {}

local MOST_DAYS = 40 -- longer studies show this many of their days

local RECS = { "recommendations", "recs" }
local ABST = { "abstentions", "abst." }
local CRIT = { "criteria" }

local function criterion(name, key)
  return column(name, 4, name == "pref" and 2 or 1, function(d) return score(d.criteria[key]) end,
    { group = CRIT, leave = 3, leaves_as = "the four criteria" })
end

local function interval_column(days)
  local function value(d) return format.with_interval(d.score_mean, d.score_ci95, score) end
  local width = tables.widest(days, value, 5)
  if width == 5 then return column("score", 5, 2, value) end
  return column("score [95 %]", math.max(12, width), 2, value, { align = "left" })
end

-- Some of the personas have not finished some of the days.
local function is_partial(condition)
  for _, d in ipairs(condition.days) do
    if d.personas_n < condition.personas_n then return true end
  end
  return false
end

local function day_columns(condition)
  local columns = {
    column("day", 3, 0, function(d) return tostring(d.day) end),
    interval_column(condition.days),
    column("n", 5, 2, function(d) return tostring(d.recommendations) end,
      { group = RECS, leave = 1, leaves_as = "the number of recommendations" }),
    column("/hour", 5, 1, function(d) return format.rate(d.recommendations_per_hour) end,
      { group = RECS, leave = 6, leaves_as = "recommendations per hour" }),
    column("score", 5, 1, function(d) return score(d.recommendation_score_mean) end, { group = RECS }),
    column("≥3", 4, 1, function(d) return format.percent(d.success_rate) end,
      { group = RECS, leave = 5, leaves_as = "the share of good recommendations" }),
    column("n", 5, 2, function(d) return tostring(d.abstentions) end,
      { group = ABST, leave = 2, leaves_as = "the number of abstentions" }),
    column("score", 5, 1, function(d) return score(d.abstention_score_mean) end,
      { group = ABST, leave = 4, leaves_as = "the score of abstentions" }),
    criterion("pref", "preference"), criterion("time", "timing"), criterion("freq", "frequency"),
    criterion("comm", "communication"),
  }
  if is_partial(condition) then
    table.insert(columns, 2, column("pers", 4, 1, function(d) return tostring(d.personas_n) end))
  end
  if words.failed(condition) > 0 then
    columns[#columns + 1] = column("fail", 5, 1, function(d) return tostring(d.failed) end)
  end
  return columns
end

local function values_of(list, field)
  local out = {}
  for _, item in ipairs(list) do out[item.day] = known(item[field]) end
  return out
end

local function shown_days(condition)
  local out = {}
  for _, day in ipairs(terminal.thin(#condition.days, MOST_DAYS)) do out[#out + 1] = condition.days[day] end
  return out
end

-- The name, then "score ▁▂▃ 2.10 → 3.31   recommendations ▁▂▂ 1.95 → 2.80", on two lines where it is narrow.
local function condition_title(out, condition, i, opts)
  local days, n = condition.days, #condition.days
  local function part(label, field)
    local spark = terminal.spark(values_of(days, field), n, 0, 4, math.min(14, opts.width - 28))
    return string.format("%s %s %s", label, terminal.paint(spark, i, opts.color),
      n > 1 and format.from_to(days[1][field], days[n][field], score) or score(days[1][field]))
  end
  local name = tables.fit(condition.name, math.min(#condition.name, opts.width - 14), "left")
  out[#out + 1] = terminal.paint(name, i, opts.color) .. ": " .. format.count(condition.personas_n, "persona")
  local both = { part("score", "score_mean"), part("recommendations", "recommendation_score_mean") }
  if opts.width >= 80 then both = { table.concat(both, "   ") } end
  add_all(out, both)
end

--- Appends the lines of a condition: its name, its sparks, its days.
---@param out string[]
---@param condition table of the report's document
---@param i integer its number
---@param opts table { width, color }
---@return string[] left_out names of the columns that did not fit
function report_text_days.add(out, condition, i, opts)
  out[#out + 1] = ""
  if #condition.days == 0 then
    out[#out + 1] = terminal.paint(condition.name, i, opts.color) .. ": no day is finished yet"
    return {}
  end
  condition_title(out, condition, i, opts)
  local columns, left_out = tables.choose(day_columns(condition), opts.width)
  add_all(out, tables.lines(columns, shown_days(condition)))
  local notes = { words.no_interval(condition) }
  notes[#notes + 1] = words.failures(condition)
  if #condition.days > MOST_DAYS then
    notes[#notes + 1] = string.format("%d of %d days are shown.", MOST_DAYS, #condition.days)
  end
  if #notes > 0 then add_all(out, tables.wrap(table.concat(notes, " "), opts.width)) end
  return left_out
end

return report_text_days

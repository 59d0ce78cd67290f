--- The part of the terminal's report that shows each persona's first and last day.

local format = require "propersim.report_format"
local json = require "propersim.report_json"
local tables = require "propersim.report_table"
local terminal = require "propersim.plot_terminal"

local known, score = json.known, format.score
local add_all, column = tables.add_all, tables.column

local report_text_personas = {}

local MOST_PERSONAS = 64 -- rows; beyond it the personas are counted instead of listed

local function persona_columns(most_days, width)
  local function from_to(name, write)
    return function(p)
      if p.days_n == 0 then return format.missing end
      if p.days_n == 1 then return write(p[name .. "_first"]) end
      return format.from_to(p[name .. "_first"], p[name .. "_last"], write)
    end
  end
  local function by_day(p)
    local values = {}
    for day, v in ipairs(p.score_by_day) do values[day] = known(v) end
    return terminal.spark(values, p.days_n, 0, 4, 14)
  end
  return {
    column("persona", math.max(14, math.min(22, width - 26)), 0,
      function(p) return p.id == p.name and p.id or p.id .. " " .. p.name end, { align = "left" }),
    column("score", 11, 1, from_to("score", score)),
    column("by day", math.min(14, math.max(6, most_days)), 1, by_day,
      { align = "left", leave = 1, leaves_as = "the personas' days" }),
    column("recs only", 11, 2, from_to("recommendation_score", score)),
    column("recs/hour", 11, 2, from_to("recommendations_per_hour", format.rate),
      { leave = 3, leaves_as = "the personas' recommendations per hour" }),
    column("wish", 4, 1, function(p) return format.small_rate(p.wish_per_hour_last) end,
      { leave = 2, leaves_as = "the personas' wishes" }),
    column("F1", 4, 1, function(p) return format.percent(p.decision_f1_last) end,
      { leave = 0, leaves_as = "the personas' F1" }),
  }
end

-- "31 rise, 1 falls"
local function rise_and_fall(condition, name)
  local up, down = 0, 0
  for _, p in ipairs(condition.personas) do
    local first, last = known(p[name .. "_first"]), known(p[name .. "_last"])
    if first and last and last > first then up = up + 1 end
    if first and last and last < first then down = down + 1 end
  end
  return string.format("%d rise%s, %d fall%s", up, up == 1 and "s" or "", down, down == 1 and "s" or "")
end

-- For studies with too many personas to list.
local function persona_count(condition)
  return string.format("%s: of %d scores %s; of those of recommendations alone %s", condition.name,
    #condition.personas, rise_and_fall(condition, "score"), rise_and_fall(condition, "recommendation_score"))
end

--- Appends first and last day of each persona, or counts them where they are too many.
---@param out string[]
---@param data table the report's document
---@param opts table { width, color }
---@return string[] left_out names of the columns that did not fit
function report_text_personas.add(out, data, opts)
  local rows, left_out = 0, {}
  for _, condition in ipairs(data.conditions) do rows = rows + (#condition.days > 0 and #condition.personas or 0) end
  tables.heading(out, "Each persona, first day → last day", opts.width)
  for i, condition in ipairs(data.conditions) do
    if #condition.days > 0 and rows > MOST_PERSONAS then
      add_all(out, tables.wrap(persona_count(condition), opts.width, "  "))
    elseif #condition.days > 0 then
      local columns
      columns, left_out = tables.choose(persona_columns(#condition.days, opts.width), opts.width)
      if #data.conditions > 1 then out[#out + 1] = terminal.paint(condition.name, i, opts.color) end
      add_all(out, tables.lines(columns, condition.personas))
    end
  end
  if rows > MOST_PERSONAS then
    add_all(out, tables.wrap(format.count(data.study.personas_n, "persona")
      .. " in each condition: the page (--html FILE) and the document (--json) list them.", opts.width))
  end
  return left_out
end

return report_text_personas

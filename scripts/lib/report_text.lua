--- The report for a terminal.

local cost = require "propersim.report_cost"
local format = require "propersim.report_format"
local history = require "propersim.report_history"
local json = require "propersim.report_json"
local mmlu = require "propersim.report_mmlu"
local published = require "propersim.report_published"
local recorded = require "propersim.report_recorded"
local series = require "propersim.report_series"
local shifts = require "propersim.report_shifts"
local tables = require "propersim.report_table"
local text_compare = require "propersim.report_text_compare"
local text_days = require "propersim.report_text_days"
local text_personas = require "propersim.report_text_personas"
local terminal = require "propersim.plot_terminal"
local words = require "propersim.report_words"

local known, score = json.known, format.score
local add_all, column, heading = tables.add_all, tables.column, tables.heading

local report_text = {}

local NARROWEST = 40

local function plot_part(out, data, opts)
  local n = series.days(data)
  for _, plot in ipairs { { "Does the score rise? Mean score of all ratings, silence included", "score" },
    { "Is what it says any good? Mean score of the recommendations alone", "said" } } do
    local list, any = series.by_condition(data, plot[2], score), false
    for _, s in ipairs(list) do
      any = any or next(s.values) ~= nil
      s.label = s.label .. (s.values[n] and " " .. score(s.values[n]) or "")
    end
    local lines = any and terminal.lines { series = list, days = n, high = 4, width = opts.width, color = opts.color } or {}
    if #lines > 0 then
      out[#out + 1] = ""
      add_all(out, tables.wrap(plot[1], opts.width))
      add_all(out, lines)
    end
  end
end

local function changed(name, write)
  return function(row) return format.with_interval(row.change[name .. "_mean"], row.change[name .. "_ci95"], write) end
end

-- The answer, last, where the eye is when a run ends.
local function change_part(out, data, opts)
  local rows, longest = {}, 0
  for _, condition in ipairs(data.conditions) do
    local change = known(condition.change)
    if change then rows[#rows + 1] = { name = condition.name, change = change } end
  end
  if #rows == 0 then return end
  heading(out, string.format("Change from day 1 to day %d", rows[1].change.to), opts.width)
  for _, row in ipairs(rows) do
    if row.change.to ~= rows[1].change.to then row.name = row.name .. " (day " .. row.change.to .. ")" end
    longest = math.max(longest, utf8.len(row.name))
  end
  local function name_column(most)
    return column("condition", math.max(12, math.min(longest, most)), 0, function(row) return row.name end, { align = "left" })
  end
  local function change_column(name, field, write, more)
    local value = changed(field, write)
    return column(name, tables.widest(rows, value, #name), 1, value, more)
  end
  local full = {
    change_column("score", "score", format.change),
    change_column("recommendations only", "recommendation_score", format.change),
    change_column("recs/hour", "recommendations_per_hour", format.rate_change, { leave = 1, leaves_as = "" }),
  }
  local scores = full[1].width + full[2].width + 2
  local all = scores + full[3].width + 1
  table.insert(full, 1, name_column(opts.width - (opts.width >= all + 12 and all or scores)))
  local columns = opts.width >= scores + 12 and full or {
    name_column(opts.width - 27),
    column("score", 5, 1, function(row) return format.change(row.change.score_mean) end),
    column("recs only", 9, 1, function(row) return format.change(row.change.recommendation_score_mean) end),
    column("recs/hour", 9, 1, function(row) return format.rate_change(row.change.recommendations_per_hour_mean) end),
  }
  columns = tables.choose(columns, opts.width)
  add_all(out, tables.lines(columns, rows))
  add_all(out, tables.wrap("Each the mean of the personas' own changes.", opts.width))
end

local function published_part(out, data, opts)
  local rows = published.rows(data)
  if #rows == 0 then return end
  heading(out, "Published values beside ours", opts.width)
  local function text_column(name, field, least, gap, more)
    local function value(r) return r[field] end
    return column(name, math.min(28, tables.widest(rows, value, least)), gap, value, more)
  end
  local left = { align = "left" }
  local columns = {
    text_column("published", "name", 9, 0, left), text_column("day", "day", 3, 1),
    text_column("value", "value", 5, 1), text_column("ours", "ours", 5, 2, left),
    text_column("our condition", "condition", 13, 2,
      { align = "left", leave = 1, leaves_as = "the conditions of published values" }),
    text_column("measure", "what", 7, 2, { align = "left", leave = 2, leaves_as = "their measures" }),
  }
  local left_out
  columns, left_out = tables.choose(columns, opts.width)
  add_all(out, tables.lines(columns, rows))
  add_all(out, tables.wrap(words.published(data) .. " Sources: " .. words.sources(data.published) .. ".", opts.width))
  return left_out
end

local function shifts_part(out, data, opts)
  local sentences = shifts.sentences(data)
  if #sentences == 0 then return end
  heading(out, "Fall and recovery", opts.width)
  for _, sentence in ipairs(sentences) do add_all(out, tables.wrap(sentence, opts.width, "  ")) end
end

local function expectations_part(out, data, opts)
  if data.expectations_pending then
    out[#out + 1] = ""
    add_all(out, tables.wrap(words.pending, opts.width))
  end
  if not data.expectations then return end
  heading(out, "What the study expects", opts.width)
  for _, o in ipairs(data.expectations) do
    add_all(out, tables.wrap(string.format("%s %s (%s)", o.met and "✓" or "✗", o.what, o.figures), opts.width, "  "))
  end
end

local function header_part(out, data, opts)
  add_all(out, tables.wrap(string.format("%s: %s (propersim %s)", data.study.name, words.size(data), data.study.program),
    opts.width, "  "))
  local progress = words.progress(data)
  if progress then add_all(out, tables.wrap(progress, opts.width)) end
  add_all(out, tables.wrap(words.offline(data), opts.width))
  for _, sentence in ipairs(history.sentences(data)) do add_all(out, tables.wrap(sentence, opts.width)) end
end

local function notes_part(out, left_out, opts)
  local names, seen = {}, {}
  for _, name in ipairs(left_out) do
    if name ~= "" and not seen[name] then names[#names + 1], seen[name] = name, true end
  end
  out[#out + 1] = ""
  add_all(out, tables.wrap(words.about_means .. " ≥3: share of the scored recommendations with a score of 3 or 4. "
    .. "/hour: per waking hour. Criteria: share of ratings that fulfil it.", opts.width))
  if #names > 0 then
    add_all(out, tables.wrap("Left out at this width: " .. format.enumerate(names)
      .. ". A wider terminal, --html FILE or --json shows them.", opts.width))
  end
end

--- The report as text.
---@param data table the report's document
---@param opts table|nil { width = characters a line (80; at least 40), color = true on a terminal that shows colours }
---@return string
function report_text.text(data, opts)
  opts = { width = math.max(NARROWEST, opts and opts.width or 80), color = opts and opts.color or false }
  local out, left_out = {}, {}
  header_part(out, data, opts)
  if not words.has_days(data) then
    local what, command = words.what_next(data)
    add_all(out, tables.wrap(what, opts.width))
    out[#out + 1] = "  " .. command
    return table.concat(out, "\n") .. "\n"
  end
  recorded.add(out, data, opts)
  if not words.has_ratings(data) then
    add_all(out, tables.wrap(words.nobody_rated(data), opts.width))
    return table.concat(out, "\n") .. "\n"
  end
  for i, condition in ipairs(data.conditions) do add_all(left_out, text_days.add(out, condition, i, opts)) end
  plot_part(out, data, opts)
  add_all(left_out, text_personas.add(out, data, opts))
  add_all(left_out, published_part(out, data, opts) or {})
  add_all(left_out, text_compare.add_curves(out, data, opts))
  add_all(left_out, text_compare.add_decisions(out, data, opts))
  shifts_part(out, data, opts)
  change_part(out, data, opts)
  add_all(left_out, text_compare.add_comparisons(out, data, opts))
  add_all(left_out, mmlu.text(out, data, opts))
  add_all(left_out, cost.add_text(out, data, opts))
  expectations_part(out, data, opts)
  notes_part(out, left_out, opts)
  return table.concat(out, "\n") .. "\n"
end

return report_text

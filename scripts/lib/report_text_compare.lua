--- The parts of the terminal's report that judge speaking by itself and compare conditions.

local format = require "propersim.report_format"
local json = require "propersim.report_json"
local tables = require "propersim.report_table"
local verdicts = require "propersim.report_verdicts"
local words = require "propersim.report_words"

local known = json.known
local add_all, column = tables.add_all, tables.column

local report_text_compare = {}

local MOST_TABLES = 6 -- comparisons with a table of their own; all have their sentence

local function window_words(part)
  return part.from == part.to and "day " .. part.to or string.format("days %d to %d", part.from, part.to)
end

--- "days 12 to 14", "day 4".
report_text_compare.window_words = window_words

local function decision_columns(rows, width)
  local longest = 9
  for _, row in ipairs(rows) do longest = math.max(longest, utf8.len(row.name)) end
  local function share(name, title, more)
    return column(title, #title, 1, function(row) return format.percent(row.final[name]) end, more)
  end
  local function rate(name, title, more)
    return column(title, #title, 1, function(row) return format.small_rate(row.final[name]) end, more)
  end
  local moment = { "right moment?", "moment" }
  return {
    column("condition", math.min(longest, width - 28), 0, function(row) return row.name end, { align = "left" }),
    share("decision_precision", "prec", { group = moment, leave = 4, leaves_as = "precision and recall" }),
    share("decision_recall", "rec.", { group = moment, leave = 4 }),
    share("decision_f1", "F1", { group = moment, width = 4 }),
    share("content_rate", "content", { leave = 2, leaves_as = "content in right moments" }),
    column("recs only", 9, 1, function(row) return format.score(row.final.recommendation_score) end),
    rate("false_alarms_per_hour", "alarms/h", { leave = 1, leaves_as = "false alarms and missed needs" }),
    rate("needs_missed_per_day", "missed/day", { leave = 1 }),
    rate("recommendations_per_hour", "recs/h"), rate("wish_per_hour", "wish"),
    share("wish_match", "match", { leave = 3, leaves_as = "how the number fits the wish" }),
  }
end

--- Appends the decision to speak, judged by itself, over the final days.
---@param out string[]
---@param data table the report's document
---@param opts table { width, color }
---@return string[] left_out names of the columns that did not fit
function report_text_compare.add_decisions(out, data, opts)
  local rows = {}
  for _, condition in ipairs(data.conditions) do
    local final = known(condition.final)
    if final then rows[#rows + 1] = { name = condition.name, final = final } end
  end
  if #rows == 0 then return {} end
  tables.heading(out, "Does it speak when it should? " .. window_words(rows[1].final), opts.width)
  local columns, left_out = tables.choose(decision_columns(rows, opts.width), opts.width)
  add_all(out, tables.lines(columns, rows))
  for _, row in ipairs(rows) do
    if row.final.wishes_n > 0 then
      add_all(out, tables.wrap(string.format("%s: %d of %s hear between half and one and a half of what they wish, %d within a "
        .. "quarter of it.", row.name, row.final.within_half_of_wish, format.count(row.final.wishes_n, "persona"),
        row.final.within_quarter_of_wish), opts.width, "  "))
    end
  end
  add_all(out, tables.wrap(words.about_decisions, opts.width))
  return left_out
end

local function number(name, title, write, more)
  return { title = title, value = function(t) return write(t[name]) end, more = more }
end

local function effect(name, title, level, more)
  return { title = title, value = function(t) return verdicts.effect(t, name, level) end, more = more }
end

local function compare_columns(pair, level)
  local rows = pair.measures
  local function named(spec, gap)
    return column(spec.title, tables.widest(rows, spec.value, utf8.len(spec.title)), gap or 1, spec.value, spec.more)
  end
  local function difference(t) return format.with_interval(t.difference, t.difference_ci95, format.change) end
  return {
    column("", 11, 0, function(t) return verdicts.name(t.measure, true) end, { align = "left" }),
    named(number("a", tables.fit(pair.a, math.min(10, utf8.len(pair.a)), "left"), format.score, { leave = 3, leaves_as = "" })),
    named(number("b", tables.fit(pair.b, math.min(10, utf8.len(pair.b)), "left"), format.score, { leave = 3, leaves_as = "" })),
    named({ title = "difference", value = difference }),
    named(number("p_permutation", "p", format.p, { leave = 5, leaves_as = "uncorrected p" })),
    named(number("p_wilcoxon", "Wilc.", format.p, { leave = 2, leaves_as = "Wilcoxon's p" })),
    named(number("p_holm", "Holm", format.p)),
    named(effect("cohens_d", "d", level, { leave = 4, leaves_as = "effect sizes" })),
    named(effect("cliffs_delta", "delta", level, { leave = 4 })),
    named(number("noise_floor", "floor", format.score, { leave = 1, leaves_as = "the noise floor" })),
  }
end

--- Appends the comparisons of conditions, each in words, the first few as tables.
---@param out string[]
---@param data table the report's document
---@param opts table { width, color }
---@return string[] left_out names of the columns that did not fit
function report_text_compare.add_comparisons(out, data, opts)
  local pairs_list, left_out = data.comparisons.pairs, {}
  if #pairs_list == 0 then return left_out end
  tables.heading(out, "What is the difference?", opts.width)
  for i, pair in ipairs(pairs_list) do
    if i > 1 and i <= MOST_TABLES + 1 then out[#out + 1] = "" end
    add_all(out, tables.wrap(verdicts.sentence(pair, data.comparisons), opts.width))
    if i <= MOST_TABLES and #pair.measures > 0 then
      local columns, left = tables.choose(compare_columns(pair, data.comparisons.level), opts.width)
      add_all(left_out, left)
      add_all(out, tables.lines(columns, pair.measures))
    end
    if #pair.unpaired > 0 then
      add_all(out, tables.wrap("Without a partner, and left out: " .. words.shortened(pair.unpaired, 5) .. ".", opts.width))
    end
  end
  add_all(out, tables.wrap(verdicts.about(data.comparisons), opts.width))
  return left_out
end

local function curve_row(condition)
  local curve = known(condition.curve)
  return curve and { name = condition.name, score = curve.score, said = curve.recommendation_score, f1 = curve.decision_f1 }
end

--- Appends the area under the learning curves, and how soon they have risen.
function report_text_compare.add_curves(out, data, opts)
  local rows, longest = {}, 9
  for _, condition in ipairs(data.conditions) do
    rows[#rows + 1] = curve_row(condition)
    longest = math.max(longest, utf8.len(condition.name))
  end
  if #rows == 0 then return {} end
  tables.heading(out, "Learning curves", opts.width)
  local function area(key, title, more)
    local function value(row) return format.with_interval(row[key].area, row[key].area_ci95, format.score) end
    return column(title, tables.widest(rows, value, #title), 1, value, more)
  end
  local function days(key, title, more)
    return column(title, #title, 1, function(row)
      local d = known(row[key].days_to_90)
      return d and tostring(d) or format.missing
    end, more)
  end
  local columns, left_out = tables.choose({
    column("condition", math.min(longest, opts.width - 30), 0, function(row) return row.name end, { align = "left" }),
    area("score", "mean score", { leave = 3, leaves_as = "areas" }), days("score", "90 %"),
    area("said", "recs only", { leave = 3 }), days("said", "90 %"),
    area("f1", "F1", { leave = 2, leaves_as = "the area of F1" }), days("f1", "90 %", { leave = 2 }),
  }, opts.width)
  add_all(out, tables.lines(columns, rows))
  add_all(out, tables.wrap(words.about_curves, opts.width))
  return left_out
end

return report_text_compare

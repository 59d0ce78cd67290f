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
  tables.heading(out, "Does it speak when it should? " .. format.window(rows[1].final.from, rows[1].final.to), opts.width)
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

local MOST_NAME = 10

-- What the columns of two conditions are called. Of conditions of studies ("study/condition") the part goes that both share,
-- then the study's is shortened; the sentence above the table has both in full.
local function short_names(a, b)
  local a_study, a_condition = a:match("^(.+)/([^/]*)$")
  local b_study, b_condition = b:match("^(.+)/([^/]*)$")
  local function short(name, study, condition)
    if utf8.len(name) <= MOST_NAME then return name end
    local left = study and MOST_NAME - utf8.len(condition) - 1 or 0
    if left >= 2 then return tables.fit(study, left, "left") .. "/" .. condition end
    local rest = condition or name
    return tables.fit(rest, math.min(MOST_NAME, utf8.len(rest)), "left")
  end
  if math.max(utf8.len(a), utf8.len(b)) <= MOST_NAME or not a_study or not b_study then return short(a), short(b) end
  if a_condition == b_condition then return short(a_study), short(b_study) end
  if a_study == b_study then return short(a_condition), short(b_condition) end
  return short(a, a_study, a_condition), short(b, b_study, b_condition)
end

local function compare_columns(pair, level)
  local rows = pair.measures
  local function named(spec, gap)
    return column(spec.title, tables.widest(rows, spec.value, utf8.len(spec.title)), gap or 1, spec.value, spec.more)
  end
  local function difference(t) return format.with_interval(t.difference, t.difference_ci95, format.change) end
  local a, b = short_names(pair.a, pair.b)
  return {
    column("", 11, 0, function(t) return verdicts.name(t.measure, true) end, { align = "left" }),
    named(number("a", a, format.score, { leave = 3, leaves_as = "" })),
    named(number("b", b, format.score, { leave = 3, leaves_as = "" })),
    named({ title = "difference", value = difference }),
    named(number("p_permutation", "p", format.p, { leave = 5, leaves_as = "uncorrected p" })),
    named(number("p_wilcoxon", "Wilc.", format.p, { leave = 2, leaves_as = "Wilcoxon's p" })),
    named(number("p_holm", "Holm", format.p)),
    named(effect("cohens_d", "d", level, { leave = 4, leaves_as = "effect sizes" })),
    named(effect("cliffs_delta", "delta", level, { leave = 4 })),
  }
end

-- "Noise floor, what other seeds alone change: score 0.12, recs only 0.10."; nil where it is not known.
local function floor_line(pair)
  local parts = {}
  for _, t in ipairs(pair.measures) do
    if known(t.noise_floor) then parts[#parts + 1] = verdicts.name(t.measure, true) .. " " .. format.score(t.noise_floor) end
  end
  return #parts > 0 and "Noise floor, what other seeds alone change: " .. table.concat(parts, ", ") .. "." or nil
end

local function add_table(out, pair, level, width)
  local columns, left = tables.choose(compare_columns(pair, level), width)
  local floor = floor_line(pair)
  add_all(out, tables.lines(columns, pair.measures))
  if floor then add_all(out, tables.wrap(floor, width)) end
  return left
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
    if known(pair.from) then add_all(out, tables.wrap(verdicts.basis(pair), opts.width)) end
    if i <= MOST_TABLES and #pair.measures > 0 then
      add_all(left_out, add_table(out, pair, data.comparisons.level, opts.width))
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

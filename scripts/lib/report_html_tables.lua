--- The tables of the page: every number that the figures draw, and their CSV.

local figure = require "propersim.report_figure"
local format = require "propersim.report_format"
local json = require "propersim.report_json"
local measures = require "propersim.report_measures"
local plot = require "propersim.plot"
local published = require "propersim.report_published"
local series = require "propersim.report_series"
local verdicts = require "propersim.report_verdicts"
local words = require "propersim.report_words"

local escape, known, score = plot.escape, json.known, format.score

local report_html_tables = {}

local function row(tag, cells)
  local out = {}
  for i, text in ipairs(cells) do out[i] = string.format("<%s>%s</%s>", tag, escape(text), tag) end
  return "<tr>" .. table.concat(out) .. "</tr>\n"
end

local DAYS_HEAD = "<thead><tr><th></th><th></th><th></th><th colspan='4'>recommendations</th><th colspan='2'>abstentions</th>"
  .. "<th colspan='4'>criteria fulfilled</th><th></th><th></th></tr>"
  .. "<tr><th>Day</th><th>n</th><th>Score [95 %]</th><th>Number</th><th>A waking hour</th><th>Score</th>"
  .. "<th>Welcome</th><th>Number</th><th>Score</th><th>Pref.</th><th>Timing</th><th>Freq.</th><th>Comm.</th>"
  .. "<th>Ratings</th><th>Failed</th></tr></thead>"

local function day_row(d)
  return row("td", {
    d.day, d.personas_n, format.with_interval(d.score_mean, d.score_ci95, score), d.recommendations,
    format.with_interval(d.recommendations_per_hour, d.recommendations_per_hour_ci95, format.rate),
    format.with_interval(d.recommendation_score_mean, d.recommendation_score_ci95, score), format.percent(d.success_rate),
    d.abstentions, score(d.abstention_score_mean), score(d.criteria.preference), score(d.criteria.timing),
    score(d.criteria.frequency), score(d.criteria.communication), d.ratings, d.failed,
  })
end

local function table_of(head, rows)
  return "<div class='scroll' tabindex='0'><table>" .. head .. "<tbody>\n" .. table.concat(rows) .. "</tbody></table></div>\n"
end

--- A table of texts; its first three columns are words.
---@param names string[]
---@param rows table[] lists of texts
---@param class string
---@return string
function report_html_tables.plain(names, rows, class)
  local out = {}
  for i, cells in ipairs(rows) do out[i] = row("td", cells) end
  return (table_of("<thead>" .. row("th", names) .. "</thead>", out):gsub("<table>", "<table class='" .. class .. "'>", 1))
end

local function all_days_csv(data)
  local keys = {}
  for _, m in ipairs(measures.list) do keys[#keys + 1] = m.key end
  for _, m in ipairs(measures.criteria) do keys[#keys + 1] = m.key end
  return series.days_csv(data, keys)
end

--- A table of days for each condition.
---@param data table the report's document
---@return string
function report_html_tables.days(data)
  local out = { "<h2>Day by day</h2><p class='soft save'>All measures in one file: ",
    figure.links(data.study.name .. "-days", nil, all_days_csv(data)), "</p>\n" }
  for _, condition in ipairs(data.conditions) do
    local rows = {}
    for i, day in ipairs(condition.days) do rows[i] = day_row(day) end
    out[#out + 1] = "<h3>" .. escape(condition.name .. ": " .. words.basis(condition)) .. "</h3>\n"
    out[#out + 1] = #rows > 0 and table_of(DAYS_HEAD, rows) or "<p class='soft'>No day is finished yet.</p>\n"
  end
  return table.concat(out)
end

local PERSONAS_HEAD = "<thead><tr><th>Persona</th><th class='left'>Name</th><th>Days</th><th>Score, first → last</th>"
  .. "<th>Recommendations alone</th><th>A waking hour</th><th>Wished</th><th>Right moments, F1</th><th>Failed</th></tr></thead>"

local function persona_row(p)
  local function from_to(name, write)
    if p.days_n < 2 then return write(known(p[name .. "_last"])) end
    return format.from_to(p[name .. "_first"], p[name .. "_last"], write)
  end
  return row("td", { p.id, p.name, p.days_n, from_to("score", score), from_to("recommendation_score", score),
    from_to("recommendations_per_hour", format.rate), format.small_rate(p.wish_per_hour_last),
    from_to("decision_f1", format.percent), p.failed }):gsub("<td>", "<td class='left'>", 2)
end

local COMPARE_HEAD = "<thead><tr><th>Measure</th><th>First</th><th>Second</th><th>Difference [95 %]</th><th>p, permutation</th>"
  .. "<th>p, Wilcoxon</th><th>p, Holm</th><th>Cohen's d</th><th>Cliff's delta</th><th class='left'>Size</th>"
  .. "<th>Noise floor</th><th>n</th><th class='left'>So it is</th></tr></thead>"

local function compare_row(t, level)
  return (row("td", { verdicts.name(t.measure), score(t.a), score(t.b),
    format.with_interval(t.difference, t.difference_ci95, format.change), format.p(t.p_permutation), format.p(t.p_wilcoxon),
    format.p(t.p_holm), verdicts.effect(t, "cohens_d", level), verdicts.effect(t, "cliffs_delta", level),
    known(t.size) or format.missing, score(t.noise_floor), t.personas_n, verdicts.outcome(t, level) }))
end

--- The tests between conditions; nothing if there are none.
---@param data table the report's document
---@return string
function report_html_tables.comparisons(data)
  local out = {}
  for _, pair in ipairs(data.comparisons.pairs) do
    local rows = {}
    for i, t in ipairs(pair.measures) do rows[i] = compare_row(t, data.comparisons.level) end
    local alone = #pair.unpaired > 0 and "Without a partner, and left out: " .. words.shortened(pair.unpaired, 12) .. "." or ""
    out[#out + 1] = "<h3>" .. escape(pair.b .. " beside " .. pair.a) .. "</h3>\n<p>"
      .. escape(verdicts.sentence(pair, data.comparisons)) .. "</p>\n<p class='soft'>" .. escape(verdicts.basis(pair)) .. " "
      .. escape(alone) .. "</p>\n"
    if #rows > 0 then out[#out + 1] = (table_of(COMPARE_HEAD, rows):gsub("<table>", "<table class='compared'>", 1)) end
  end
  if #out == 0 then return "" end
  return "<h2>Comparisons</h2><p>" .. escape(verdicts.about(data.comparisons)) .. "</p>\n" .. table.concat(out)
end

local DECISIONS_HEAD = "<thead><tr><th></th><th colspan='5'>right moment?</th><th colspan='2'>content</th>"
  .. "<th colspan='5'>how often</th></tr><tr><th>Condition</th><th>Precision</th><th>Recall</th><th>F1 [95 %]</th>"
  .. "<th>False alarms an hour</th><th>Missed needs a day</th><th>Right content</th><th>Score</th><th>A waking hour</th>"
  .. "<th>Wished</th><th>Match</th><th>Within half</th><th>Within a quarter</th></tr></thead>"

local function decision_row(name, f)
  return row("td", { name, format.percent(f.decision_precision), format.percent(f.decision_recall),
    format.with_interval(f.decision_f1, f.decision_f1_ci95, format.percent), format.small_rate(f.false_alarms_per_hour),
    format.small_rate(f.needs_missed_per_day), format.percent(f.content_rate),
    format.with_interval(f.recommendation_score, f.recommendation_score_ci95, score),
    format.small_rate(f.recommendations_per_hour), format.small_rate(f.wish_per_hour), format.percent(f.wish_match),
    string.format("%d of %d", f.within_half_of_wish, f.wishes_n),
    string.format("%d of %d", f.within_quarter_of_wish, f.wishes_n) })
end

--- Speaking judged by itself, what was said judged by itself, and how often, over the final days.
---@param data table the report's document
---@return string
function report_html_tables.decisions(data)
  local rows, final = {}, nil
  for _, condition in ipairs(data.conditions) do
    local f = known(condition.final)
    final = final or f
    if f then rows[#rows + 1] = decision_row(condition.name, f) end
  end
  if not final then return "" end
  return table.concat {
    "<h2>Speaking and content, judged apart</h2><p>Over the final days (",
    format.window(final.from, final.to), "). ", escape(words.about_match), "</p>\n",
    table_of(DECISIONS_HEAD, rows),
  }
end

--- Published values beside ours; nothing if the study states none.
---@param data table the report's document
---@return string
function report_html_tables.published(data)
  local rows, csv = {}, {}
  for i, r in ipairs(published.rows(data)) do
    rows[i] = row("td", { r.name, r.what, r.day, r.value, r.ours, r.condition, r.source })
  end
  if #rows == 0 then return "" end
  for _, s in ipairs(data.published) do
    for _, p in ipairs(s.points) do csv[#csv + 1] = { s.name, s.measure, p.day, p.value, p.ours, s.condition, s.source } end
  end
  local head = { "name", "measure", "day", "published", "ours", "condition", "source" }
  return table.concat {
    "<h2>Published values beside ours</h2><p>", escape(words.published(data)), " ",
    figure.links(data.study.name .. "-published", nil, series.csv(head, csv)), "</p>\n",
    table_of("<thead><tr><th>Published as</th><th class='left'>Measure</th><th>Day</th><th>Published</th><th>Ours</th>"
      .. "<th class='left'>Our condition</th><th class='left'>Source</th></tr></thead>", rows):gsub("<table>",
      "<table class='worded'>", 1),
  }
end

--- A table of personas for each condition.
function report_html_tables.personas(data)
  local out = { "<h2>Persona by persona</h2>\n" }
  for _, condition in ipairs(data.conditions) do
    local rows = {}
    for i, p in ipairs(condition.personas) do rows[i] = persona_row(p) end
    out[#out + 1] = "<h3>" .. escape(condition.name) .. "</h3>\n" .. table_of(PERSONAS_HEAD, rows)
  end
  return table.concat(out)
end

return report_html_tables

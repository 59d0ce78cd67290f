--- The ranking of several studies and the comparison of two, for a terminal and as a page.

local figure = require "propersim.report_figure"
local compare = require "propersim.report_compare"
local format = require "propersim.report_format"
local html_tables = require "propersim.report_html_tables"
local json = require "propersim.report_json"
local plot = require "propersim.plot"
local series = require "propersim.report_series"
local style = require "propersim.report_style"
local tables = require "propersim.report_table"
local text_compare = require "propersim.report_text_compare"
local words = require "propersim.report_words"

local known, escape, score = json.known, plot.escape, format.score
local column, add_all = tables.column, tables.add_all

local report_studies_show = {}

local TITLES = { score = "score", recommendation_score = "recommendations alone", decision_f1 = "decision to speak, F1",
  wish_match = "fit with the wish" }

local function offline_words(data)
  local all, none = true, true
  for _, study in ipairs(data.studies) do all, none = all and study.offline, none and not study.offline end
  if none then return "" end
  return (all and "Everything here was answered offline. " or "Some of these studies were answered offline. ")
    .. words.not_a_model
end

local LEVEL = compare.LEVEL

local function sure(row)
  local p = known(row.beside_first_p_holm)
  return p and p < LEVEL
end

-- The corrected p; nothing where so few personas could not have been sure of anything.
local function p_of(row)
  local smallest = known(row.beside_first_p_holm_smallest)
  return smallest and smallest < LEVEL and format.p(row.beside_first_p_holm) or format.missing
end

local function most_personas(data)
  local most = 0
  for _, row in ipairs(data.rows) do most = math.max(most, row.personas_n) end
  return most
end

-- Marked where others rest on more.
local function personas(row, most) return row.personas_n .. (row.personas_n < most and "!" or " ") end

-- "3/14" where days are missing.
local function days(row)
  return row.days_finished < row.days and row.days_finished .. "/" .. row.days or tostring(row.days)
end

local function about_ranking(data)
  return string.format("Ranked by the %s over the final days (--by chooses another). Beside first: mean difference of the same "
    .. "personas and seeds to the first row, with p after Holm's correction of %s; * is sure at 5 %%. Personas, days and seeds "
    .. "that differ between studies are left out of that difference, not of the other columns. The first row was chosen after "
    .. "looking, so its lead and these p flatter it: to be sure of a winner, run it and its rival anew with other seeds and "
    .. "`compare` them. No p where so few personas could not be sure; ! rests on fewer personas than other rows.",
    TITLES[data.by], format.count(data.tests_n, "test"))
end

local function ranking_columns(data, width)
  local rows = data.rows
  local function name(row) return row.study .. "/" .. row.condition end
  local function value(field, title, write, more)
    local function text(row) return format.with_interval(row[field], row[field .. "_ci95"], write) end
    return column(title, tables.widest(rows, text, utf8.len(title)), 1, text, more)
  end
  local function plain(field, title, write, more)
    return column(title, math.max(5, utf8.len(title)), 1, function(row) return write(row[field]) end, more)
  end
  local function beside(row)
    return format.change(row.beside_first) .. (sure(row) and "*" or " ")
  end
  local longest, most = tables.widest(rows, name, 10), most_personas(data)
  return {
    column("", 2, 0, function(row) return tostring(row.rank) end),
    column("condition", math.min(longest, math.max(12, width - 46)), 1, name, { align = "left" }),
    column("pers", 5, 1, function(row) return personas(row, most) end),
    width >= 50 and value("score", "score [95 %]", score) or plain("score", "score", score),
    plain("recommendation_score", "recs only", score),
    plain("decision_f1", "F1", format.percent, { leave = 5, leaves_as = "F1" }),
    plain("wish_match", "match", format.percent, { leave = 4, leaves_as = "the fit with the wish" }),
    plain("recommendations_per_hour", "recs/h", format.small_rate, { leave = 3, leaves_as = "recommendations per hour" }),
    plain("wish_per_hour", "wish", format.small_rate, { leave = 2, leaves_as = "wishes" }),
    column("beside first", 12, 1, beside, { leave = 7, leaves_as = "differences to the first" }),
    column("p", 6, 1, p_of, { leave = 6, leaves_as = "p" }),
    column("days", 5, 1, days, { leave = 1, leaves_as = "days" }),
  }
end

local function head(data, what)
  local names = {}
  for i, study in ipairs(data.studies) do names[i] = study.label end
  return string.format("%s of %s: %s", what, format.count(#names, "study"):gsub("studys", "studies"), words.shortened(names, 8))
end

local function ranking_text(data, opts)
  local out = {}
  add_all(out, tables.wrap(head(data, "Ranking"), opts.width))
  add_all(out, tables.wrap(offline_words(data), opts.width))
  local columns, left_out = tables.choose(ranking_columns(data, opts.width), opts.width)
  add_all(out, tables.lines(columns, data.rows))
  add_all(out, tables.wrap(about_ranking(data), opts.width))
  if #left_out > 0 then
    add_all(out, tables.wrap("Left out at this width: " .. format.enumerate(left_out) .. ".", opts.width))
  end
  return table.concat(out, "\n") .. "\n"
end

local function compare_text(data, opts)
  local out = {}
  add_all(out, tables.wrap(head(data, "Comparison"), opts.width))
  add_all(out, tables.wrap(offline_words(data), opts.width))
  local left_out = text_compare.add_comparisons(out, data, opts)
  if #left_out > 0 then
    local names, seen = {}, {}
    for _, name in ipairs(left_out) do
      if name ~= "" and not seen[name] then names[#names + 1], seen[name] = name, true end
    end
    add_all(out, tables.wrap("Left out at this width: " .. format.enumerate(names) .. ".", opts.width))
  end
  return table.concat(out, "\n") .. "\n"
end

local RANKING_HEAD = { "rank", "study", "condition", "score", "recommendation_score", "decision_f1", "wish_match",
  "recommendations_per_hour", "wish_per_hour", "beside_first",
  "beside_first_p_holm", "beside_first_n", "personas_n", "seeds_n", "days" }

local function ranking_page(data)
  local rows, csv, most = {}, {}, most_personas(data)
  for i, r in ipairs(data.rows) do
    rows[i] = { r.rank, r.study, r.condition, format.with_interval(r.score, r.score_ci95, score),
      format.with_interval(r.recommendation_score, r.recommendation_score_ci95, score),
      format.with_interval(r.decision_f1, r.decision_f1_ci95, format.percent), format.percent(r.wish_match),
      format.small_rate(r.recommendations_per_hour), format.small_rate(r.wish_per_hour),
      format.with_interval(r.beside_first, r.beside_first_ci95, format.change), p_of(r),
      personas(r, most),
      days(r) }
    csv[i] = {}
    for k, field in ipairs(RANKING_HEAD) do csv[i][k] = field == "days" and days(r) or r[field] end
  end
  local names = { "", "Study", "Condition", "Score [95 %]", "Recs alone", "F1", "Match", "A waking hour", "Wished",
    "Beside the first", "p, Holm", "Personas", "Days" }
  return table.concat {
    html_tables.plain(names, rows, "ranked"), "<p class='soft'>", escape(about_ranking(data)), " ",
    figure.links("ranking", nil, series.csv(RANKING_HEAD, csv)), "</p>\n",
  }
end

--- The document for a terminal.
---@param data table of report_studies
---@param opts table { width, color }
---@return string
function report_studies_show.text(data, opts)
  opts = { width = math.max(40, opts.width), color = opts.color }
  return data.kind == "ranking" and ranking_text(data, opts) or compare_text(data, opts)
end

--- The document as one page.
---@param data table of report_studies
---@return string
function report_studies_show.html(data)
  local title = head(data, data.kind == "ranking" and "Ranking" or "Comparison")
  return style.page(title, table.concat {
    "<header><h1>", data.kind == "ranking" and "Ranking" or "Comparison", "</h1><p class='facts'>", escape(title),
    ".</p><p class='offline'>", escape(offline_words(data)), "</p></header>\n",
    data.kind == "ranking" and ranking_page(data) or html_tables.comparisons(data),
  })
end

return report_studies_show

--- The report as one page: no scripts, no requests, its figures and their data inside of it.

local cost = require "propersim.report_cost"
local figure = require "propersim.report_figure"
local figures = require "propersim.report_figures"
local format = require "propersim.report_format"
local history = require "propersim.report_history"
local json = require "propersim.report_json"
local mmlu = require "propersim.report_mmlu"
local plot = require "propersim.plot"
local recorded = require "propersim.report_recorded"
local shifts = require "propersim.report_shifts"
local style = require "propersim.report_style"
local tables = require "propersim.report_html_tables"
local verdicts = require "propersim.report_verdicts"
local words = require "propersim.report_words"

local escape, known = plot.escape, json.known

local report_html = {}

local function cell(name, text) return string.format("<td data-name='%s'>%s</td>", escape(name), escape(text)) end

-- First and last day of each condition: the answer, before any figure.
local function answer_row(condition, i)
  local days = condition.days
  local first, last, change, partial = days[1], days[#days], known(condition.change), words.last_day(condition)
  local function from_to(field, interval, write)
    if not first then return format.missing end
    local text = interval and format.with_interval(last[field], last[interval], write) or write(last[field])
    return #days > 1 and write(first[field]) .. " → " .. text or text
  end
  return table.concat {
    "<tr><td class='dot'>", figure.swatch(i), escape(condition.name),
    partial and " <span class='soft'>(" .. escape(partial) .. ")</span>" or "", "</td>",
    cell("Score", from_to("score_mean", "score_ci95", format.score)),
    cell("Change", change and format.with_interval(change.score_mean, change.score_ci95, format.change) or format.missing),
    cell("Recommendations alone", from_to("recommendation_score_mean", "recommendation_score_ci95", format.score)),
    cell("A waking hour", from_to("recommendations_per_hour", nil, format.rate)),
    cell("Wished", last and format.small_rate(last.wish_per_hour) or format.missing),
    cell("Right moments, F1", from_to("decision_f1", nil, format.percent)),
    cell("Welcome", from_to("success_rate", nil, format.percent)), "</tr>\n",
  }
end

local function answer(data)
  local rows = {}
  for i, condition in ipairs(data.conditions) do rows[i] = answer_row(condition, i) end
  return table.concat {
    "<table class='answer'><thead><tr><th>Condition</th><th>Score, first → last day</th><th>Change</th>",
    "<th>Recommendations alone</th><th>A waking hour</th><th>Wished</th><th>Right moments, F1</th>",
    "<th>Welcome</th></tr></thead><tbody>\n", table.concat(rows),
    "</tbody></table>\n",
  }
end

local function by_hand(data)
  local out = {}
  for i, sentence in ipairs(history.sentences(data)) do out[i] = "<p class='warn'>" .. escape(sentence) .. "</p>" end
  return table.concat(out)
end

-- What came of the comparisons, in words, before any figure.
local function verdict_list(data)
  local out, none = {}, verdicts.none_can_tell(data.comparisons)
  if none then return "<p>" .. escape(none) .. "</p>\n" end
  for i, pair in ipairs(data.comparisons.pairs) do
    out[i] = "<li>" .. escape(verdicts.sentence(pair, data.comparisons)) .. "</li>\n"
  end
  if #out == 0 then return "" end
  return "<ul class='verdicts'>\n" .. table.concat(out) .. "</ul>\n"
end

local function header(data)
  local progress = words.progress(data)
  return table.concat {
    "<header><h1>", escape(data.study.name), "</h1><p class='facts'>", escape(words.size(data)), ". Simulated with propersim ",
    escape(data.study.program), ".</p>", progress and "<p class='warn'>" .. escape(progress) .. "</p>" or "",
    "<p class='offline'>", escape(words.offline(data)), "</p>", by_hand(data), "</header>\n",
  }
end

local function failures(data)
  local out = {}
  for _, condition in ipairs(data.conditions) do
    local text = words.failures(condition)
    if text then out[#out + 1] = "<p class='warn'>" .. escape(condition.name .. ": " .. text) .. "</p>\n" end
  end
  return table.concat(out)
end

-- Fall and recovery where the persons' wishes change.
local function shift_list(data)
  local out = {}
  for i, sentence in ipairs(shifts.sentences(data)) do out[i] = "<li>" .. escape(sentence) .. "</li>\n" end
  if #out == 0 then return "" end
  return "<h3 class='spaced'>Fall and recovery</h3><ul class='verdicts'>\n" .. table.concat(out) .. "</ul>\n"
end

-- What the study expects, and what of it is so.
local function expectations(data)
  local out = {}
  for i, o in ipairs(data.expectations or {}) do
    out[i] = string.format("<li%s>%s %s <span class='soft'>(%s)</span></li>\n", o.met and "" or " class='warn'",
      o.met and "✓" or "✗", escape(o.what), escape(o.figures))
  end
  if data.expectations_pending then return "<p class='soft'>" .. escape(words.pending) .. "</p>\n" end
  if #out == 0 then return "" end
  return "<h3 class='spaced'>What the study expects</h3><ul class='expectations'>\n" .. table.concat(out) .. "</ul>\n"
end

local TERMS = {
  { "Score", "0 to 4: one point for each of the four criteria that the rater finds fulfilled. Silence is rated too." },
  { "Recommendations alone", "the same score over what was said, without the silence. A mean that silence can win is "
    .. "never shown without it." },
  { "A waking hour", "recommendations delivered, divided by the simulated hours in which the person was awake." },
  { "Wished", "recommendations that the persons wish per waking hour, from their preferences." },
  { "Right moments, F1", "the decision to speak judged by itself: the balance of precision (recommendations in a moment of "
    .. "which Timing and Frequency are fulfilled) and recall (right moments out of these and of needs that were missed). "
    .. "Silence cannot win it." },
  { "Welcome", "share of the scored recommendations with a score of 3 or 4." },
  { "Change", "the mean over personas of their own differences, last day that all runs have finished minus day 1." },
}

local function how_to_read()
  local out = { "<h2>How to read it</h2><p>", escape(words.about_means), "</p><dl>" }
  for _, term in ipairs(TERMS) do
    out[#out + 1] = "<dt>" .. escape(term[1]) .. "</dt><dd>" .. escape(term[2]) .. "</dd>"
  end
  out[#out + 1] = "</dl>\n"
  return table.concat(out)
end

local function nothing_yet(data)
  local what, command = words.what_next(data)
  return "<p>" .. escape(what) .. "</p><p><code>" .. escape(command) .. "</code></p>\n"
end

local function body(data)
  if not words.has_days(data) then return nothing_yet(data) end
  if not words.has_ratings(data) then return recorded.html(data) .. "<p>" .. escape(words.nobody_rated(data)) .. "</p>\n" end
  return table.concat {
    answer(data), recorded.html(data), verdict_list(data), shift_list(data), expectations(data), failures(data),
    figures.days(data), figures.decisions(data), figures.comparisons(data), figures.criteria(data),
    figures.personas(data), figures.ends(data), tables.comparisons(data), tables.decisions(data), tables.published(data),
    tables.days(data), tables.personas(data), mmlu.html(data), cost.html(data, tables.plain, escape), how_to_read(),
  }
end

--- The page.
---@param data table the report's document
---@return string
function report_html.html(data)
  return style.page(data.study.name .. " – report", header(data) .. body(data))
end

return report_html

--- The figures of the page: what each shows, asks and says in its caption.

local dumbbell = require "propersim.plot_dumbbell"
local figure = require "propersim.report_figure"
local format = require "propersim.report_format"
local json = require "propersim.report_json"
local lines = require "propersim.plot_lines"
local measures = require "propersim.report_measures"
local plot = require "propersim.plot"
local forest = require "propersim.plot_forest"
local series = require "propersim.report_series"
local shifts = require "propersim.report_shifts"
local verdicts = require "propersim.report_verdicts"
local words = require "propersim.report_words"

local known = json.known

local report_figures = {}

local WIDE = { width = 540, height = 330 }
local NARROW = { width = 340, height = 290 }
local SCORES = { 0, 1, 2, 3, 4 }

local function names_of(data)
  local out = {}
  for i, condition in ipairs(data.conditions) do out[i] = condition.name end
  return out
end

local function file_name(data, what) return data.study.name .. "-" .. what end

local function drawing(spec, size)
  return { width = size.width, height = size.height, body = lines.draw(spec, size) }
end

-- f: { key (of the measures), title, about, unit, write, ticks }
local function by_day(data, f)
  local list, guides, mark = series.by_condition(data, f.key, f.write), series.guides(data, f.key), ""
  if #guides > 0 then mark = " Grey dashes: published values, by " .. words.sources(guides) .. "." end
  local wish = f.wish and series.wish(data)
  if wish then guides[#guides + 1], mark = wish, mark .. " Grey dashes named wish: what the persons wish." end
  local spec = { series = list, guides = guides, marked_days = shifts.marked_days(data), days = series.days(data),
    unit = f.unit, named = true, tick_text = f.tick_text or tostring,
    ticks = f.ticks or plot.ticks(series.highest(list, series.days(data), guides)) }
  return figure.html {
    name = file_name(data, f.file), title = f.title, caption = f.about .. " " .. words.caption(data, series.days(data)) .. mark,
    wide = drawing(spec, WIDE), narrow = drawing(spec, NARROW), csv = series.days_csv(data, { f.key }),
  }
end

local function whole(v) return v == math.floor(v) and string.format("%d", v) or string.format("%g", v) end

--- The means by day: two pairs of figures, the score never without that of the recommendations alone.
---@param data table the report's document
---@return string
function report_figures.days(data)
  local one_day = series.days(data) == 1
  return table.concat {
    "<div class='pair'>",
    by_day(data, { key = "score", file = "score", title = one_day and "What is the score?" or "Does the score rise?",
      unit = "score, all ratings", ticks = SCORES, write = format.score,
      about = "Mean score of all ratings, 0 to 4, silence included." }),
    by_day(data, { key = "said", file = "recommendations", title = "Is what it says any good?",
      unit = "score, recommendations alone", ticks = SCORES, write = format.score,
      about = "Mean score of the recommendations alone: silence cannot win here. Who heard none on a day is left out "
        .. "of that day." }),
    by_day(data, { key = "rate", file = "rate", wish = true, title = "How often does it speak?",
      unit = "recommendations per waking hour", write = format.rate, tick_text = whole,
      about = "Recommendations per hour in which the person is awake." }),
    by_day(data, { key = "success", file = "success", title = "How many recommendations are welcome?",
      unit = "share with a score of 3 or 4", ticks = { 0, 0.25, 0.5, 0.75, 1 }, write = format.percent,
      tick_text = format.percent, about = "Share of the scored recommendations with a score of 3 or 4." }),
    "</div>\n",
  }
end

--- The decision to speak, judged by itself, and the content of what was said in right moments.
---@param data table the report's document
---@return string
function report_figures.decisions(data)
  local panels, keys, days = {}, {}, series.days(data)
  for i, panel in ipairs { { "f1", "F1 of the decision to speak" }, { "precision", "Precision: right moments of all" },
    { "recall", "Recall: needs that were met" }, { "content", "Right content in right moments" } } do
    local spec = { series = series.by_condition(data, panel[1], format.percent), days = days, unit = panel[2],
      ticks = { 0, 0.25, 0.5, 0.75, 1 }, tick_text = format.percent, marked_days = shifts.marked_days(data) }
    panels[i] = drawing(spec, { width = 268, height = 224 })
    panels[i].label, keys[i] = panel[2] .. " by day", panel[1]
  end
  return figure.panels {
    name = file_name(data, "decisions"), panels = panels, columns = 4, class = "four", names = names_of(data),
    csv = series.days_csv(data, keys), title = "Does it speak when it should, and then of the right thing?",
    caption = "Judged by the person's own ratings: a right moment fulfils Timing and Frequency; a need is a stretch of silence "
      .. "that they found overdue. Silence cannot win F1. " .. words.caption(data, days),
  }
end

local function forest_rows(data)
  local index, rows, csv = {}, {}, {}
  for i, condition in ipairs(data.conditions) do index[condition.name] = i end
  for _, pair in ipairs(data.comparisons.pairs) do
    local row = { label = pair.b .. " − " .. pair.a, index = index[pair.b], differences = {} }
    for t, m in ipairs(pair.measures) do
      local mean, bounds = known(m.difference), known(m.difference_ci95) or {}
      row.differences[t] = mean and { mean = mean, low = bounds[1], high = bounds[2], floor = known(m.noise_floor),
        sure = known(m.verdict) ~= nil, title = string.format("%s, %s: %s, p %s (Holm)", row.label, verdicts.name(m.measure),
          format.with_interval(m.difference, m.difference_ci95, format.change), format.p(m.p_holm)) }
      csv[#csv + 1] = { pair.a, pair.b, m.measure, m.personas_n, m.a, m.b, m.difference, bounds[1], bounds[2], m.p_permutation,
        m.p_wilcoxon, m.p_holm, m.p_wilcoxon_holm, m.cohens_d, m.cliffs_delta, m.noise_floor, m.verdict }
    end
    rows[#rows + 1] = row
  end
  return rows, csv
end

--- The differences between conditions; nothing if there is nothing to compare.
function report_figures.comparisons(data)
  local rows, csv = forest_rows(data)
  if #csv == 0 then return "" end
  local tracks, head = {}, { "a", "b", "measure", "personas", "mean_a", "mean_b", "difference", "ci95_low", "ci95_high",
    "p_permutation", "p_wilcoxon", "p_holm", "p_wilcoxon_holm", "cohens_d", "cliffs_delta", "noise_floor", "verdict" }
  for t, m in ipairs(data.comparisons.pairs[1].measures) do tracks[t] = verdicts.name(m.measure) end
  local function draw(width, label_width, shown)
    local spec, size = { tracks = { table.unpack(tracks, 1, shown) }, rows = rows }, { width = width, label_width = label_width }
    return { width = width, height = forest.height(#rows), body = forest.draw(spec, size) }
  end
  return figure.html {
    name = file_name(data, "comparisons"), title = "What is the difference, and is it sure?", wide = draw(1120, 190),
    narrow = draw(340, 110, 2), csv = series.csv(head, csv),
    caption = "Difference of the second condition to the first over the final days, right of zero is better; bar: 95 % interval "
      .. "over personas; filled mark: sure at 5 % after Holm's correction of all " .. data.comparisons.tests_n
      .. " tests; soft band: what other seeds alone would change (where a study has several seeds).",
  }
end

--- The four criteria side by side.
function report_figures.criteria(data)
  local panels, keys, days = {}, {}, series.days(data)
  for i, m in ipairs(measures.criteria) do
    local spec = { series = series.by_condition(data, m.key, format.score), days = days, unit = m.about,
      ticks = { 0, 0.25, 0.5, 0.75, 1 }, tick_text = format.percent, marked_days = shifts.marked_days(data) }
    panels[i] = drawing(spec, { width = 268, height = 224 })
    panels[i].label, keys[i] = m.about .. " by day", m.key
  end
  return figure.panels {
    name = file_name(data, "criteria"), panels = panels, columns = 4,
    class = "four", names = names_of(data), csv = series.days_csv(data, keys),
    title = days == 1 and "Which criteria are fulfilled?" or "Which criterion carries the change?",
    caption = "Share of all scored ratings that fulfil each criterion, silence included. The score is the sum of the four. "
      .. words.caption(data, series.days(data)),
  }
end

local function persona_panel(data, persona, days, width)
  local tracks = { { "score_by_day", "all ratings" }, { "recommendation_score_by_day", "recommendations alone" } }
  local out = { plot.text("small strong", 0, 11, "start", plot.cut(persona.name, 24)) }
  for i, track in ipairs(tracks) do
    local size = { width = width, height = i == 1 and 84 or 98, small = true, no_days = i == 1 }
    local spec = { series = series.of_persona(data, persona.id, track[1], format.score), days = days, unit = track[2],
      ticks = { 0, 2, 4 }, tick_text = tostring }
    out[#out + 1] = string.format("<g transform='translate(0,%d)'>%s</g>", i == 1 and 18 or 104, lines.draw(spec, size))
  end
  return { width = width, height = 204, body = table.concat(out), label = persona.name .. ": score by day" }
end

local function personas_csv(data)
  local rows = {}
  for _, condition in ipairs(data.conditions) do
    for _, p in ipairs(condition.personas) do
      for day = 1, p.days_n do
        rows[#rows + 1] = { condition.name, p.id, p.name, day, p.score_by_day[day], p.recommendation_score_by_day[day],
          p.recommendations_per_hour_by_day[day], p.wish_per_hour_by_day[day], p.decision_f1_by_day[day] }
      end
    end
  end
  return series.csv({ "condition", "persona", "name", "day", "score", "recommendation_score", "recommendations_per_hour",
    "wish_per_hour", "decision_f1" }, rows)
end

--- Every persona's days, on shared axes; nothing if there is only one, whom the other figures show.
function report_figures.personas(data)
  local panels, days, personas = {}, series.days(data), series.personas(data)
  if #personas < 2 then return "" end
  for i, persona in ipairs(personas) do panels[i] = persona_panel(data, persona, days, #personas <= 4 and 268 or 176) end
  local seeds = data.study.seeds_n > 1 and string.format(" Mean of %d seeds.", data.study.seeds_n) or ""
  return figure.panels {
    name = file_name(data, "personas"), title = "Is it so for everybody?", panels = panels,
    columns = 6, class = #panels <= 4 and "four" or "many",
    names = names_of(data), csv = personas_csv(data),
    caption = "Daily mean score of each persona, 0 to 4, day" .. (days > 1 and "s 1 to " .. days or " 1")
      .. ": above of all ratings, below of the recommendations alone." .. seeds,
  }
end

local function ends_of(persona, field, condition)
  local first, last = known(persona[field .. "_first"]), known(persona[field .. "_last"])
  local function title(value, day)
    return value and string.format("%s in %s, day %d: %s", persona.name, condition.name, day, format.score(value))
  end
  return { first = first, last = last, first_title = title(first, 1), last_title = title(last, persona.days_n) }
end

local function condition_ends(data, condition, i)
  local rows, csv, one_day = {}, {}, #condition.days == 1
  for k, p in ipairs(condition.personas) do
    rows[k] = { label = p.name, ends = { ends_of(p, "score", condition), ends_of(p, "recommendation_score", condition) } }
    csv[k] = { p.id, p.name, p.days_n, p.score_first, p.score_last, p.recommendation_score_first, p.recommendation_score_last }
  end
  local spec = { index = i, ticks = SCORES, one_day = one_day, rows = rows,
    tracks = { { title = "all ratings" }, { title = "recommendations alone" } } }
  local function draw(width, label_width)
    local size = { width = width, label_width = label_width }
    return { width = width, height = dumbbell.height(#rows), body = dumbbell.draw(spec, size) }
  end
  return figure.html {
    name = file_name(data, condition.name .. "-first-last"),
    title = condition.name .. (one_day and ": who is served well?" or ": who gains?"),
    caption = one_day and "Mean score of day 1."
      or "Mean score of a persona's first day (hollow) and of its last finished day (filled).",
    wide = draw(540, 150), narrow = draw(340, 104),
    csv = series.csv({ "persona", "name", "last_day", "score_first", "score_last", "recommendation_score_first",
      "recommendation_score_last" }, csv),
  }
end

--- First and last day of every persona, a figure a condition; nothing for one persona.
function report_figures.ends(data)
  if data.study.personas_n < 2 then return "" end
  local out = { "<div class='pair'>" }
  for i, condition in ipairs(data.conditions) do
    if #condition.days > 0 then out[#out + 1] = condition_ends(data, condition, i) end
  end
  out[#out + 1] = "</div>\n"
  return table.concat(out)
end

return report_figures

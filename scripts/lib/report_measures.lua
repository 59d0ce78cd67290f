--- What the report measures in one day of one run, each the quotient of two sums; and the words for it.

local report_measures = {}

local function measure(key, field, over, under, about)
  local base = field:gsub("_mean$", "")
  return { key = key, name = base, field = field, interval = base .. "_ci95", personas = base .. "_n", over = over, under = under,
    about = about }
end

-- key: inside of the report; field, interval, personas: in its document; over / under: sums of a day
-- (host/sim/results.h).
report_measures.list = {
  measure("score", "score_mean", "score_sum", "scored", "mean score of all ratings, silence included"),
  measure("rate", "recommendations_per_hour", "recommendations", "awake_hours", "recommendations per waking hour"),
  measure("said", "recommendation_score_mean", "recommendation_score_sum", "recommendations_scored",
    "mean score of the recommendations alone"),
  measure("success", "success_rate", "successes", "recommendations_scored",
    "share of the scored recommendations with a score of 3 or 4"),
  measure("silence", "abstention_score_mean", "abstention_score_sum", "abstentions_scored",
    "mean score of the abstentions alone"),
}

report_measures.criteria = {
  measure("preference", "preference", "preference_sum", "scored", "Personal preference"),
  measure("timing", "timing", "timing_sum", "scored", "Timing"),
  measure("frequency", "frequency", "frequency_sum", "scored", "Frequency"),
  measure("communication", "communication", "communication_sum", "scored", "Communication and safety"),
}

-- Counted over all personas and seeds of a day.
report_measures.totals = { "ratings", "failed", "recommendations", "abstentions", "awake_hours" }

--- The measure of this name, as a study's `published` says it; nil if there is none.
---@param name string
---@return table|nil measure
---@return boolean is_criterion its values are in `criteria` of a day
function report_measures.named(name)
  for _, m in ipairs(report_measures.list) do
    if m.name == name then return m, false end
  end
  for _, m in ipairs(report_measures.criteria) do
    if m.field == name then return m, true end
  end
  return nil, false
end

--- The measure's value on a day, nil where there is nothing to divide by.
---@param m table one of the lists' measures
---@param day table the sums of a day, awake_hours among them
---@return number|nil
function report_measures.value(m, day)
  if day[m.under] == 0 then return nil end
  return day[m.over] / day[m.under]
end

return report_measures

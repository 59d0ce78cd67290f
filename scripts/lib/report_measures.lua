--- What the report measures in one day of one run, each the quotient of two sums; and the words for it.

local json = require "propersim.report_json"

local known = json.known

local report_measures = {}

local SCORE, SHARE, COUNT = { 0, 4 }, { 0, 1 }, { 0, math.huge }

local function measure(key, field, range, over, under, about)
  local base = field:gsub("_mean$", "")
  return { key = key, name = base, field = field, interval = base .. "_ci95", personas = base .. "_n", over = over,
    under = under, about = about, range = range }
end

-- key: inside of the report; range: what a value can be; field, interval, personas: in its document; over / under: sums of
-- a day (host/sim/results.h, and those of `complete`).
report_measures.list = {
  measure("score", "score_mean", SCORE, "score_sum", "scored", "mean score of all ratings, silence included"),
  measure("rate", "recommendations_per_hour", COUNT, "recommendations", "awake_hours", "recommendations per waking hour"),
  measure("said", "recommendation_score_mean", SCORE, "recommendation_score_sum", "recommendations_scored",
    "mean score of the recommendations alone"),
  measure("success", "success_rate", SHARE, "successes", "recommendations_scored",
    "share of the scored recommendations with a score of 3 or 4"),
  measure("silence", "abstention_score_mean", SCORE, "abstention_score_sum", "abstentions_scored",
    "mean score of the abstentions alone"),
  measure("wish", "wish_per_hour", COUNT, "wish", "awake_hours", "recommendations wished per waking hour"),
  measure("match", "wish_match", SHARE, "wish_met", "wish_or_more", "how well the number of recommendations fits the wish"),
  measure("precision", "decision_precision", SHARE, "right_moments", "spoken", "share of the recommendations in a right moment"),
  measure("recall", "decision_recall", SHARE, "right_moments", "wanted", "share of the wanted recommendations that were made"),
  measure("f1", "decision_f1", SHARE, "right_twice", "spoken_and_wanted", "balance of precision and recall"),
  measure("content", "content_rate", SHARE, "right_contents", "right_moments",
    "share of the recommendations in a right moment whose content was right"),
  measure("alarms", "false_alarms_per_hour", COUNT, "false_alarms", "awake_hours",
    "recommendations in a wrong moment per waking hour"),
  measure("missed", "needs_missed_per_day", COUNT, "needs_missed", "days", "needs that nobody answered per day"),
  measure("overdue", "overdue_rate", SHARE, "overdue_steps", "awake_steps", "share of the waking time that was overdue silence"),
}

report_measures.criteria = {
  measure("preference", "preference", SHARE, "preference_sum", "by_criterion", "Personal preference"),
  measure("timing", "timing", SHARE, "timing_sum", "by_criterion", "Timing"),
  measure("frequency", "frequency", SHARE, "frequency_sum", "by_criterion", "Frequency"),
  measure("communication", "communication", SHARE, "communication_sum", "by_criterion", "Communication and safety"),
}

-- Counted over all personas and seeds of a day.
report_measures.totals = { "ratings", "failed", "recommendations", "abstentions", "awake_hours", "right_moments",
  "false_alarms", "right_contents", "needs_missed", "needs_answered" }

-- What conditions are compared by. None of them can be won by silence alone but the first, which is never shown alone; of
-- all of them, more is better.
report_measures.compared = {
  { key = "score", words = "the score", short = "score", tiny = "score" },
  { key = "said", words = "the recommendations alone", short = "recommendations alone", tiny = "recs only" },
  { key = "f1", words = "the decision to speak (F1)", short = "decision to speak, F1", tiny = "decision F1" },
  { key = "match", words = "how well the number fits the wish", short = "fit with the wish", tiny = "wish match" },
}

local BY_KEY = {}
for _, m in ipairs(report_measures.list) do BY_KEY[m.key] = m end

--- The measure with this key of `list`.
---@param key string
---@return table
function report_measures.of(key) return BY_KEY[key] end

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

-- Counts that results of older versions lack.
local DECISIONS = { "right_moments", "false_alarms", "right_contents", "needs_missed", "needs_answered", "overdue_steps" }

-- The decisions to speak; nothing where ratings do not say what they were for.
local function complete_decisions(out, is_known)
  for _, key in ipairs(DECISIONS) do
    if is_known then out[key] = out[key] or 0 else out[key] = nil end
  end
  if not is_known then return end
  out.spoken = out.right_moments + out.false_alarms
  out.wanted = out.right_moments + out.needs_missed
  out.right_twice, out.spoken_and_wanted = 2 * out.right_moments, out.spoken + out.wanted
end

--- A day's sums with those that follow from them.
---@param day table of the host's document
---@param sec_per_step integer
---@return table
function report_measures.complete(day, sec_per_step)
  local out = {}
  for key, value in pairs(day) do out[key] = known(value) end
  out.awake_hours = day.awake_steps * sec_per_step / 3600
  out.wish_met = out.wish and math.min(out.recommendations, out.wish)
  out.wish_or_more = out.wish and math.max(out.recommendations, out.wish)
  out.days = 1
  -- of imported ratings only the total may be known: the criteria then add up to less, and tell nothing of decisions
  local sum = day.preference_sum + day.timing_sum + day.frequency_sum + day.communication_sum
  local by_criterion = sum >= day.score_sum
  if by_criterion then out.by_criterion = day.scored end
  complete_decisions(out, by_criterion)
  if out.recommendations + out.abstentions + out.ratings == 0 then -- no assistant: not one that never speaks
    out.awake_hours, out.awake_steps, out.days, out.wish_or_more = 0, 0, 0, 0
  end
  return out
end

--- The lowest and highest difference of two values of a measure.
---@param m table one of the lists' measures
---@return number[]
function report_measures.change_range(m) return { m.range[1] - m.range[2], m.range[2] - m.range[1] } end

--- The two sums of a measure on a day; nil where they are not known.
---@param m table one of the lists' measures
---@param day table of `complete`
---@return number|nil over
---@return number|nil under
function report_measures.sums(m, day)
  local over, under = day[m.over], day[m.under]
  if over and under then return over, under end
  return nil
end

return report_measures

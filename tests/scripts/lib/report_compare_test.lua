-- Decisions, final days and comparisons of a report: worked out by hand beside each expectation.

local json = require "json"
local report = require "propersim.report"
local verdicts = require "propersim.report_verdicts"

local known = function(v) return v ~= json.null and v or nil end

local function near(value, expected, what)
  assert(value ~= json.null and value ~= nil, what .. ": is null, expected " .. tostring(expected))
  assert(math.abs(value - expected) < 1e-9, string.format("%s: expected %.12f, got %.12f", what, expected, value))
end

-- 10 hours awake, 100 ratings with this mean score, and what else is said.
local function day(number, score, fields)
  local out = {
    day = number, finished = true, steps = 576, awake_steps = 240, ratings = 100, scored = 100, failed = 0,
    score_sum = 100 * score, preference_sum = 100, timing_sum = 100, frequency_sum = 100, communication_sum = 100,
    recommendations = 10, recommendations_scored = 10, recommendation_score_sum = 20, successes = 0, abstentions = 90,
    abstentions_scored = 90, abstention_score_sum = 90, right_moments = 0, false_alarms = 0, right_contents = 0,
    needs_missed = 0, needs_answered = 0, overdue_steps = 0, wish = json.null,
  }
  for key, value in pairs(fields or {}) do
    assert(out[key] ~= nil, "no such sum: " .. key)
    out[key] = value
  end
  return out
end

local function run(condition, persona, seed, days)
  return { condition = condition, persona = persona, persona_name = persona, seed = seed, file = "f", program = "0.1.0",
    sec_per_step = 150, steps_per_day = 576, days = days, days_finished = #days }
end

local function compute(days, runs, study_report)
  local names, conditions = {}, {}
  for _, r in ipairs(runs) do
    if not names[r.condition] then
      names[r.condition] = true
      conditions[#conditions + 1] = { name = r.condition, models = { rater = "offline" } }
    end
  end
  return report.compute {
    study = { name = "demo", folder = "out", days = days, program = "0.1.0", conditions = conditions,
      report = study_report or {} },
    runs = runs,
  }
end

describe("the decision to speak", function()
  it("is not judged where only the totals of ratings are known", function()
    local totals = { preference_sum = 0, timing_sum = 0, frequency_sum = 0, communication_sum = 0, false_alarms = 10 }
    local first = compute(1, { run("c", "p1", 1, { day(1, 1.5, totals) }) }).conditions[1].days[1]
    for _, field in ipairs { "decision_f1", "decision_precision", "false_alarms_per_hour", "false_alarms", "needs_missed" } do
      assert(first[field] == json.null, field .. " is not known")
    end
  end)

  local data = compute(1, { run("c", "p1", 1, { day(1, 2, { right_moments = 3, false_alarms = 6, right_contents = 2,
    needs_missed = 1, needs_answered = 2, overdue_steps = 24, recommendations = 9, wish = 7 }) }) })
  local d, final = data.conditions[1].days[1], data.conditions[1].final

  it("has precision, recall and their balance", function()
    near(d.decision_precision, 3 / 9, "precision")
    near(d.decision_recall, 3 / 4, "recall")
    near(d.decision_f1, 2 * 3 / (2 * 3 + 6 + 1), "F1")
    near(d.false_alarms_per_hour, 0.6, "false alarms in 10 hours")
    near(d.needs_missed_per_day, 1, "missed")
    near(d.overdue_rate, 0.1, "24 of 240 steps")
  end)

  it("is apart from the content", function()
    near(d.content_rate, 2 / 3, "content in right moments")
  end)

  it("stands beside the wish", function()
    near(d.wish_per_hour, 0.7, "wish")
    near(d.wish_match, 7 / 9, "9 for 7")
    assert(final.within_half_of_wish == 1 and final.within_quarter_of_wish == 0 and final.wishes_n == 1, "two too many")
    assert(d.needs_answered == 2 and d.right_moments == 3, "counts")
  end)

  it("cannot be won by silence", function()
    local silent = compute(1, { run("c", "p1", 1, { day(1, 4, { recommendations = 0, recommendations_scored = 0,
      needs_missed = 2, wish = 6 }) }) }).conditions[1].days[1]
    assert(silent.decision_precision == json.null, "nothing was said")
    near(silent.decision_recall, 0, "recall")
    near(silent.decision_f1, 0, "F1")
    near(silent.wish_match, 0, "match")
    assert(silent.content_rate == json.null, "no content")
  end)

  it("is not known where nobody wished and nothing was said", function()
    local nothing = compute(1, { run("c", "p1", 1, { day(1, 4, { recommendations = 0 }) }) }).conditions[1]
    assert(nothing.days[1].decision_f1 == json.null and nothing.days[1].wish_per_hour == json.null, "nothing to divide by")
    assert(nothing.final.wishes_n == 0, "no wish is known")
  end)
end)

describe("the final days", function()
  it("are a fifth of the days, pooled", function()
    local days = {}
    for i = 1, 6 do days[i] = day(i, 1) end
    days[6].scored, days[6].score_sum = 300, 1200
    local c = compute(6, { run("c", "p1", 1, days) }).conditions[1]
    assert(c.final.from == 5 and c.final.to == 6, "the last two of six")
    near(c.final.score, (100 + 1200) / 400, "sums over sums")
  end)

  it("say what other seeds alone would change", function()
    local c = compute(1, { run("c", "p1", 1, { day(1, 1) }), run("c", "p1", 2, { day(1, 3) }) }).conditions[1]
    near(c.final.score_noise_floor, math.tan(math.pi * 0.475) * math.sqrt(2) * math.sqrt(2 * 0.5), "t(1) sd sqrt(2 / 2)")
    assert(compute(1, { run("c", "p1", 1, { day(1, 1) }) }).conditions[1].final.score_noise_floor == json.null, "one seed")
  end)

  it("do not exist before a day is finished by all", function()
    local c = compute(2, { run("c", "p1", 1, { day(1, 1) }), run("c", "p2", 1, {}) }).conditions[1]
    assert(c.final == json.null and c.curve == json.null, "no final days")
  end)
end)

describe("learning curves", function()
  it("have an area and a day of nine tenths", function()
    local runs = {}
    for p = 1, 3 do
      runs[p] = run("c", "p" .. p, 1, { day(1, 1), day(2, 2), day(3, 2.9 + p / 100), day(4, 3), day(5, 3) })
    end
    local c = compute(5, runs).conditions[1].curve
    near(c.score.area, (1.5 + 2.46 + 2.96 + 3) / 4, "mean over personas of the trapezoids")
    near(c.score.gain, 2, "gain")
    assert(c.score.days_to_90 == 3, "2.92 is more than 2.8")
    assert(c.recommendation_score.days_to_90 == json.null, "no gain")
  end)

  it("do not call it a gain where chance could have made it", function()
    local c = compute(2, { run("c", "p1", 1, { day(1, 1), day(2, 3) }), run("c", "p2", 1, { day(1, 1.2), day(2, 1.1) }) })
    assert(c.conditions[1].curve.score.days_to_90 == json.null, "one rose, one did not")
  end)
end)

-- Eight personas whose score is 1 + p / 10 in a, and more by 1 + p / 100 in b.
local function eight(change)
  local runs = {}
  for p = 1, 8 do
    runs[#runs + 1] = run("a", "p" .. p, 1, { day(1, 1 + p / 10) })
    runs[#runs + 1] = run("b", "p" .. p, 1, { day(1, 2 + p / 10 + p / 100) })
  end
  if change then change(runs) end
  return runs
end

describe("comparisons", function()
  it("pair personas and seeds", function()
    local c = compute(1, eight()).comparisons
    assert(#c.pairs == 1 and c.baseline == json.null, "one pair of conditions")
    local pair, t = c.pairs[1], c.pairs[1].measures[1]
    assert(pair.a == "a" and pair.b == "b" and pair.personas_n == 8 and pair.runs_n == 8 and #pair.unpaired == 0, "pairs")
    near(t.difference, 1.045, "mean of 1.01 to 1.08")
    near(t.p_permutation, 2 / 256, "all on one side")
    near(t.p_wilcoxon, 2 / 256, "all on one side")
    near(t.cohens_d, 1.045 / math.sqrt(0.0006), "sd of 1.01 to 1.08 is sqrt(0.0006)")
    assert(t.cliffs_delta == 1 and t.permutation_exact and t.wilcoxon_exact, "all of b above all of a")
    assert(t.noise_floor == json.null, "one seed")
  end)

  it("correct all tests of the report together", function()
    local c = compute(1, eight()).comparisons
    assert(c.tests_n == 2, "score and recommendations alone; no F1 and no wish are known: " .. c.tests_n)
    near(c.pairs[1].measures[1].p_holm, 2 * 2 / 256, "twice the smallest")
    near(c.pairs[1].measures[2].p_holm, 1, "no difference")
    assert(c.pairs[1].measures[1].verdict == "better" and c.pairs[1].measures[2].verdict == json.null, "verdicts")
  end)

  it("leave out what has no partner, and say so", function()
    local pair = compute(1, eight(function(runs)
      runs[1].seed = 7
      runs[#runs + 1] = run("b", "p9", 1, { day(1, 1) })
    end)).comparisons.pairs[1]
    assert(pair.personas_n == 7, "p1 has no partner")
    assert(table.concat(pair.unpaired, "; ") == "p1, seed 7, of a; p1, seed 1, of b; p9, seed 1, of b",
      table.concat(pair.unpaired, "; "))
  end)

  it("average a persona's seeds first, and know the noise between them", function()
    local runs = {}
    for p = 1, 3 do
      for seed = 1, 2 do
        runs[#runs + 1] = run("a", "p" .. p, seed, { day(1, 1 + seed / 10) })
        runs[#runs + 1] = run("b", "p" .. p, seed, { day(1, 2 + seed / 10 * 3) })
      end
    end
    local t = compute(1, runs).comparisons.pairs[1].measures[1]
    assert(t.personas_n == 3, "personas")
    near(t.difference, 1.3, "1 + (0.2 + 0.4) / 2")
    local sd = math.sqrt((0.1 ^ 2 / 2 + 0.3 ^ 2 / 2) / 2) -- pooled over both conditions, 6 degrees of freedom
    near(t.noise_floor, 2.446911851145 * sd * math.sqrt(2 * 0.5 / 3), "floor")
    for _, width in ipairs { 40, 80, 120 } do
      local text = report.text(compute(1, runs), { width = width }):gsub("%s+", " ")
      local floor = string.format("other seeds alone change: score %.2f, recs only 0.00.", t.noise_floor)
      assert(text:find(floor, 1, true), text)
      assert(text:find("Over day 1: 3 personas, 6 pairs of runs.", 1, true), text)
    end
  end)

  it("set all others beside the baseline", function()
    local runs = {}
    for _, name in ipairs { "x", "y", "z" } do
      for p = 1, 2 do runs[#runs + 1] = run(name, "p" .. p, 1, { day(1, 2) }) end
    end
    assert(#compute(1, runs).comparisons.pairs == 3, "every pair")
    local c = compute(1, runs, { baseline = "y" }).comparisons
    assert(#c.pairs == 2 and c.pairs[1].a == "y" and c.pairs[2].a == "y" and c.baseline_stated, "beside y")
  end)

  it("take the first as baseline where there are many, and say so", function()
    local runs = {}
    for i = 1, 7 do runs[i] = run("c" .. i, "p1", 1, { day(1, 2) }) end
    local c = compute(1, runs).comparisons
    assert(#c.pairs == 6 and c.baseline == "c1" and not c.baseline_stated, "beside the first")
    assert(verdicts.about(c):find("beside the first, c1; `baseline`", 1, true), verdicts.about(c))
  end)
end)

describe("in words", function()
  local function sentence(runs)
    local c = compute(1, runs).comparisons
    return verdicts.sentence(c.pairs[1], c)
  end

  it("what is better, worse and open is named", function()
    local text = sentence(eight())
    assert(text:find("^b beside a: better in the score %(%+1%.0%d %[%+1%.0%d, %+1%.0%d%]%); no sure difference in "), text)
    assert(text:find("One seed: what other seeds alone would change is not known", 1, true), text)
    text = sentence(eight(function(runs)
      for _, r in ipairs(runs) do
        if r.condition == "b" then r.days[1].score_sum = r.days[1].score_sum - 180 end
      end
    end))
    assert(text:find("worse in the score (-0.7", 1, true), text)
  end)

  it("a difference that is sure but would read as 0.00 is called what it is", function()
    local text = sentence(eight(function(runs)
      for i, r in ipairs(runs) do r.days[1].score_sum = r.condition == "b" and 200.3 + i / 100 or 200 end
    end))
    assert(text:find("better in the score (by less than 0.005)", 1, true), text)
  end)

  it("one sentence is enough where no comparison can tell", function()
    local runs = {}
    for _, name in ipairs { "x", "y", "z" } do
      for p = 1, 2 do runs[#runs + 1] = run(name, "p" .. p, 1, { day(1, 2) }) end
    end
    local text = verdicts.none_can_tell(compute(1, runs).comparisons)
    assert(text == "No two conditions can be told apart: 2 personas are too few to tell: even if all agreed, p would be "
      .. "0.500.", text)
    assert(verdicts.none_can_tell(compute(1, eight()).comparisons) == nil, "eight can")
  end)

  it("too few personas are told so", function()
    local runs = eight()
    assert(sentence { runs[1], runs[2] }:find("With one persona there is nothing to test", 1, true), "one")
    local two = sentence { runs[1], runs[2], runs[3], runs[4] }
    assert(two:find("2 personas are too few to tell: even if all agreed, p would be 0.500", 1, true), two)
  end)

  -- Six personas who all gain by one in each of three conditions beside the next.
  local function six()
    local runs = {}
    for c, name in ipairs { "x", "y", "z" } do
      for p = 1, 6 do runs[#runs + 1] = run(name, "p" .. p, 1, { day(1, c + p / 100) }) end
    end
    return compute(1, runs)
  end

  it("so are personas that are too few for so many tests", function()
    local data = six()
    local c = data.comparisons
    local t = c.pairs[1].measures[1]
    assert(c.tests_n == 6 and known(t.verdict) == nil, "score and recommendations alone, three pairs")
    near(t.p_permutation, 2 / 64, "all on one side")
    near(t.p_holm_smallest, 6 * 2 / 64, "six tests")
    local text = verdicts.sentence(c.pairs[1], c)
    assert(text == "y beside x: 6 personas are too few for 6 tests: even if all agreed, p after Holm would be 0.188; use more "
      .. "personas (8 or more) or fewer comparisons.", text)
    assert(verdicts.none_can_tell(c):find("6 personas are too few for 6 tests", 1, true), "one sentence for all")
    assert(report.html(data):find("<td>too few personas</td>", 1, true), "in the table of the page")
  end)

  it("and what one measure alone has too few for", function()
    local c = compute(1, eight(function(runs)
      for i, r in ipairs(runs) do
        if i > 8 then r.days[1].recommendations_scored = 0 end
      end
    end)).comparisons
    local text = verdicts.sentence(c.pairs[1], c)
    assert(text:find("better in the score", 1, true), text)
    assert(text:find("too few personas to be sure of the recommendations alone", 1, true), text)
    local alone = c.pairs[1].measures[2]
    assert(alone.personas_n == 4 and verdicts.outcome(alone, c.level) == "too few personas", alone.personas_n)
    near(alone.p_holm_smallest, 2 / 16, "the smaller one is corrected for both, this one for itself")
  end)

  it("an effect has no size where nothing is sure", function()
    local c = compute(1, eight()).comparisons
    local sure, open = c.pairs[1].measures[1], c.pairs[1].measures[2]
    assert(sure.size == "large" and open.size == json.null, "Cliff's delta 1 and 0")
    assert(verdicts.effect(sure, "cohens_d", c.level):find("^%+42"), verdicts.effect(sure, "cohens_d", c.level))
    local runs = eight()
    local few = compute(1, { runs[1], runs[2], runs[3], runs[4], runs[5], runs[6] })
    local t = few.comparisons.pairs[1].measures[1]
    assert(t.size == json.null and t.cohens_d > 100, "three personas: the number stays in the document")
    assert(verdicts.effect(t, "cohens_d", c.level) == "–", "and is not shown")
    assert(not report.html(few):find("large</td>", 1, true), "nor called large")
  end)
end)

describe("intervals", function()
  local function scores(day_of)
    local runs = {}
    for p, v in ipairs { 0.1, 4, 4 } do runs[p] = run("c", "p" .. p, 1, { day_of(v), day_of(v, 2) }) end
    return compute(2, runs).conditions[1]
  end

  it("end where the values can", function()
    local c = scores(function(v, n)
      return day(n or 1, v, { successes = v > 1 and 10 or 2, recommendations = v > 1 and 1 or 40 })
    end)
    local d, final = c.days[1], c.final
    assert(d.score_ci95[1] == 0 and d.score_ci95[2] == 4, "scores are from 0 to 4")
    assert(d.success_rate_ci95[1] == 0 and d.success_rate_ci95[2] == 1, "shares from 0 to 1")
    assert(d.recommendations_per_hour_ci95[1] == 0 and d.recommendations_per_hour_ci95[2] > 1, "nothing is said less than never")
    assert(final.score_ci95[1] == 0 and final.score_ci95[2] == 4 and c.curve.score.area_ci95[2] == 4, "final days, areas")
  end)

  it("of differences end where differences can", function()
    local runs = {}
    for p, v in ipairs { 0, 4, 4 } do
      runs[#runs + 1] = run("a", "p" .. p, 1, { day(1, 0), day(2, v) })
      runs[#runs + 1] = run("b", "p" .. p, 1, { day(1, v), day(2, v) })
    end
    local data = compute(2, runs)
    local change = data.conditions[1].change
    assert(change.score_ci95[2] == 4 and change.score_ci95[1] < 0 and change.score_ci95[1] >= -4, "change")
    assert(data.conditions[1].curve.score.gain_ci95[2] == 4, "gain")
    local pair = compute(1, { run("a", "p1", 1, { day(1, 0) }), run("b", "p1", 1, { day(1, 4) }),
      run("a", "p2", 1, { day(1, 1) }), run("b", "p2", 1, { day(1, 1) }) }).comparisons.pairs[1]
    assert(pair.measures[1].difference == 2, "4 and 0")
    assert(pair.measures[1].difference_ci95[1] == -4 and pair.measures[1].difference_ci95[2] == 4, "two personas")
  end)
end)

-- The numbers of a report, each worked out by hand beside its expectation.

local json = require "json"
local report = require "propersim.report"

local function near(value, expected, what)
  assert(value ~= json.null and value ~= nil, what .. ": is null, expected " .. tostring(expected))
  assert(math.abs(value - expected) < 1e-9, string.format("%s: expected %.12f, got %.12f", what, expected, value))
end

local function day(number, fields)
  local out = {
    day = number, finished = true, steps = 576, awake_steps = 240, ratings = 0, scored = 0, failed = 0, score_sum = 0,
    preference_sum = 0, timing_sum = 0, frequency_sum = 0, communication_sum = 0, recommendations = 0,
    recommendations_scored = 0, recommendation_score_sum = 0, successes = 0, abstentions = 0, abstentions_scored = 0,
    abstention_score_sum = 0,
  }
  for key, value in pairs(fields) do
    assert(out[key] ~= nil, "no such sum: " .. key)
    out[key] = value
  end
  return out
end

local function run(condition, persona, seed, days)
  local finished = 0
  for _, d in ipairs(days) do finished = finished + (d.finished and 1 or 0) end
  return {
    condition = condition, persona = persona, persona_name = #days > 0 and "Name of " .. persona or json.null, seed = seed,
    file = "runs/x.sqlite", program = #days > 0 and "0.1.0" or json.null, sec_per_step = #days > 0 and 150 or json.null,
    steps_per_day = #days > 0 and 576 or json.null, days = days, days_finished = finished,
  }
end

local function compute(days, runs, models)
  local names, conditions = {}, {}
  for _, r in ipairs(runs) do
    if not names[r.condition] then
      names[r.condition] = true
      conditions[#conditions + 1] = { name = r.condition, models = models or { rater = "offline", assistant = "offline" } }
    end
  end
  return report.compute {
    study = { name = "demo", folder = "demo-out", days = days, program = "0.2.0", conditions = conditions }, runs = runs,
  }
end

-- Persona a has two seeds, b has one; 240 awake steps of 150 s are 10 hours.
local function two_people()
  return compute(1, {
    run("c", "a", 1, { day(1, { ratings = 5, scored = 4, failed = 1, score_sum = 8, preference_sum = 3, timing_sum = 1,
      frequency_sum = 1, communication_sum = 3, recommendations = 20, recommendations_scored = 2,
      recommendation_score_sum = 3, successes = 0, abstentions = 2, abstentions_scored = 2, abstention_score_sum = 5 }) }),
    run("c", "a", 2, { day(1, { ratings = 2, scored = 2, score_sum = 6, preference_sum = 2, timing_sum = 1,
      frequency_sum = 2, communication_sum = 1, recommendations = 40, recommendations_scored = 2,
      recommendation_score_sum = 6, successes = 2 }) }),
    run("c", "b", 1, { day(1, { ratings = 10, scored = 10, score_sum = 10, preference_sum = 1, timing_sum = 2,
      frequency_sum = 3, communication_sum = 4, recommendations = 10, abstentions = 10, abstentions_scored = 10,
      abstention_score_sum = 10 }) }),
  })
end

describe("a day of a condition", function()
  local data = two_people()
  local d = data.conditions[1].days[1]

  it("is the mean of the personas' means, seeds averaged first", function()
    near(d.score_mean, 1.75, "score") -- a: (8/4 + 6/2) / 2 = 2.5; b: 10/10 = 1
    near(d.recommendations_per_hour, 2, "per hour") -- a: (20/10 + 40/10) / 2 = 3; b: 10/10 = 1
    near(d.criteria.preference, (((3 / 4) + (2 / 2)) / 2 + 1 / 10) / 2, "preference")
    near(d.criteria.timing, (((1 / 4) + (1 / 2)) / 2 + 2 / 10) / 2, "timing")
    near(d.criteria.frequency, (((1 / 4) + (2 / 2)) / 2 + 3 / 10) / 2, "frequency")
    near(d.criteria.communication, (((3 / 4) + (1 / 2)) / 2 + 4 / 10) / 2, "communication")
  end)

  it("leaves a persona out of what it has none of", function()
    near(d.recommendation_score_mean, 2.25, "recommendations alone") -- a: (3/2 + 6/2) / 2; b said nothing that was scored
    near(d.success_rate, 0.5, "success") -- a: (0/2 + 2/2) / 2
    near(d.abstention_score_mean, 1.75, "abstentions") -- a: 5/2, its second seed has none; b: 10/10
    assert(d.score_n == 2 and d.recommendation_score_n == 1 and d.abstention_score_n == 2, "personas behind the means")
  end)

  it("has a Student-t interval over personas", function()
    -- 2.5 and 1: sd = 1.5 / sqrt 2, so sd / sqrt 2 = 0.75; t(0.95, 1) = tan(0.475 pi)
    local half = 0.75 * math.tan(0.475 * math.pi)
    assert(half > 4 and d.score_ci95[1] == 0 and d.score_ci95[2] == 4, "no further than scores go")
    assert(d.recommendation_score_ci95 == json.null, "no interval of one persona")
  end)

  it("counts over all personas and seeds", function()
    assert(d.ratings == 17 and d.failed == 1 and d.recommendations == 70 and d.abstentions == 12, "counts")
    near(d.awake_hours, 30, "awake hours")
    assert(d.personas_n == 2 and d.runs_n == 3, "who has finished the day")
  end)
end)

describe("what cannot be averaged", function()
  it("is null, never 0", function()
    local data = compute(1, { run("c", "a", 1, { day(1, { ratings = 3, failed = 3, recommendations = 3, awake_steps = 0 }) }) })
    local d, p = data.conditions[1].days[1], data.conditions[1].personas[1]
    for _, key in ipairs { "score_mean", "score_ci95", "recommendation_score_mean", "success_rate", "abstention_score_mean",
      "recommendations_per_hour" } do
      assert(d[key] == json.null, key .. " should be null")
    end
    for _, key in ipairs { "preference", "timing", "frequency", "communication" } do
      assert(d.criteria[key] == json.null, key .. " should be null")
    end
    assert(d.failed == 3 and p.failed == 3, "failed")
    assert(p.score_first == json.null and p.score_by_day[1] == json.null, "persona")
    assert(json.encode(data):find('"score_by_day":%[null%]'), "a list with null in JSON")
  end)

  it("includes days that are not finished, and runs that have not begun", function()
    local half = day(2, { ratings = 1, scored = 1, score_sum = 0 })
    half.finished = false
    local data = compute(2, {
      run("c", "a", 1, { day(1, { ratings = 1, scored = 1, score_sum = 4 }), half }), run("c", "b", 1, {}),
    })
    local c = data.conditions[1]
    assert(#c.days == 1 and c.days[1].personas_n == 1, "one finished day of one persona")
    near(c.days[1].score_mean, 4, "score")
    assert(c.personas[2].days_n == 0 and c.personas[2].name == "b" and c.personas[2].score_last == json.null, "b")
    assert(data.study.runs_finished == 0 and data.study.days_finished == 0 and c.days_finished == 0, "progress")
    assert(c.change == json.null, "no change before all have two days")
    assert(json.encode(c):find('"score_by_day":%[%]'), "an empty list stays a list")
  end)
end)

describe("personas and their change", function()
  local function score(n, sum) return day(n, { ratings = 2, scored = 2, score_sum = sum, recommendations = 10 * n }) end
  local data = compute(3, {
    run("c", "a", 1, { score(1, 2), score(2, 4), score(3, 8) }), run("c", "b", 1, { score(1, 4), score(2, 5) }),
  })
  local c = data.conditions[1]

  it("go from the first to the last finished day", function()
    local a, b = c.personas[1], c.personas[2]
    near(a.score_first, 1, "a, first")
    near(a.score_last, 4, "a, last")
    near(b.score_last, 2.5, "b, last")
    near(a.recommendations_per_hour_first, 1, "a, rate first")
    near(a.recommendations_per_hour_last, 3, "a, rate last")
    assert(#a.score_by_day == 3 and #b.score_by_day == 2 and b.days_n == 2, "days")
    assert(a.name == "Name of a" and a.seeds[1] == 1, "name and seeds")
  end)

  it("change up to the last day that all have finished, each against itself", function()
    assert(c.change.from == 1 and c.change.to == 2 and c.change.score_n == 2, "days of the change")
    near(c.change.score_mean, 0.75, "change") -- a: 2 - 1 = 1; b: 2.5 - 2 = 0.5
    local half = 0.25 * math.tan(0.475 * math.pi) -- sd = 0.5 / sqrt 2
    near(c.change.score_ci95[1], 0.75 - half, "low")
    assert(c.change.recommendation_score_mean == json.null, "nothing was said that was scored")
  end)
end)

describe("what answered", function()
  local runs = { run("c", "a", 1, {}) }
  it("is offline only if every role is", function()
    assert(compute(1, runs).offline == true, "all offline")
    assert(compute(1, runs, { rater = "offline", assistant = "gpt-4o" }).offline == false, "one model")
    assert(compute(1, runs, json.null).offline == json.null, "not known")
  end)

  it("and which version simulated it", function()
    assert(compute(1, runs).study.program == "0.2.0", "this program, before there are runs")
    assert(compute(1, { run("c", "a", 1, { day(1, {}) }) }).study.program == "0.1.0", "that of the runs")
  end)
end)

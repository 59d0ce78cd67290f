-- Studies whose persons change: which days are marked, how far measures fall, and when they have recovered.

local json = require "json"
local report = require "propersim.report"
local shifts = require "propersim.report_shifts"

local function day(number, score)
  return { day = number, finished = true, steps = 576, awake_steps = 240, ratings = 100, scored = 100, failed = 0,
    score_sum = math.floor(100 * score + 0.5), preference_sum = 0, timing_sum = 0, frequency_sum = 0, communication_sum = 0,
    recommendations = 10, recommendations_scored = 10, recommendation_score_sum = 20, successes = 0, abstentions = 90,
    abstentions_scored = 90, abstention_score_sum = 90 }
end

local function run(condition, persona, scores)
  local days = {}
  for i, score in ipairs(scores) do days[i] = day(i, score) end
  return { condition = condition, persona = persona, persona_name = persona, seed = 1, file = "f", program = "0.1.0",
    sec_per_step = 150, steps_per_day = 576, days = days, days_finished = #days }
end

local function compute(changes, runs)
  local conditions = {}
  for _, name in ipairs { "moves", "steady" } do conditions[#conditions + 1] = { name = name, change = changes[name] } end
  return report.compute {
    study = { name = "demo", folder = "out", days = 8, program = "0.1.0", conditions = conditions, report = {} }, runs = runs,
  }
end

local SCORES = { 2, 3, 3, 3, 1, 2, 2.8, 3 } -- before 3, down to 1, nine tenths of 2 are back at 2.8
local STEADY = { 2, 3, 3, 3, 3, 3, 3, 3 }

local function near(value, expected, what)
  assert(type(value) == "number" and math.abs(value - expected) < 1e-9, what .. ": " .. tostring(value))
end

describe("a change of wishes", function()
  local function both(change)
    return compute({ moves = change, steady = { day = 0 } }, {
      run("moves", "p1", SCORES), run("moves", "p2", { 2, 3, 3, 3, 1.2, 1.8, 2.8, 3 }),
      run("steady", "p1", STEADY), run("steady", "p2", STEADY),
    })
  end

  it("has a fall and a recovery", function()
    local data = both { day = 5 }
    local s = data.conditions[1].shifts[1]
    assert(s.day == 5 and s.to == 8 and s.what == "wishes change" and #data.conditions[2].shifts == 0, "one shift")
    near(s.score.before, 3, "before")
    near(s.score.lowest, 1.1, "lowest")
    near(s.score.fall, 1.9, "fall")
    near((s.score.fall_ci95[1] + s.score.fall_ci95[2]) / 2, 1.9, "the personas' falls are 2 and 1.8")
    assert(s.score.lowest_day == 5 and s.score.recovered_day == 8 and s.score.days == 3, "2.8 is not 2.81")
    assert(s.recommendation_score == json.null and s.decision_f1 == json.null, "these do not fall")
  end)

  it("ends where all is as before", function()
    local list = both({ day = 5, until_day = 7 }).conditions[1].shifts
    assert(#list == 2 and list[1].to == 6 and list[2].day == 7 and list[2].what == "wishes as before", "two shifts")
    assert(list[1].score.recovered_day == json.null, "not within these days")
  end)

  it("is not looked for on days that were not simulated", function()
    assert(#both({ day = 9 }).conditions[1].shifts == 0, "later")
    assert(#compute({}, { run("moves", "p1", SCORES) }).conditions[1].shifts == 0, "not known")
  end)

  it("stands beside options that a fork changed", function()
    local data = both { day = 5 }
    data.history = { changes = { { day = 3, condition = "moves", set = {} }, { day = 3, condition = "steady", set = {} } } }
    local marks = shifts.marked_days(data)
    assert(#marks == 2 and marks[1].day == 3 and marks[1].label == "options change", "of both conditions")
  end)

  it("is said in words and marked in the figures", function()
    local data = both { day = 5 }
    local text = shifts.sentences(data)[1]
    assert(text:find("moves, day 5, wishes change: the score falls from 3.00 to 1.10 on day 5 (-1.90 [", 1, true), text)
    assert(text:find("nine tenths of it on day 8, after 3 days; the score of recommendations alone does not fall", 1, true), text)
    local marks = shifts.marked_days(data)
    assert(#marks == 1 and marks[1].day == 5 and marks[1].label == "wishes change (moves)", "one mark")
    assert(report.text(data, { width = 80 }):find("Fall and recovery", 1, true), "in the terminal")
    local page = report.html(data)
    assert(page:find("wishes change (moves)</text>", 1, true) and page:find("Fall and recovery", 1, true), "on the page")
  end)
end)

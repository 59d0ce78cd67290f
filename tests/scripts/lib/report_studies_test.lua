-- Several studies: their ranking, their comparison, and what a study expects.

local expect = require "propersim.report_expect"
local json = require "json"
local report = require "propersim.report"
local show = require "propersim.report_studies_show"
local studies = require "propersim.report_studies"

local function day(score, said)
  local sum = math.floor(100 * score + 0.5)
  return { day = 1, finished = true, steps = 576, awake_steps = 240, ratings = 100, scored = 100, failed = 0,
    score_sum = sum, preference_sum = sum - 50, timing_sum = 50, frequency_sum = 0, communication_sum = 0,
    recommendations = 10, recommendations_scored = 10, recommendation_score_sum = said, successes = 0, abstentions = 90,
    abstentions_scored = 90, abstention_score_sum = 90 }
end

-- conditions: name -> score of persona 1; persona k has k / 10 more.
local function study(folder, personas, conditions, seed)
  local runs, list = {}, {}
  for name, score in pairs(conditions) do
    list[#list + 1] = { name = name, models = { rater = "offline" } }
    for p = 1, personas do
      runs[#runs + 1] = { condition = name, persona = "p" .. p, persona_name = "P", seed = seed or 1, file = "f", program = "0",
        sec_per_step = 150, steps_per_day = 576, days = { day(score + p / 10, 20 + p) }, days_finished = 1 }
    end
  end
  return { study = { name = folder, folder = folder, days = 1, program = "0", conditions = list, report = {} }, runs = runs }
end

local function two()
  return { study("s", 8, { x = 1, y = 2.5 }), study("t", 8, { x = 1.5 }) }
end

describe("a ranking", function()
  it("has the conditions of all studies, the best first, each beside it", function()
    local data = studies.ranking(two())
    local names = {}
    for i, row in ipairs(data.rows) do names[i] = row.rank .. " " .. row.study .. "/" .. row.condition end
    assert(table.concat(names, ", ") == "1 s/y, 2 t/x, 3 s/x", table.concat(names, ", "))
    assert(math.abs(data.rows[2].beside_first + 1) < 1e-9 and data.rows[2].beside_first_n == 8, "t/x is 1 below")
    assert(math.abs(data.rows[2].beside_first_p_holm - 2 * 2 / 256) < 1e-9, "two tests")
    assert(data.tests_n == 2 and data.rows[1].beside_first == json.null, "only what is shown is tested")
  end)

  it("can go by another measure, and keeps the order where it is equal", function()
    local data = studies.ranking(two(), "recommendation_score")
    assert(data.rows[1].study == "s" and data.rows[3].study == "t", "all the same")
    data = studies.ranking(two(), "decision_f1")
    assert(data.rows[1].decision_f1 == json.null and data.rows[2].beside_first == json.null, "no values")
  end)

  it("tells folders of one name apart", function()
    local data = studies.ranking { study("s", 2, { x = 1 }), study("s", 2, { x = 2 }) }
    assert(data.rows[1].study == "s#2" and data.rows[2].study == "s#1", "numbered")
  end)

  it("is shown in every width and as a page, never without the recommendations alone", function()
    for _, by in ipairs(studies.RANKED_BY) do
      local data = studies.ranking(two(), by)
      for width = 40, 140, 10 do
        local text = show.text(data, { width = width })
        for line in text:gmatch("[^\n]*") do
          assert(utf8.len(line) <= width, string.format("%d at %d: %s", utf8.len(line), width, line))
        end
        assert(text:find("recs only", 1, true), text)
      end
      local page = show.html(data)
      assert(page:find("<td>y</td>", 1, true) and page:find("Recs alone", 1, true), "page")
    end
  end)
end)

describe("a ranking with few personas", function()
  local function lines_of(text, pattern)
    for line in text:gmatch("[^\n]+") do
      if line:find(pattern, 1, true) then return line end
    end
    error("no line with " .. pattern)
  end
  local data = studies.ranking { study("s", 8, { x = 1 }), study("t", 3, { x = 2 }) }

  it("gives them no p, and shows in every width how many they are", function()
    assert(data.rows[1].study == "t" and data.rows[2].beside_first_p_holm == 0.25, "three of eight have a partner")
    assert(data.rows[2].beside_first_p_holm_smallest == 0.25, "no less is possible")
    for width = 40, 140, 10 do
      local text = show.text(data, { width = width })
      assert(lines_of(text, "t/x"):find(" 3! ", 1, true), text)
      assert(lines_of(text, "s/x"):find(" 8  ", 1, true), text)
      assert(not text:find("0.250", 1, true), text)
    end
    assert(show.html(data):find("<td>3!</td>", 1, true) and not show.html(data):find("<td>0.250</td>", 1, true), "page")
  end)

  it("says that the first was chosen after looking", function()
    assert(show.text(data, { width = 300 }):find("chosen after looking", 1, true), "footnote")
  end)

  it("gives a p where it could be sure", function()
    assert(lines_of(show.text(studies.ranking(two()), { width = 80 }), "t/x"):find("0.016", 1, true), "eight, two tests")
  end)
end)

describe("a comparison of studies", function()
  it("sets conditions of the same name side by side", function()
    local data = studies.compare(two())
    assert(#data.comparisons.pairs == 1, "only x is in both")
    local pair = data.comparisons.pairs[1]
    assert(pair.a == "s/x" and pair.b == "t/x" and math.abs(pair.measures[1].difference - 0.5) < 1e-9, "t less s")
    assert(show.text(data, { width = 80 }):find("t/x beside s/x: better in the score", 1, true), show.text(data, { width = 80 }))
    assert(show.html(data):find("t/x beside s/x", 1, true), "page")
    for _, text in ipairs { show.text(data, { width = 80 }), show.html(data) } do
      assert(text:find("Over day 1: 8 personas, 8 pairs of runs.", 1, true), text)
    end
  end)

  it("shortens names at the side that both share, and the study's before the condition's", function()
    local function head(a, b, x, y)
      local text = show.text(studies.compare({ study(a, 8, { [x] = 1 }), study(b, 8, { [y] = 2 }) }, x, y), { width = 120 })
      return (text:match("\n   +([^\n]-) +difference") or text):gsub(" +", " ")
    end
    assert(head("before", "after", "learning", "learning") == "before after", head("before", "after", "learning", "learning"))
    assert(head("same", "same", "learning", "frozen") == "learning frozen", head("same", "same", "learning", "frozen"))
    assert(head("standard", "other", "gate", "noisy") == "stan…/gate oth…/noisy", head("standard", "other", "gate", "noisy"))
    assert(head("s", "t", "x", "y") == "s/x t/y", head("s", "t", "x", "y"))
  end)

  it("takes the conditions that are named", function()
    local all = two()
    assert(studies.compare(all, "y", "x").comparisons.pairs[1].a == "s/y", "y of s, x of t")
    assert(#studies.compare({ all[1], all[1] }, "x", "y").comparisons.pairs == 1, "two of one study")
    local data, problem = studies.compare(all, "y")
    assert(data == nil and problem == 't has no condition "y"; it has x', problem)
  end)

  it("pairs the only conditions there are, and says when there is no pair", function()
    local data = studies.compare { study("s", 2, { x = 1 }), study("t", 2, { z = 1 }) }
    assert(data.comparisons.pairs[1].b == "t/z", "one each")
    local _, problem = studies.compare { study("s", 2, { x = 1, y = 1 }), study("t", 2, { z = 1 }) }
    assert(problem:find("no condition of the same name: s has x, y, t has z", 1, true), problem)
    data = studies.compare { study("s", 2, { x = 1 }), study("t", 2, { x = 1 }, 9) }
    assert(data.comparisons.pairs[1].personas_n == 0 and #data.comparisons.pairs[1].unpaired == 4, "other seeds")
    assert(show.text(data, { width = 80 }):find("no finished days of the same persona and seed", 1, true), "in words")
  end)
end)

describe("expectations", function()
  local data = report.compute(study("s", 8, { x = 1, y = 2.5 }))

  local function outcomes(fn) return expect.judge(fn, data) end

  local function one(fn)
    local list = outcomes(fn)
    assert(#list == 1, #list .. " outcomes")
    return list[1].met, list[1].what .. ": " .. list[1].figures
  end

  it("compare values with bounds", function()
    local met, text = one(function(r) r.expect.at_least("score", r.value("x", "score"), 1.4) end)
    assert(met and text == "score: 1.45, at least 1.4", text)
    met, text = one(function(r) r.expect.at_most("score", r.value("x", "score"), 1.4) end)
    assert(not met and text == "score: 1.45, at most 1.4", text)
    met, text = one(function(r) r.expect.between("timing", r.value("x", "timing"), 0.4, 0.6) end)
    assert(met and text == "timing: 0.5, from 0.4 to 0.6", text)
    met, text = one(function(r) r.expect.at_least("F1", r.value("x", "decision_f1"), 0) end)
    assert(not met and text == "F1: no value, at least 0", text)
    met, text = one(function(r) r.expect.is_true("eight", r.study.personas_n == 9, r.study.personas_n) end)
    assert(not met and text == "eight: 8", text)
  end)

  it("know the tests of the report, whichever side is asked for", function()
    assert((one(function(r) r.expect.better("y", "x") end)), "y is better")
    assert((one(function(r) r.expect.worse("x", "y", "score") end)), "x is worse")
    local met, text = one(function(r) r.expect.better("x", "y") end)
    assert(not met and text:find("x is better than y in score: -1.50 [", 1, true), text)
    local t
    outcomes(function(r)
      t = r.compare("x", "y")
      r.expect.is_true("compared", t ~= nil)
    end)
    assert(t.verdict == "worse" and t.difference < 0 and t.low <= t.high and t.high < 0 and t.cliffs_delta < 0, "flipped")
  end)

  it("compare the first day with the last ones", function()
    local met, text = one(function(r) r.expect.stays("x", "score", 0.1) end)
    assert(met and text == "score of x stays within 0.1: 1.45 on day 1, 1.45 over the final days", text)
    assert(not one(function(r) r.expect.rises("x", "score", 0.1) end), "does not rise")
  end)

  it("are all told, and mistakes among them", function()
    local list = outcomes(function(r)
      r.expect.is_true("first", false)
      r.expect.is_true("second", false)
      r.value("z", "score")
    end)
    assert(#list == 3 and not list[3].met and list[3].figures:find('there is no condition "z"', 1, true), list[3].figures)
    local count, why = expect.unmet(list)
    assert(count == 3 and why:find("  first: false\n  second: false\n", 1, true), why)
    list = outcomes(function(r) r.value("x", "scor") end)
    assert(list[1].figures:find('no measure "scor"; did you mean score?', 1, true), list[1].figures)
    list = outcomes(function(r) r.compare("x", "y", "timing") end)
    assert(list[1].figures:find('no compared measure "timing"', 1, true), list[1].figures)
  end)

  it("name the field that was meant, and the line that is wrong", function()
    local function problem(fn)
      local list = outcomes(fn)
      assert(#list == 1 and not list[1].met and list[1].what == "`expect` failed", list[1].what)
      return list[1].figures
    end
    local here = "report_studies_test.lua:%d+: "
    for _, case in ipairs {
      { function(r) r.expect.at_leest("x", 1, 2) end, here .. "result.expect has no field at_leest; did you mean at_least%?" },
      { function(r) r.vale("x", "score") end, here .. "result has no field vale; did you mean value%?" },
      { function(r) return r.compare("y", "x").verdct end, here .. "what result.compare gives has no field verdct; did you" },
      { function(r) r.value("x", "scor") end, here .. "there is no measure \"scor\"" },
      { function(r) r.expect.at_least("x", 3) end, here .. "at_least.*`bound` is missing" },
      { function(r) r.expect.at_least("x", r.value("x", "score")) end, here .. "at_least.*too many arguments" },
      { function(r) r.expect.at_most("x", "3", 4) end, here .. "at_most.*the value is a string" },
      { function(r) r.expect.stays("x", "score") end, here .. "stays.*`within` is missing" },
    } do
      local text = problem(case[1])
      assert(text:find(case[2]), text)
    end
    assert(one(function(r) r.expect.is_true("nil, no mistake", r.compare("y", "x").noise_floor == nil) end), "one seed")
  end)

  it("call the study file as the user does", function()
    local list = outcomes(function() error("scripts/guest/study.lua:7: no, and scripts/guest/study.lua:8: no", 0) end)
    assert(list[1].figures == "s/study.lua:7: no, and s/study.lua:8: no", list[1].figures)
  end)

  it("are not met by a function that expects nothing", function()
    local met, text = one(function() end)
    assert(not met and text:find("^`expect` expects nothing: it called none of result.expect.at_least"), text)
  end)

  it("wait until the study is complete", function()
    assert(expect.is_complete(data), "complete")
    local partial = study("s", 2, { x = 1 })
    partial.study.days = 2
    assert(not expect.is_complete(report.compute(partial)), "a day is missing")
  end)
end)

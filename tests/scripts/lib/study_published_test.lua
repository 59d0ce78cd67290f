-- What a study may publish beside its own numbers, and how mistakes in it are named.

local published = require "propersim.study_published"

local function fail(path, format, ...) error({ at = path, why = string.format(format, ...) }, 0) end

local function check(list) return published.check("published", list, fail) end

local function refused(list)
  local ok, problem = pcall(check, list)
  assert(not ok and type(problem) == "table", "was taken")
  return problem.at .. ": " .. problem.why
end

describe("published values", function()
  it("are brought into the order of days, with the score as the usual measure", function()
    local out = check { { name = "Theirs", points = { [14] = 3.3, [1] = 2 }, source = "a paper" } }
    assert(out[1].measure == "score" and #out[1].points == 2, "one series of two points")
    assert(out[1].points[1].day == 1 and out[1].points[1].value == 2 and out[1].points[2].day == 14, "by day")
  end)

  it("are refused with the place and what to do", function()
    local source = "a paper"
    for _, case in ipairs {
      { { name = "x", points = {}, source = source }, "published[1].points: must be values by day" },
      { { name = "x", points = { [0] = 1 }, source = source }, "0 is no day" },
      { { name = "x", points = { [1] = 0 / 0 }, source = source }, "published[1].points[1]: must be a number" },
      { { name = "x", points = { [1] = 1 } }, "published[1].source: must be a text" },
      { { points = { [1] = 1 }, source = source }, "published[1].name: must be a text" },
      { { name = "x", measur = "score", points = { [1] = 1 }, source = source }, "did you mean measure?" },
      { { name = "x", measure = "joy", points = { [1] = 1 }, source = source }, "published[1].measure: must be one of score" },
      { "x", "published[1]: must be a table" },
    } do
      local why = refused { case[1] }
      assert(why:find(case[2], 1, true), why)
    end
  end)
end)

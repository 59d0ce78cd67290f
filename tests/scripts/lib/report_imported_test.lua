-- What a report says of imported days.

local imported = require "propersim.report_imported"

local function results(days_finished, list)
  local runs = {}
  for i, days in ipairs(days_finished) do runs[i] = { file = "run" .. i, days_finished = days } end
  return { runs = runs, imported = list }
end

local function run(n, days, compressed)
  return { file = "run" .. n, days = days, from = "sim" .. n, compressed = compressed or false }
end

local MIXED = " A change from there to later days is also one between those models and what answered later."

describe("imported days", function()
  it("a study without imported days says nothing", function()
    assert(imported.compute(results({ 3 }, {})) == nil)
    assert(imported.compute { runs = {} } == nil)
    assert(not imported.is_compressed {})
  end)

  it("which days, of which runs, and whether there are others", function()
    for _, case in ipairs {
      { { 1 }, { run(1, 1) }, "Day 1 was imported from a run of the original (sim1); which models answered there is not in "
        .. "its files." },
      { { 5 }, { run(1, 3) }, "Days 1 to 3 were imported from a run of the original (sim1); which models answered there is "
        .. "not in its files." .. MIXED },
      { { 2, 2 }, { run(1, 2), run(2, 2) }, "Days 1 to 2 were imported from runs of the original (sim1 and sim2); which models "
        .. "answered there is not in their files." },
      { { 3, 1, 1 }, { run(1, 3), run(2, 1) }, "Days 1 to 3 (to 1 in some runs) of 2 of 3 runs were imported from runs of the "
        .. "original (sim1 and sim2); which models answered there is not in their files." .. MIXED },
    } do
      local text = imported.compute(results(case[1], case[2])).sentence
      assert(text == case[3], text)
    end
  end)

  it("compressed is a study all of whose imported runs are", function()
    assert(imported.is_compressed { imported = imported.compute(results({ 1 }, { run(1, 1, true) })) })
    assert(not imported.is_compressed { imported = imported.compute(results({ 1, 1 }, { run(1, 1, true), run(2, 1) })) })
  end)
end)

local report_mmlu = require "propersim.report_mmlu"

local function row(day, subject, asked, correct, failed)
  return { condition = "learning", persona = "p01", seed = 1, who = 1, day = day, subject = subject, asked = asked,
    correct = correct, failed = failed or 0 }
end

describe("the nightly check in the report", function()
  it("has Wilson's intervals", function()
    -- values of Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29
    for _, case in ipairs { { 81, 263, 0.2553, 0.3662 }, { 15, 148, 0.0624, 0.1605 }, { 0, 20, 0.0000, 0.1611 },
      { 1, 29, 0.0061, 0.1718 } } do
      local low, high = report_mmlu.wilson(case[1], case[2])
      assert.equal(string.format("%.4f %.4f", low, high), string.format("%.4f %.4f", case[3], case[4]))
    end
  end)

  it("pools runs by night and subject, and leaves failed questions out of shares", function()
    local data = report_mmlu.compute { mmlu = { row(2, "nutrition", 10, 5, 2), row(1, "nutrition", 10, 4),
      row(1, "sociology", 10, 10), row(1, "nutrition", 10, 2) } }
    assert.equal(#data, 1)
    local first, second = data[1].nights[1], data[1].nights[2]
    assert.equal(first.day, 1)
    assert.equal(first.asked, 30)
    assert.equal(first.subjects[1].subject, "nutrition")
    assert.equal(first.subjects[1].accuracy, 0.3)
    assert.equal(first.subjects[2].accuracy, 1)
    assert.equal(second.day, 2)
    assert.equal(second.accuracy, 5 / 8)
    assert.equal(second.failed, 2)
  end)

  it("has no share where every question failed", function()
    local night = report_mmlu.compute { mmlu = { row(1, "nutrition", 3, 0, 3) } }[1].nights[1]
    assert.equal(night.accuracy, nil)
    local out = {}
    report_mmlu.text(out, { mmlu = { { condition = "c", nights = { night } } } }, { width = 80 })
    assert.truthy(table.concat(out, "\n"):find("3 questions of c were not answered", 1, true))
  end)

  it("is silent without a check", function()
    assert.equal(report_mmlu.compute { mmlu = {} }, nil)
    assert.equal(report_mmlu.html {}, "")
    local out = {}
    report_mmlu.text(out, {}, { width = 80 })
    assert.equal(#out, 0)
  end)
end)

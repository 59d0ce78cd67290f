-- clock: simulated time. The runner's context may be at any time, so only relations are looked at.

local clock = require "clock"

describe("clock", function()
  it("parses and writes times", function()
    local t = clock.parse "2025-02-13 07:30:15"
    assert.equal(t, 1739431815)
    assert.equal(clock.stamp(t), "2025-02-13 07:30:15")
    assert.equal(clock.time(t), "07:30")
    assert.equal(clock.date(t), "Thursday February 13, 2025")
    assert.equal(clock.minute(t), 450.25)
    assert.equal(math.type(clock.minute(t - 15)), "integer")
    assert.equal(clock.weekday(t), 4)
    assert.same(clock.civil(t),
      { year = 2025, month = 2, day = 13, hour = 7, minute = 30, second = 15, weekday = 4 })
    assert.equal(clock.parse "2025-02-13", t - t % 86400)
  end)

  it("says what is no time", function()
    local value, problem = clock.parse "2025-02-30"
    assert.equal(value, nil)
    assert.matches(problem, "2025%-02%-30")
    assert.error(function() clock.date(1 << 60) end, "years 1 to 9999")
    assert.error(function() clock.date(0.5) end, "no integer representation")
    assert.equal(clock.stamp(clock.parse "0001-01-01"), "0001-01-01 00:00:00")
  end)
end)

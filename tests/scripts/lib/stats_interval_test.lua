-- Intervals against printed tables, worked examples, and the R package boot (tests/data/statistics/expected.R).

local interval = require "propersim.stats_interval"
local rng = require "rng"

local DARWIN = { 49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48 }
local AIR = { 3, 5, 7, 18, 43, 85, 91, 98, 100, 130, 230, 487 } -- Davison and Hinkley (1997), example 1.1

local function near(value, expected, tolerance, what)
  assert(math.abs(value - expected) <= tolerance, string.format("%s: expected %.6f, got %.6f", what or "value", expected, value))
end

describe("Student's interval", function()
  it("of 1 to 5 is the one worked out by hand", function()
    local low, high = interval.student { 1, 2, 3, 4, 5 } -- 3 -+ 2.776445 * 1.581139 / 2.236068
    near(low, 1.036757, 1e-6)
    near(high, 4.963243, 1e-6)
  end)

  it("of Darwin's plants is R's", function()
    local low, high = interval.student(DARWIN)
    near(low, 0.031193318393, 1e-9)
    near(high, 41.835473348274, 1e-9)
  end)
end)

describe("bootstrap intervals", function()
  local function are(name, xs, perc_low, perc_high, bca_low, bca_high, tolerance)
    local low, high = interval.percentile(xs, 200000)
    near(low, perc_low, tolerance, name .. ", percentile, low")
    near(high, perc_high, tolerance, name .. ", percentile, high")
    low, high = interval.bca(xs, 200000)
    near(low, bca_low, tolerance, name .. ", BCa, low")
    near(high, bca_high, tolerance, name .. ", BCa, high")
  end

  it("are those of the R package boot, to what drawing allows", function()
    are("air conditioning", AIR, 46.8, 190.8, 57.0, 225.8, 1.5)
    are("Darwin's plants", DARWIN, 1.27, 38.20, -1.73, 36.40, 0.3)
  end)

  it("are the same each time, and others with another seed", function()
    local low, high = interval.bca(AIR)
    local again_low, again_high = interval.bca(AIR)
    assert(low == again_low and high == again_high, "the same draws")
    assert(interval.bca(AIR, 2000, 2) ~= low, "another seed")
  end)

  it("cover the mean about as often as they say", function()
    local hits, n, stream = 0, 400, rng.stream "coverage"
    for _ = 1, n do
      local xs = {}
      for i = 1, 25 do xs[i] = stream:normal(0, 1) end
      local low, high = interval.bca(xs, 1000)
      if low <= 0 and high >= 0 then hits = hits + 1 end
    end
    assert(hits / n > 0.90 and hits / n < 0.98, "covered " .. hits / n)
  end)
end)

describe("the report's interval", function()
  it("is Student's of few and BCa of more", function()
    local few = { 1, 2, 3, 4, 5, 6, 7, 8, 10 }
    local low, high = interval.interval(few)
    local t_low, t_high = interval.student(few)
    assert(low == t_low and high == t_high, "nine numbers")
    few[10] = 13
    low, high = interval.interval(few)
    local b_low, b_high = interval.bca(few)
    assert(low == b_low and high == b_high, "ten numbers")
  end)

  it("does not exist where there is too little, and has no width where all is the same", function()
    assert(interval.mean {} == nil and interval.mean { 3 } == 3, "means")
    for _, f in pairs { interval.interval, interval.student, interval.percentile, interval.bca } do
      assert(f {} == nil and f { 3 } == nil, "interval of one number")
      local low, high = f { 2.5, 2.5, 2.5, 2.5, 2.5, 2.5, 2.5, 2.5, 2.5, 2.5, 2.5 }
      near(low, 2.5, 1e-12)
      near(high, 2.5, 1e-12)
    end
  end)
end)

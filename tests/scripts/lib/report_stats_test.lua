-- Means, deviations and Student's t against published tables and a worked example.

local stats = require "propersim.report_stats"

local function near(value, expected, tolerance, what)
  assert(math.abs(value - expected) <= tolerance,
    string.format("%s: expected %.6f, got %.6f", what or "value", expected, value))
end

describe("student's t", function()
  -- Two-sided critical values as tables print them (NIST/SEMATECH e-Handbook, 1.3.6.7.2), to three decimals.
  local TABLE = {
    { 0.95, 1, 12.706 }, { 0.95, 2, 4.303 }, { 0.95, 3, 3.182 }, { 0.95, 4, 2.776 }, { 0.95, 5, 2.571 },
    { 0.95, 6, 2.447 }, { 0.95, 7, 2.365 }, { 0.95, 9, 2.262 }, { 0.95, 10, 2.228 }, { 0.95, 15, 2.131 },
    { 0.95, 20, 2.086 }, { 0.95, 30, 2.042 }, { 0.95, 31, 2.040 }, { 0.95, 60, 2.000 }, { 0.95, 100, 1.984 },
    { 0.90, 1, 6.314 }, { 0.90, 2, 2.920 }, { 0.90, 10, 1.812 }, { 0.90, 25, 1.708 }, { 0.99, 1, 63.657 },
    { 0.99, 2, 9.925 }, { 0.99, 5, 4.032 }, { 0.99, 10, 3.169 }, { 0.99, 30, 2.750 },
  }

  it("has the critical values of printed tables", function()
    for _, row in ipairs(TABLE) do
      near(stats.t_within(row[1], row[2]), row[3], 0.0005, string.format("p %.2f, df %d", row[1], row[2]))
    end
  end)

  it("agrees with the closed forms for one and two degrees of freedom to twelve digits", function()
    near(stats.t_within(0.95, 1), math.tan(math.pi * 0.475), 1e-11)
    near(stats.t_within(0.95, 2), 0.95 * math.sqrt(2 / (1 - 0.95 ^ 2)), 1e-12)
  end)

  it("comes near the normal distribution with many degrees of freedom", function()
    near(stats.t_within(0.95, 5000), 1.959964, 6e-4)
  end)
end)

describe("means and intervals", function()
  it("of 1 to 5 are those worked out by hand", function()
    local xs = { 1, 2, 3, 4, 5 }
    near(stats.mean(xs), 3, 1e-15)
    near(stats.sd(xs), math.sqrt(2.5), 1e-15)
    local low, high = stats.interval(xs) -- 3 -+ 2.776445 * 1.581139 / 2.236068
    near(low, 1.036757, 1e-6)
    near(high, 4.963243, 1e-6)
  end)

  it("do not exist where there is too little", function()
    assert(stats.mean {} == nil, "mean of nothing")
    assert(stats.sd { 3 } == nil, "deviation of one number")
    assert(stats.interval {} == nil and stats.interval { 3 } == nil, "interval of one number")
  end)

  it("of equal numbers have no width", function()
    local low, high = stats.interval { 2.5, 2.5, 2.5 }
    assert(low == 2.5 and high == 2.5, "interval of equal numbers")
  end)
end)

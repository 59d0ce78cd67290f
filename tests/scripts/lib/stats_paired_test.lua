-- Tests of pairs against R and published examples: tests/data/statistics/expected.R has the commands.

local paired = require "propersim.stats_paired"

local DARWIN = { 49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48 }
local X = { 1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30 }
local Y = { 0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29 }
local D12 = { 0.3, -0.2, 0.11, 0.52, 0.9, -0.45, 0.07, 1.3, 0.61, -0.08, 0.77, 0.2 }
local D32 = { -0.76, -0.09, 0.46, -0.95, 0.4, 0.23, 0.29, 1.32, -1.02, 1.47, -0.54, -0.93, -0.52, 0.45, 0.35, -0.11, -0.75,
  -0.45, 1.42, 0.4, -0.38, -0.74, 0, -1.47, -0.28, -0.54, 1.36, 1.21, 0.13, -0.94, 1.1, 1.05 }
local MORE = { 0.5, -0.2, 0.9, 0.33, -0.75, 0.4, 0.1, 0.66 }
local D60 = { 2.587, -0.897, -0.394, -0.112, -0.671, -0.647, 1.048, 0.183, 0.453, 2.49, 0.657, 3.017, 2.581, 0.624, 2.196,
  0.768, -0.594, -0.007, 0.295, 1.288, 1.14, 1.005, 1.606, -1.088, 1.573, 0.484, 1.052, 0.892, -0.683, 0.024, -0.571, 1.019,
  0.411, 0.222, -0.12, -0.262, 1.298, -0.805, 0.158, 0.615, 1.519, -0.399, 0.015, -1.012, -0.091, -0.102, 1.651, 0.891,
  0.401, 1.231, 0.037, 0.292, 0.667, 2.007, 1.024, 0.781, -1.268, 0.618, 0.466, -0.6 }

local function depression()
  local out = {}
  for i, x in ipairs(X) do out[i] = x - Y[i] end
  return out
end

local function near(value, expected, tolerance, what)
  assert(math.abs(value - expected) <= tolerance, string.format("%s: expected %.12g, got %.12g", what, expected, value))
end

local function negated(list)
  local out = {}
  for i, x in ipairs(list) do out[i] = -x end
  return out
end

describe("the permutation test", function()
  it("counts all flips of Darwin's plants, as Fisher did by hand: 863 of 32768 on one side", function()
    local p, exact = paired.permutation(DARWIN)
    assert(exact and p == 2 * 863 / 32768, tostring(p))
  end)

  it("agrees with enumeration in R", function()
    near(paired.permutation(depression()), 0.02734375, 1e-15, "depression")
    near(paired.permutation(D12), 0.0400390625, 1e-15, "d12")
  end)

  it("is exact with 32 pairs, and drawn with more", function()
    local p, exact = paired.permutation(D32)
    assert(exact, "exact")
    near(p, 0.805086329579, 1e-12, "d32")
    local more = {}
    for i, d in ipairs(D32) do more[i] = d end
    for _, d in ipairs(MORE) do more[#more + 1] = d end
    p, exact = paired.permutation(more)
    assert(not exact, "drawn")
    near(p, 0.529899588451, 4 * math.sqrt(0.25 / 100000), "d40, within four standard errors")
    assert(p == paired.permutation(more), "the same each time")
  end)

  it("does not mind which side is which", function()
    for _, d in ipairs { DARWIN, D12, D32 } do assert(paired.permutation(d) == paired.permutation(negated(d)), "sides") end
  end)

  it("has nothing to say of no difference", function()
    assert(paired.permutation {} == nil, "no pairs")
    assert(paired.permutation { 0, 0, 0 } == 1, "no difference")
    assert(paired.permutation { 2 } == 1, "one pair can come out in two ways, both as far from 0")
    assert(paired.permutation { 1, 1, 1, 1, 1, 1 } == 2 / 64, "all on one side")
  end)
end)

describe("Wilcoxon's test", function()
  it("is R's, exact and approximate", function()
    for _, case in ipairs {
      { "depression", depression(), 40, 0.0390625, true },
      { "ties", { 1, 1, 2, -1, 3, 3, -2, 4, 5, -5, 6 }, 50, 0.140986010221, false },
      { "zeros", { 0, 0, 1.5, -0.5, 2.5, 3, -1, 4.25 }, 18, 0.142213241936, false },
      { "d12", D12, 64.5, 0.0497722554313, false },
      { "d60", D60, 1394, 0.000427453440173, false },
    } do
      local p, exact, v = paired.wilcoxon(case[2])
      near(v, case[3], 1e-12, case[1] .. ", V")
      near(p, case[4], 1e-12, case[1] .. ", p")
      assert(exact == case[5], case[1] .. ": exact or not")
    end
  end)

  it("does not mind which side is which", function()
    for _, d in ipairs { depression(), DARWIN, D60 } do
      near(paired.wilcoxon(negated(d)), (paired.wilcoxon(d)), 1e-12, "other side")
    end
  end)

  it("has nothing to say of no difference", function()
    assert(paired.wilcoxon {} == nil and paired.wilcoxon { 0, 0 } == nil, "nothing is left")
    assert(paired.wilcoxon { 5 } == 1, "one difference")
  end)
end)

describe("Holm's correction", function()
  local function is(ps, n, expected)
    local out = paired.holm(ps, n)
    for i = 1, n do
      if expected[i] then near(out[i], expected[i], 1e-15, "p " .. i) else assert(out[i] == nil, "no p " .. i) end
    end
  end

  it("is that of R's p.adjust", function()
    is({ 0.01, 0.04, 0.03, 0.005 }, 4, { 0.03, 0.06, 0.06, 0.02 })
    is({ 0.02, 0.5, 0.9, 0.02, 0.6 }, 5, { 0.1, 1, 1, 0.1, 1 })
  end)

  it("leaves out tests that there were not", function()
    is({ 0.01, nil, 0.03 }, 3, { 0.02, nil, 0.03 })
    is({}, 2, {})
  end)
end)

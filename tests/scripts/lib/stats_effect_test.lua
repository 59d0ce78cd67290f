-- Effect sizes, noise floors and curves: worked out by hand, or with R (tests/data/statistics/expected.R).

local curve = require "propersim.stats_curve"
local effect = require "propersim.stats_effect"
local noise = require "propersim.stats_noise"

local function near(value, expected, what)
  assert(math.abs(value - expected) <= 1e-9, string.format("%s: expected %.12g, got %.12g", what or "value", expected, value))
end

describe("effect sizes", function()
  it("of Darwin's plants is R's mean over sd", function()
    near(effect.cohens_d { 49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48 }, 0.554607977707)
  end)

  it("do not exist where nothing spreads", function()
    assert(effect.cohens_d { 1 } == nil and effect.cohens_d { 1, 1, 1 } == nil, "d")
    assert(effect.cliffs_delta({}, { 1 }) == nil, "delta")
  end)

  it("count who is above whom", function()
    near(effect.cliffs_delta({ 4.1, 5.2, 3.3, 6, 4.4 }, { 3.9, 2.8, 4.1, 5.2 }), 0.4)
    assert(effect.cliffs_delta({ 2, 3 }, { 1, 1 }) == 1 and effect.cliffs_delta({ 1 }, { 1 }) == 0, "all above, all equal")
  end)

  it("have names", function()
    assert(effect.size(0.1) == "negligible" and effect.size(-0.2) == "small" and effect.size(0.4) == "medium"
      and effect.size(-0.474) == "large", "limits of Romano et al.")
  end)
end)

describe("the noise floor", function()
  it("is that of R's one-way layout", function()
    local floor, sd = noise.floor { { 2.1, 2.4, 2.2 }, { 3.0, 3.3, 2.9 }, { 1.5, 1.4, 1.9 } }
    near(sd, 0.213437474581, "sd between seeds")
    near(floor, 0.246196991235, "floor")
  end)

  it("is not known from one seed", function()
    assert(noise.floor { { 1 }, { 2 } } == nil and noise.floor {} == nil, "one seed")
    assert(noise.floor { { 1, 1 }, { 2, 2 } } == 0, "seeds that make no difference")
  end)

  it("counts personas with fewer seeds for what they are", function()
    local floor, sd = noise.floor { { 1, 3 }, { 2 }, {} } -- sd = sqrt 2, df = 1; shares 1/2 and 1
    near(sd, math.sqrt(2), "sd")
    near(floor, math.tan(math.pi * 0.475) * math.sqrt(2) * math.sqrt(2 * 0.75 / 2), "floor")
  end)
end)

describe("curves", function()
  it("have an area in the unit of their values", function()
    near(curve.area({ 1, 2, 3 }, 3), 2)
    near(curve.area({ 0, 4 }, 2), 2)
    near(curve.area({ [1] = 1, [3] = 3, [4] = 1 }, 5), (2 * 2 + 1 * 2) / 3, "a day is missing")
    near(curve.area({ [2] = 1.5 }, 3), 1.5, "one value")
    assert(curve.area({}, 3) == nil, "no value")
  end)

  it("say when nine tenths of the gain are made", function()
    local day, gain = curve.days_to_gain({ 1, 2, 2.7, 2.9, 3 }, 5) -- 90 % of 2 is 1.8: reached at 2.8
    assert(day == 4, tostring(day))
    near(gain, 2, "gain")
    day, gain = curve.days_to_gain({ 3, 2, 1 }, 3)
    assert(day == nil and gain == -2, "nothing is gained")
    assert(curve.days_to_gain({ [2] = 1 }, 2) == nil, "no first day")
  end)

  it("end with a fifth of their days", function()
    assert(curve.final_days(14) == 3 and curve.final_days(5) == 1 and curve.final_days(6) == 2 and curve.final_days(1) == 1)
    near(curve.mean({ 1, 2, 3, 4 }, 3, 4), 3.5)
    assert(curve.mean({}, 1, 4) == nil, "no value")
  end)

  it("fall and recover", function()
    local r = curve.recovery({ 2, 3, 3, 3, 1, 2, 2.8, 3 }, 5, 8) -- before 3, down to 1, 90 % of 2: back at 2.8
    assert(r.lowest_day == 5 and r.recovered_day == 7 and r.days == 2, "days")
    near(r.before, 3, "before")
    near(r.fall, 2, "fall")
    r = curve.recovery({ 3, 1, 2 }, 2, 3)
    assert(r.recovered_day == nil and r.fall == 2, "not within the study")
    assert(curve.recovery({ 1, 2, 3 }, 2, 3) == nil, "nothing falls")
    assert(curve.recovery({ 3, 2 }, 1, 2) == nil and curve.recovery({ 3, 2 }, 3, 2) == nil, "nothing before, nothing after")
  end)
end)

-- stats: against values computed elsewhere (R 4.2).

local stats = require "stats"

describe("stats", function()
  it("sums without losing digits", function()
    assert.equal(stats.sum { 1e16, 1, -1e16 }, 1)
    assert.equal(stats.sum {}, 0)
    local tenths = {}
    for i = 1, 10 do tenths[i] = 0.1 end
    assert.equal(stats.sum(tenths), 1)
  end)

  it("describes samples", function()
    assert.equal(stats.mean { 1, 2, 3, 4 }, 2.5)
    assert.near(stats.sd { 2, 4, 4, 4, 5, 5, 7, 9 }, 2.1380899352993950, 1e-15)
    assert.near(stats.sd { 1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16 }, 5.4772255750516612, 1e-12)
    assert.equal(stats.quantile({ 3, 1, 2, 4 }, 0.5), 2.5)
    assert.equal(stats.quantile({ 3, 1, 2, 4 }, 0), 1)
    assert.equal(stats.quantile({ 3, 1, 2, 4 }, 1), 4)
    assert.near(stats.quantile({ 1, 2, 3, 4, 10 }, 0.9), 7.6, 1e-14)
  end)

  it("knows the normal distribution", function()
    assert.equal(stats.normal_cdf(0), 0.5)
    assert.near(stats.normal_cdf(1.96), 0.97500210485177952, 1e-15)
    assert.near(stats.normal_cdf(-10) / 7.6198530241605260e-24, 1, 1e-12)
    assert.near(stats.normal_quantile(0.975), 1.9599639845400545, 1e-14)
    assert.near(stats.normal_quantile(1e-10), -6.3613409024040557, 1e-12)
    assert.near(stats.normal_quantile(0.3), -0.52440051270804078, 1e-14)
    assert.equal(stats.normal_quantile(0.5), 0)
  end)

  it("knows Student's distribution", function()
    assert.near(stats.t_cdf(2.0, 5), 0.94903026058507080, 1e-13)
    assert.near(stats.t_cdf(-1, 1), 0.25, 1e-14)
    assert.near(stats.t_quantile(0.975, 1), 12.706204736174698, 1e-10)
    assert.near(stats.t_quantile(0.975, 3), 3.1824463052837084, 1e-11)
    assert.near(stats.t_quantile(0.975, 31), 2.0395134463964077, 1e-12)
    assert.near(stats.t_quantile(0.05, 10), -1.8124611228116756, 1e-12)
    assert.near(stats.t_quantile(0.975, 1e6), 1.9599664, 1e-6)
    assert.near(stats.t_cdf(stats.t_quantile(0.9, 2.5), 2.5), 0.9, 1e-13)
  end)

  it("refuses what has no answer", function()
    assert.error(function() stats.mean {} end, "the list is empty")
    assert.error(function() stats.sd { 1 } end, "at least two")
    assert.error(function() stats.mean { 1, "2" } end, "entry 2 of the list is not a finite number")
    assert.error(function() stats.mean { 0 / 0 } end, "entry 1")
    assert.error(function() stats.quantile({ 1 }, 1.5) end, "between 0 and 1")
    assert.error(function() stats.normal_quantile(0) end, "above 0 and below 1")
    assert.error(function() stats.t_quantile(0.5, 0) end, "degrees of freedom")
  end)
end)

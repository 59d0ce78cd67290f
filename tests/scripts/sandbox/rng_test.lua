-- rng and math.random: streams that depend on their name alone.

local rng = require "rng"

describe("a stream", function()
  it("gives the same draws for the same name", function()
    local a, b, c = rng.stream "x", rng.stream "x", rng.stream "y"
    local same, other = true, false
    for _ = 1, 20 do
      local draw = a:unit()
      same = same and draw == b:unit()
      other = other or draw ~= c:unit()
      assert(draw >= 0 and draw < 1)
    end
    assert(same and other)
    assert.different(rng.stream("x", 1):unit(), rng.stream("x"):unit())
    assert.different(rng.stream("x", 1):unit(), rng.stream("x", 2):unit())
    assert.equal(rng.stream("x", 7):unit(), rng.stream("x", 7):unit())
  end)

  it("draws integers within bounds, all of them", function()
    local s, seen = rng.stream "integers", {}
    for _ = 1, 300 do
      local n = s:between(-2, 2)
      assert(math.type(n) == "integer" and n >= -2 and n <= 2)
      seen[n] = true
      assert(s:below(1) == 0 and s:between(5, 5) == 5)
    end
    for n = -2, 2 do assert(seen[n], "never drew " .. n) end
    assert.equal(math.type(s:between(math.mininteger, math.maxinteger)), "integer")
    assert.error(function() s:between(2, 1) end, "must not be below the first")
    assert.error(function() s:below(0) end, "must be at least 1")
  end)

  it("has chances as they are named", function()
    local s, hits = rng.stream "chance", 0
    for _ = 1, 2000 do hits = hits + (s:chance(0.25) and 1 or 0) end
    assert.near(hits, 500, 80)
    assert.equal(s:chance(0), false)
    assert.equal(s:chance(1), true)
    assert.error(function() s:chance(1.1) end, "between 0 and 1")
    assert.error(function() s:chance(0 / 0) end, "between 0 and 1")
  end)

  it("is normal when asked to be", function()
    local s, sum, squares = rng.stream "normal", 0, 0
    for _ = 1, 2000 do
      local x = s:normal(10, 2)
      sum, squares = sum + x, squares + (x - 10) ^ 2
    end
    assert.near(sum / 2000, 10, 0.2)
    assert.near(squares / 2000, 4, 0.5)
    assert.error(function() s:normal(0, -1) end, "not negative")
  end)

  it("picks, shuffles and weighs", function()
    local s = rng.stream "lists"
    local list, counts = { "a", "b", "c", "d" }, { 0, 0, 0 }
    for _ = 1, 50 do assert.contains(list, s:pick(list)) end
    local shuffled = s:shuffle(list)
    table.sort(shuffled)
    assert.same(shuffled, list)
    assert.same(s:shuffle {}, {})
    for _ = 1, 1000 do
      local i = s:weighted { 1, 0, 3 }
      counts[i] = counts[i] + 1
    end
    assert.equal(counts[2], 0)
    assert.near(counts[3], 750, 60)
    assert.error(function() s:pick {} end, "empty list")
    assert.error(function() s:weighted { 0, 0 } end, "sum above 0")
    assert.error(function() s:weighted { 1, -1 } end, "weight 2")
    assert.error(function() s:weighted {} end, "sum above 0")
  end)

  it("is no table", function()
    local s = rng.stream "x"
    assert.equal(tostring(s), "random stream")
    assert.error(function() s.x = 1 end, "no fields")
    assert.error(function() return s.draw end, "a random stream has no method 'draw'")
    assert.error(function() s.unit {} end, "random stream expected, got table")
    assert.error(function() rng.stream() end, "string expected")
  end)
end)

describe("math.random", function()
  it("goes on through the day", function()
    assert.different(math.random(), math.random())
    local n = math.random(6)
    assert(n >= 1 and n <= 6 and math.type(n) == "integer")
    assert.equal(math.random(3, 3), 3)
    assert.error(function() math.random(0) end, "interval is empty")
    assert.error(function() math.random(1, 2, 3) end, "at most two")
  end)
end)

local my_rule = require "rules.my_rule"
local rng = require "rng"

describe("my rule", function()
  it("raises what was chosen and lowers what was rejected", function()
    local weights = my_rule.train {
      pairs = { { situation = { "always", "hour=9" }, chosen = { "silent" }, rejected = { "say" }, weight = 1, day = 1 } },
      weights = { always = { silent = 0, say = 0 }, ["hour=9"] = { silent = 0, say = 0 } },
      options = { learning_rate = 0.1 }, stream = rng.stream "test",
    }
    assert.near(0.3, weights.always.silent, 1e-9)
    assert.near(-0.3, weights["hour=9"].say, 1e-9)
  end)
end)

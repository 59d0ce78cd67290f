-- What scripts may ask the policy about its choice.

local policy = require "policy"

local function near(a, b) assert(math.abs(a - b) < 1e-12, a .. " is not " .. b) end

describe("policy.probabilities", function()
  it("is the softmax of the logits, for the candidates that are asked for", function()
    local p = policy.probabilities({ 0, math.log(2), math.log(5) }, 1, { 3, false, 1 })
    near(p[1], 5 / 8)
    assert.equal(p[2], false)
    near(p[3], 1 / 8)
    near(policy.probabilities({ 0, math.log(2) }, 0.5, { 2 })[1], 4 / 5)
  end)

  it("sums to one over all, also where one logit dwarfs the others", function()
    local all = policy.probabilities({ -900, 3, 900 }, 1, { 1, 2, 3 })
    near(all[1] + all[2] + all[3], 1)
    near(all[3], 1)
  end)

  it("refuses numbers of no candidate", function()
    for _, number in ipairs { 0, 4, -1, 1.5 } do
      assert.equal((pcall(policy.probabilities, { 0, 0, 0 }, 1, { number })), false)
    end
  end)
end)

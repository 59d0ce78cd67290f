local json = require "json"
local prompt_try = require "propersim.prompt_try"
local rng = require "rng"
local text_diff = require "propersim.text_diff"

local INPUTS = json.encode { identity = "Rosa", first_name = "Rosa", text = "Rosa is cooking lunch", more = 1 }

describe("trying a prompt", function()
  it("asks what the prompt declares, of what was stored", function()
    local system, user, schema, inputs, _, version = prompt_try.question("resident/importance_event", INPUTS)
    assert(#system > 0 and user:find('"Rosa is cooking lunch"', 1, true))
    assert.equal(json.decode(schema).required[1], "importance")
    assert.same(json.decode(inputs), { identity = "Rosa", first_name = "Rosa", text = "Rosa is cooking lunch" })
    assert(math.tointeger(version) >= 1)
    assert(json.decode(prompt_try.offline("resident/importance_event", INPUTS, rng.stream "test")).importance >= 1)
  end)

  it("says which input was not stored", function()
    local ok, err = pcall(prompt_try.question, "resident/importance_event", json.encode { identity = "Rosa", text = "x" })
    assert(not ok and err:find("'first_name' is new", 1, true), err)
  end)

  it("knows kappa", function()
    -- 45 twice yes, 15 yes then no, 25 no then yes, 15 twice no: p = 0.6, chance 0.54
    local list = {}
    for _, case in ipairs { { 1, 1, 45 }, { 1, 0, 15 }, { 0, 1, 25 }, { 0, 0, 15 } } do
      for _ = 1, case[3] do list[#list + 1] = { case[1], case[2] } end
    end
    local agreement, kappa = prompt_try.kappa(list)
    assert.near(agreement, 0.6, 1e-12)
    assert.near(kappa, 0.06 / 0.46, 1e-12)
    agreement, kappa = prompt_try.kappa { { 1, 1 }, { 1, 1 } }
    assert.equal(agreement, 1)
    assert.equal(kappa, nil)
  end)

  it("gives the shift of a mean with an interval around it", function()
    local list = {}
    for i = 1, 40 do list[i] = { i % 2, (i % 4 == 0) and 0 or 1 } end
    local shift, low, high = prompt_try.shift(list, 1)
    assert.near(shift, 0.25, 1e-12)
    assert(low < shift and shift < high and low > 0 and high < 0.5)
    local same = { { 1, 1 }, { 0, 0 } }
    local mean, least, most = prompt_try.shift(same, 1)
    assert(mean == 0 and least == 0 and most == 0)
  end)

  it("tells it all side by side", function()
    local schema = { required = { "value", "reason" }, properties = { value = { type = "integer", minimum = 0, maximum = 1 },
      reason = { type = "string" } } }
    local text = prompt_try.report(json.encode { schema = schema, seed = 1, items = {
      { step = 7, who = 1, draw = 0, old = { value = 1, reason = "a" }, new = { value = 0, reason = "a" } },
      { step = 8, who = 1, draw = 2, old = { value = 1, reason = "b" }, new = { value = 1, reason = "c" } },
      { step = 9, who = 1, draw = 0, old = { value = 1, reason = "b" }, new_failure = "refused" },
    } })
    for _, part in ipairs { 'step 7\n  old  value 1  reason "a"\n  new  value 0', "step 8 draw 2", "new  failed: refused",
      "value: agreement 50 % of 2", "kappa 0.00", "mean 1 → 0.5, shift -0.5 [-1, +0]", "reason: the same in 1 of 2",
      "failed: 0 → 1" } do
      assert(text:find(part, 1, true), part .. "\n" .. text)
    end
  end)
end)

describe("differences of texts", function()
  it("are lines taken away and lines put in", function()
    assert.equal(text_diff.lines("a\nb\nc\n", "a\nb\nc\n"), "")
    assert.equal(text_diff.lines("a\nb\nc\n", "a\nx\nc\n"), "  a\n- b\n+ x\n  c\n")
    assert.equal(text_diff.lines("1\n2\n3\n4\n5\n6\n", "1\n2\n3\n4\n5\n6\n7\n"), "...\n  5\n  6\n+ 7\n")
    assert.equal(text_diff.lines("", "a\n"), "- \n+ a\n")
  end)
end)

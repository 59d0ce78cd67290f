-- What models were asked and what it cost, added up.

local cost = require "propersim.report_cost"
local json = require "json"

local function row(condition, prompt, n, more)
  local out = {
    condition = condition, role = prompt == json.null and "embedding" or "rater", prompt = prompt, model = "m", questions = n,
    stored = 0, failed = 0, requests = n, tokens_in = 100 * n, tokens_out = 10 * n, tokens_cached = 0, cost = 0.5 * n,
  }
  for key, value in pairs(more or {}) do out[key] = value end
  return out
end

local CALLS = {
  row("a", "rater/timing", 4), row("a", json.null, 1), row("b", "rater/timing", 4, { stored = 4, requests = 0, cost = 0 }),
  row("b", "rater/all", 10, { failed = 2 }),
}

describe("costs", function()
  it("are nothing where no model was asked", function()
    assert(cost.compute({}) == nil and cost.compute(nil) == nil)
    local out = {}
    assert(#cost.add_text(out, {}, { width = 80 }) == 0 and #out == 0)
    assert(cost.html({}, nil, nil) == "")
  end)

  it("add up over runs, by prompt and by condition, the dearest first", function()
    local sums = cost.compute(CALLS)
    assert(sums.total.questions == 19 and sums.total.stored == 4 and sums.total.failed == 2 and sums.total.cost == 7.5)
    assert(#sums.prompts == 3 and sums.prompts[1].prompt == "rater/all" and sums.prompts[2].prompt == "rater/timing")
    assert(sums.prompts[2].questions == 8 and sums.prompts[2].requests == 4 and sums.prompts[3].prompt == "embedding")
    assert(sums.conditions[1].condition == "a" and sums.conditions[1].cost == 2.5 and sums.conditions[2].cost == 5)
  end)

  it("are told in words and in a table that fits", function()
    for _, width in ipairs { 40, 80, 200 } do
      local out = {}
      cost.add_text(out, { cost = cost.compute(CALLS) }, { width = width })
      local text = table.concat(out, "\n")
      for _, line in ipairs(out) do assert(utf8.len(line) <= width, line) end
      assert(text:find("19%s+questions") and text:find("7.5000", 1, true) and text:find("2 got no usable%s+answer"), text)
    end
  end)

  it("say so where the price is not known", function()
    local out = {}
    cost.add_text(out, { cost = cost.compute { row("a", "rater/timing", 4, { cost = 0 }) } }, { width = 80 })
    assert(table.concat(out, " "):find("price%s+is not known"), table.concat(out, "\n"))
  end)
end)

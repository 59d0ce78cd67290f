local json = require "json"
local recorded = require "propersim.report_recorded"

local function item(condition, persona, seed, day, who, name, value)
  return { condition = condition, persona = persona, seed = seed, day = day, who = who, name = name, value = value }
end

describe("what scripts recorded", function()
  it("is summed over the residents of a run, then averaged over the runs that have the day", function()
    local list = recorded.compute { measures = {
      item("a", "p01+p02", 1, 1, 1, "knows", 1), item("a", "p01+p02", 1, 1, 2, "knows", 1),
      item("a", "p01+p02", 2, 1, 0, "knows", 4), item("a", "p01+p02", 1, 2, 0, "knows", 5),
    } }
    assert.equal(#list, 1)
    assert.equal(list[1].days[1], 3)
    assert.equal(list[1].days[2], 5)
  end)

  it("keeps conditions and names apart, and says null where there is nothing", function()
    local list = recorded.compute { measures = {
      item("b", "p01", 1, 2, 0, "came", 2), item("a", "p01", 1, 1, 0, "knows", 1), item("b", "p01", 1, 1, 0, "knows", 3),
    } }
    assert.equal(#list, 3)
    assert.equal(list[1].condition .. list[1].name, "aknows")
    assert.equal(list[2].name, "came")
    assert.equal(list[2].days[1], json.null)
    assert.equal(list[2].days[2], 2)
  end)

  it("is a table in both forms of the report, and nothing at all without records", function()
    local data = { recorded = recorded.compute { measures = { item("a", "p01", 1, 1, 0, "party: know", 2.5) } } }
    local out = {}
    recorded.add(out, data, { width = 80 })
    assert(table.concat(out, "\n"):find("party: know  a            2.50", 1, true), table.concat(out, "\n"))
    assert(recorded.html(data):find("<td>2.50</td>", 1, true))
    out = {}
    recorded.add(out, { recorded = {} }, { width = 80 })
    assert.equal(#out, 0)
    assert.equal(recorded.html { recorded = {} }, "")
  end)
end)

-- What offline people make of their memories when they reflect.

local focal_questions = require "offline.resident.focal_questions"
local insights = require "offline.resident.insights"
local kinds = require "offline.kinds"
local lexicon = require "propersim.lexicon"

local function conclude(statements)
  return insights({ first_name = "Mara", question = "?", statements = statements, count = 5 }).insights
end

describe("a reflection", function()
  it("speaks of each kind of activity in words that people use, and that mean this kind", function()
    local forms = { "Mara's days turn around ", "Mara gives a good part of the day to ", "Mara makes some room for " }
    for _, kind in ipairs(lexicon.kinds) do
      for _, form in ipairs(forms) do
        assert.equal(lexicon.kind_of(form .. kinds[kind]), kind)
      end
    end
    assert.equal(conclude({ "Mara Ellison is eating lunch at the kitchen table" })[1].text, "Mara's days turn around eating")
    local asked = focal_questions({ first_name = "Mara", memory = "Mara Ellison is eating breakfast", count = 3 }).questions
    assert.equal(asked[1], "How much of Mara's time goes into eating?")
  end)

  it("rests on what happened, not on what was concluded before", function()
    local drawn = conclude { "Mara gives a good part of the day to exercise", "Mara Ellison is eating lunch",
      "Mara's days turn around exercise", "Mara Ellison is eating an apple", "Mara makes some room for eating" }
    assert.equal(#drawn, 1)
    assert.equal(drawn[1].text, "Mara's days turn around eating")
    assert.equal(table.concat(drawn[1].evidence, " "), "2 4")
    assert.equal(conclude({ "Mara makes some room for eating" })[1].text, "Mara's days are quiet")
  end)
end)

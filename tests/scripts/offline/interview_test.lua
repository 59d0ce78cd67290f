local answer = require "offline.resident.interview"

local MEMORIES = {
  "Thursday February 13, 2025, 09:10: Ada Lind is planting tomatoes in the garden",
  "Thursday February 13, 2025, 12:30: Ada Lind is eating lunch",
  "Friday February 14, 2025, 08:00: Bo is planning a birthday party for Ada",
  "Friday February 14, 2025, 09:15: bed is idle",
}

local function ask(question, memories)
  return answer({
    first_name = "Ada", doing = "reading a novel", at = "home:house:kitchen", memories = memories or MEMORIES,
    question = question, conversation = "(nothing yet)",
  }).answer
end

describe("the offline answer to an interview", function()
  it("quotes the memories that have to do with the question, in order of time", function()
    local text = ask("What about the tomatoes and the party?")
    assert.truthy(text:find("planting tomatoes", 1, true))
    assert.truthy(text:find("birthday party", 1, true))
    assert.truthy(text:find("planting", 1, true) < text:find("birthday", 1, true))
    assert.equal(text:find("lunch", 1, true), nil)
  end)

  it("finds a word in another form", function()
    assert.truthy(ask("Who plans something?"):find("birthday party", 1, true))
    assert.truthy(ask("What did you plant?"):find("tomatoes", 1, true))
  end)

  it("makes nothing up", function()
    for _, question in ipairs { "What do you think of volcanoes?", "Do you like Ada?", "What did you do?", "?" } do
      assert.equal(ask(question), "I do not remember anything about that.")
    end
    assert.equal(ask("tomatoes", {}), "I do not remember anything about that.")
  end)

  it("says what it is doing now", function()
    assert.equal(ask("What are you doing right now?"), "I am reading a novel, at home:house:kitchen.")
  end)
end)

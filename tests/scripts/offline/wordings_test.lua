-- Every wording must say its topic and its tone, whatever the person is called and doing.

local lexicon = require "propersim.lexicon"
local wordings = require "offline.wordings"

local NAMES = { "Mara", "Rose", "Will" }
local ACTIONS = { "answering client emails", "cooking dinner with the radio on", "reading a novel", "watching a film",
  "playing chess with a friend", "watering the plants", "doing yoga", "planning the week", "studying Spanish grammar",
  "painting with watercolours", "paying bills", "cleaning the kitchen", "calling her sister", "resting on the sofa" }
local LEAST, SHORTEST, LONGEST = 3, 6, 25

local function each(fn)
  for _, topic in ipairs(lexicon.topics) do
    for _, tone in ipairs(lexicon.tones) do
      for i = 1, wordings.count(topic, tone) do fn(topic, tone, i) end
    end
  end
end

-- The texts of a wording for all names and actions that it can hold.
local function variants(topic, tone, i)
  local list = {}
  local actions = wordings.needs_action(topic, tone, i) and ACTIONS or { ACTIONS[1] }
  for n, action in ipairs(actions) do
    list[n] = wordings.text(topic, tone, i, { first_name = NAMES[n % #NAMES + 1], action = action })
  end
  return list
end

describe("offline.wordings", function()
  it("has at least " .. LEAST .. " texts for each topic in each tone", function()
    for _, topic in ipairs(lexicon.topics) do
      for _, tone in ipairs(lexicon.tones) do
        assert(wordings.count(topic, tone) >= LEAST, topic .. ", " .. tone)
      end
    end
  end)

  it("says its topic", function()
    each(function(topic, tone, i)
      for _, text in ipairs(variants(topic, tone, i)) do
        local got = lexicon.topic_of(text)
        assert(got == topic, ("%s, %s, %d: %s in %q"):format(topic, tone, i, tostring(got), text))
      end
    end)
  end)

  it("says its tone", function()
    each(function(topic, tone, i)
      for _, text in ipairs(variants(topic, tone, i)) do
        local got = lexicon.tone_of(text)
        assert(got == tone, ("%s, %s, %d: %s in %q"):format(topic, tone, i, got, text))
      end
    end)
  end)

  -- The original's evaluation notebook takes a text with "no" and "recom" or "recrea" in it for an abstention.
  it("is taken for a recommendation by the original's notebook", function()
    each(function(topic, tone, i)
      local text = wordings.text(topic, tone, i, { first_name = "Nora", action = "reading a novel" }):lower()
      local silent = text:find("no", 1, true) and (text:find("recom", 1, true) or text:find("recrea", 1, true))
      assert(not silent, ("%s, %s, %d: %q"):format(topic, tone, i, text))
    end)
  end)

  it("is a whole sentence of 6 to 25 words", function()
    each(function(topic, tone, i)
      local text = wordings.text(topic, tone, i, { first_name = "Mara", action = "answering client emails" })
      local _, words = text:gsub("%S+", "")
      assert(words >= SHORTEST and words <= LONGEST, ("%d words: %q"):format(words, text))
      assert(text:find("^[%u]") and text:find("[.!?]$"), ("no sentence: %q"):format(text))
      assert(not text:find("[{}]") and not text:find("  ", 1, true), text)
    end)
  end)

  it("never says the same twice", function()
    local seen = {}
    each(function(topic, tone, i)
      local text = wordings.text(topic, tone, i, { first_name = "Mara", action = "resting" })
      assert(seen[text] == nil, text)
      seen[text] = true
    end)
  end)

  it("speaks of the action to the person", function()
    local cases = {
      { "Mara is calling her sister.", "calling your sister" }, { "stretching", "stretching" },
      { "Tom Reed is writing in his journal (evening pages)", "writing in your journal" },
      { "Washing the dishes by themselves!", "washing the dishes by yourself" }, { "lunch", "busy with lunch" },
    }
    for _, case in ipairs(cases) do
      local text = wordings.text("recipes", "warm", 4, { first_name = "Mara", action = case[1] })
      assert(text:find("While you are " .. case[2] .. ", ", 1, true) == 1, text)
    end
  end)

  it("refuses what it does not have", function()
    assert(not pcall(wordings.count, "gardens", "warm"), "unknown topic")
    assert(not pcall(wordings.count, "garden", "rude"), "unknown tone")
    assert(not pcall(wordings.text, "garden", "warm", 99, {}), "no such text")
    local asked = false
    each(function(topic, tone, i)
      if wordings.needs_action(topic, tone, i) then
        asked = true
        local ok, message = pcall(wordings.text, topic, tone, i, { first_name = "Mara" })
        assert(not ok and message:find("action", 1, true), "a missing action must be named")
      end
    end)
    assert(asked, "some wording mentions the action")
  end)
end)

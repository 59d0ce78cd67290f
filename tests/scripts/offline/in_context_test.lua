-- What the offline assistant reads out of the text of its memory, and out of a rubric that it is given.

local candidates = require "offline.candidates"
local given = require "offline.given"
local in_context = require "offline.in_context"
local judge = require "offline.judge"
local p = require "personas.p02"

local SOUP = "Please consider adding some lemon to the soup; it would be appropriate."

local function logits_of(memory, strength)
  local logits = {}
  for i in ipairs(candidates.list) do logits[i] = 0 end
  in_context.add(logits, memory, strength or 1)
  return logits
end

local function of(logits, topic, tone)
  return logits[candidates.index(topic, tone)]
end

describe("memory in the prompt", function()
  it("that tells no scores: what was said is repeated less, and a little less is said", function()
    local logits = logits_of("12:00-13:00, 1 recommendations: cooking\n13:05 Mara is cooking. | " .. SOUP)
    assert.near(0.25, logits[1], 1e-12)
    assert.near(-0.5, of(logits, "recipes", "formal"), 1e-12)
    assert.near(0, of(logits, "music", "formal"), 1e-12)
  end)

  it("that tells scores: topic, tone and speaking go with them", function()
    local logits = logits_of("13:05 Mara is cooking. | " .. SOUP .. " | score 4 | lovely")
    assert.near(3, of(logits, "recipes", "formal"), 1e-12)
    assert.near(2, of(logits, "music", "formal"), 1e-12)
    assert.near(1, of(logits, "music", "warm"), 1e-12)
    assert.near(0, logits[1], 1e-12)
    assert.near(-6, of(logits_of("13:05 Mara is cooking. | " .. SOUP .. " | score 0", 2), "recipes", "formal"), 1e-12)
  end)

  it("that tells how silence was rated: the same for silence", function()
    assert.near(1, logits_of("13:05 Mara is cooking. | No Recommendation | score 4")[1], 1e-12)
    assert.near(-0.5, logits_of("13:05 Mara is cooking. | No Recommendation | score 1")[1], 1e-12)
  end)
end)

describe("a rubric in the prompt", function()
  it("makes what it asks for likelier than what it rules out", function()
    local preferences = given.read(p.rubric)
    local like, boundary = preferences.likes[1], preferences.boundaries[1]
    local logits, seen = {}, { action = "reading a novel", minute = 720 }
    for i in ipairs(candidates.list) do logits[i] = 0 end
    given.add(logits, preferences, seen, { today = 0, free = 0, awake_minutes = 960 })
    assert(of(logits, like.topic, preferences.tones[1]) >= of(logits, boundary or "finance", preferences.tones[1]))
    assert.near(4 * 4, logits[1], 1e-12)
  end)

  it("is read from the prose, without the machine-readable wishes", function()
    assert(given.read(p.rubric) ~= p.preferences)
    assert(#given.read { personal_preference = "Music while cooking.", timing = "Any time.", frequency = "Twice a day.",
      communication_safety = "Be gentle." }.likes > 0)
  end)
end)

describe("expected points", function()
  local answer = {
    require "offline.rater.preference", require "offline.rater.timing", require "offline.rater.communication",
  }
  local too_often, too_seldom = require "offline.rater.too_often", require "offline.rater.too_seldom"
  local lexicon, wordings, rng = require "propersim.lexicon", require "offline.wordings", require "rng"

  local RECENT = { { today = 0, free = 0 }, { today = 2, since = 20, free = 20 }, { today = 1, since = 600, free = 600 } }

  it("are what the rater's single answers add up to", function()
    local compared = 0
    for _, candidate in ipairs(candidates.list) do
      for _, action in ipairs { "cooking lunch", "answering client emails", "reading a novel" } do
        for _, recent in ipairs(RECENT) do
          recent.awake_minutes = 960
          local inputs = { preferences = p.preferences, recent = recent, action = action, minute = 800, inconsistency = 0,
            first_name = "Kwame" }
          inputs.suggestion = candidate.silent and judge.SILENCE or wordings.text(candidate.topic, candidate.tone, 1, inputs)
          local points = 0
          for _, criterion in ipairs(answer) do points = points + criterion(inputs, rng.stream "x").value end
          local often, seldom = too_often(inputs, rng.stream "x"), too_seldom(inputs, rng.stream "x")
          points = points + ((often.value == 0 or seldom.value == 1) and often or seldom).value
          if candidate.silent or lexicon.topic_of(inputs.suggestion) == candidate.topic then
            assert.equal(points, judge.points(inputs, candidate.topic, candidate.tone), inputs.suggestion .. " " .. action)
            compared = compared + 1
          end
        end
      end
    end
    assert(compared > 500)
  end)
end)

-- Policies that adapt without training: what their ratings teach them.

local effects = require "assistant.policies.effects"
local gate = require "assistant.policies.gate"
local means = require "assistant.policies.means"
local candidates = require "offline.candidates"

local COOKING = { "always", "hour=12", "activity=cooking", "since=>=240", "today=<1" }
local WORKING = { "always", "hour=10", "activity=work", "since=>=240", "today=<1" }

local function assistant()
  return { state = { assistant = {} }, assistant = { options = { rank = true, gate = { missed = 1, false_alarm = 1 } } } }
end

local function said(features, topic, tone, score)
  return { features = features, silent = false, topic = topic, tone = tone, score = score, day = 1 }
end

-- The odds of speaking, all that it could say taken together, against silence.
local function odds(logits)
  local sum = 0
  for i = 2, #logits do sum = sum + math.exp(logits[i] - logits[1]) end
  return sum
end

-- What it would say most likely.
local function best(logits)
  local at = 2
  for i = 3, #logits do
    if logits[i] > logits[at] then at = i end
  end
  return candidates.list[at]
end

local function teach(r, policy, times, observed)
  for _ = 1, times do policy.observe(r, observed) end
end

describe("effects", function()
  it("of a moment count apart for speech and for silence", function()
    local speech = effects.parts(said(COOKING, "recipes", "warm", 4))
    local silence = effects.parts { features = COOKING, silent = true }
    for _, name in ipairs(speech) do
      for _, other in ipairs(silence) do assert(name ~= other, name) end
    end
    assert.equal(6, #speech)
    assert.equal(4, #silence)
  end)

  it("share out what they missed, the less the more they have seen", function()
    local model = {}
    effects.learn(model, { "a", "b" }, 1)
    assert.near(0.25, model.a[2], 1e-12)
    effects.learn(model, { "a" }, 1)
    assert.near(0.25 + 1 / 5, model.a[2], 1e-12)
    assert.near(0.45 + 0.25, effects.sum(model, { "a", "b", "never seen" }), 1e-12)
  end)
end)

describe("means", function()
  it("hopes the best of what it has never tried: it speaks", function()
    assert(odds(means.logits(nil, assistant(), { features = COOKING })) > 1)
  end)

  it("is silent where speech was rated low and silence high, and there above all", function()
    local r = assistant()
    for _, topic in ipairs { "recipes", "music", "health", "focus" } do
      for _, tone in ipairs { "warm", "formal", "playful", "gentle" } do teach(r, means, 10, said(WORKING, topic, tone, 0)) end
    end
    teach(r, means, 10, { features = WORKING, silent = true, score = 4, day = 1 })
    local working = odds(means.logits(nil, r, { features = WORKING }))
    assert(working < 0.1)
    assert(odds(means.logits(nil, r, { features = COOKING })) > 100 * working)
  end)

  it("prefers the topic and tone that were liked in what is being done", function()
    local r = assistant()
    for _ = 1, 5 do
      for i = 2, #candidates.list do
        local topic, tone = candidates.list[i].topic, candidates.list[i].tone
        local score = 2 + (topic == "recipes" and 1 or 0) + (tone == "formal" and 1 or 0)
        means.observe(r, said(COOKING, topic, tone, score))
      end
    end
    local choice = best(means.logits(nil, r, { features = COOKING }))
    assert.equal(choice.topic, "recipes")
    assert.equal(choice.tone, "formal")
  end)
end)

describe("the gate", function()
  local LEMON = effects.parts(said(COOKING, "recipes", "warm", 4))
  local BILLS = effects.parts(said(WORKING, "finance", "warm", 0))

  it("begins hopeful", function()
    assert(gate.probability({ parts = {}, bins = {} }, LEMON) > 0.8)
  end)

  it("learns which drafts are good, and is calibrated", function()
    local r = assistant()
    for _ = 1, 100 do
      gate.observe(r, said(COOKING, "recipes", "warm", 4))
      gate.observe(r, said(WORKING, "finance", "warm", 1))
    end
    local model = r.state.assistant.gate
    assert(gate.probability(model, LEMON) > 0.8)
    assert(gate.probability(model, BILLS) < 0.2)
    local drafts, good = 0, 0
    for _, bin in pairs(model.bins) do
      drafts, good = drafts + bin[1], good + bin[2]
    end
    assert.equal(200, drafts)
    assert.equal(100, good)
  end)

  it("corrects an estimate by what drafts of that estimate came to", function()
    local model = { parts = {}, bins = { ["tenth 9"] = { 90, 0 } } }
    local calibrated, raw = gate.probability(model, LEMON)
    assert.near(0.88, raw, 0.01)
    assert.near(0.1 * raw, calibrated, 1e-9)
  end)

  it("learns nothing from silence", function()
    local r = assistant()
    gate.observe(r, { features = COOKING, silent = true, score = 4, day = 1 })
    assert.equal(nil, r.state.assistant.gate)
  end)
end)

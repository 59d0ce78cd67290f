--- A calibrated gate: the model drafts a recommendation, and the gate lets it pass only where the estimated probability of a
--- good rating (3 or 4) exceeds the threshold that the costs of a missed need and of a false alarm set,
---
---   threshold = false_alarm / (false_alarm + missed)
---
--- (Fu et al. 2026, PRISM, arXiv 2602.01532, decides by the same rule.) The probability is a logistic regression over the
--- parts of the moment and of the draft, corrected by how often drafts of that estimate were good so far. When ranking,
--- the draft is the first offer and rated in any case, so the gate also hears what it kept back.

local effects = require "assistant.policies.effects"
local propose = require "assistant.propose"
local lexicon = require "propersim.lexicon"

local gate = {}

local GOOD = 3     -- from this score on
local START = 2    -- logit at first: hopeful, so that it begins by letting drafts pass
local RATE = 0.5   -- of learning, divided by the root of how often a part was seen
local BINS = 10
local TRUST = 10   -- a bin's own share counts as much as the estimate once so many drafts fell into it

local function model_of(r)
  local mine = r.state.assistant
  mine.gate = mine.gate or { parts = {}, bins = {} }
  return mine.gate
end

local function estimate(model, names)
  local sum = START
  for _, name in ipairs(names) do
    local part = model.parts[name]
    if part then sum = sum + part[2] end
  end
  return 1 / (1 + math.exp(-sum))
end

local function bin_of(p)
  return "tenth " .. math.min(BINS, p * BINS // 1 + 1 | 0) -- a text, so that it is saved as it is
end

--- The probability that a draft will be rated well.
---@param model table
---@param names string[]
---@return number calibrated
---@return number raw
function gate.probability(model, names)
  local p = estimate(model, names)
  local bin = model.bins[bin_of(p)]
  if not bin then return p, p end
  return (bin[2] + TRUST * p) / (bin[1] + TRUST), p
end

local function parts_of(seen, offer)
  return effects.parts { features = seen.features, silent = false, topic = lexicon.topic_of(offer.text),
    tone = lexicon.tone_of(offer.text) }
end

-- What the person hears: the draft, or silence.
local function decide(r, seen, draft)
  if draft.silent then return draft end
  local costs = r.assistant.options.gate
  local p = gate.probability(model_of(r), parts_of(seen, draft))
  if p > costs.false_alarm / (costs.false_alarm + costs.missed) then return draft end
  return propose.silence("forced")
end

--- The draft, and what the person hears.
function gate.offers(_, r, seen)
  local draft = propose.draw_speaking(seen.inputs, 1, "drawn")
  local said = decide(r, seen, draft)
  return r.assistant.options.rank and { draft, said } or { said }
end

--- Learns from one rated draft; silence tells nothing about drafts.
function gate.observe(r, observed)
  if observed.silent then return end
  local model, names = model_of(r), effects.parts(observed)
  local good = observed.score >= GOOD and 1 or 0
  local p = estimate(model, names)
  local bin = model.bins[bin_of(p)] or { 0, 0 }
  model.bins[bin_of(p)] = { bin[1] + 1, bin[2] + good }
  for _, name in ipairs(names) do
    local part = model.parts[name] or { 0, 0 }
    part[1] = part[1] + 1
    part[2] = part[2] + RATE * (good - p) / math.sqrt(part[1])
    model.parts[name] = part
  end
end

return gate

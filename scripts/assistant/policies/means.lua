--- Training-free adaptation: running means of the ratings per topic (during an activity), tone, hour, activity and gap. It
--- expects of each thing to say, and of silence, what those means add up to, and mostly does what it expects most of.
---
--- Nothing is trained overnight: each rating moves the means at once.

local candidates = require "offline.candidates"
local lexicon = require "propersim.lexicon"
local effects = require "assistant.policies.effects"
local propose = require "assistant.propose"

local means = {}

local HOPE = 4      -- expected of what has never been tried: so everything is tried
local SHARPNESS = 4 -- logits per expected point
local EAGER = 0.2   -- points by which silence must be better: a perfect recommendation is worth more than perfect silence

local function model_of(r)
  local mine = r.state.assistant
  mine.means = mine.means or {}
  return mine.means
end

-- Expected points of silence, and of each topic and tone in this moment.
local function expect(model, features)
  local quiet = HOPE + effects.sum(model, effects.moment(features, true))
  local names, activity = effects.moment(features, false)
  local base, topics, tones = HOPE + effects.sum(model, names), {}, {}
  for _, topic in ipairs(lexicon.topics) do
    topics[topic] = effects.sum(model, { (effects.content(topic, nil, activity)) })
  end
  for _, tone in ipairs(lexicon.tones) do
    local _, toned = effects.content(nil, tone, activity)
    tones[tone] = effects.sum(model, { toned })
  end
  return quiet, base, topics, tones
end

--- Speech and silence are weighed by the best that could be said; what is said, by what is expected of it.
function means.logits(_, r, seen)
  local quiet, base, topics, tones = expect(model_of(r), seen.features)
  local logits, best, sum = {}, -math.huge, 0
  for i, candidate in ipairs(candidates.list) do
    if not candidate.silent then
      logits[i] = SHARPNESS * (base + topics[candidate.topic] + tones[candidate.tone])
      best = math.max(best, logits[i])
    end
  end
  for i = 2, #candidates.list do sum = sum + math.exp(logits[i] - best) end
  logits[1] = SHARPNESS * (quiet - EAGER) + math.log(sum)
  return logits
end

--- A real model drafts by itself; its draft is said if more is expected of it than of silence.
function means.offers(_, r, seen)
  if seen.inputs.options then return nil end -- the offline model chooses by `logits`
  local draft = propose.draw(r.assistant.options, seen.inputs, 1)
  if draft.silent then return { draft } end
  local quiet, base, topics, tones = expect(model_of(r), seen.features)
  local expected = base + (topics[lexicon.topic_of(draft.text)] or 0) + (tones[lexicon.tone_of(draft.text)] or 0)
  local said = expected > quiet - EAGER and draft or propose.silence("forced")
  return r.assistant.options.rank and { draft, said } or { said }
end

--- Learns from one rated offer.
function means.observe(r, observed)
  local model, names = model_of(r), effects.parts(observed)
  effects.learn(model, names, observed.score - HOPE - effects.sum(model, names))
end

return means

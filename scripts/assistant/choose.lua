--- The model proposes, the policy decides (`assistant.choose = "policy"`): of several drafts and silence, the learned policy
--- draws what is said. So an assistant learns whose model cannot be trained.
---
--- A draft is known to the policy by its topic and tone and by codes of its embedding, of which texts that mean nearly the
--- same share most: what is learned of one draft holds for its like.

local clock = require "clock"
local lexicon = require "propersim.lexicon"
local memory = require "memory"
local policy = require "policy"
local rng = require "rng"
local propose = require "assistant.propose"

local choose = {}

local SILENCE = 1   -- its number among the candidates
local NEVER = -1e6  -- a logit that is never drawn

-- Different drafts that speak, in the order in which they were drawn.
local function drafts_of(r, seen)
  local draws, drafts, there = {}, {}, {}
  local failed = 0
  for i = 1, r.assistant.options.candidates do draws[i] = i end
  for _, draft in ipairs(propose.draw_many(r.assistant.options, seen.inputs, draws)) do
    if draft.source == "failed" then
      failed = failed + 1
    elseif not draft.silent and not there[draft.text] then
      there[draft.text] = true
      drafts[#drafts + 1] = draft
    end
  end
  return drafts, failed == #draws
end

-- What the policy knows of each candidate: silence, then the drafts. Without codes (the embedding failed, which is on
-- record) it goes by topic and tone alone.
local function describe(drafts)
  local attributes, texts = { { "silent" } }, {}
  for i, draft in ipairs(drafts) do texts[i] = draft.text end
  local codes = #texts > 0 and memory.codes(texts) or {}
  for i, text in ipairs(texts) do
    local own = { "say", "topic=" .. (lexicon.topic_of(text) or "none"), "tone=" .. (lexicon.tone_of(text) or "none") }
    for n, code in ipairs(codes[i] or {}) do own[#own + 1] = "like" .. n .. "=" .. code end
    attributes[i + 1] = own
  end
  return attributes
end

local function offer_of(drafts, number, source)
  if number == SILENCE then
    local silence = propose.silence(source)
    silence.candidate = SILENCE
    return silence
  end
  local draft = drafts[number - 1]
  return { text = draft.text, silent = false, source = source, reason = draft.reason, candidate = number }
end

-- The first of two offers is there to compare with: drawn like the second, or made to differ from it.
local function first_number(r, logits, second)
  local options = r.assistant.options
  local chance = rng.stream("explore", clock.step()):unit()
  if options.force_silence > 0 and rng.stream("force_silence", clock.step()):chance(options.force_silence) then
    return SILENCE, "forced"
  end
  if chance < options.explore.opposite and second ~= SILENCE then return SILENCE, "forced" end
  if chance < options.explore.opposite + options.explore.speak and #logits > 1 then
    logits[SILENCE] = NEVER
    return (policy.choose(logits, options.temperature, rng.stream("choose_first", clock.step()))), "forced"
  end
  return (policy.choose(logits, options.temperature, rng.stream("choose_first", clock.step()))), "drawn"
end

--- The offers of a step: two when ranking, else one. The last is what is said.
---@param r resident
---@param seen situation
---@return offer[]
function choose.offers(r, seen)
  local options = r.assistant.options
  local drafts, failed = drafts_of(r, seen)
  if failed then
    local nothing = { propose.silence("failed") }
    if options.rank then nothing[2] = propose.silence("failed") end
    return nothing
  end
  r.assistant.policy:set_candidates(describe(drafts))
  local logits = r.assistant.policy:score(seen.features)
  local second = policy.choose(logits, options.temperature, rng.stream("choose", clock.step()))
  local said = offer_of(drafts, second, "drawn")
  if not options.rank then return { said } end
  local first, source = first_number(r, logits, second)
  return { offer_of(drafts, first, source), said }
end

return choose

--- Proposing: drawing offers from the model, and writing them to the run file.

local llm = require "llm"
local policy = require "policy"
local record = require "record"
local candidates = require "offline.candidates"
local lexicon = require "propersim.lexicon"

local propose = {}

local SILENCE = "No Recommendation"
local SHORTEST = 7 -- anything shorter is no recommendation

-- The question, by `assistant.reason`.
local QUESTION = {
  none = "assistant/suggest", before = "assistant/suggest_reason_before", after = "assistant/suggest_reason_after",
}

--- The prompt of the one question by which an assistant proposes.
---@param options table config.assistant
---@return string
function propose.question(options)
  return QUESTION[options.reason]
end

---@param source string
---@return offer
function propose.silence(source)
  return { text = SILENCE, silent = true, source = source }
end

local function is_silence(text)
  return #text < SHORTEST or text:lower():find("no recommendation", 1, true) ~= nil
end

-- Offers with these texts, nil standing for a model that failed. Silence is told by its words; recommendations have their
-- spacing and typing mended once.
local function offers_of(texts, sources, draws)
  local offers, questions, asked = {}, {}, {}
  for i = 1, #draws do
    local text = texts[i]
    if not text then
      offers[i] = propose.silence("failed")
    elseif is_silence(text) then
      offers[i] = propose.silence(sources[i])
    else
      offers[i] = { text = text, silent = false, source = sources[i] }
      questions[#questions + 1] = { "assistant/tidy", { text = text }, { draw = draws[i] } }
      asked[#asked + 1] = i
    end
  end
  local answers = llm.all(questions)
  for n, i in ipairs(asked) do
    if answers[n] then offers[i].text = answers[n].text end
  end
  return offers
end

--- An offer with this text.
---@param text string
---@param source string
---@param draw integer 1 or 2
---@return offer
function propose.offer(text, source, draw)
  return offers_of({ text }, { source }, { draw })[1]
end

-- The same question for each draw; answers by their place, nil where the model failed.
local function ask(prompt, inputs, draws)
  local questions = {}
  for i, draw in ipairs(draws) do questions[i] = { prompt, inputs, { draw = draw } } end
  return (llm.all(questions))
end

local function draw_with(prompt, inputs, draws, source)
  local answers, texts, sources = ask(prompt, inputs, draws), {}, {}
  for i = 1, #draws do
    texts[i], sources[i] = answers[i] and answers[i].suggestion, source
  end
  local offers = offers_of(texts, sources, draws)
  for i, offer in ipairs(offers) do
    if answers[i] then offer.reason = answers[i].reason or answers[i].why end
  end
  return offers
end

--- Draws one offer that speaks.
---@param inputs table of the prompt assistant/write
---@param draw integer 1 or 2
---@param source string
---@return offer
function propose.draw_speaking(inputs, draw, source)
  return draw_with("assistant/write", inputs, { draw }, source)[1]
end

-- First whether, then what.
local function decide_first(inputs, draws)
  local decisions, offers, speaking, places = ask("assistant/decide", inputs, draws), {}, {}, {}
  for i, draw in ipairs(draws) do
    local decision = decisions[i]
    if decision and decision.speak then
      speaking[#speaking + 1], places[#places + 1] = draw, i
    else
      offers[i] = propose.silence(decision and "drawn" or "failed")
    end
  end
  if #speaking == 0 then return offers end
  for n, offer in ipairs(draw_with("assistant/write", inputs, speaking, "drawn")) do offers[places[n]] = offer end
  return offers
end

--- Draws several offers at once. The same draw of the same moment is always the same, whatever else is drawn with it.
---@param options table config.assistant
---@param inputs table of the prompt assistant/suggest
---@param draws integer[] the numbers of the draws
---@return offer[] in the order of the draws
function propose.draw_many(options, inputs, draws)
  if options.ask == "decide_first" then return decide_first(inputs, draws) end
  return draw_with(QUESTION[options.reason], inputs, draws, "drawn")
end

--- Draws one offer.
---@param options table config.assistant
---@param inputs table of the prompt assistant/suggest
---@param draw integer 1 or 2
---@return offer
function propose.draw(options, inputs, draw)
  return propose.draw_many(options, inputs, { draw })[1]
end

--- Is the first of two offers made to differ from the second this time?
---@param options table config.assistant
---@param chance number uniform in 0..1
---@return boolean
function propose.explores(options, chance)
  return chance < options.explore.opposite + options.explore.speak
end

-- A recommendation that is drawn at another temperature: what the policy has given up is tried again now and then.
local function explored(inputs, temperature)
  local usual = inputs.temperature
  inputs.temperature = temperature
  local offer = propose.draw_speaking(inputs, 1, "forced")
  inputs.temperature = usual
  return offer
end

--- The first of two offers, which is rated but not said: drawn like the second, or made to differ so that there is
--- something to learn from when the policy has become sure of itself.
---@param options table config.assistant
---@param inputs table of the prompt assistant/suggest
---@param second offer
---@param chance number uniform in 0..1
---@return offer
function propose.first(options, inputs, second, chance)
  local explore = options.explore
  if chance < explore.opposite and not second.silent then return propose.silence("forced") end
  if chance < explore.opposite + explore.speak then return explored(inputs, explore.temperature) end
  return propose.draw(options, inputs, 1)
end

--- Notes what the offers are about, and how likely the policy would have said each: for whoever wants to know why.
---@param offers offer[]
---@param inputs table of the prompt assistant/suggest; without `options` (a real model) nothing is known of likelihood
function propose.judge(offers, inputs)
  local logits, numbers = inputs.options, {}
  for i, offer in ipairs(offers) do
    if not offer.silent then offer.topic, offer.tone = lexicon.topic_of(offer.text), lexicon.tone_of(offer.text) end
    numbers[i] = (offer.silent or offer.topic) and candidates.index(offer.topic, offer.tone) or false
  end
  if not logits then return end
  local probabilities = policy.probabilities(logits, inputs.temperature, numbers)
  for i, offer in ipairs(offers) do
    if numbers[i] then offer.logit, offer.probability = logits[numbers[i]], probabilities[i] end
  end
end

--- Writes an offer to the run file.
---@param r resident
---@param slot integer 1 or 2
---@param offer offer
---@param delivered boolean
function propose.write(r, slot, offer, delivered)
  record.suggestion {
    who = r.who, slot = slot, text = offer.text, silent = offer.silent, source = offer.source, delivered = delivered,
    topic = offer.topic, tone = offer.tone, reason = offer.reason, logit = offer.logit, probability = offer.probability,
  }
end

return propose

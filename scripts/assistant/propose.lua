--- Proposing: drawing offers from the model, and writing them to the run file.

local llm = require "llm"
local record = require "record"
local lexicon = require "propersim.lexicon"

local propose = {}

local SILENCE = "No Recommendation"
local SHORTEST = 7 -- anything shorter is no recommendation

-- The question, by `assistant.reason`.
local QUESTION = {
  none = "assistant/suggest", before = "assistant/suggest_reason_before", after = "assistant/suggest_reason_after",
}

---@param source string
---@return offer
function propose.silence(source)
  return { text = SILENCE, silent = true, source = source }
end

local function is_silence(text)
  return #text < SHORTEST or text:lower():find("no recommendation", 1, true) ~= nil
end

--- An offer with this text. Silence is told by its words, a recommendation has its spacing and typing mended once.
---@param text string
---@param source string
---@param draw integer 1 or 2
---@return offer
function propose.offer(text, source, draw)
  if is_silence(text) then return propose.silence(source) end
  local tidy = llm.ask("assistant/tidy", { text = text }, { draw = draw })
  return { text = tidy and tidy.text or text, silent = false, source = source }
end

local function read(answer, source, draw)
  if not answer then return propose.silence("failed") end
  local offer = propose.offer(answer.suggestion, source, draw)
  offer.reason = answer.reason or answer.why
  return offer
end

--- Draws one offer that speaks.
---@param inputs table of the prompt assistant/write
---@param draw integer 1 or 2
---@param source string
---@return offer
function propose.draw_speaking(inputs, draw, source)
  return read(llm.ask("assistant/write", inputs, { draw = draw }), source, draw)
end

--- Draws one offer. The same draw of the same moment is always the same.
---@param options table config.assistant
---@param inputs table of the prompt assistant/suggest
---@param draw integer 1 or 2
---@return offer
function propose.draw(options, inputs, draw)
  if options.ask == "decide_first" then
    local decision = llm.ask("assistant/decide", inputs, { draw = draw })
    if not decision then return propose.silence("failed") end
    if not decision.speak then return propose.silence("drawn") end
    return propose.draw_speaking(inputs, draw, "drawn")
  end
  return read(llm.ask(QUESTION[options.reason], inputs, { draw = draw }), "drawn", draw)
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
  if chance < explore.opposite + explore.speak then return propose.draw_speaking(inputs, 1, "forced") end
  return propose.draw(options, inputs, 1)
end

--- Writes an offer to the run file.
---@param r resident
---@param slot integer 1 or 2
---@param offer offer
---@param delivered boolean
function propose.write(r, slot, offer, delivered)
  record.suggestion {
    who = r.who, slot = slot, text = offer.text, silent = offer.silent, source = offer.source, delivered = delivered,
    topic = not offer.silent and lexicon.topic_of(offer.text) or nil,
    tone = not offer.silent and lexicon.tone_of(offer.text) or nil,
    reason = offer.reason,
  }
end

return propose

--- Proposing: what the policy thinks of each candidate, and drawing offers from the model.

local llm = require "llm"
local record = require "record"
local lexicon = require "propersim.lexicon"

local propose = {}

local SILENCE = "No Recommendation"
local NEVER = -1e6 -- a logit that is never drawn
local SHORTEST = 7 -- anything shorter is no recommendation

--- The offline model's own view: a logit for each candidate, in the order of offline.candidates. nil for a real model.
---@param r resident
---@param features string[]
---@return number[]|nil
function propose.options(r, features)
  if not llm.is_offline("assistant") then return nil end
  return r.assistant.policy:score(features)
end

---@param source string
---@return offer
function propose.silence(source)
  return { text = SILENCE, silent = true, source = source }
end

local function is_silence(text)
  return #text < SHORTEST or text:lower():find("no recommendation", 1, true) ~= nil
end

--- Draws one offer. The same draw of the same moment is always the same.
---@param inputs table of the prompt assistant/suggest
---@param draw integer 1 or 2
---@return offer
function propose.draw(inputs, draw)
  local answer = llm.ask("assistant/suggest", inputs, { draw = draw })
  if not answer then return propose.silence("failed") end
  if is_silence(answer.suggestion) then return propose.silence("drawn") end
  local tidy = llm.ask("assistant/tidy", { text = answer.suggestion }, { draw = draw })
  return { text = tidy and tidy.text or answer.suggestion, silent = false, source = "drawn" }
end

--- Draws one offer that speaks. Only the offline model can be told to.
---@param inputs table of the prompt assistant/suggest
---@param draw integer 1 or 2
---@return offer
function propose.draw_speaking(inputs, draw)
  local options = inputs.options
  local silence = options[1]
  options[1] = NEVER
  local offer = propose.draw(inputs, draw)
  options[1] = silence
  offer.source = "forced"
  return offer
end

--- The first of two offers, which is rated but not said: drawn like the second, or made to differ so that there is
--- something to learn from when the policy has become sure of itself.
---@param inputs table of the prompt assistant/suggest
---@param second offer
---@param explore { opposite: number, speak: number }
---@param chance number uniform in 0..1
---@return offer
function propose.first(inputs, second, explore, chance)
  if not inputs.options then return propose.draw(inputs, 1) end
  if chance < explore.opposite and not second.silent then return propose.silence("forced") end
  if chance < explore.opposite + explore.speak then return propose.draw_speaking(inputs, 1) end
  return propose.draw(inputs, 1)
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
  }
end

return propose

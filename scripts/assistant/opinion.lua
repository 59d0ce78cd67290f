--- What the offline assistant thinks of each thing it could say: what its policy has learned, and (where the study asks for
--- it) what it makes of the person's rubric and of its memory. A real model forms its own opinion from the same texts.

local llm = require "llm"
local candidates = require "offline.candidates"
local given = require "offline.given"
local in_context = require "offline.in_context"
local notice = require "assistant.notice"

local opinion = {}

--- The part of the assistant's prompts that tells it the person's rubric; empty if it is not given (`assistant.persona_given`).
---@param options table config.assistant
---@param r resident
---@return string
function opinion.persona_text(options, r)
  if not options.persona_given then return "" end
  local rubric = r.persona.rubric
  return table.concat({
    "", "", r.first_name .. " has said about recommendations:", "What helps: " .. rubric.personal_preference,
    "When: " .. rubric.timing, "How often: " .. rubric.frequency, "How: " .. rubric.communication_safety, "",
  }, "\n")
end

local function untrained()
  local logits = {}
  for i = 1, #candidates.list do logits[i] = 0.0 end
  return logits
end

--- A logit for each candidate, in the order of offline.candidates; nil for a real model.
---@param h household
---@param r resident
---@param seen situation
---@param memory string the text of its memory
---@return number[]|nil
function opinion.of(h, r, seen, memory)
  if not llm.is_offline("assistant") then return nil end
  local a = r.assistant
  if a.options.choose == "policy" then return untrained() end -- what is learned decides among its drafts
  local logits = a.decider.logits and a.decider.logits(h, r, seen) or a.policy:score(seen.features)
  if a.options.persona_given then
    a.wishes_read = a.wishes_read or given.read(r.persona.rubric)
    given.add(logits, a.wishes_read, seen, notice.recent(r, seen))
  end
  if a.options.in_context > 0 then in_context.add(logits, memory, a.options.in_context) end
  return logits
end

return opinion

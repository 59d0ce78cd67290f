--- The usual policy: the model decides. Offline it draws by what was learned from pairs. A real model that is not trained
--- itself proposes, and what was learned from pairs chooses between its proposal and silence.

local clock = require "clock"
local rng = require "rng"
local lexicon = require "propersim.lexicon"
local candidates = require "offline.candidates"
local propose = require "assistant.propose"

local learned = {}

local SILENT = candidates.index()

-- Before anything is learned the proposal passes: its odds are those of speech against silence among all candidates.
local FIRST_ODDS = #candidates.list - 1

local function chooses(r, seen)
  local learn = r.assistant.options.learn
  return seen.inputs.options == nil and learn.method ~= "none" and not learn.trainer
end

--- What becomes of a proposal: itself, or silence.
---@param r resident
---@param seen situation
---@param proposal offer
---@param slot integer 1 or 2
---@return offer
function learned.choose(r, seen, proposal, slot)
  if proposal.silent or not chooses(r, seen) then return proposal end
  local candidate = candidates.index(lexicon.topic_of(proposal.text), lexicon.tone_of(proposal.text))
  if not candidate then return proposal end -- about nothing that the policy knows
  seen.logits = seen.logits or r.assistant.policy:score(seen.features)
  local odds = FIRST_ODDS * math.exp(seen.logits[candidate] - seen.logits[SILENT])
  local speaks = rng.stream("choose", clock.step() * 2 + slot):unit() * (1 + odds) < odds
  if speaks then return proposal end
  local silence = propose.silence("drawn")
  silence.reason = proposal.reason
  return silence
end

return learned

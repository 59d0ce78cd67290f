--- Who decides whether to speak, and what to say (`assistant.policy`).
---
--- A policy is a table of functions, each of which may be left out:
---   speaks(h, r, seen)   true: it speaks, false: it is silent, nil: the model decides
---   logits(h, r, seen)   what it thinks of each of offline.candidates, in place of what was learned from pairs
---   offers(h, r, seen)   makes the offers of a step itself
---   choose(r, seen, proposal, slot) what becomes of something that the model drew: itself, or silence
---   observe(r, observed) learns at once from one rated offer: { features, silent, topic, tone, score, day }
--- What it must remember is plain data in r.state.assistant.

local rates = require "assistant.policies.rates"

local policies = {}

local ALL = {
  learned = require "assistant.policies.learned",
  silent = rates.silent,
  always = rates.always,
  fixed_rate = rates.fixed_rate,
  random_rate = rates.random_rate,
  means = require "assistant.policies.means",
  gate = require "assistant.policies.gate",
  oracle = require "assistant.policies.oracle",
}

--- The policy of a name.
---@param name string
---@return table
function policies.of(name)
  return ALL[name] or error("no policy '" .. tostring(name) .. "'")
end

return policies

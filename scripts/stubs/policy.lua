---@meta policy
--- The offline assistant's model: a log-linear policy over pairs of a feature of the situation and an attribute of a candidate.

---@class policy
local policy = {}

---@class Policy
local Policy = {}

--- The policy of a resident's assistant.
---@param who integer the resident's number
---@return Policy
function policy.open(who) end

--- Draws a candidate with the probabilities softmax(logits / temperature).
---@param logits number[] 1 to 4096 finite numbers
---@param temperature number above 0
---@param stream Stream a random stream of `rng`; one number is taken from it
---@return integer index from 1
---@return number log_probability
function policy.choose(logits, temperature, stream) end

--- Says what the policy chooses among: the attributes of each candidate. Costly; once per load of the scripts.
---@param attributes string[][] 1 to 4096 candidates with at most 8 attributes each
function Policy:set_candidates(attributes) end

--- What the policy thinks of each candidate in a situation.
---@param features string[] at most 32 names, each once
---@return number[] logits in the order of the candidates
function Policy:score(features) end

return policy

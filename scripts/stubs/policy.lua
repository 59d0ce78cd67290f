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

--- Adds something to learn from: the moment, which candidate was chosen over which, or one that was good or bad by itself.
---@param features string[] as for `score`
---@param chosen integer|nil number of a candidate
---@param rejected integer|nil
---@param weight number|nil above 0; multiplies its loss; 1 if nil
function Policy:add_example(features, chosen, rejected, weight) end

---@class learning_options
---@field method "dpo"|"ipo"|"kto"|"sft"
---@field replay "equally200"|"equally400"|"halftoday"|"all"|nil
---@field half_life_days number|nil
---@field beta number|nil
---@field smoothing number|nil
---@field learning_rate number|nil
---@field linear_decay boolean|nil
---@field epochs integer|nil
---@field batch integer|nil
---@field accumulate integer|nil
---@field weight_decay number|nil
---@field max_norm number|nil
---@field desirable number|nil
---@field undesirable number|nil
---@field unlikelihood number|nil
---@field balance number|nil
---@field from_reference boolean|nil

--- Trains for one night on the examples so far. nil stands for the method's usual setting (host/learn/learner.h).
---@param options learning_options
---@param stream Stream a random stream of `rng`
---@return { used: integer, todays: integer, loss_before: number, loss_after: number, accuracy: number, change: number }
function Policy:train(options, stream) end

return policy

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

--- The probabilities softmax(logits / temperature) of some candidates.
---@param logits number[] 1 to 4096 finite numbers
---@param temperature number above 0
---@param numbers (integer|false)[] of candidates, from 1
---@return (number|false)[] of each of them; false where the number is false
function policy.probabilities(logits, temperature, numbers) end

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
---@param delay_days integer|nil ratings of the last so many days have not come in yet: 0 if nil
---@return { used: integer, todays: integer, loss_before: number, loss_after: number, accuracy: number, change: number }
function Policy:train(options, stream, delay_days) end

--- Draws a night's training set as `train` does, for a rule of a study's own: what was chosen over what, in words.
---@param options learning_options `replay` and `half_life_days` count
---@param stream Stream a random stream of `rng`
---@param delay_days integer|nil as for `train`
---@return { situation: string[], chosen: string[]|nil, rejected: string[]|nil, weight: number, day: integer }[]
function Policy:examples(options, stream, delay_days) end

--- The weight of an attribute of a candidate in situations with a feature.
---@param feature string
---@param attribute string
---@return number
function Policy:weight(feature, attribute) end

--- Adds to such a weight.
---@param feature string
---@param attribute string
---@param amount number
function Policy:add_weight(feature, attribute, amount) end

return policy

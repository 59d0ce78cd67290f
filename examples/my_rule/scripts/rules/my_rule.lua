--- A perceptron with a margin: wherever the better candidate does not lead by MARGIN, its weights go up a little and those of
--- the worse one go down.
---
--- `train` gets a night (docs/learning.md): its pairs and the weights so far. It returns the weights from the next day on.

local my_rule = {}

local MARGIN = 6    -- logits by which the better candidate should lead
local RATE = 0.1    -- unless the study sets assistant.learn.learning_rate
local ROUNDS = 3

-- The logit of a candidate in a situation: the sum of the weights of each feature with each attribute.
local function logit(weights, situation, attributes)
  local sum = 0
  for _, feature in ipairs(situation) do
    for _, attribute in ipairs(attributes) do sum = sum + weights[feature][attribute] end
  end
  return sum
end

local function move(weights, situation, attributes, amount)
  for _, feature in ipairs(situation) do
    local of = weights[feature]
    for _, attribute in ipairs(attributes) do of[attribute] = of[attribute] + amount end
  end
end

---@param night night
---@return table<string, table<string, number>> weights
function my_rule.train(night)
  local weights, rate = night.weights, night.options.learning_rate or RATE
  for _ = 1, ROUNDS do
    for _, pair in ipairs(night.stream:shuffle(night.pairs)) do
      local lead = logit(weights, pair.situation, pair.chosen) - logit(weights, pair.situation, pair.rejected)
      if lead < MARGIN then
        move(weights, pair.situation, pair.chosen, rate * pair.weight)
        move(weights, pair.situation, pair.rejected, -rate * pair.weight)
      end
    end
  end
  return weights
end

return my_rule

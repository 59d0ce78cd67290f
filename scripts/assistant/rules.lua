--- Learning rules of a study's own (`learn.method = "NAME"`): scripts/rules/NAME.lua, a pure function of what there is to
--- learn from and the weights so far. docs/learning.md describes it; examples/my_rule is one.

local log = require "log"
local rng = require "rng"

local rules = {}

---@class night
---@field pairs rule_pair[] the training set, drawn by `learn.replay`
---@field weights table<string, table<string, number>> weights[feature][attribute], as far as the pairs touch them
---@field options table config.assistant.learn
---@field stream RandomStream

---@class rule_pair
---@field situation string[] features of the moment, "always" among them
---@field chosen string[]|nil attributes of the better candidate
---@field rejected string[]|nil of the worse one
---@field weight number
---@field day integer on which it was rated

local function take_weights(policy, weights, situation, attributes)
  for _, feature in ipairs(situation) do
    local of = weights[feature] or {}
    for _, attribute in ipairs(attributes or {}) do
      of[attribute] = of[attribute] or policy:weight(feature, attribute)
    end
    weights[feature] = of
  end
end

local function weights_of(policy, examples)
  local weights = {}
  for _, pair in ipairs(examples) do
    take_weights(policy, weights, pair.situation, pair.chosen)
    take_weights(policy, weights, pair.situation, pair.rejected)
  end
  return weights
end

local function check(name, feature, attribute, value)
  if type(feature) ~= "string" or type(attribute) ~= "string" or type(value) ~= "number" or value ~= value
    or math.abs(value) > 1e6 then
    error(string.format("scripts/rules/%s.lua: weights[%s][%s] is %s; it must be a number within -1e6 and 1e6", name,
      tostring(feature), tostring(attribute), tostring(value)), 0)
  end
end

-- Moves the policy's weights to those that the rule returned. Returns how many moved.
local function put_weights(policy, name, weights)
  local moved = 0
  for feature, of in pairs(weights) do
    if type(of) ~= "table" then error("scripts/rules/" .. name .. ".lua: weights[" .. tostring(feature) .. "] is no table", 0) end
    for attribute, value in pairs(of) do
      check(name, feature, attribute, value)
      local change = value - policy:weight(feature, attribute)
      if change ~= 0 then
        policy:add_weight(feature, attribute, change)
        moved = moved + 1
      end
    end
  end
  return moved
end

--- One night with a rule of the study's own.
---@param r resident
---@param options table config.assistant.learn
---@param delay_days integer ratings younger than that have not come in yet
function rules.train(r, options, delay_days)
  local policy = r.assistant.policy
  local examples = policy:examples(options, rng.stream("learn"), delay_days)
  if #examples == 0 then return end
  local night = { pairs = examples, weights = weights_of(policy, examples), options = options, stream = rng.stream("rule") }
  local weights = require("rules." .. options.method).train(night)
  if type(weights) ~= "table" then
    error("scripts/rules/" .. options.method .. ".lua: train must return the weights, not a " .. type(weights), 0)
  end
  local moved = put_weights(policy, options.method, weights)
  log.debug(string.format("rule %s: %d pairs, %d weights moved", options.method, #examples, moved))
end

return rules

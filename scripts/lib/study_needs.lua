--- Options that act only beside others ("X needs Y"): one that a study sets where it cannot act is a mistake, and is refused
--- with what to do.
---
--- A condition's own options must act in it. What the study sets for all must act in one of its conditions: that others do
--- without it (`learn.method = "none"` in a condition, say) is what conditions are for.

local options = require "propersim.study_options"
local settings = require "propersim.study_settings"

local study_needs = {}

local BUILT_IN = { dpo = true, ipo = true, kto = true, sft = true }

-- Is there a trainer that a model learns by? Offline none runs, and the policy learns by itself (docs/learning.md).
local function is_trained(c)
  return c.assistant.learn.trainer ~= nil and c.models.assistant ~= "offline"
end

local function policy_is(...)
  local names = {}
  for _, name in ipairs { ... } do names[name] = true end
  return function(c) return names[c.assistant.policy] == true end
end

-- A setting of these methods; a rule of the study's own gets all of them.
local function of_methods(...)
  local names = {}
  for _, name in ipairs { ... } do names[name] = true end
  return function(c)
    local method = c.assistant.learn.method
    return names[method] or method ~= "none" and not BUILT_IN[method]
  end
end

local function learns(c) return c.assistant.learn.method ~= "none" end

local function trains_policy(c) return not is_trained(c) end

local function ranks(c) return c.assistant.rank end

local function draws_first(c)
  local a = c.assistant
  return not a.revision and (a.policy == "learned" or a.policy == "means" or a.policy == "oracle")
end

-- What was learned is used by policies that choose by it, or that let the offline model say what it has learned.
local function uses_learned(c)
  local policy = c.assistant.policy
  return policy ~= "silent" and policy ~= "oracle" and (policy ~= "means" or is_trained(c))
end

local PAIRS = "needs assistant.rank = true: it learns from two offers of a moment"
local UNUSED = "nothing would use what is learned; this policy goes by itself (docs/baselines.md), so leave learn.method out, "
  .. "or set assistant.policy = \"learned\""
local METHOD = "needs assistant.learn.method, by which the assistant learns"
local TRAINER = "does nothing beside learn.trainer: the model learns, and no policy; leave it out, or give the trainer an "
  .. "option of its own (docs/learning.md)"
local FIRST = "concerns the first of two offers that the model draws, and policy gate, silent, always, a rate, or revision make "
  .. "the first themselves; set it to 0 there"

-- Option, what makes it act, what to do where that is not so.
local NEEDS = {
  { "assistant.rate", policy_is("fixed_rate", "random_rate"), "needs assistant.policy = \"fixed_rate\" or \"random_rate\"" },
  { "assistant.gate.missed", policy_is("gate"), "needs assistant.policy = \"gate\"" },
  { "assistant.gate.false_alarm", policy_is("gate"), "needs assistant.policy = \"gate\"" },
  { "assistant.candidates", function(c) return c.assistant.choose == "policy" end, "needs assistant.choose = \"policy\"" },
  { "assistant.force_silence", ranks, "needs assistant.rank = true: it concerns the first of two offers" },
  { "assistant.force_silence", function(c) return c.assistant.policy ~= "gate" end, FIRST },
  { "assistant.explore.opposite", ranks, "needs assistant.rank = true: it concerns the first of two offers" },
  { "assistant.explore.opposite", draws_first, FIRST },
  { "assistant.explore.speak", ranks, "needs assistant.rank = true: it concerns the first of two offers" },
  { "assistant.explore.speak", draws_first, FIRST },
  { "assistant.explore.temperature", function(c) return c.assistant.explore.speak + c.assistant.explore.opposite > 0 end,
    "needs assistant.explore.speak or explore.opposite above 0: it is the temperature of what they make the assistant say" },
  { "assistant.explore.temperature", function(c) return c.assistant.choose ~= "policy" end,
    "does not go with choose = \"policy\", which draws at assistant.temperature" },
  { "assistant.learn.method", ranks, PAIRS },
  { "assistant.learn.method", uses_learned, UNUSED },
  { "assistant.learn.start", uses_learned, UNUSED },
  { "assistant.learn.start", trains_policy, TRAINER },
  { "assistant.learn.start_from", function(c) return c.assistant.learn.start ~= nil end,
    "needs assistant.learn.start, what to start from" },
  { "assistant.learn.replay", learns, METHOD },
  { "assistant.learn.half_life_days", learns, METHOD },
  { "assistant.learn.half_life_days", trains_policy, TRAINER },
  { "assistant.learn.across", learns, METHOD },
  { "assistant.learn.across", trains_policy, TRAINER },
  { "assistant.learn.across", function(c) return c.assistant.choose ~= "policy" end,
    "does not go with choose = \"policy\": drafts of different moments cannot be compared" },
  { "assistant.learn.beta", learns, METHOD },
  { "assistant.learn.beta", of_methods("dpo", "ipo", "kto"), "does nothing with method sft; leave it out" },
  { "assistant.learn.learning_rate", learns, METHOD },
  { "assistant.learn.epochs", learns, METHOD },
  { "assistant.learn.batch", learns, METHOD },
  { "assistant.learn.accumulate", learns, METHOD },
  { "assistant.learn.weight_decay", learns, METHOD },
  { "assistant.learn.linear_decay", learns, METHOD },
  { "assistant.learn.balance", of_methods("dpo", "ipo"), "needs assistant.learn.method dpo or ipo: it weighs pairs" },
  { "assistant.learn.balance", trains_policy, TRAINER },
  { "assistant.learn.max_norm", learns, METHOD },
  { "assistant.learn.from_reference", learns, METHOD },
  { "assistant.learn.smoothing", of_methods("dpo"), "needs assistant.learn.method = \"dpo\"" },
  { "assistant.learn.kto_reference", of_methods("kto"), "needs assistant.learn.method = \"kto\"" },
  { "assistant.learn.desirable", of_methods("kto"), "needs assistant.learn.method = \"kto\"" },
  { "assistant.learn.undesirable", of_methods("kto"), "needs assistant.learn.method = \"kto\"" },
  { "assistant.learn.unlikelihood", of_methods("sft"), "needs assistant.learn.method = \"sft\"" },
  { "assistant.learn.skip_attribute", of_methods("kto", "sft"), "needs assistant.learn.method kto or sft: pairs need both" },
  { "assistant.learn.keep_prompts", function(c) return not is_trained(c) or c.assistant.learn.keep_prompts ~= "never" end,
    "\"never\" leaves the trainer nothing to learn from; leave it out" },
}

local function at(t, key)
  for part in key:gmatch("[^.]+") do
    if type(t) ~= "table" then return nil end
    t = t[part]
  end
  return t
end

local function default_of(key)
  local option = options.cell
  for part in key:gmatch("[^.]+") do option = option.fields[part] end
  return option.default
end

-- Does one of the conditions use the option, as these options set it?
local function acts(need, cells)
  for _, cell in ipairs(cells) do
    if need[2](cell) then return true end
  end
  return false
end

--- The first option that is set but acts in none of the conditions.
---@param set table options as they were given, in groups; defaults may be left out
---@param cells table[] complete options of the conditions that this concerns
---@return string|nil key nil if there is none
---@return string|nil problem
function study_needs.check(set, cells)
  for _, need in ipairs(NEEDS) do
    local value = at(set, need[1])
    if value ~= nil and value ~= default_of(need[1]) and not acts(need, cells) then return need[1], need[3] end
  end
end

-- A change must come while the study lasts; runs of fewer days (--days) may end before.
local function check_days(days, cells)
  for _, cell in ipairs(cells) do
    if cell.change.day > days then
      return "change.day", string.format("is %d, but the study has %d days, so nothing would ever change; set days (a run of "
        .. "fewer days than the study's: --days)", cell.change.day, days)
    end
  end
end

--- What is set in a study but could not act: a condition's own options must act in it, the study's in one of its conditions.
---@param set table the study's options as they were given, its conditions' among them
---@param days integer
---@param cells table[] complete options of all conditions
---@return string|nil key nil if there is nothing
---@return string|nil problem
function study_needs.check_study(set, days, cells)
  for _, cell in ipairs(cells) do
    local own = set.conditions and set.conditions[cell.condition] or {}
    local key, problem = study_needs.check(own, { cell })
    if key then return "conditions." .. cell.condition .. "." .. key, problem end
  end
  local key, problem = study_needs.check(set, cells)
  if key then return key, problem end
  return check_days(days, cells)
end

--- What a list of settings sets, in groups.
---@param list string[] "key=value" each
---@return table
function study_needs.set_by(list)
  local out = {}
  for _, setting in ipairs(list) do settings.apply(out, setting) end
  return out
end

return study_needs

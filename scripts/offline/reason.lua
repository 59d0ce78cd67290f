--- Why the offline assistant says what it says, in a plain sentence: what a person would see in it, no more.

local lexicon = require "propersim.lexicon"

local SILENCE = "No Recommendation"

---@param inputs table first_name, action
---@param suggestion string
---@return string
return function(inputs, suggestion)
  if suggestion == SILENCE then
    return string.format("%s should not be disturbed in this.", inputs.first_name)
  end
  local topic = lexicon.topic_of(suggestion) or "something"
  return string.format("A word about %s may suit what %s is doing.", topic, inputs.first_name)
end

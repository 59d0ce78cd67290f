--- What the offline assistant can say: silence, or any topic in any tone.

local lexicon = require "propersim.lexicon"

local candidates = {}

candidates.list = { { silent = true } }
--- The same list as the policy sees it: the attributes of each candidate.
candidates.attributes = { { "silent" } }

local by_topic = {} -- topic -> tone -> number

for _, topic in ipairs(lexicon.topics) do
  by_topic[topic] = {}
  for _, tone in ipairs(lexicon.tones) do
    by_topic[topic][tone] = #candidates.list + 1
    candidates.list[#candidates.list + 1] = { topic = topic, tone = tone }
    candidates.attributes[#candidates.attributes + 1] = { "say", "topic=" .. topic, "tone=" .. tone }
  end
end

--- The number of a candidate in the list; of silence without arguments; nil if there is none.
---@param topic string|nil
---@param tone string|nil
---@return integer|nil
function candidates.index(topic, tone)
  if not topic then return not tone and 1 or nil end
  return by_topic[topic] and by_topic[topic][tone]
end

return candidates

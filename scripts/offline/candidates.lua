--- What the offline assistant can say: silence, or any topic in any tone.

local lexicon = require "propersim.lexicon"

local candidates = {}

candidates.list = { { silent = true } }
--- The same list as the policy sees it: the attributes of each candidate.
candidates.attributes = { { "silent" } }

for _, topic in ipairs(lexicon.topics) do
  for _, tone in ipairs(lexicon.tones) do
    candidates.list[#candidates.list + 1] = { topic = topic, tone = tone }
    candidates.attributes[#candidates.attributes + 1] = { "say", "topic=" .. topic, "tone=" .. tone }
  end
end

return candidates

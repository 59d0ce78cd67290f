-- What plain English texts about a day at home say: what a person does, what a recommendation is about, and how it sounds.

local scan = require "propersim.lexicon_scan"

local lexicon = {}

local function set_of(list)
  local set = {}
  for _, value in ipairs(list) do set[value] = true end
  return set
end

lexicon.kinds = { "sleep", "hygiene", "meal", "cooking", "chores", "work", "study", "exercise", "reading", "hobby", "media",
  "social", "rest", "planning", "garden" }
lexicon.topics = { "recipes", "music", "reading", "films", "exercise", "breaks", "planning", "creative", "garden", "learning",
  "social", "finance", "health", "home", "games", "focus" }
lexicon.tones = { "warm", "formal", "playful", "gentle" }
lexicon.is_kind = set_of(lexicon.kinds)
lexicon.is_topic = set_of(lexicon.topics)
lexicon.is_tone = set_of(lexicon.tones)

local KINDS = scan.compile(lexicon.kinds, require "propersim.lexicon_kinds")

--- What a person does, from words such as "watering the tomatoes"; nil where no activity is named ("Mara is walking.").
---
--- Conventions: a nap, a break and a meditation are rest; a video game is a hobby; music, podcasts and news are media;
--- bills and budgets of the household are planning, cooking for later is cooking, stretching is exercise.
---@param text string
---@return string|nil kind
function lexicon.kind_of(text)
  return (scan.best(KINDS, text))
end

return lexicon

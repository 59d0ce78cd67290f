-- What plain English texts about a day at home say: what a person does, what a recommendation is about, and how it sounds.

local scan = require "propersim.lexicon_scan"

local find = string.find

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
local TOPICS = scan.compile(lexicon.topics, require "propersim.lexicon_topics")
local TONES = scan.compile(lexicon.tones, require "propersim.lexicon_tones")
local WARM, PLAYFUL = 1, 3  -- places in lexicon.tones

--- What a person does, from words such as "watering the tomatoes"; nil where no activity is named ("Mara is walking.").
---
--- Conventions: a nap, a break and a meditation are rest; a video game is a hobby; music, podcasts and news are media;
--- bills and budgets of the household are planning, cooking for later is cooking, stretching is exercise.
---@param text string
---@return string|nil kind
function lexicon.kind_of(text)
  return scan.best(KINDS, scan.without_subject(text))
end

--- What a recommendation is about; nil where it names no topic. What is proposed ("how about ...") counts for more
--- than what the person is doing meanwhile ("while you are cooking").
---@param text string
---@return string|nil topic
function lexicon.topic_of(text)
  return scan.best(TOPICS, text)
end

--- How a recommendation sounds. Marked words decide ("maybe" gentle, "please note" formal, "I dare you" playful, "you have
--- earned" warm); an exclamation mark adds a little playfulness and warmth. A text without any mark is warm if it asks or
--- speaks in contractions ("you're"), else formal.
---@param text string
---@return string tone
function lexicon.tone_of(text)
  local scores = scan.scores(TONES, text)
  if find(text, "!", 1, true) then
    scores[PLAYFUL] = scores[PLAYFUL] + 1.2
    scores[WARM] = scores[WARM] + 1.1
  end
  local tone = scan.winner(TONES, scores)
  if tone then return tone end
  local talks = find(text, "?", 1, true) or find(text, "'", 1, true) or find(text, "\u{2019}", 1, true)
  return talks and "warm" or "formal"
end

return lexicon

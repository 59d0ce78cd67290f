-- What plain English texts about a day at home say: what a person does, what a recommendation is about, and how it sounds.

local lexicon_model = require "propersim.lexicon_model"
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

local REMEMBERED = 2000 -- texts whose answer is kept: the same few are asked about all day

-- The same function of a text, but answers are kept. They are facts about the text, so a fresh start changes nothing.
local function remembering(fn)
  local known, count, NOTHING = {}, 0, false
  return function(text)
    local answer = known[text]
    if answer ~= nil then return answer or nil end
    answer = fn(text)
    if count == REMEMBERED then known, count = {}, 0 end
    count = count + 1
    known[text] = answer == nil and NOTHING or answer
    return answer
  end
end

local KINDS = lexicon_model.compile(lexicon.kinds, require "propersim.lexicon_kinds")
local TOPICS = lexicon_model.compile(lexicon.topics, require "propersim.lexicon_topics")
local SCENE = require "propersim.lexicon_scene"
local TONES = lexicon_model.compile(lexicon.tones, require "propersim.lexicon_tones")
local WARM, PLAYFUL = 1, 3  -- places in lexicon.tones

local EMOJI, PLACES, IMPORTANCE_OF_KIND = {}, {}, {}
for _, kind in ipairs(lexicon.kinds) do
  EMOJI[kind] = { usual = SCENE.emoji[kind][1], special = lexicon_model.index(SCENE.emoji[kind][2]) }
  PLACES[kind] = { usual = SCENE.places[kind][1], special = lexicon_model.index(SCENE.places[kind][2]) }
  IMPORTANCE_OF_KIND[kind] = SCENE.importance_of_kind[kind]
end
local OTHER_EMOJI = lexicon_model.index(SCENE.other_emoji)
local OBJECTS = lexicon_model.index(SCENE.objects)
local IMPORTANCE = lexicon_model.index(SCENE.importance)
local LEAST_IMPORTANCE, USUAL_IMPORTANCE = 1, 3
local LEAST_WORDS = 3       -- a shorter text ("walking", "kitchen sink") tells nothing
local BEFORE_PLACE = set_of { "in", "on", "at", "by", "near", "to", "into", "beside", "under" }

--- What a person does, from words such as "watering the tomatoes"; nil where no activity is named ("Mara is walking.").
---
--- Conventions: a nap, a break and a meditation are rest; a video game is a hobby; music, podcasts and news are media;
--- bills and budgets of the household are planning, cooking for later is cooking, stretching is exercise.
---@param text string
---@return string|nil kind
lexicon.kind_of = remembering(function(text)
  return (scan.best(KINDS, scan.without_subject(text)))
end)

--- What a recommendation is about; nil where it names no topic. What is proposed ("how about ...") counts for more
--- than what the person is doing meanwhile ("while you are cooking").
---@param text string
---@return string|nil topic
lexicon.topic_of = remembering(function(text)
  return (scan.best(TOPICS, text))
end)

--- How a recommendation sounds. Marked words decide ("maybe" gentle, "please note" formal, "I dare you" playful, "you have
--- earned" warm); an exclamation mark adds a little warmth and playfulness (alone: warm). A text without any mark is warm
--- if it asks or speaks in contractions ("you're"), else formal.
---@param text string
---@return string tone
lexicon.tone_of = remembering(function(text)
  local scores = scan.scores(TONES, text)
  if find(text, "!", 1, true) then
    scores[PLAYFUL] = scores[PLAYFUL] + 1.1
    scores[WARM] = scores[WARM] + 1.2
  end
  local tone = scan.winner(TONES, scores)
  if tone then return tone end
  local talks = find(text, "?", 1, true) or find(text, "'", 1, true) or find(text, "\u{2019}", 1, true)
  return talks and "warm" or "formal"
end)

--- How poignant an event or thought is: 1 for brushing teeth, 10 for a breakup (the scale of Park et al. 2023).
--- The strongest word decides; without any, the kind of activity; thoughts and other plain sentences get 3.
---@param text string
---@return integer importance 1 to 10
function lexicon.importance(text)
  local words, count = scan.words(scan.without_subject(text))
  local best, value, i = 0, scan.next(IMPORTANCE, words, 1)
  while value do
    if value > best then best = value end
    value, i = scan.next(IMPORTANCE, words, i)
  end
  if best > LEAST_IMPORTANCE then return best end
  local kind = lexicon.kind_of(text)
  if kind then return IMPORTANCE_OF_KIND[kind] end
  if best > 0 or count < LEAST_WORDS then return LEAST_IMPORTANCE end
  return USUAL_IMPORTANCE
end

--- One emoji for an activity.
---@param text string
---@return string
function lexicon.emoji(text)
  local kind = lexicon.kind_of(text)
  local words = scan.words(scan.without_subject(text))
  if kind == nil then return scan.next(OTHER_EMOJI, words, 1) or "💭" end
  return scan.next(EMOJI[kind].special, words, 1) or EMOJI[kind].usual
end

-- Objects that a text names as a place: "in bed", "at the kitchen table".
local function named_objects(words, add)
  for i = 1, #words - 1 do
    if BEFORE_PLACE[words[i]] then
      local found, after = scan.next(OBJECTS, words, i + 1)
      if found and words[after - 1] and after - i <= 4 then add(found) end
    end
  end
end

--- Parts of object names where an activity may be done, best first: "showering" -> shower, bath, bathroom, ...
--- Places that the text names come first. Empty if the text names no activity and no place.
---@param text string
---@return string[]
function lexicon.place_words(text)
  local list, seen = {}, {}
  local function add(fragments)
    for _, fragment in ipairs(fragments) do
      if not seen[fragment] then
        seen[fragment] = true
        list[#list + 1] = fragment
      end
    end
  end
  local words = scan.words(scan.without_subject(text))
  named_objects(words, add)
  local kind = lexicon.kind_of(text)
  if kind then
    local special = scan.next(PLACES[kind].special, words, 1)
    if special then add(special) end
    add(PLACES[kind].usual)
  end
  return list
end

return lexicon

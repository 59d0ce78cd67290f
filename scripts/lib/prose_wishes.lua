--- Tones, liked topics, topics that must not be touched, and activities not to be interrupted, read out of prose.
--- What a topic or an activity is called is the lexicon's knowledge; this adds the words in which people speak of
--- themselves ("my portfolio", "fitness", "when I relax").
local lexicon = require "propersim.lexicon"
local prose = require "propersim.prose_text"
local windows = require "propersim.prose_windows"

local M = {}

local TONE_WORDS = {
  warm = prose.set [[warm warmly warmth friendly friend friends kind kindly kindness caring encouraging encouragement casual
    affectionate cheerful]],
  formal = prose.set [[formal formally professional professionally concise precise polite politely businesslike factual plain
    plainly straight brief briefly]],
  playful = prose.set [[playful playfully joke jokes joking witty wit fun funny laugh humour humor humorous teasing banter
    lighthearted smile memes]],
  gentle = prose.set [[gentle gently soft softly calm calmly soothing comforting tender unhurried patient patiently]],
}
local NEGATIONS = prose.set "not never no without dont less than skip avoid isnt"

local TOPIC_WORDS = {
  home = prose.set "decor decorating decoration decorations furniture organizing organising declutter household",
  creative = prose.set "design designs designing art artistic handiwork craft crafts colour color pattern handicraft",
  exercise = prose.set "fitness workout workouts training stretches",
  finance = prose.set "investment investments financial portfolio money finances budget saving",
  health = prose.set "health wellbeing wellness illness weight ill",
  social = prose.set "friends gathering party company people gossip friendships",
  learning = prose.set "learn teach course courses language learning study",
  planning = prose.set "organise organize plan plans planning schedule productivity",
  games = prose.set "game games puzzle puzzles",
  films = prose.set "film films movie movies series show shows serial programme",
  music = prose.set "music song songs tune playlist playlists",
  reading = prose.set "book books novel novels poet poets poems",
  recipes = prose.set "recipe recipes cooking food dish eating",
  garden = prose.set "garden gardening plants planting vegetables pots hedge trees flowers growing",
  focus = prose.set "concentrate concentration focus",
}
local KIND_WORDS = {
  hobby = prose.set "refreshing decorating leisure hobby hobbies stimulating bench creative crafting paint draw instruments",
  planning = prose.set "portfolio brainstorming budget plan organise accounts",
  exercise = prose.set "workout workouts training exercise",
  work = prose.set "work working job office shift client clients lessons",
  rest = prose.set "relax relaxing unwind unwinding break breaks rest resting meditation reflection contemplative bed",
  social = prose.set "gathering host hosting friend friends guests phone telephone talk talking somebody someone call",
  meal = prose.set "eat eating meal meals lunch dinner",
  media = prose.set "watching watch listening listen television radio",
  garden = prose.set "garden plants houseplants",
  reading = prose.set "read reading",
  study = prose.set "study studying course",
  cooking = prose.set "cook cooking bake baking",
  chores = prose.set "chores cleaning tidying",
}

local WHEN = prose.set "when while during whenever if over at in before once"
local ADVICE = prose.phrases [[recommendation;recommendations;suggestion;suggestions;idea;ideas;tip;tips;advice;update;updates;
hint;hints;prompt;prompts]]
local CUTS = prose.set ", ; : ( ) and or nor when while whenever during if"

-- Every label of `vocabulary` that a run of words names, in the vocabulary's order: by the lexicon, then word by word.
local function labels(words, vocabulary, read, extra)
  local found, out, piece = {}, {}, {}
  for i = 1, #words + 1 do
    local word = words[i]
    if not word or CUTS[word] then
      local label = #piece > 0 and read(table.concat(piece, " "))
      if label then found[label] = true end
      piece = {}
    else
      piece[#piece + 1] = word
      for _, label in ipairs(vocabulary) do
        if extra[label] and extra[label][word] then found[label] = true end
      end
    end
  end
  for _, label in ipairs(vocabulary) do
    if found[label] then out[#out + 1] = label end
  end
  return out
end

local function topics_in(words)
  return labels(words, lexicon.topics, lexicon.topic_of, TOPIC_WORDS)
end

-- Without the lexicon, which hears music in "rhythm": for sentences that do not speak of an activity.
local function plain_topics_in(words)
  return labels(words, lexicon.topics, function() return nil end, TOPIC_WORDS)
end

local function kinds_in(words)
  return labels(words, lexicon.kinds, lexicon.kind_of, KIND_WORDS)
end

local function negated(words, at)
  for i = math.max(1, at - 3), at - 1 do
    if NEGATIONS[words[i]] then return true end
  end
  return false
end

--- The tones that a text asks for, in the lexicon's order; "no jokes" and "not formal" are no wishes.
---@param text string
---@return string[] tones may be empty
function M.tones(text)
  local wanted, out = {}, {}
  for _, sentence in ipairs(prose.sentences(text)) do
    local words = prose.words(sentence)
    for at, word in ipairs(words) do
      for _, tone in ipairs(lexicon.tones) do
        if TONE_WORDS[tone][word] and not negated(words, at) then wanted[tone] = true end
      end
    end
  end
  for _, tone in ipairs(lexicon.tones) do
    if wanted[tone] then out[#out + 1] = tone end
  end
  return out
end

local TOUCHY = prose.phrases [[topics like;topics such as;subjects like;subjects such as;sensitive about;boundaries around;
taboo;off limits;closed subjects;not up for discussion;private;out of it;hands off;leave;waste;unhappy]]

--- The topics that a text declares off limits, in the lexicon's order.
---@param text string
---@return string[] topics may be empty
function M.boundaries(text)
  local found, out = {}, {}
  for _, sentence in ipairs(prose.sentences(text)) do
    for _, clause in ipairs((windows.clauses(prose.words(sentence), true))) do
      if windows.welcomes(clause) == false or prose.find(clause, TOUCHY) then
        for _, topic in ipairs(topics_in(clause)) do found[topic] = true end
      end
    end
  end
  for _, topic in ipairs(lexicon.topics) do
    if found[topic] then out[#out + 1] = topic end
  end
  return out
end

local INTERRUPTED = prose.phrases [[interfere with;interrupt;interrupted;interruption;disturb;disturbed;deep in;
not working;let me finish]]
local WAITING = prose.phrases "wait;hold;later;until i am done;let me be"
local DURING = prose.set "while when whenever during if"

local function add_kinds(found, words, first)
  for _, kind in ipairs(kinds_in(prose.slice(words, first, #words))) do found[kind] = true end
end

-- "When I am on the phone or at work, ...": the kinds between such a word and the next comma.
local function add_circumstances(found, words)
  for at, word in ipairs(words) do
    if DURING[word] then
      local stop = at + 1
      while words[stop] and words[stop] ~= "," and words[stop] ~= ";" do stop = stop + 1 end
      add_kinds(found, prose.slice(words, at + 1, stop - 1), 1)
    end
  end
end

--- The kinds of activity that must not be interrupted, in the lexicon's order. Read are clauses that rule something out
--- without naming a time of day, asides such as "when I'm not deep in client work", and "interfere with my work".
---@param text string
---@param day { wake: integer, sleep: integer }? as for `prose.windows`
---@return string[] kinds may be empty
function M.busy(text, day)
  local found, out = {}, {}
  for _, sentence in ipairs(prose.sentences(text)) do
    local words = prose.words(sentence)
    local read = windows.windows(sentence, day)
    local at, phrase = prose.find(words, INTERRUPTED)
    if at and #read.ruled_out == 0 then add_kinds(found, words, at + (phrase[1] == "not" and 1 or #phrase)) end
    local _, asides = windows.clauses(words)
    for _, aside in ipairs(asides) do
      if prose.find(aside, { { "not" } }) and DURING[aside[1]] then add_kinds(found, aside, 2) end
    end
    local refuses = windows.welcomes(words) == false or prose.find(words, WAITING)
    if #read.ruled_out == 0 and #read.welcomed == 0 and refuses then add_circumstances(found, words) end
  end
  for _, kind in ipairs(lexicon.kinds) do
    if found[kind] and kind ~= "sleep" then out[#out + 1] = kind end
  end
  return out
end

-- Where the next statement begins within words that start with an activity: "(when) reviewing my portfolio, and film
-- ideas (while ...)" gives the place before "film": the last ", and", else the last comma, else an "and" before
-- something that is called a tip, an idea, ...; each only if a topic follows.
local function next_statement(words)
  local best, rank = nil, 0
  for at, word in ipairs(words) do
    local found = 0
    if word == ";" or (word == "," and words[at + 1] == "and") then found = 3
    elseif word == "," then found = 2
    elseif word == "and" and words[at - 1] ~= "," then found = 1 end
    if found > 0 and found >= rank then
      local rest = prose.slice(words, at + 1, #words)
      local named = found > 1 or prose.find(rest, ADVICE)
      if named and #topics_in(rest) > 0 then best, rank = at, found end
    end
  end
  return best or #words + 1
end

-- "TOPICS when ACTIVITIES, TOPICS while ACTIVITIES" or "when ACTIVITIES, TOPICS": pairs of word lists.
local function pairs_of(words)
  local cuts = {}
  for at, word in ipairs(words) do
    if DURING[word] or (WHEN[word] and #cuts == 0 and at > 1 and word == "before") then cuts[#cuts + 1] = at end
  end
  local out, topic_words = {}, prose.slice(words, 1, (cuts[1] or #words + 1) - 1)
  for i, cut in ipairs(cuts) do
    local stretch = prose.slice(words, cut + 1, (cuts[i + 1] or #words + 1) - 1)
    local split = next_statement(stretch)
    local activity, rest = prose.slice(stretch, 1, split - 1), prose.slice(stretch, split + 1, #stretch)
    -- "While I cook, recipes": nothing said yet, so the topics follow
    if #topics_in(topic_words) == 0 then topic_words, rest = rest, {} end
    out[#out + 1] = { topics = topic_words, activity = activity }
    topic_words = rest
  end
  if #cuts == 0 then out[1] = { topics = topic_words, activity = {} } end
  return out
end

local function add_like(likes, topic, kinds)
  local like
  for _, known in ipairs(likes) do
    if known.topic == topic then like = known end
  end
  if not like then
    like = { topic = topic, during = {} }
    likes[#likes + 1] = like
  end
  local has = {}
  for _, kind in ipairs(like.during) do has[kind] = true end
  for _, kind in ipairs(kinds) do
    if not has[kind] then like.during[#like.during + 1] = kind end
  end
end

--- What helps while doing what: topics and the kinds of activity named in the same breath.
---@param text string
---@return propersim.Like[] likes a topic whose activity could not be read has an empty `during`
---@return string[] unread sentences in which no topic was found
function M.likes(text)
  local likes, unread = {}, {}
  for _, sentence in ipairs(prose.sentences(text)) do
    local words, any = prose.words(sentence), false
    for _, said in ipairs(pairs_of(words)) do
      local kinds = kinds_in(said.activity)
      for _, topic in ipairs((#kinds > 0 and topics_in or plain_topics_in)(said.topics)) do
        any = true
        add_like(likes, topic, kinds)
      end
    end
    if not any then unread[#unread + 1] = sentence end
  end
  return likes, unread
end

return M

-- Sorts a short English text into one of a list of labels by weighted keywords.
--
-- A model comes from word lists (propersim.lexicon_model); one pass goes over the words of a text. Phrases win over words,
-- and each hit adds its weight to a label. What a bag of words would get wrong is handled by five rules:
--
--   verbs      A verb looks at the nouns that follow it: "making" with a meal is cooking, with a bed chores.
--              It waits until such a noun comes or its clause ends, and then counts as what its list says.
--              In a compound ("a football video game") the last noun decides.
--   first      Once a strong verb has been counted, later verbs count for less: people name the main thing first.
--   clauses    Every comma, "and" or "then" makes what follows count a little less.
--   modifiers  After "while", "before", "in", ... words count for less, until the next clause. A factor above 1
--              ("how about") raises the rest of the text instead: there comes what is proposed.
--   nothing    A best score below 1 is no answer. Ties go to the label that is listed first.
--
-- Only single words are matched with patterns, and at most MAX_BYTES of a text are looked at.

local lexicon_model = require "propersim.lexicon_model"

local scan = {}

local MAX_BYTES = 600
local STRONG = 3            -- verbs of this weight or more make later verbs count for LATER_VERB
local LATER_VERB = 0.6
local CLAUSE = { 1, 0.8, 0.7 }
local LATER_CLAUSE = 0.6
local LATE = 100            -- clauses are not counted down any more once a modifier has raised the weight
local SUBORDINATE = 0.5     -- modifiers below this (while, before) also end the wait of a verb
local REPEATED = 0.4        -- a noun for the same label as the noun before: "a comic page" is not twice a book
local ENOUGH = 1

local HIT, VERB, NOUN, MODIFIER, BREAK =
  lexicon_model.HIT, lexicon_model.VERB, lexicon_model.NOUN, lexicon_model.MODIFIER, lexicon_model.BREAK
local STOP, phrases = lexicon_model.stop, lexicon_model.phrases

local min, unpack = math.min, table.unpack
local byte, find, gmatch, lower, sub = string.byte, string.find, string.gmatch, string.lower, string.sub

-- What may stand between two words of one clause. Anything else is looked at for punctuation.
local PLAIN = { [" "] = true, ["-"] = true, ["'"] = true, ["\u{2019}"] = true, ["/"] = true, ["  "] = true, [" '"] = true,
  ["' "] = true, [' "'] = true, ['" '] = true, [" & "] = true }

--- The text without its subject: "Mara Ellison is cooking" -> "cooking". A name may look like a word (Rose, Basil).
---@param text string
---@return string
function scan.without_subject(text)
  local first = byte(text)
  if first == nil or first < 65 or first > 90 then return text end
  local at = find(text, " is ", 1, true)
  if at == nil or at > 40 then return text end
  return sub(text, at + 4)
end

--- The lower-case words of a text, without fillers; "," stands for punctuation that ends a clause.
---@param text string
---@return string[] words
---@return integer count
function scan.words(text)
  if #text > MAX_BYTES then text = sub(text, 1, MAX_BYTES) end
  local words, n = {}, 0
  for word, gap in gmatch(lower(text), "(%a+)([^%a]*)") do
    if not STOP[word] then
      n = n + 1
      words[n] = word
    end
    if not PLAIN[gap] and find(gap, "[,;:.!?()\226]") then
      n = n + 1
      words[n] = ","
    end
  end
  return words, n
end

-- The longest phrase that starts with the word before words[i]: its entry and the index after it.
local function longest(node, words, i, entry)
  local after = i
  repeat
    node = node[words[i]]
    i = i + 1
    if node and node[HIT] then entry, after = node[HIT], i end
  until not node
  return entry, after
end

--- The value of the first phrase of an index that starts at or after words[i], and where the search goes on.
---@param index table from lexicon_model.index
---@param words string[] from scan.words
---@param i integer
---@return any|nil value
---@return integer after
function scan.next(index, words, i)
  while words[i] do
    local entry, after = index.words[words[i]], i + 1
    local node = phrases(index, words[i])
    if node then entry, after = longest(node, words, i + 1, entry) end
    if entry then return entry.value, after end
    i = i + 1
  end
  return nil, i
end

--- How well each label of a model fits a text, in the order of the labels.
---@param model table from lexicon_model.compile
---@param text string
---@return number[] scores
function scan.scores(model, text)
  local words, n = scan.words(text)
  local singles = model.words
  local scores = { unpack(model.zeros) }
  local factor, clause, clause_factor, verb_factor = 1, 1, 1, 1
  local verb, verb_at = nil, 0 -- the verb that waits for a noun, and the weight that it will count with
  local last_noun              -- label of the noun before
  local chosen, compound, compound_over -- what the last verb came to, and where a compound noun would go on

  local i = 1
  while i <= n do
    local word = words[i]
    local entry, after = singles[word], i + 1
    local node = phrases(model, word)
    if node then entry, after = longest(node, words, i + 1, entry) end
    -- "watching a recorded lecture": a participle after a waiting verb says nothing.
    local t = entry and not (verb and entry.t == VERB and sub(word, -2) == "ed") and entry.t
    local start = i
    i = after
    if t == NOUN then
      local over = verb and verb.over or (start == compound and compound_over)
      local label = over and over[entry.class]
      if label then
        if not verb then scores[chosen] = scores[chosen] - verb_at end
        scores[label] = scores[label] + verb_at
        verb, chosen, compound, compound_over = nil, label, after, over
      elseif entry.label then
        label = entry.label
        scores[label] = scores[label] + entry.weight * factor * (label == last_noun and REPEATED or 1)
        last_noun = label
        if verb and label == verb.label then -- "watching a film on the sofa": the film is what is watched
          scores[label] = scores[label] + verb_at
          verb, chosen, compound, compound_over = nil, label, after, over
        end
      end
    elseif t == MODIFIER and entry.weight >= SUBORDINATE and entry.weight <= 1 then
      factor = min(factor, entry.weight * clause_factor)
    elseif t then
      if verb and verb.label then scores[verb.label] = scores[verb.label] + verb_at end
      verb = nil
      if t == VERB then
        verb, verb_at = entry, entry.weight * factor * verb_factor
        if entry.weight >= STRONG then verb_factor = LATER_VERB end
      elseif t == BREAK then
        clause = clause + 1
        clause_factor = clause > LATE and clause_factor or CLAUSE[clause] or LATER_CLAUSE
        factor = clause_factor
      elseif entry.weight > 1 then
        clause, clause_factor, factor = LATE, entry.weight, entry.weight
      else
        factor = min(factor, entry.weight * clause_factor)
      end
    end
  end
  if verb and verb.label then scores[verb.label] = scores[verb.label] + verb_at end
  return scores
end

--- The label with the best score, or nil if none reaches 1.
---@param model table
---@param scores number[]
---@return string|nil label
function scan.winner(model, scores)
  local best, best_score = nil, ENOUGH - 1e-9
  for i = 1, #scores do
    if scores[i] > best_score then best, best_score = model.labels[i], scores[i] end
  end
  return best
end

--- The label that fits a text best, or nil.
---@param model table
---@param text string
---@return string|nil label
function scan.best(model, text)
  return scan.winner(model, scan.scores(model, text))
end

return scan

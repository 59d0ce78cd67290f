-- Sorts a short English text into one of a list of labels by weighted keywords.
--
-- A model is compiled once from word lists; `scan` then makes one pass over the words of a text. Phrases win
-- over words, and each hit adds its weight to a label. What a bag of words would get wrong is handled by five rules:
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
local HIT = 1               -- key of a phrase's entry in a node; words are strings, so that it never clashes

local VERB, NOUN, MODIFIER, BREAK = 1, 2, 3, 4

local min, unpack = math.min, table.unpack
local byte, find, gmatch, lower, sub = string.byte, string.find, string.gmatch, string.lower, string.sub

-- What may stand between two words of one clause. Anything else is looked at for punctuation.
local PLAIN = { [" "] = true, ["-"] = true, ["'"] = true, ["\u{2019}"] = true, ["/"] = true, ["  "] = true, [" '"] = true,
  ["' "] = true, [' "'] = true, ['" '] = true, [" & "] = true }

local STOP = {}
for word in gmatch("a an the her his their my your our its some this that these those few quick short little simple "
  .. "small s t re ve ll d is are was were be being been she he they you i we it me him them own very "
  .. "just also another other new big long slow last first next more still few couple bit", "%a+") do
  STOP[word] = true
end

---@param stem string
---@return string[]
local function verb_forms(stem)
  local forms = { stem }
  local function add(form) forms[#forms + 1] = form end
  local last, last2 = sub(stem, -1), sub(stem, -2)
  if find(stem, "[^aeiou]y$") then
    local root = sub(stem, 1, -2)
    add(root .. "ies") add(root .. "ied") add(stem .. "ing")
  elseif last2 == "ie" then
    add(stem .. "s") add(stem .. "d") add(sub(stem, 1, -3) .. "ying")
  elseif last == "e" then
    add(stem .. "s") add(stem .. "d")
    add((last2 == "ee" or last2 == "oe" or last2 == "ye") and stem .. "ing" or sub(stem, 1, -2) .. "ing")
  else
    add(find(stem, "[sxzho]$") and stem .. "es" or stem .. "s")
    add(stem .. "s") add(stem .. "ing") add(stem .. "ed")
    if find(stem, "[^aeiou][aeiou][^aeiouwxy]$") then -- run, running; a spare "listenning" does no harm
      add(stem .. last .. "ing") add(stem .. last .. "ed")
    end
  end
  return forms
end

---@param stem string
---@return string[]
local function noun_forms(stem)
  if find(stem, "[^aeiou]y$") then return { stem, sub(stem, 1, -2) .. "ies" } end
  if find(stem, "[sxz]$") or find(stem, "[cs]h$") then return { stem, stem .. "es" } end
  return { stem, stem .. "s" }
end

-- The first list that names a phrase keeps it, except that a spelled-out one replaces one derived from a stem.
local function keep(slot, key, entry, derived)
  local old = slot[key]
  if old == nil or (old.derived and not derived) then
    slot[key] = derived and entry.as_derived or entry
  end
end

-- Adds one phrase: words apart by blanks; "~" after a word stands for all forms of a verb, "+" for a plural.
-- Single words go to model.words, longer phrases into the tree model.phrases.
local function add_phrase(model, phrase, entry)
  local path, derived = {}, false
  for word, mark in gmatch(phrase, "(%a+)([~+]?)") do
    if not STOP[word] then
      path[#path + 1] = mark == "~" and verb_forms(word) or mark == "+" and noun_forms(word) or { word }
      derived = derived or mark ~= ""
    end
  end
  if #path == 0 or (#path == 1 and find(phrase, "%a[~+]? +%a")) then
    error(("lexicon: without its fillers, %q is no phrase"):format(phrase))
  end
  if #path == 1 then
    for _, form in ipairs(path[1]) do keep(model.words, form, entry, derived) end
    return
  end
  local nodes = { model.phrases }
  for _, forms in ipairs(path) do
    local ends = {}
    for _, node in ipairs(nodes) do
      for _, form in ipairs(forms) do
        if node[form] == nil then node[form] = {} end
        ends[#ends + 1] = node[form]
      end
    end
    nodes = ends
  end
  for _, node in ipairs(nodes) do keep(node, HIT, entry, derived) end
end

local function add_list(model, list, entry)
  entry.as_derived = { t = entry.t, label = entry.label, weight = entry.weight, over = entry.over, class = entry.class,
    value = entry.value, derived = true }
  for phrase in gmatch(list, "[^,]+") do add_phrase(model, phrase, entry) end
end

local function label_index(index, name, where)
  local i = index[name]
  if i == nil then error(("lexicon: unknown label %q at %s"):format(tostring(name), where)) end
  return i
end

--- Compiles word lists into a model for `scan.best`.
---
--- labels: the possible answers. data.verbs: list of { words, label or false, weight, overrides }, overrides as in
--- "class:label class:label". data.nouns: list of { class, label or false, weight, words }. data.modifiers: list of
--- { words, factor }. data.breaks: words that end a clause
--- (none: the whole text is one clause). Words are apart by commas, see add_phrase.
---@param labels string[]
---@param data table
---@return table model
function scan.compile(labels, data)
  local index, classes, zeros = {}, {}, {}
  local model = { labels = labels, words = {}, phrases = {}, zeros = zeros }
  for i, name in ipairs(labels) do index[name], zeros[i] = i, 0 end
  for _, noun in ipairs(data.nouns) do classes[noun[1]] = true end
  local stop = { t = BREAK }
  add_list(model, data.breaks, stop)
  if data.breaks ~= "" then model.words[","] = stop end
  for _, modifier in ipairs(data.modifiers) do
    add_list(model, modifier[1], { t = MODIFIER, weight = modifier[2] })
  end
  for _, verb in ipairs(data.verbs) do
    local over = verb[4] and {} or nil
    for class, name in gmatch(verb[4] or "", "(%w+):(%w+)") do
      if not classes[class] then error(("lexicon: unknown class %q at %s"):format(class, verb[1])) end
      over[class] = label_index(index, name, verb[1])
    end
    local label = verb[2] and label_index(index, verb[2], verb[1])
    add_list(model, verb[1], { t = VERB, label = label, weight = verb[3], over = over })
  end
  for _, noun in ipairs(data.nouns) do
    local label = noun[2] and label_index(index, noun[2], noun[1])
    add_list(model, noun[4], { t = NOUN, label = label, weight = noun[3], class = noun[1] })
  end
  return model
end

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

--- An index of words and phrases for `scan.next`: list of { words, value }.
---@param list table[]
---@return table index
function scan.index(list)
  local index = { words = {}, phrases = {} }
  for _, item in ipairs(list) do add_list(index, item[1], { value = item[2] }) end
  return index
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
---@param index table from scan.index
---@param words string[] from scan.words
---@param i integer
---@return any|nil value
---@return integer after
function scan.next(index, words, i)
  while words[i] do
    local entry, after = index.words[words[i]], i + 1
    local node = index.phrases[words[i]]
    if node then entry, after = longest(node, words, i + 1, entry) end
    if entry then return entry.value, after end
    i = i + 1
  end
  return nil, i
end

--- How well each label of a model fits a text, in the order of the labels.
---@param model table from scan.compile
---@param text string
---@return number[] scores
function scan.scores(model, text)
  local words, n = scan.words(text)
  local singles, phrases = model.words, model.phrases
  local scores = { unpack(model.zeros) }
  local factor, clause, clause_factor, verb_factor = 1, 1, 1, 1
  local verb, verb_at = nil, 0 -- the verb that waits for a noun, and the weight that it will count with
  local last_noun              -- label of the noun before
  local chosen, compound, compound_over -- what the last verb came to, and where a compound noun would go on

  local i = 1
  while i <= n do
    local word = words[i]
    local entry, after = singles[word], i + 1
    local node = phrases[word]
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

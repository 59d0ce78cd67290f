-- From word lists to the model that propersim.lexicon_scan goes through a text with.
--
-- Words are apart by blanks; "~" after a word stands for all forms of a verb, "+" for a plural. Single words are written out
-- at once. Phrases wait under the forms of their first word until a text has one of them: most texts need a few of thousands.

local model = {}

model.HIT = 1               -- key of a phrase's entry in a tree; words are strings, so that it never clashes
model.VERB, model.NOUN, model.MODIFIER, model.BREAK = 1, 2, 3, 4

local HIT = model.HIT
local find, gmatch, match, sub = string.find, string.gmatch, string.match, string.sub

-- Words that tell nothing.
local STOP = {}
for word in gmatch("a an the her his their my your our its some this that these those few quick short little simple "
  .. "small s t re ve ll d is are was were be being been she he they you i we it me him them own very "
  .. "just also another other new big long slow last first next more still few couple bit", "%a+") do
  STOP[word] = true
end
model.stop = STOP

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

local function forms_of(word, mark)
  return mark == "~" and verb_forms(word) or mark == "+" and noun_forms(word) or { word }
end

local function add_word(m, word, mark, entry)
  if mark == "" then
    keep(m.words, word, entry, false)
    return
  end
  for _, form in ipairs(forms_of(word, mark)) do keep(m.words, form, entry, true) end
end

-- Leaves a phrase of several words to be written out later.
local function add_waiting(m, phrase, entry)
  local first, first_mark, count, derived = nil, nil, 0, false
  for word, mark in gmatch(phrase, "(%a+)([~+]?)") do
    if not STOP[word] then
      count = count + 1
      if count == 1 then first, first_mark = word, mark end
      derived = derived or mark ~= ""
    end
  end
  if count < 2 then error(("lexicon: without its fillers, %q is no phrase"):format(phrase)) end
  for _, form in ipairs(forms_of(first, first_mark)) do
    local list = m.waiting[form]
    if not list then
      list = {}
      m.waiting[form] = list
    end
    local n = #list
    list[n + 1], list[n + 2], list[n + 3] = phrase, entry, derived
  end
end

-- Writes the words of a phrase behind its first into a tree.
local function grow(tree, phrase, entry, derived)
  local nodes, is_first = { tree }, true
  for word, mark in gmatch(phrase, "(%a+)([~+]?)") do
    if not STOP[word] and is_first then
      is_first = false
    elseif not STOP[word] then
      local ends = {}
      for _, form in ipairs(forms_of(word, mark)) do
        for _, node in ipairs(nodes) do
          if node[form] == nil then node[form] = {} end
          ends[#ends + 1] = node[form]
        end
      end
      nodes = ends
    end
  end
  for _, node in ipairs(nodes) do keep(node, HIT, entry, derived) end
end

--- The tree of the phrases that begin with a word, or nil: a node has the nodes of the words that may come next, and the
--- phrase's entry under HIT.
---@param m table model or index
---@param word string
---@return table|nil node
function model.phrases(m, word)
  local list = m.waiting[word]
  if list then
    local tree = {}
    m.waiting[word], m.trees[word] = nil, tree
    for i = 1, #list, 3 do grow(tree, list[i], list[i + 1], list[i + 2]) end
  end
  return m.trees[word]
end

-- Adds a word or phrase.
local function add_phrase(m, phrase, entry)
  local word, mark = match(phrase, "^%s*(%a+)([~+]?)%s*$")
  if word and not STOP[word] then
    add_word(m, word, mark, entry)
  else
    add_waiting(m, phrase, entry)
  end
end

local function add_list(m, list, entry)
  entry.as_derived = { t = entry.t, label = entry.label, weight = entry.weight, over = entry.over, class = entry.class,
    value = entry.value, derived = true }
  for phrase in gmatch(list, "[^,]+") do add_phrase(m, phrase, entry) end
end

local function label_index(index, name, where)
  local i = index[name]
  if i == nil then error(("lexicon: unknown label %q at %s"):format(tostring(name), where)) end
  return i
end

--- Compiles word lists into a model for propersim.lexicon_scan.
---
--- labels: the possible answers. data.verbs: list of { words, label or false, weight, overrides }, overrides as in
--- "class:label class:label". data.nouns: list of { class, label or false, weight, words }. data.modifiers: list of
--- { words, factor }. data.breaks: words that end a clause
--- (none: the whole text is one clause). Words are apart by commas, see add_phrase.
---@param labels string[]
---@param data table
---@return table model
function model.compile(labels, data)
  local index, classes, zeros = {}, {}, {}
  local m = { labels = labels, zeros = zeros, words = {}, trees = {}, waiting = {} }
  for i, name in ipairs(labels) do index[name], zeros[i] = i, 0 end
  for _, noun in ipairs(data.nouns) do classes[noun[1]] = true end
  local stop = { t = model.BREAK }
  add_list(m, data.breaks, stop)
  if data.breaks ~= "" then m.words[","] = stop end
  for _, modifier in ipairs(data.modifiers) do
    add_list(m, modifier[1], { t = model.MODIFIER, weight = modifier[2] })
  end
  for _, verb in ipairs(data.verbs) do
    local over = verb[4] and {} or nil
    for class, name in gmatch(verb[4] or "", "(%w+):(%w+)") do
      if not classes[class] then error(("lexicon: unknown class %q at %s"):format(class, verb[1])) end
      over[class] = label_index(index, name, verb[1])
    end
    local label = verb[2] and label_index(index, verb[2], verb[1])
    add_list(m, verb[1], { t = model.VERB, label = label, weight = verb[3], over = over })
  end
  for _, noun in ipairs(data.nouns) do
    local label = noun[2] and label_index(index, noun[2], noun[1])
    add_list(m, noun[4], { t = model.NOUN, label = label, weight = noun[3], class = noun[1] })
  end
  return m
end

--- An index of words and phrases for scan.next: list of { words, value }.
---@param list table[]
---@return table index
function model.index(list)
  local index = { words = {}, trees = {}, waiting = {} }
  for _, item in ipairs(list) do add_list(index, item[1], { value = item[2] }) end
  return index
end

return model

--- Verbs in imported prose: "rearrange", "rearranges" -> "rearranging".
local M = {}

local function set_of(text)
  local set = {}
  for word in text:gmatch("%S+") do set[word] = true end
  return set
end

-- Verbs that are hardly ever anything else.
local PLAIN = set_of [[
achieve add allocate answer arrange arrive assemble attend avoid bake bathe be begin bring browse brush build
buy call care carry catch celebrate challenge chat check check-in choose clean close collect compete complete
compose conduct connect continue converse cook create crochet cuddle cycle dance declutter decorate dedicate
develop devote dine discuss do donate double-check draw eat edit engage enjoy evaluate experiment explore feed
finish fold follow garden gather get give go grade groom grow hang help hike host improve indulge invite jog
join keep knit learn leave lift listen look maintain make manage meditate meet memorise memorize mentor mop
negotiate observe open organise organize paint participate pay perform photograph play ponder practice
practise pray prefer prepare prune pursue read rearrange recharge recite reconnect record redecorate reflect
rehearse relax reorganise reorganize repair replay reply repot respond review revise reward rewatch ride run
schedule scroll scrub seek settle sew share sing sit skate sketch sleep socialise socialize solve speak spend
stargaze start stay stick stretch strum study surf swap sweep swim tackle take talk teach tend tidy tinker try
tutor unwind update use vacuum video-call visit volunteer wake walk wander wash watch wind write]]

-- Verbs that are nouns as well: taken for verbs at the beginning, elsewhere only before "a", "the", "her", "with", ...
local ALSO_NOUNS = set_of [[
address answer balance bath bike blend blog book brainstorm breakfast brew budget call camp care challenge
chat code color colour commute craft dance design draft draw dress drink drive dust email exercise film fish
fix focus garden grade head hike hit iron jog journal light log lunch message mix nap network order pack paint
plan plant polish practice program project race record repair research rest return review ride rub run sample
schedule search set share shop shower sing sketch ski snack sort stream stretch stroll study support swim talk
test text time touch track trade train travel update use video visit walk water weed work workout]]

-- What follows a verb but no noun.
local AFTER_VERB = set_of [[
a about all an any at by down each every for fresh her his in into light long my new off old on out over
quietly short simple small some the their through to up with]]

local IRREGULAR = { have = "having", has = "having", does = "doing", goes = "going", be = "being", is = "being", lie = "lying",
  program = "programming", begin = "beginning", video = "video calling", quit = "quitting", journal = "journaling",
  travel = "traveling", model = "modeling" }

local function gerund_of(stem)
  if IRREGULAR[stem] then return IRREGULAR[stem] end
  if stem:find("ie$") then return stem:sub(1, -3) .. "ying" end
  if stem:find("[eoy]e$") then return stem .. "ing" end
  if stem:find("e$") then return stem:sub(1, -2) .. "ing" end
  local one_vowel = stem:find("^[^aeiou]*[aeiou][^aeiouwxy]$") or stem:find("^qu[aeiou][^aeiouwxy]$")
  if one_vowel and #stem > 2 then return stem .. stem:sub(-1) .. "ing" end
  return stem .. "ing"
end

local function known(stem)
  return PLAIN[stem] or ALSO_NOUNS[stem] or stem == "have"
end

-- "watches" -> "watch", "closes" -> "close", "tries" -> "try", "has" -> "have"; nil if no known verb is left.
local function stem_of(word)
  if word == "has" then return "have" end
  for _, stem in ipairs { word:match("^(.+)s$") or "", word:match("^(.+)es$") or "", (word:match("^(.+)ies$") or "") .. "y" } do
    if known(stem) then return stem end
  end
  return nil
end

--- The word as a gerund, if it is a verb here.
---@param word string lower case, without punctuation
---@param next_word string|nil what follows it
---@param first boolean does it begin the phrase?
---@return string|nil gerund
---@return boolean|nil finite true for "-s" forms, which show that the verbs after it have one, too
function M.gerund(word, next_word, first)
  if word:find("^%a[%a-]*ing$") and #word > 4 then return first and word or nil end
  local before = next_word ~= nil and AFTER_VERB[next_word] == true
  if known(word) then
    if first or PLAIN[word] and not ALSO_NOUNS[word] or before then return gerund_of(word), false end
    return nil
  end
  local stem = stem_of(word)
  if stem then
    if first or PLAIN[stem] and not ALSO_NOUNS[stem] or before then return gerund_of(stem), true end
    return nil
  end
  -- Unknown, but used like a verb: "fettles the", "meander through".
  if first and before and next_word ~= "for" and next_word ~= "in" then
    local bare = word:match("^(%a+[^s])s$")
    return gerund_of(bare or word), bare ~= nil
  end
  return nil
end

--- The gerund of a word that must be a verb, known or not: what follows "she".
---@param word string lower case, "meanders"
---@return string|nil
function M.of_subject(word)
  if word == "is" or word == "was" or word == "are" or word == "were" then return nil end
  local stem = stem_of(word) or word:match("^(%a+[^s])s$")
  return stem and gerund_of(stem)
end

--- Is it a verb in its plain form, "cook"?
---@param word string
---@param next_word string|nil
---@return boolean
function M.is_plain(word, next_word)
  if not known(word) then return false end
  return not ALSO_NOUNS[word] or (next_word ~= nil and AFTER_VERB[next_word] == true)
end

--- Is it a verb in the third person, "waters" or "eats"?
---@param word string
---@return boolean
function M.is_finite(word)
  return word:find("s$") ~= nil and not known(word) and stem_of(word) ~= nil
end

return M

--- The words of an imported phrase: what it begins with before it comes to the point, its verbs as gerunds, its kind.
--- "Start the day with a high-intensity workout" -> "doing a high-intensity workout".
local import_when = require "propersim.import_when"
local lexicon = require "propersim.lexicon"
local prose = require "propersim.import_prose"
local verbs = require "propersim.import_verbs"

local M = {}

local MAX_BYTES = 150 -- of an activity; a persona file allows 160

-- How an item may begin before it comes to the point, and when that is.
local PREFIXES = {
  { "^starts? [%a']+ day with ", "start" }, { "^starts? [%a']+ day by ", "start" },
  { "^begins? [%a']+ day with ", "start" }, { "^begins? [%a']+ day by ", "start" },
  { "^kicks? off [%a']+ day with ", "start" }, { "^kicks? off [%a']+ day by ", "start" },
  { "^ends? [%a']+ day with ", "bed" }, { "^ends? [%a']+ day by ", "bed" }, { "^finish%a* [%a']+ day with ", "bed" },
  { "^finish%a* [%a']+ day by ", "bed" }, { "^closes? [%a']+ day with ", "bed" }, { "^closes? [%a']+ day by ", "bed" },
  { "^unwinds? by ", "bed" }, { "^unwinds? with ", "bed" }, { "^winds? down by ", "bed" }, { "^winds? down with ", "bed" },
  { "^enjoys? an? %a+ morning with ", "morning" }, { "^enjoys? an? %a+ evening with ", "evening" },
  { "^balances? .* breaks? like ", "break" }, { "^balances? .* breaks? such as ", "break" },
  { "^takes? .* breaks? to ", "break" }, { "^takes? .* breaks? for " , "break" },
  { "^spends? [%a']+ ?[%a']* time " }, { "^spends? time " }, { "^spends? the day " }, { "^spends? (%a+ing%f[%A])" },
  { "^sets? aside time to " },
  { "^sets? aside time for " }, { "^sets? aside " }, { "^dedicates? time to " }, { "^dedicates? " }, { "^allocates? time for " },
  { "^makes? sure to " }, { "^makes? time for " }, { "^makes? time to " }, { "^takes? time to " }, { "^takes? time for " },
  { "^likes? to " }, { "^loves? to " }, { "^tries to " }, { "^try to " }, { "^aims? to " }, { "^plans? to " },
  { "^enjoys? (%a+ing%f[%A])" },
}
local ADVERBS = { typically = true, usually = true, often = true, always = true, generally = true, sometimes = true,
  regularly = true, also = true, ["then"] = true, occasionally = true }

-- What a thing that is named without a verb is: "a warm bath" is taken.
local VERB_OF_KIND = { exercise = "doing", chores = "doing", work = "doing", study = "doing", meal = "eating", hygiene = "taking",
  social = "having", planning = "doing", garden = "doing", cooking = "making" }

-- Where the lexicon cannot tell what is done, but can tell what it is about.
local PREFIX_OF_TOPIC = { finance = "going over the finances, ", planning = "planning, ", learning = "studying, ",
  exercise = "doing exercise, ", music = "listening to music, ", films = "watching films, ", reading = "reading, " }

function M.strip_subject(text, names)
  for _, name in ipairs(names) do
    if #name > 0 and text:sub(1, #name + 1) == name .. " " then return text:sub(#name + 2), true end
  end
  for _, word in ipairs { "She ", "He ", "They ", "she ", "he ", "they " } do
    if text:sub(1, #word) == word then return text:sub(#word + 1), true end
  end
  return text, false
end

function M.strip_adverbs(text)
  while true do
    local word, behind = text:match("^(%a+),?%s+()")
    if not word or not ADVERBS[word:lower()] then return text end
    text = text:sub(behind)
  end
end

function M.strip_prefix(text)
  local lower = text:lower()
  -- "Tends to sleep in", but not "tends to houseplants"
  local tended = lower:match("^tends? to (%a+) ")
  local form, finite = nil, nil
  if tended then form, finite = verbs.gerund(tended, nil, true) end
  if form and finite == false then
    text = text:sub((text:find(" to ", 1, true)) + 4)
    lower = text:lower()
  end
  for _, prefix in ipairs(PREFIXES) do
    local _, stop, kept = lower:find(prefix[1])
    if stop then return text:sub(kept and stop - #kept + 1 or stop + 1), prefix[2] end
  end
  return text, nil
end

function M.lower_first(text)
  local word = text:match("^%S+")
  -- "TV" and "Spanish lessons" stay; "Rearrange" does not
  if word and word:find("^%u%l") or word == "A" then return text:sub(1, 1):lower() .. text:sub(2) end
  return text
end

function M.with_noun_verb(text)
  local kind = lexicon.kind_of(text)
  local verb = kind and VERB_OF_KIND[kind] or "enjoying"
  if kind == "media" then verb = lexicon.topic_of(text) == "music" and "listening to" or "watching" end
  if kind == "hobby" and lexicon.topic_of(text) == "games" then verb = "playing" end
  local whole = verb .. " " .. text
  if kind and lexicon.kind_of(whole) ~= kind then whole = "enjoying " .. text end
  return whole
end

-- The phrase with its verbs as gerunds, cut before each "and" or "or" that a verb follows.
function M.verb_parts(text)
  local tokens = import_when.tokens(text)
  local parts, joins, words, any, finite = {}, {}, {}, false, false
  for i, token in ipairs(tokens) do
    local first = #words == 0
    local before = tokens[i - 1] and tokens[i - 1].word
    local joined = before == "and" or before == "or" or before == "then"
    local next_word = tokens[i + 1] and tokens[i + 1].word
    local form, is_finite = nil, nil
    if first or joined then
      local again = finite and next_word ~= nil and verbs.is_finite(token.word)
      form, is_finite = verbs.gerund(token.word, next_word, first or again)
    end
    -- "Tends to plants and waters them": once there was "-s", only "-s" forms are verbs of the person
    if form and joined and not first and finite and not is_finite then form = nil end
    if joined and not first and not form and token.word:find("^%a+ing$") and #token.word > 5 then form = token.word end
    if form and joined and not first then
      words[#words] = nil
      if #words > 0 then
        parts[#parts + 1] = { text = table.concat(words, " "), verbal = any }
        joins[#parts] = before
      end
      words, any = {}, false
    end
    if form then
      any = any or #words == 0
      finite = finite or is_finite or false
      local tail = token.raw:match("[%p]+$") or ""
      words[#words + 1] = form .. (tail:find("^[,;:]") and tail or "")
    else
      words[#words + 1] = token.raw
    end
  end
  parts[#parts + 1] = { text = table.concat(words, " "), verbal = any }
  return parts, joins
end

function M.tidy(text)
  text = prose.clean(text):gsub("[%s,.;:]+$", ""):gsub("^[%s,.;:]+", "")
  return text
end

function M.shorten(text)
  if #text <= MAX_BYTES then return text end
  local cut = text:sub(1, MAX_BYTES):match("^(.*)%s") or text:sub(1, MAX_BYTES)
  while not utf8.len(cut) do cut = cut:sub(1, -2) end
  return M.tidy(cut)
end

-- Reads the kind; a text that hides it is given a word that tells it.
function M.with_kind(text)
  local tomorrow = text:match("^preparing for (.*next day.*)") or text:match("^preparing for (.*tomorrow.*)")
  if tomorrow then text = "planning " .. tomorrow end
  local kind = lexicon.kind_of(text)
  if kind then return text, kind end
  local topic = lexicon.topic_of(text)
  if not topic then return text, nil end
  for _, try in ipairs { PREFIX_OF_TOPIC[topic] and PREFIX_OF_TOPIC[topic] .. text or text, "enjoying a hobby, " .. text } do
    kind = lexicon.kind_of(try)
    if kind then return try, kind end
  end
  return text, nil
end

return M

--- Sentences and words of plain English prose. Everything here is linear in the length of the text: one pass, patterns
--- without backtracking, and a bound on what is looked at.
local M = {}

local MAX_BYTES = 20000 -- of a text; a rubric has a few hundred
local MAX_BLOCK = 3000 -- what patterns are run on at once
local MAX_SENTENCE = 600

local NUMBERS = {
  a = 1, an = 1, one = 1, two = 2, three = 3, four = 4, five = 5, six = 6, seven = 7, eight = 8, nine = 9, ten = 10,
  eleven = 11, twelve = 12, fifteen = 15, twenty = 20, thirty = 30, forty = 40, fifty = 50, sixty = 60, ninety = 90,
  couple = 2, few = 3, once = 1, twice = 2, thrice = 3, single = 1,
}

--- Typographic marks as plain ones; "a.m." as "am".
---@param text string
---@return string
function M.plain(text)
  local out = text:gsub("\u{2019}", "'"):gsub("\u{2018}", "'"):gsub("\u{2014}", " - "):gsub("\u{2013}", " - ")
  out = out:gsub("([AaPp])%.[Mm]%.?", "%1m")
  return out
end

-- Where to cut a text of more than `limit` bytes: behind the last sentence that ends before it, else at a space.
local function cut_before(text, limit)
  for _, mark in ipairs { "^[.!?\n]%s", "^%s" } do
    for at = limit - 1, limit // 2, -1 do
      if text:find(mark, at) then return at end
    end
  end
  return limit
end

local function add_sentence(out, piece)
  while #piece > MAX_SENTENCE do
    local cut = cut_before(piece, MAX_SENTENCE)
    add_sentence(out, piece:sub(1, cut))
    piece = piece:sub(cut + 1)
  end
  local first, last = piece:find("%S"), #piece
  while last > 0 and piece:find("^%s", last) do last = last - 1 end
  if piece:find("%w") then out[#out + 1] = piece:sub(first, last) end
end

--- The sentences of a text, trimmed, each of at most 600 bytes: a longer one is cut at a space. Of a text of more than
--- 20,000 bytes the rest is not looked at.
---@param text string
---@return string[]
function M.sentences(text)
  local out = {}
  text = text:sub(1, MAX_BYTES)
  while #text > MAX_BLOCK do
    local cut = cut_before(text:sub(1, MAX_BLOCK), MAX_BLOCK)
    M.split(text:sub(1, cut), out)
    text = text:sub(cut + 1)
  end
  M.split(text, out)
  return out
end

--- Adds the sentences of a text of at most 3,000 bytes to a list.
---@param text string
---@param out string[]
function M.split(text, out)
  local plain = M.plain(text)
  local start, at = 1, 1
  while true do
    local stop = plain:find("[.!?\n]", at)
    if not stop then break end
    -- "7.30" and "1.5" go on behind their point
    if plain:find("^%.%d", stop) then
      at = stop + 1
    else
      add_sentence(out, plain:sub(start, stop))
      start, at = stop + 1, stop + 1
    end
  end
  add_sentence(out, plain:sub(start))
end

--- The words of a sentence in lower case. Punctuation marks are words of their own, apostrophes are dropped, "8:30pm" is
--- "8:30" and "pm", "two-hour" is "two" and "hour", a dash between words is ";" and one between numbers is "to".
---@param sentence string
---@return string[]
function M.words(sentence)
  local text = M.plain(sentence):lower():gsub("'", "")
  local out, at = {}, 1
  while at <= #text do
    local _, stop = text:find("^%a+", at)
    if not stop then _, stop = text:find("^%d+[.:]?%d*", at) end
    if stop then
      out[#out + 1] = text:sub(at, stop):gsub("[.:]$", "")
    else
      stop = at
      local mark = text:sub(at, at)
      if mark == "-" then
        local between_numbers = text:find("^%s*%d", at + 1) and #out > 0 and out[#out]:find("^[%dap]")
        local spaced = text:find("^ ", at + 1) ~= nil
        if between_numbers then out[#out + 1] = "to" elseif spaced then out[#out + 1] = ";" end
      elseif mark:find("[,;:()]") then
        out[#out + 1] = mark
      end
    end
    at = stop + 1
  end
  return out
end

--- The number that a word or two words name ("3", "three", "forty five", "twice"), and where the next word stands.
---@param words string[]
---@param at integer
---@return number|nil number
---@return integer|nil next
function M.number(words, at)
  local word = words[at]
  if not word then return nil end
  local digits = word:find("^%d") and tonumber(word)
  if digits then return digits, at + 1 end
  local value = NUMBERS[word]
  if not value then return nil end
  local unit = words[at + 1] and NUMBERS[words[at + 1]]
  if value >= 20 and unit and unit > 1 and unit < 10 then return value + unit, at + 2 end
  return value, at + 1
end

--- Do these words stand at this place?
---@param words string[]
---@param at integer
---@param phrase string[]
---@return boolean
function M.starts(words, at, phrase)
  for i, word in ipairs(phrase) do
    if words[at + i - 1] ~= word then return false end
  end
  return true
end

--- A list of phrases, "until then; by the way", as word lists, longest first and then in the order given.
---@param text string
---@return string[][]
function M.phrases(text)
  local out = {}
  for phrase in text:gmatch("[^;]+") do
    local words = {}
    for word in phrase:gmatch("%S+") do words[#words + 1] = word end
    out[#out + 1] = words
    words.order = #out
  end
  table.sort(out, function(a, b)
    if #a ~= #b then return #a > #b end
    return a.order < b.order
  end)
  return out
end

--- Does one of the phrases occur? Says where it begins and what its words are.
---@param words string[]
---@param phrases string[][] from `phrases`
---@return integer|nil at
---@return string[]|nil phrase
function M.find(words, phrases)
  for at = 1, #words do
    for _, phrase in ipairs(phrases) do
      if M.starts(words, at, phrase) then return at, phrase end
    end
  end
end

--- A copy of some of the words.
---@param words string[]
---@param first integer
---@param last integer
---@return string[]
function M.slice(words, first, last)
  return table.move(words, first, last, 1, {})
end

--- A set of the words of a text.
---@param text string
---@return table<string, boolean>
function M.set(text)
  local set = {}
  for word in text:gmatch("%S+") do set[word] = true end
  return set
end

return M

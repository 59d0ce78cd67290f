--- What can be read out of the texts of an original's persona without knowing days: clean text, numbered items, traits,
--- pronoun, occupation.
local M = {}

local MAX_BYTES = 4000 -- what is looked at of one text; an original's has some hundred bytes

--- One line without control characters and spaces at the ends. A value that is no text is "".
---@param value any
---@return string
function M.clean(value)
  if type(value) ~= "string" then return "" end
  local text = value:gsub("[%c%s]+", " ")
  local first, last = text:find("[^ ]"), #text
  if not first then return "" end
  if text:byte(last) == 32 then last = last - 1 end
  return text:sub(first, last)
end

-- Cuts at " 1) ", " 2) ", ... (or "1."), which must count up from one; nil if there are no such numbers.
local function numbered(text)
  local out, at, number, start = {}, 1, 1, nil
  while true do
    local first, last = text:find("%f[%d]" .. number .. "[%).]%s", at)
    if not first then break end
    if start then out[#out + 1] = text:sub(start, first - 1) end
    start, at, number = last + 1, last + 1, number + 1
  end
  if not start then return nil end
  out[#out + 1] = text:sub(start)
  return out
end

local function sentences(text)
  local out, start = {}, 1
  while true do
    local stop = text:find("[.!?;]%s", start)
    if not stop then break end
    out[#out + 1] = text:sub(start, stop)
    start = stop + 1
  end
  out[#out + 1] = text:sub(start)
  return out
end

--- The items of a list in prose, "John Lin enjoys 1) Knitting. 2) Writing letters.", else its sentences; without final points.
---@param text string
---@return string[]
---@return boolean is_list false if they are sentences
function M.items(text)
  text = text:sub(1, MAX_BYTES)
  local out, list = {}, numbered(text)
  for _, item in ipairs(list or sentences(text)) do
    local plain = M.clean(item):gsub("[%s.;,!]+$", "")
    if plain:find("%w") then out[#out + 1] = plain end
  end
  return out, list ~= nil
end

local TRAITS = { "extraversion", "agreeableness", "conscientiousness", "openness", "neuroticism" }

--- "High in Extraversion, Low in Agreeableness, ..." as a table.
---@param text string
---@return table<string, string> big_five
---@return string[] unread names of the traits of which nothing is said; they are "low"
function M.big_five(text)
  local lower, out, unread = text:sub(1, MAX_BYTES):lower(), {}, {}
  for _, trait in ipairs(TRAITS) do
    out[trait] = lower:match("%f[%a](high)%s+in%s+" .. trait) or lower:match("%f[%a](low)%s+in%s+" .. trait)
    if not out[trait] then
      out[trait] = "low"
      unread[#unread + 1] = trait
    end
  end
  return out, unread
end

local PRONOUNS = { she = "she", her = "she", hers = "she", herself = "she", he = "he", his = "he", him = "he", himself = "he" }

--- The pronoun that texts in the third person use.
---@param texts string[]
---@return string pronoun "she", "he" or "they"
---@return string|nil said the word that tells it; nil if nothing does
function M.pronoun(texts)
  local count, said = { she = 0, he = 0 }, {}
  for _, text in ipairs(texts) do
    for word in text:sub(1, MAX_BYTES):lower():gmatch("%a+") do
      local means = PRONOUNS[word]
      if means then
        count[means] = count[means] + 1
        said[means] = said[means] or word
      end
    end
  end
  if count.she == count.he then return "they", nil end
  local means = count.she > count.he and "she" or "he"
  return means, said[means]
end

local NO_JOB = { "retired", "retiree", "unemployed", "homemaker", "stay%-at%-home", "housewife", "househusband", "on leave",
  "between jobs" }

--- What fills the person's working hours, from the background.
---@param background string
---@param names string[] how the text may call the person
---@return string kind "work", "study" or "none"
---@return string title "interior designer"; "" if it could not be read
function M.occupation(background, names)
  local text = background:sub(1, 300)
  local lower = text:lower()
  for _, word in ipairs(NO_JOB) do
    if lower:find("%f[%a]" .. word .. "%f[%A]") then return "none", "" end
  end
  local subject = { "She", "He", "They" }
  table.move(names, 1, #names, #subject + 1, subject)
  for _, name in ipairs(subject) do
    if #name > 0 and text:sub(1, #name + 1) == name .. " " then
      local rest = text:sub(#name + 2)
      text = rest:match("^is (an? .*)") or rest:match("^works as (an? .*)") or rest:match("^is working as (an? .*)") or ""
      break
    end
  end
  local title = M.clean(text:match("^[^.,;:()]+") or "")
  for _, stop in ipairs { " with ", " who ", " at ", " in ", " for ", " that ", " and ", " specializing ", " specialising ",
    " working ", " studying ", " from " } do
    local at = title:find(stop, 1, true)
    if at then title = title:sub(1, at - 1) end
  end
  title = title:gsub("^[Aa]n? ", ""):gsub("^[Tt]he ", "")
  if #title > 60 or not title:find("^%a[%a%s'-]*$") then title = "" end
  local studies = lower:find("%f[%a]student%f[%A]") or lower:find("%f[%a]studies%f[%A]") or lower:find("%f[%a]studying%f[%A]")
  local kind = studies and "study" or "work"
  return kind, title:lower()
end

--- Do the texts say that the person works at night?
---@param texts string[]
---@return boolean
function M.works_at_night(texts)
  for _, text in ipairs(texts) do
    local lower = text:sub(1, MAX_BYTES):lower()
    for _, words in ipairs { "night shift", "nightshift", "works nights", "works at night", "night nurse", "night watch",
      "night guard", "night porter", "overnight shift" } do
      if lower:find(words, 1, true) then return true end
    end
  end
  return false
end

return M

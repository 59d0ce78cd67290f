-- The sentences from which the offline assistant chooses: for each topic and tone some recommendations in plain English.
--
-- A text may hold {first_name} and {action}. The action is what the person is doing, as the simulation says it ("Mara is
-- calling her sister."); a text turns it to the person: "While you are calling your sister, ...".
-- Every text says its topic and its tone clearly enough that the lexicon recovers both; a test holds it to that.

local lexicon = require "propersim.lexicon"
local scan = require "propersim.lexicon_scan"

local find, gmatch, gsub, sub = string.find, string.gmatch, string.gsub, string.sub

local TO_YOU = { her = "your", his = "your", their = "your", herself = "yourself", himself = "yourself", themselves = "yourself" }

local PARTS = { "offline.wordings_home", "offline.wordings_leisure", "offline.wordings_body", "offline.wordings_work" }

local BANK = {}
for _, part in ipairs(PARTS) do
  local texts_by_topic = require(part)
  for _, topic in ipairs(lexicon.topics) do
    for _, tone in ipairs(lexicon.tones) do
      if texts_by_topic[topic] then
        local texts = {}
        for i, text in ipairs(texts_by_topic[topic][tone]) do texts[i] = text end
        BANK[topic] = BANK[topic] or {}
        BANK[topic][tone] = texts
      end
    end
  end
end

local wordings = {}

local function texts_of(topic, tone)
  local texts = BANK[topic] and BANK[topic][tone]
  if texts == nil then
    error(("wordings: no texts for topic %q in tone %q"):format(tostring(topic), tostring(tone)), 3)
  end
  return texts
end

--- How many wordings there are for a topic in a tone.
---@param topic string
---@param tone string
---@return integer
function wordings.count(topic, tone)
  return #texts_of(topic, tone)
end

local function raw(topic, tone, i)
  local text = texts_of(topic, tone)[i]
  if text == nil then error(("wordings: %s, %s has no text %s"):format(topic, tone, tostring(i)), 3) end
  return text
end

--- Whether a wording mentions what the person is doing, so that `text` needs fields.action.
---@param topic string
---@param tone string
---@param i integer 1 to count
---@return boolean
function wordings.needs_action(topic, tone, i)
  return find(raw(topic, tone, i), "{action}", 1, true) ~= nil
end

-- "Mara is calling her sister (on the phone)." -> "calling your sister"
local function spoken(action)
  local text = scan.without_subject(action)
  local open = find(text, " (", 1, true)
  if open and open > 1 then text = sub(text, 1, open - 1) end
  text = gsub(text, "^%u", string.lower)
  while find(text, "[%s.!]$") do text = sub(text, 1, -2) end
  return (gsub(text, "%a+", TO_YOU))
end

--- One recommendation with its fields filled in. A field that the wording names and `fields` lacks is an error.
---@param topic string
---@param tone string
---@param i integer 1 to count
---@param fields table first_name, and action where needs_action says so
---@return string
function wordings.text(topic, tone, i, fields)
  local text = raw(topic, tone, i)
  for name in gmatch(text, "{([%a_]+)}") do
    local value = fields[name]
    if type(value) ~= "string" or value == "" then
      error(("wordings: %s, %s, %d needs the field %q"):format(topic, tone, i, name), 2)
    end
    if name == "action" then
      value = spoken(value)
      -- "You are lunch" is no English; "you are busy with lunch" is.
      if not find(value, "^%a+ing%f[%A]") then text = gsub(text, "are {action}", "are busy with {action}") end
    end
    local from, to = find(text, "{" .. name .. "}", 1, true)
    text = sub(text, 1, from - 1) .. value .. sub(text, to + 1)
  end
  return text
end

return wordings

--- How the offline assistant goes by what its memory tells, without any training (`assistant.in_context`): a rough model of
--- what language models do with earlier turns in their prompt. It reads the memory's text and nothing else.
---
---   what it said is remembered without a score    it repeats that topic less, and speaks a little less
---   ... with a score                               that topic, that tone and speaking at all count for more above 2, less below
---   a silence is remembered with a score           the same for silence

local lexicon = require "propersim.lexicon"

local in_context = {}

local MIDDLE = 2      -- of the scores 0 to 4
local REPEATED = -0.5 -- logit of a topic for each time that it was said
local SPOKEN = 0.25   -- logit of silence for each recommendation
local SILENCE = "No Recommendation"

local function add(t, key, value)
  if key then t[key] = (t[key] or 0) + value end
end

-- "12:05 Mara is cooking. | Try some lemon. | score 3 | ...": what one remembered step tells.
local function take_line(line, told)
  local from = line:find(" | ", 1, true)
  if not from then return end
  local to = line:find(" | score ", from + 3, true)
  local said = line:sub(from + 3, to and to - 1)
  local score = to and tonumber(line:sub(to + 9, to + 9))
  local value = score and (score - MIDDLE) / MIDDLE
  if said == SILENCE then
    told.silent = told.silent + (value or 0)
    return
  end
  told.spoken = true
  if value then
    told.say = told.say + value
    add(told.topic, lexicon.topic_of(said), value)
    add(told.tone, lexicon.tone_of(said), value)
  else
    told.silent = told.silent + SPOKEN
    add(told.topic, lexicon.topic_of(said), REPEATED)
  end
end

--- Adds to each candidate's logit what the memory tells of it.
---@param logits number[]
---@param memory string as the prompt has it
---@param strength number above 0
function in_context.add(logits, memory, strength)
  local told = { spoken = false, silent = 0, say = 0, topic = {}, tone = {} }
  local from = 1
  repeat
    local to = memory:find("\n", from, true)
    take_line(memory:sub(from, to and to - 1), told)
    from = to and to + 1
  until not from
  logits[1] = logits[1] + strength * told.silent -- silence comes first, then each topic in each tone
  if not told.spoken then return end
  local i = 1
  for _, topic in ipairs(lexicon.topics) do
    local value = told.say + (told.topic[topic] or 0)
    for _, tone in ipairs(lexicon.tones) do
      i = i + 1
      logits[i] = logits[i] + strength * (value + (told.tone[tone] or 0))
    end
  end
end

return in_context

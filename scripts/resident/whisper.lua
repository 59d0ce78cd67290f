--- Whispers: thoughts that come to somebody from outside, by the study's option `whispers` or at the terminal.

local llm = require "llm"
local clock = require "clock"
local times = require "propersim.persona_time"
local plan = require "resident.plan"

local whisper = {}

local PLANS = 10 -- latest of their own plans, to see whether something is planned or decided already

--- What somebody has decided to do, or not to do, as texts, the latest first.
---@param r resident
---@param most integer
---@return string[]
function whisper.plans(r, most)
  local ids = r.memory:lookup(plan.KEYWORD, "thought")
  local texts = {}
  for i = 1, math.min(most, #ids) do texts[i] = r.memory:text(ids[i]) end
  return texts
end

-- Adds the keys of a table, but for those seen before.
local function add_keys(t, out, seen)
  for key in pairs(t) do
    if not seen[key] then out[#out + 1], seen[key] = key, true end
  end
end

--- The names of the sectors and rooms that somebody knows.
---@param r resident
---@return string[]
function whisper.places(r)
  local out, seen = {}, {}
  for _, sectors in pairs(r.state.knows) do
    add_keys(sectors, out, seen)
    for _, arenas in pairs(sectors) do add_keys(arenas, out, seen) end
  end
  return out
end

--- What somebody wants to do because of something that they heard or thought of: becomes a thought, and part of today if it
--- is for today.
---@param r resident
---@param heard string one or more lines
---@param evidence integer[] ids of the memories that it comes from
function whisper.plan_from(r, heard, evidence)
  local plans = whisper.plans(r, PLANS)
  local answer = llm.ask("resident/planning_thought", {
    identity = r.identity, name = r.name, time = clock.date() .. ", " .. clock.time(), heard = heard,
    plans = #plans > 0 and table.concat(plans, "\n") or "Nothing.", sociable = r.sociable, places = whisper.places(r),
  }, { key = heard })
  if not answer or answer.thought == "" then return end
  whisper.think(r, answer.thought, evidence, { plan.KEYWORD })
  plan.revise(r, answer.thought)
end

--- Adds a thought to somebody's memory, with the importance that they give it.
---@param r resident
---@param text string
---@param evidence integer[]|nil
---@param keywords string[]|nil
---@return integer id
function whisper.think(r, text, evidence, keywords)
  local answer = llm.ask("resident/importance_thought", { identity = r.identity, first_name = r.first_name, text = text },
    { key = text })
  local value = answer and answer.importance or 5
  r.state.importance_left = r.state.importance_left - value
  r.state.since_reflection = r.state.since_reflection + 1
  return r.memory:add { type = "thought", subject = r.name, predicate = "think", object = text, text = text,
    importance = value, evidence = evidence, keywords = keywords or { r.name } }
end

--- Whispers a thought to somebody, now: they remember it as their own, and may plan something because of it.
---@param r resident
---@param text string one or more thoughts with "; " between them
function whisper.tell(r, text)
  llm.turn(r.who)
  for thought in text:gmatch("[^;]+") do
    thought = thought:match("^%s*(.-)%s*$")
    if thought ~= "" then whisper.plan_from(r, thought, { whisper.think(r, thought) }) end
  end
end

local function second_of(item)
  return clock.start() + ((item.day - 1) * times.DAY + times.minutes(item.time)) * 60
end

--- Midnight: which of the study's whispers are for this household and day, in the order of the study.
---@param h household
function whisper.begin_day(h)
  h.whispers = {}
  for _, item in ipairs(h.config.whispers) do
    for _, r in ipairs(h.residents) do
      if item.day == clock.day() and item.who == r.persona.id then
        h.whispers[#h.whispers + 1] = { second = second_of(item), who = r.who, text = item.text }
      end
    end
  end
end

--- Whispers what is due in this step.
---@param h household
function whisper.step(h)
  if #h.whispers == 0 then return end
  local now = clock.now()
  for _, item in ipairs(h.whispers) do
    if item.second >= now and item.second < now + clock.step_seconds() then whisper.tell(h.residents[item.who], item.text) end
  end
end

return whisper

--- The assistant of one resident: watches, proposes or stays silent, and remembers what came of it.
---
--- It knows what it sees and what it has been told: never the person's preferences, and their rubric only when
--- `assistant.persona_given` is set.

local clock = require "clock"
local map = require "map"
local memory = require "memory"
local policy = require "policy"
local rng = require "rng"
local candidates = require "offline.candidates"
local act = require "resident.act"
local notice = require "assistant.notice"
local propose = require "assistant.propose"
local learn = require "assistant.learn"
local levels = require "assistant.levels"
local suggestion_memory = require "propersim.suggestion_memory"

local assistant = {}

local IMPORTANCE = 5 -- of every step in the assistant's memory stream

---@class situation what the assistant sees in a step
---@field action string
---@field time string
---@field minute number of the day
---@field address string where the person is
---@field features string[] what the offline policy goes by; set by `suggest`

---@class offer one suggestion of a step
---@field text string "No Recommendation" for silence
---@field silent boolean
---@field source string drawn, forced or revised

local function first_state()
  return {
    memory = suggestion_memory.new(),
    said = {},   -- minutes since the study's start at which it spoke last, as far as it remembers
    scores = {}, -- last scores that it was told
  }
end

--- Gives the assistant its state, memory stream and policy back.
---@param h household
---@param r resident
function assistant.equip(h, r)
  r.state.assistant = r.state.assistant or first_state()
  r.assistant = {
    options = h.config.assistant,
    level = levels.of(h.config.assistant.memory),
    memory = memory.stream("assistant", r.who),
    policy = policy.open(r.who),
  }
  r.assistant.policy:set_candidates(candidates.attributes)
end

--- What the assistant sees now.
---@param r resident
---@return situation
function assistant.watch(r)
  return {
    action = act.text(r), time = clock.date() .. ", " .. clock.time(), minute = clock.minute(),
    address = map.address(r.state.x, r.state.y),
  }
end

-- The memories that belong to this moment, oldest first, as the level of memory allows.
local function recall(r, seen)
  local a = r.assistant
  if a.options.retrieve == 0 or not a.level.action then return {} end
  local ids = a.memory:retrieve(r.name .. " is " .. seen.action, a.options.retrieve)
  table.sort(ids)
  for i, id in ipairs(ids) do ids[i] = a.memory:text(id) end
  return ids
end

local function long_memory(r, seen)
  if not r.assistant.level.action then return "None." end
  return suggestion_memory.text(r.state.assistant.memory, { first_name = r.first_name, hour_from = 5, none = "Nothing yet." },
    recall(r, seen))
end

-- The second is what is said; the first is there to compare it with.
local function draw_two(r, inputs)
  local options, second = r.assistant.options, propose.draw(inputs, 2)
  local first
  if options.force_silence > 0 and rng.stream("force_silence", clock.step()):chance(options.force_silence) then
    first = propose.silence("forced")
  else
    first = propose.first(inputs, second, options.explore, rng.stream("explore", clock.step()):unit())
  end
  return { first, second }
end

--- Proposes for this moment: two offers when ranking, else one. The last is what is said.
---@param h household
---@param r resident
---@param seen situation
---@return offer[]
function assistant.suggest(_, r, seen)
  seen.features = notice.features(r, seen)
  local inputs = {
    first_name = r.first_name, memory = long_memory(r, seen), action = seen.action, time = seen.time,
    options = propose.options(r, seen.features), temperature = r.assistant.options.temperature,
  }
  local offers = r.assistant.options.rank and draw_two(r, inputs) or { propose.draw(inputs, 1) }
  for slot, offer in ipairs(offers) do propose.write(r, slot, offer, slot == #offers) end
  return offers
end

--- Remembers the step as far as its level of memory goes.
---@param r resident
---@param seen situation
---@param offers offer[]
---@param verdicts table[] from rate.judge
function assistant.remember(_, r, seen, offers, verdicts)
  local a, mine = r.assistant, r.state.assistant
  local said, verdict = offers[#offers], verdicts[#verdicts]
  learn.pair(r, seen, offers, verdicts)
  notice.remember(r, seen, said, verdict)
  if not a.level.action then return end
  local text = levels.text(a.level, seen, said, verdict)
  a.memory:add { type = "event", subject = r.name, predicate = "is", object = seen.action, text = text,
    importance = IMPORTANCE, keywords = {} }
  suggestion_memory.add(mine.memory, seen.minute, text, not said.silent)
end

--- Closes the hour at its last step.
---@param r resident
function assistant.close_hour(r)
  if suggestion_memory.hour_ends() then
    suggestion_memory.close_hour(r.state.assistant.memory,
      { who = r.who, stream = "assistant", first_name = r.first_name, keep = 1 })
  end
end

return assistant

--- The assistant of one resident: watches, proposes or stays silent, and remembers what came of it.
---
--- It knows what it sees and what it has been told: never the person's preferences (but for the upper bound, the policy
--- "oracle"), and their rubric only when `assistant.persona_given` is set.

local clock = require "clock"
local map = require "map"
local memory = require "memory"
local policy = require "policy"
local rng = require "rng"
local candidates = require "offline.candidates"
local act = require "resident.act"
local choose = require "assistant.choose"
local feedback = require "assistant.feedback"
local notice = require "assistant.notice"
local propose = require "assistant.propose"
local learn = require "assistant.learn"
local levels = require "assistant.levels"
local opinion = require "assistant.opinion"
local policies = require "assistant.policies"
local suggestion_memory = require "propersim.suggestion_memory"

local assistant = {}

local IMPORTANCE = 5 -- of every step in the assistant's memory stream

---@class situation what the assistant sees in a step
---@field action string
---@field time string
---@field minute number of the day
---@field address string where the person is
---@field features string[] what the offline policy goes by; set by `suggest`
---@field inputs table what the assistant's prompts are told; set by `suggest`

---@class offer one suggestion of a step
---@field text string "No Recommendation" for silence
---@field silent boolean
---@field source string drawn, forced or revised
---@field candidate integer|nil its number among what the policy chose from (`assistant.choose`)
---@field reason string|nil the assistant's, where it is asked for one (`assistant.reason`)
---@field topic string|nil what it is about, as far as its words tell (set by propose.judge, like what follows)
---@field tone string|nil
---@field logit number|nil what the policy thought of it
---@field probability number|nil how likely it would have been drawn

local function first_state()
  return {
    memory = suggestion_memory.new(),
    explored = {}, -- activity -> the last recommendation that was tried then, and its score
    late = {},   -- ratings of which it will hear later
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
    decider = policies.of(h.config.assistant.policy),
    persona = opinion.persona_text(h.config.assistant, r),
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
  if a.options.retrieve == 0 or a.options.persona_given or not a.level.action then return {} end
  local ids = a.memory:retrieve(r.name .. " is " .. seen.action, a.options.retrieve)
  if not ids then return {} end -- the embedding failed, which is on record: nothing comes to mind
  table.sort(ids)
  for i, id in ipairs(ids) do ids[i] = a.memory:text(id) end
  return ids
end

local function long_memory(r, seen)
  if not r.assistant.level.action then return "None." end
  return suggestion_memory.text(r.state.assistant.memory, { first_name = r.first_name, hour_from = 5, none = "Nothing yet." },
    recall(r, seen))
end

-- What the model is told of this moment, and (offline) what it thinks of each candidate.
local function inputs_for(h, r, seen)
  local a = r.assistant
  local inputs = {
    first_name = r.first_name, persona = a.persona, memory = long_memory(r, seen), action = seen.action, time = seen.time,
    temperature = a.options.temperature,
  }
  inputs.options = opinion.of(h, r, seen, inputs.memory)
  return inputs
end

-- What is made of something that the model drew: some policies choose between it and silence.
local function chosen(r, seen, offer, slot)
  local decide = r.assistant.decider.choose
  return decide and decide(r, seen, offer, slot) or offer
end

--- Draws one offer of this step, as its policy decides. The same draw of the same step is always the same.
---@param h household
---@param r resident
---@param seen situation
---@param slot integer 1 or 2
---@return offer
function assistant.draw(h, r, seen, slot)
  local a = r.assistant
  local speaks
  if a.decider.speaks then speaks = a.decider.speaks(h, r, seen) end
  if speaks == false then return propose.silence("forced") end
  if speaks then return propose.draw_speaking(seen.inputs, slot, "forced") end
  return chosen(r, seen, propose.draw(a.options, seen.inputs, slot), slot)
end

-- Is the first offer of this step made to be silence (`assistant.force_silence`)?
local function is_silenced(options)
  return options.force_silence > 0 and rng.stream("force_silence", clock.step()):chance(options.force_silence)
end

-- The second is what is said; the first is there to compare it with, and in places made to differ from it.
local function draw_two(h, r, seen)
  local a = r.assistant
  if is_silenced(a.options) then
    return { propose.silence("forced"), assistant.draw(h, r, seen, 2) }
  end
  if a.decider.speaks then
    local second = assistant.draw(h, r, seen, 2)
    return { assistant.draw(h, r, seen, 1), second }
  end
  local chance = rng.stream("explore", clock.step()):unit()
  if not propose.explores(a.options, chance) then
    local two = propose.draw_many(a.options, seen.inputs, { 1, 2 })
    return { chosen(r, seen, two[1], 1), chosen(r, seen, two[2], 2) }
  end
  local second = chosen(r, seen, propose.draw(a.options, seen.inputs, 2), 2)
  local first = propose.first(a.options, seen.inputs, second, chance)
  return { first.source == "forced" and first or chosen(r, seen, first, 1), second }
end

-- With revision only the first: the second is made from how it is rated (resident/revise.lua).
local function draw_all(h, r, seen)
  local a = r.assistant
  if a.options.choose == "policy" then return choose.offers(r, seen) end
  local own = a.decider.offers and a.decider.offers(h, r, seen)
  if own then return own end
  if a.options.rank and not a.options.revision then return draw_two(h, r, seen) end
  if a.options.revision and is_silenced(a.options) then return { propose.silence("forced") } end
  return { assistant.draw(h, r, seen, 1) }
end

--- Proposes for this moment: two offers when ranking, else one. The last is what is said.
---@param h household
---@param r resident
---@param seen situation
---@return offer[]
function assistant.suggest(h, r, seen)
  seen.features = notice.features(r, seen)
  seen.inputs = inputs_for(h, r, seen)
  local offers = draw_all(h, r, seen)
  local last = r.assistant.options.revision and 2 or #offers
  propose.judge(offers, seen.inputs)
  for slot, offer in ipairs(offers) do propose.write(r, slot, offer, slot == last) end
  return offers
end

--- Remembers the step as far as its level of memory goes, and keeps what there is to learn from it.
---@param h household
---@param r resident
---@param seen situation
---@param offers offer[]
---@param verdicts table[] from rate.judge
function assistant.remember(h, r, seen, offers, verdicts)
  local a, mine = r.assistant, r.state.assistant
  local heard = feedback.heard(h.config.feedback, verdicts)
  local said, verdict = offers[#offers], feedback.at_once(h.config.feedback, heard[#heard])
  learn.from_step(h, r, seen, offers, heard)
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

--- One household, told as a story: what happens at midnight, in a step, and at the end of a day.
---
--- The host calls `open` whenever it has (re)loaded the scripts or the state, `begin_day` before the first step of a day,
--- `step` every `sec_per_step` simulated seconds, and `end_day` after the last step. All that must last from one day to the
--- next is plain data in `h.state`, which the host saves each midnight (`save`); it saves memory streams and policies itself.

local llm = require "llm"
local resident = require "resident.resident"
local plan = require "resident.plan"
local act = require "resident.act"
local perceive = require "resident.perceive"
local react = require "resident.react"
local converse = require "resident.converse"
local reflect = require "resident.reflect"
local whisper = require "resident.whisper"
local by_hand = require "resident.by_hand"
local news = require "resident.news"
local rate = require "resident.rate"
local revise = require "resident.revise"
local wishes = require "resident.wishes"
local assistant = require "assistant.assistant"
local learn = require "assistant.learn"
local exam = require "assistant.exam"

local household = {}

---@class household
---@field config table the study's options for this condition; see docs/first-study.md
---@field state table plain data, saved each midnight
---@field residents resident[]
---@field by_name table<string, resident>
---@field social boolean do several people live here, who see and meet each other?

--- Sets up the people of the household around their saved state.
---@param config table options of the run
---@param state table|nil what was saved at midnight; nil on the very first day
---@return household
function household.open(config, state)
  local h = { config = config, state = state or { residents = {} }, residents = {}, by_name = {} }
  for who, id in ipairs(config.personas) do
    llm.turn(who)
    local r = resident.open(h, who, wishes.persona(config.change, require("personas." .. id)))
    if resident.has_assistant(h, id) then assistant.equip(h, r) end
    act.resume(r)
    h.residents[who], h.by_name[r.name] = r, r
  end
  h.social = #h.residents > 1
  return h
end

local function wake_up(h, r)
  llm.turn(r.who)
  if r.assistant then
    learn.overnight(h, r)
    exam.overnight(r)
  end
  plan.begin_day(h, r)
  if r.assistant then rate.begin_day(r) end
end

--- Midnight: assistants learn from yesterday's ratings; everybody looks back and plans the new day.
---@param h household
function household.begin_day(h)
  llm.together(h.residents, wake_up, h)
  whisper.begin_day(h)
  news.begin_day(h)
end

-- Whoever is awake may hear from their assistant, judges what it says, and both remember it.
local function hear(h, r)
  llm.turn(r.who)
  if r.assistant and not r.state.asleep then
    local seen = assistant.watch(r)
    local offers = assistant.suggest(h, r, seen)
    local verdicts = rate.judge(h, r, seen, offers)
    revise.second(h, r, seen, offers, verdicts)
    assistant.remember(h, r, seen, offers, verdicts)
    rate.remember(r, seen, offers, verdicts)
  end
  if r.assistant then
    rate.close_hour(r)
    assistant.close_hour(r)
  end
  act.record(r)
end

--- One step: people act and notice, one after the other; then all of them have time for their assistants.
---@param h household
function household.step(h)
  whisper.step(h)
  by_hand.step(h)
  for _, r in ipairs(h.residents) do
    llm.turn(r.who)
    act.step(h, r)
    if not r.state.asleep then
      local noticed = perceive.step(h, r)
      local other = noticed and react.whom_to_talk_to(h, r, noticed)
      if other then converse.run(r, other) end
      reflect.when_due(h, r)
    end
  end
  llm.together(h.residents, hear, h)
  news.step(h)
end

--- Just before midnight: nothing is left open.
---@param h household
function household.end_day(h)
  for _, r in ipairs(h.residents) do
    plan.end_day(r)
  end
  news.end_day(h)
end

--- What must last until the next day: plain data.
---@param h household
---@return table
function household.save(h)
  return h.state
end

return household

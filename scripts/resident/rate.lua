--- The person as rater: judges what the assistant says on four criteria, and remembers what was said.

local llm = require "llm"
local clock = require "clock"
local text = require "text"
local record = require "record"
local act = require "resident.act"
local wishes = require "resident.wishes"
local suggestion_memory = require "propersim.suggestion_memory"
local judge = require "offline.judge"

local rate = {}

local SAME = 3 -- suggestions that differ by at most so many characters share a rating
local HOUR = 60

-- What the person counts themselves: how often and how long ago the assistant spoke today.
local function new_count()
  return { today = 0, times = {} }
end

--- Midnight: the person's suggestion memory starts empty each day.
---@param r resident
function rate.begin_day(r)
  record.clear { who = r.who, stream = "rater", below = 1 }
  r.state.received = suggestion_memory.new()
  r.state.heard = new_count()
  r.state.heard.free = 0
end

local function last_hour(heard, now)
  local n = 0
  for i = #heard.times, 1, -1 do
    if now - heard.times[i] >= HOUR then break end
    n = n + 1
  end
  return n
end

-- Minutes count as waiting only while the person would have time to listen.
local function wait_on(preferences, r, seen)
  if judge.is_free(preferences, seen.action, seen.minute) then
    r.state.heard.free = r.state.heard.free + clock.step_seconds() / 60
  end
end

local function count_text(recent)
  if recent.today == 0 then return "The assistant has not recommended anything yet today." end
  return string.format("The assistant has recommended something %d times today, %d of them within the last hour, " ..
    "the last time %d minutes ago.", recent.today, recent.last_hour, recent.since // 1)
end

--- What the person knows of today: how often and how long ago it spoke, and for how long they would have listened.
---@param r resident
---@param minute number of the day
---@return table
function rate.recent(r, minute)
  local heard = r.state.heard
  local last = heard.times[#heard.times]
  return {
    today = heard.today, last_hour = last_hour(heard, minute), since = last and minute - last, free = heard.free,
    awake_minutes = r.state.awake_minutes,
  }
end

-- What they remember of what was said to them. Most steps add nothing to it.
local function memory_text(r)
  local received, known = r.state.received, r.received_text
  if not known or known.of ~= received or known.changes ~= received.changes then
    known = { of = received, changes = received.changes,
      text = suggestion_memory.text(received, { first_name = r.first_name, hour_from = 1, none = "Nothing yet." }, {}) }
    r.received_text = known
  end
  return known.text
end

--- What the person goes by when they judge: all inputs of the rater's prompts but the suggestion.
---@param h household
---@param r resident
---@param seen situation
---@return table
function rate.inputs(h, r, seen)
  local wished, recent = wishes.now(h, r), rate.recent(r, seen.minute)
  local rubric = wished.rubric
  return {
    identity = wished.identity or r.identity, time = seen.time, action = seen.action,
    memory = memory_text(r),
    recent_text = count_text(recent),
    rubric_preference = rubric.personal_preference, rubric_timing = rubric.timing,
    rubric_frequency = rubric.frequency, rubric_communication = rubric.communication_safety,
    preferences = wished.preferences, recent = recent, minute = seen.minute,
    inconsistency = h.config.rater.inconsistency,
  }
end

-- { value, reason } of one criterion; value is nil if the model failed.
local function verdict(answer, err)
  return answer or { reason = err }
end

local EACH = { "rater/too_often", "rater/too_seldom", "rater/preference", "rater/timing", "rater/communication" }
local ALL = { "rater/all" }

-- Adds the questions about one offer to the list of a step.
local function add_questions(questions, mode, inputs, draw)
  local options = { draw = draw }
  for _, prompt in ipairs(mode == "all" and ALL or EACH) do questions[#questions + 1] = { prompt, inputs, options } end
end

-- The verdicts of one offer from its answers, which begin at number `from`.
local function read_each(answers, failures, from)
  local often, seldom = answers[from], answers[from + 1]
  local frequency
  if not often or not seldom then
    frequency = verdict(nil, failures[from] or failures[from + 1])
  else -- the first answer if it is 0 or if both are 1, otherwise the second
    frequency = verdict((often.value == 0 or seldom.value == 1) and often or seldom)
  end
  return {
    preference = verdict(answers[from + 2], failures[from + 2]),
    timing = verdict(answers[from + 3], failures[from + 3]),
    frequency = frequency,
    communication = verdict(answers[from + 4], failures[from + 4]),
  }
end

local function read_all(answers, failures, from)
  local answer = answers[from]
  local out = {}
  for _, criterion in ipairs(judge.criteria) do
    out[criterion] = { value = answer and 1, reason = answer and answer.reason or failures[from] }
  end
  for _, criterion in ipairs(answer and answer.deducted or {}) do out[criterion].value = 0 end
  return out
end

local function score(by_criterion)
  local sum = 0
  for _, criterion in ipairs(judge.criteria) do
    local value = by_criterion[criterion].value
    if not value then return nil end
    sum = sum + value
  end
  return sum
end

local function reason_of(by)
  for _, criterion in ipairs(judge.criteria) do
    if by[criterion].value == 0 then return by[criterion].reason end
  end
  return by.preference.reason
end

-- Does the offer in a slot read like the one before, so that it shares its rating?
local function is_shared(offers, slot)
  local before = offers[slot - 1]
  return before ~= nil and before.source ~= "failed" and text.distance(offers[slot].text, before.text, SAME) <= SAME
end

-- The inputs of a step with one offer; `moment`: a metatable that finds the others.
local function with_suggestion(moment, suggestion)
  return setmetatable({ suggestion = suggestion }, moment)
end

local NOT_RATED = {} -- the verdict on what a model failed to propose: there was nothing to hear

-- Rates the offers in the slots from `first` on, all at once.
local function rate_slots(h, r, inputs, offers, verdicts, first)
  local mode, questions, from, moment = h.config.rater.mode, {}, {}, { __index = inputs }
  for slot = first, #offers do
    if offers[slot].source ~= "failed" and not is_shared(offers, slot) then
      from[slot] = #questions + 1
      add_questions(questions, mode, with_suggestion(moment, offers[slot].text), slot)
    end
  end
  local answers, failures = llm.all(questions)
  for slot = first, #offers do
    if offers[slot].source == "failed" then
      verdicts[slot] = NOT_RATED
    else
      if from[slot] then
        local by = (mode == "all" and read_all or read_each)(answers, failures, from[slot])
        verdicts[slot] = { by = by, score = score(by), reason = reason_of(by) }
      else
        verdicts[slot] = verdicts[slot - 1]
      end
      record.rating { who = r.who, slot = slot, shared = not from[slot], by = verdicts[slot].by }
    end
  end
end

--- Rates every offer of a step. Offers that read the same share one rating.
---@param h household
---@param r resident
---@param seen situation
---@param offers offer[]
---@return table[] verdicts one per offer: { score (0-4, nil if failed), reason, by = { criterion -> { value, reason } } }
function rate.judge(h, r, seen, offers)
  wait_on(wishes.now(h, r).preferences, r, seen)
  local inputs = rate.inputs(h, r, seen)
  r.state.heard.wish = judge.wish_of_day(inputs) -- for the report
  local verdicts = {}
  rate_slots(h, r, inputs, offers, verdicts, 1)
  return verdicts
end

--- Rates one more offer of a step that `judge` has seen.
---@param h household
---@param r resident
---@param seen situation
---@param offers offer[]
---@param verdicts table[] gets its verdict
---@param slot integer the last
function rate.one(h, r, seen, offers, verdicts, slot)
  rate_slots(h, r, rate.inputs(h, r, seen), offers, verdicts, slot)
end

--- Remembers what was said to them, if anything was. Steps without a recommendation leave no memory.
---@param r resident
---@param seen situation
---@param offers offer[]
---@param verdicts table[]
function rate.remember(r, seen, offers, verdicts)
  local said, verdict_said = offers[#offers], verdicts[#verdicts]
  if said.silent then return end
  local heard = r.state.heard
  heard.today = heard.today + 1
  heard.times[#heard.times + 1] = seen.minute
  heard.free = 0
  suggestion_memory.add(r.state.received, seen.minute, act.text(r) .. " | " .. said.text .. " | score " ..
    (verdict_said.score or "unknown"), true)
end

--- Closes the hour of the person's suggestion memory at its last step.
---@param r resident
function rate.close_hour(r)
  if suggestion_memory.hour_ends() then
    suggestion_memory.close_hour(r.state.received, { who = r.who, stream = "rater", first_name = r.first_name, keep = 3 })
  end
end

return rate

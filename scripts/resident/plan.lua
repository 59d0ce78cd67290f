--- Planning: getting up, the day's plan, its blocks, and the tasks that a block is made of.
---
--- The schedule is a list of blocks in order, without gaps: { start, minutes, activity, place?, sleep?, tasks? }. `start`
--- counts minutes since the study's first midnight, so a day may end after midnight. A block of an hour or more gets its
--- `tasks` about two hours ahead; a shorter one is its own only task.

local llm = require "llm"
local clock = require "clock"
local record = require "record"
local map = require "map"
local resident = require "resident.resident"
local times = require "propersim.persona_time"

local plan = {}

--- The keyword of memories that are plans.
plan.KEYWORD = "plan"

local DAY = 1440
local AHEAD = 120     -- minutes before a block begins at which it is broken down
local BREAK_DOWN = 60 -- shorter blocks stay whole
local PLANS = 8       -- latest plans that are remembered at midnight

local function now_minute()
  return (clock.day() - 1) * DAY + clock.minute()
end

-- Simulated seconds of a minute since the study's first midnight.
local function seconds(minute)
  return math.floor(clock.now() + (minute - now_minute()) * 60)
end

local function write_schedule(r, level, blocks)
  for _, block in ipairs(blocks) do
    record.schedule { who = r.who, level = level, start = seconds(block.start), minutes = block.minutes,
      activity = block.activity }
  end
end

-- Everything that is asked about a day carries these.
local function about_today(r)
  local date = clock.date()
  return {
    identity = r.identity, first_name = r.first_name, date = date, constraint = map.constraint(),
    routine = r.persona.routine, weekend = clock.weekday() >= 6, weekday = clock.weekday(),
    remembers = "Nothing in particular.",
  }
end

-- What they have decided to do lately, because of something that they were told.
local function recall_plans(r, lines)
  local ids = r.memory:lookup(plan.KEYWORD, "thought")
  for i = 1, math.min(PLANS, #ids) do lines[#lines + 1] = r.memory:text(ids[i]) end
end

local function revise_identity(r, inputs)
  local lines = {}
  for _, id in ipairs(r.memory:retrieve(r.name .. "'s plans and what mattered lately", 12) or {}) do
    lines[#lines + 1] = r.memory:text(id)
  end
  if #lines == 0 then return end
  inputs.memory = table.concat(lines, "\n")
  recall_plans(r, lines)
  inputs.remembers = table.concat(lines, "\n")
  local answer = llm.ask("resident/revise_identity", inputs)
  if answer then
    r.state.currently = answer.currently
    resident.refresh_identity(r)
    inputs.identity = r.identity
  end
end

-- Blocks of sleep and of yesterday evening that are still to come, cut at the time of getting up.
local function carry_over(r, wake)
  local kept = {}
  for _, block in ipairs(r.state.schedule) do
    local finish = math.min(block.start + block.minutes, wake)
    if finish > now_minute() then
      block.minutes = finish - block.start
      kept[#kept + 1] = block
    end
  end
  local last = kept[#kept]
  local asleep_from = last and last.start + last.minutes or now_minute()
  if last and last.sleep then
    last.minutes = wake - last.start
  elseif asleep_from < wake then
    kept[#kept + 1] = { start = asleep_from, minutes = wake - asleep_from, activity = "sleeping", sleep = true }
  end
  return kept
end

local function ask_blocks(r, inputs, wake)
  local answer = llm.ask("resident/daily_plan", inputs)
  inputs.plan = answer and table.concat(answer.items, "\n") or r.persona.daily_plan_req
  answer = llm.ask("resident/hourly_schedule", inputs)
  local blocks, start = {}, wake
  for _, block in ipairs(answer and answer.blocks or {}) do
    blocks[#blocks + 1] = { start = start, minutes = block.minutes, activity = block.activity, place = block.place }
    start = start + block.minutes
  end
  if #blocks == 0 then -- the model failed for good: the day has to go on somehow, and the failed call is on record
    blocks[1] = { start = wake, minutes = 960, activity = "resting at home" }
    start = wake + 960
  end
  blocks[#blocks + 1] = { start = start, minutes = DAY, activity = "sleeping", sleep = true }
  return blocks
end

local function awake_minutes(r)
  local first, sum = now_minute(), 0
  for _, block in ipairs(r.state.schedule) do
    if not block.sleep then
      sum = sum + math.max(0, math.min(block.start + block.minutes, first + DAY) - math.max(block.start, first))
    end
  end
  return sum
end

-- On the very first night, somebody who goes to bed after midnight (a night worker) is still up.
local function first_night(r, inputs)
  local today = inputs.weekend and r.persona.routine.weekend or r.persona.routine.weekday
  local bed, wake = times.minutes(today.sleep), times.minutes(today.wake)
  if bed >= wake then return end
  inputs.wake, inputs.wake_minute = today.wake, wake
  r.state.schedule = ask_blocks(r, inputs, now_minute() + wake - DAY)
end

--- Midnight: revises who they are from what they remember, and plans from getting up to going to bed.
---@param r resident
function plan.begin_day(_, r)
  local inputs = about_today(r)
  if clock.day() == 1 then
    first_night(r, inputs)
  else
    revise_identity(r, inputs)
  end
  local answer = llm.ask("resident/wake_up", inputs)
  local minute = answer and answer.hour * 60 + answer.minute or times.minutes(r.persona.routine.weekday.wake)
  local wake = now_minute() + minute
  inputs.wake, inputs.wake_minute = times.text(minute), minute
  local schedule = carry_over(r, wake)
  for _, block in ipairs(ask_blocks(r, inputs, wake)) do schedule[#schedule + 1] = block end
  r.state.schedule = schedule
  r.state.awake_minutes = awake_minutes(r)
  write_schedule(r, "hourly", schedule)
end

-- Scales the answer's tasks so that they fill the block exactly, in whole minutes. The same task twice in a row is one.
local function fit(block, tasks)
  local total, done, out = 0, 0, {}
  for _, task in ipairs(tasks) do total = total + task.minutes end
  for i, task in ipairs(tasks) do
    local minutes = i == #tasks and block.minutes - done or math.floor(task.minutes * block.minutes / total + 0.5)
    local last = out[#out]
    if last and last.activity == task.task then
      last.minutes = last.minutes + minutes
      done = done + minutes
    elseif minutes > 0 then
      out[#out + 1] = { start = block.start + done, minutes = minutes, activity = task.task, place = block.place }
      done = done + minutes
    end
  end
  return out
end

local function question_about(r, block)
  return { "resident/decompose", {
    identity = r.identity, first_name = r.first_name, activity = block.activity, minutes = block.minutes,
    from = times.text(block.start), to = times.text(block.start + block.minutes), routine = r.persona.routine,
  }, { key = block.start } }
end

local function whole(block)
  return { { start = block.start, minutes = block.minutes, activity = block.activity, place = block.place } }
end

-- A block that the model failed to break down stays whole.
local function break_down(r, blocks)
  local questions = {}
  for i, block in ipairs(blocks) do questions[i] = question_about(r, block) end
  local answers = llm.all(questions)
  for i, block in ipairs(blocks) do
    block.tasks = answers[i] and fit(block, answers[i].tasks) or whole(block)
    if answers[i] then write_schedule(r, "decomposed", block.tasks) end
  end
end

local function begins_soon(block, now)
  return block.start <= now + AHEAD
end

--- Breaks down what begins within the next two hours.
---@param r resident
function plan.look_ahead(r)
  local now, due = now_minute(), nil
  for _, block in ipairs(r.state.schedule) do
    if not begins_soon(block, now) then break end
    if not block.tasks and not block.sleep and block.minutes >= BREAK_DOWN then
      due = due or {}
      due[#due + 1] = block
    end
  end
  if due then break_down(r, due) end
end

--- The simulated second at which the schedule has to be looked at again: the task of now ends, or something must be broken
--- down. Until then, `look_ahead` and `task_now` would say nothing new.
---@param r resident
---@return integer
function plan.next_due(r)
  local task = plan.task_now(r)
  local due = task.start + task.minutes
  for _, block in ipairs(r.state.schedule) do
    if block.start - AHEAD >= due then break end
    if not block.tasks and not block.sleep and block.minutes >= BREAK_DOWN then due = block.start - AHEAD end
  end
  return seconds(due)
end

--- The block and the task of this moment. Blocks that are over leave the schedule.
---@param r resident
---@return table task { start, minutes, activity, place?, sleep? }
---@return table block the block that it belongs to
function plan.task_now(r)
  local now, schedule = now_minute(), r.state.schedule
  while #schedule > 1 and schedule[1].start + schedule[1].minutes <= now do table.remove(schedule, 1) end
  local block = schedule[1]
  for _, task in ipairs(block.tasks or {}) do
    if now < task.start + task.minutes then return task, block end
  end
  return block, block
end

local function schedule_text(r)
  local lines = {}
  for i, block in ipairs(r.state.schedule) do
    lines[i] = times.text(block.start) .. "-" .. times.text(block.start + block.minutes) .. " " .. block.activity
  end
  return table.concat(lines, "\n")
end

-- What is left of a block outside of first..last; its tasks no longer fit, so it is broken down again when its time comes.
local function keep(out, block, first, last)
  if last - first < 1 then return end
  out[#out + 1] = { start = first, minutes = last - first, activity = block.activity, place = block.place, sleep = block.sleep }
end

--- Puts something into the schedule from now on; what was planned for that time gives way.
---@param r resident
---@param change { start: integer, minutes: integer, activity: string, place: string|nil } start: minute since the first midnight
function plan.insert(r, change)
  local first, last = math.max(change.start, math.ceil(now_minute())), change.start + change.minutes
  local block = { start = first, minutes = last - first, activity = change.activity, place = change.place }
  if block.minutes < 1 then return end
  local out, placed = {}, false
  for _, old in ipairs(r.state.schedule) do
    local stop = old.start + old.minutes
    if stop <= first then
      out[#out + 1] = old
    else
      keep(out, old, old.start, math.min(stop, first))
      if not placed then out[#out + 1] = block end
      placed = true
      if old.start >= last then out[#out + 1] = old else keep(out, old, math.max(old.start, last), stop) end
    end
  end
  r.state.schedule, r.due = out, nil
  write_schedule(r, "hourly", { block })
end

--- After somebody has made a plan: what of it belongs into today.
---@param r resident
---@param thought string the plan, one sentence
function plan.revise(r, thought)
  local answer = llm.ask("resident/revise_schedule", {
    identity = r.identity, first_name = r.first_name, time = clock.date() .. ", " .. clock.time(), plan = thought,
    schedule = schedule_text(r),
  }, { key = thought })
  local midnight = (clock.day() - 1) * DAY
  for _, change in ipairs(answer and answer.changes or {}) do
    plan.insert(r, { start = midnight + times.minutes(change.from), minutes = change.minutes, activity = change.activity,
      place = change.place })
  end
end

--- Just before midnight: what is over leaves the schedule, so that the saved state stays small.
---@param r resident
function plan.end_day(r)
  plan.task_now(r)
end

return plan

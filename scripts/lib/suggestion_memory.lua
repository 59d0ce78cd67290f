--- Suggestion memory: what was done and recommended, as a long text for prompts.
---
--- The last steps are kept one by one; an hour is closed into one summary, four closed hours are folded into one. Both the
--- assistant and the person (as rater) keep one. All of it is plain data in `m`, made by `new`.

local clock = require "clock"
local llm = require "llm"
local record = require "record"
local times = require "propersim.persona_time"

local suggestion_memory = {}

local LATEST = 4    -- single steps that are always told
local FOLD = 4      -- hours in a long summary
local HOUR_SECONDS = 3600

---@class suggestion_memory
---@field latest string[] the last steps, oldest first
---@field hour { first: number|nil, last: number, events: string[], recommendations: integer } the hour that is running
---@field hours table[] closed hours not yet folded: { summary, from (minute of its day), start (seconds), recommendations }
---@field long string[] summaries of four hours each, oldest first
---@field changes integer how often it has changed: its text stays the same as long as this does

local function new_hour()
  return { events = {}, recommendations = 0 }
end

---@return suggestion_memory
function suggestion_memory.new()
  return { latest = {}, hour = new_hour(), hours = {}, long = {}, changes = 0 }
end

--- Remembers one step.
---@param m suggestion_memory
---@param minute number of the day
---@param text string
---@param recommended boolean
function suggestion_memory.add(m, minute, text, recommended)
  local line = times.text(minute) .. " " .. text
  local latest, hour = m.latest, m.hour
  latest[#latest + 1] = line
  if #latest > LATEST then table.remove(latest, 1) end
  hour.first = hour.first or minute
  hour.last = minute
  hour.events[#hour.events + 1] = line
  if recommended then hour.recommendations = hour.recommendations + 1 end
  m.changes = m.changes + 1
end

local function range(from, to)
  return times.text(from) .. "-" .. times.text(to)
end

-- Simulated seconds of a minute of this day.
local function seconds(minute)
  return math.floor(clock.now() + (minute - clock.minute()) * 60)
end

local function write(owner, level, from, to, text)
  record.summary { who = owner.who, stream = owner.stream, level = level, from = from, to = to, text = text }
end

local function hour_start(hour)
  return hour.first // 60 * 60
end

local function summarise_hour(first_name, hour)
  local answer = llm.ask("summary/hour", {
    first_name = first_name, range = range(hour_start(hour), hour_start(hour) + 60), events = hour.events,
    recommendations = hour.recommendations,
  })
  return answer and answer.summary
end

local function fold(m, owner)
  local lines, recommendations = {}, 0
  for i, hour in ipairs(m.hours) do
    lines[i] = hour.summary
    recommendations = recommendations + hour.recommendations
  end
  local first, last = m.hours[1], m.hours[#m.hours]
  local answer = llm.ask("summary/four_hours", {
    first_name = owner.first_name, range = range(first.from, last.from + 60), summaries = lines,
    recommendations = recommendations,
  })
  m.hours = {}
  if not answer then return end
  m.long[#m.long + 1] = answer.summary
  if #m.long > owner.keep then table.remove(m.long, 1) end
  write(owner, "four_hours", first.start, last.start + HOUR_SECONDS, answer.summary)
end

--- Is this the last step of an hour?
---@return boolean
function suggestion_memory.hour_ends()
  return (clock.now() + clock.step_seconds()) % HOUR_SECONDS == 0
end

--- Closes the running hour; the fourth closed hour folds them. An hour without anything to remember leaves no trace.
---@param m suggestion_memory
---@param owner { who: integer, stream: string, first_name: string, keep: integer } whose memory it is; `keep` long summaries stay
function suggestion_memory.close_hour(m, owner)
  local hour = m.hour
  m.hour, m.changes = new_hour(), m.changes + 1
  if #hour.events == 0 then return end
  local summary = summarise_hour(owner.first_name, hour)
  if not summary then return end
  local from = hour_start(hour)
  local start = seconds(from)
  m.hours[#m.hours + 1] = { summary = summary, from = from, start = start, recommendations = hour.recommendations }
  write(owner, "hour", start, start + HOUR_SECONDS, summary)
  if #m.hours == FOLD then fold(m, owner) end
end

--- The long text: summaries of four hours, finished hours since, this hour so far, then the given memories and the last
--- steps, in order of time.
---@param m suggestion_memory
---@param options { first_name: string, hour_from: integer, none: string } this hour is told from that many steps on
---@param retrieved string[] further memories, oldest first
---@return string
function suggestion_memory.text(m, options, retrieved)
  local lines = {}
  for _, summary in ipairs(m.long) do lines[#lines + 1] = summary end
  for _, hour in ipairs(m.hours) do lines[#lines + 1] = hour.summary end
  if #m.hour.events >= options.hour_from then lines[#lines + 1] = summarise_hour(options.first_name, m.hour) end
  for _, text in ipairs(retrieved) do lines[#lines + 1] = text end
  for _, line in ipairs(m.latest) do lines[#lines + 1] = line end
  if #lines == 0 then return options.none end
  return table.concat(lines, "\n")
end

return suggestion_memory

--- Lays out one day of an imported persona: what the prose names at its times, meals and hygiene around it, work in the
--- working hours, and the person's interests in between. Everything is in minutes from getting up.
local time = require "propersim.persona_time"

local M = {}

-- Lengths of a stretch of work and of the break after it, from the usual day to one for who wants to be asked often.
local WORK, BREAK = { 100, 75, 60, 45, 35 }, { 15, 20, 25, 30, 35 }
M.LEVELS = #WORK

local LEISURE = 60 -- minutes of one leisure block, and of kinds that take less
local SHORTER = { planning = 25, rest = 30, chores = 45, meal = 20, hygiene = 20 }
local LEAST = 15   -- of a leisure block
local LATE = 1200  -- from then on no housework, garden or sport
local NOT_LATE = { chores = true, garden = true, exercise = true, work = true, study = true, cooking = true, planning = true }
local SHORT = 10   -- a gap below that is given to a neighbour

---@class propersim.ImportPlan
---@field wake integer minutes after midnight
---@field sleep integer
---@field job { kind: string, from: integer, to: integer, activity: string, tasks: string[] }|nil
---@field entries propersim.ImportActivity[] what the prose names
---@field needs { activity: string, kind: string, minutes: integer, at: integer, days: string }[]
---@field pool { activity: string, kind: string, tasks: string[]? }[] what fills the rest, the most wanted first
---@field level integer 1 to LEVELS
---@field open table<string, boolean> kinds during which a recommendation can be right

---@class propersim.ImportSlot
---@field activity string
---@field kind string
---@field minutes integer
---@field target integer minutes from getting up
---@field tasks string[]?
---@field named boolean? the prose names it
---@field order integer

local function put(day, entry, target, minutes)
  day.count = day.count + 1
  day.slots[day.count] = {
    activity = entry.activity, kind = entry.kind, tasks = entry.tasks, minutes = minutes or entry.minutes,
    target = math.max(0, math.min(target, day.awake)), named = entry.said ~= nil, length_said = entry.length_said,
    order = day.count, entry = entry,
  }
  return target + (minutes or entry.minutes)
end

local function offset(day, minute)
  return time.span(day.plan.wake, minute)
end

local function today(day, test)
  local out = {}
  for _, entry in ipairs(day.plan.entries) do
    if (entry.days == nil or entry.days == day.which) and not day.done[entry] and test(entry) then out[#out + 1] = entry end
  end
  return out
end

local function take(day, role)
  local entry = today(day, function(e) return e.role == role end)[1]
  if entry then day.done[entry] = true end
  return entry
end

local function morning(day)
  local at = 0
  local function put_starts(wanted)
    local function starts(e) return e.anchor == "start" and not e.role and not e.at and wanted(e) end
    for _, entry in ipairs(today(day, starts)) do
      day.done[entry] = true
      at = put(day, entry, at)
    end
  end
  local before = day.count
  put_starts(function(e) return e.kind == "exercise" end)
  at = put(day, { activity = day.count > before and "showering and getting dressed" or "washing and getting dressed",
    kind = "hygiene" }, at, 20)
  put_starts(function() return true end)
  local cooked, eaten = take(day, "cook breakfast"), take(day, "eat breakfast")
  if eaten and eaten.at then at = math.max(at, offset(day, eaten.at) - 15) end
  local cook_minutes = cooked and cooked.length_said and cooked.minutes or 15
  at = put(day, cooked or { activity = "making breakfast", kind = "cooking" }, at, cook_minutes)
  at = put(day, eaten or { activity = "eating breakfast", kind = "meal" }, at, eaten and eaten.minutes or 25)
  for _, entry in ipairs(today(day, function(e) return e.anchor == "morning" and not e.at end)) do
    day.done[entry] = true
    at = put(day, entry, at)
  end
  return at
end

-- A meal with what is cooked for it: when it ends. lengths: minutes of cooking and of eating; bounds: of its time.
local function meal(day, name, usual, lengths, bounds)
  local cooked, eaten = take(day, "cook " .. name), take(day, "eat " .. name)
  local at = offset(day, eaten and eaten.at or usual)
  if not (eaten and eaten.at) then at = math.max(bounds[1], math.min(at, bounds[2])) end
  local cook_minutes = cooked and (cooked.length_said and cooked.minutes or lengths[1] + 15) or lengths[1]
  local cook = cooked or day.plan.cook or { activity = "cooking " .. name, kind = "cooking" }
  put(day, cook, at - cook_minutes, cook_minutes)
  return put(day, eaten or { activity = "eating " .. name, kind = "meal" }, at, eaten and eaten.minutes or lengths[2])
end

local function in_bed(entry)
  return entry.activity:find("%f[%a]in bed") ~= nil
end

-- What is done last, backwards from going to sleep.
local function bedtime(day)
  local at = day.awake
  local entries = today(day, function(e) return e.anchor == "bed" end)
  table.sort(entries, function(a, b)
    local late_a, late_b = (in_bed(a) and 2 or 0) + (a.at and 1 or 0), (in_bed(b) and 2 or 0) + (b.at and 1 or 0)
    if late_a ~= late_b then return late_a > late_b end
    return a.order > b.order
  end)
  local wash, washed = { activity = "brushing teeth and getting ready for bed", kind = "hygiene" }, false
  for _, entry in ipairs(entries) do
    if not washed and not in_bed(entry) then
      at, washed = at - 15, true
      put(day, wash, at, 15)
    end
    day.done[entry] = true
    at = at - entry.minutes
    put(day, entry, at)
  end
  if not washed then
    at = at - 15
    put(day, wash, at, 15)
  end
  return at
end

local function is_free(entry)
  return not (entry.at or entry.to or entry.anchor or entry.role)
end

-- Dinner waits for what is done after work.
local function dinner_time(day)
  local job, after = day.which == "weekday" and day.plan.job, 0
  if not job then return 1110 end
  for _, entry in ipairs(today(day, function(e) return is_free(e) and e.kind ~= job.kind end)) do
    after = after + entry.minutes
  end
  return math.max(1110, job.to + math.min(after, 90) + 50)
end

-- Everything else that is named: at its time, at its part of the day, or where there is room for it.
local function rest_of(day, marks)
  local free = { 600, 915, 1020, 660, 960 }
  local working = day.plan.job and day.which == "weekday"
  for _, entry in ipairs(today(day, function(e) return e.anchor ~= "break" end)) do
    local target
    if entry.at then
      target = offset(day, entry.at)
    elseif entry.to then
      target = offset(day, entry.to) - entry.minutes
    elseif entry.anchor == "evening" then
      target = math.max(marks.dinner, math.min(offset(day, 1170), marks.bed - entry.minutes))
    elseif entry.anchor == "after_lunch" then
      target = marks.lunch
    elseif entry.anchor then
      target = entry.anchor == "bed" and marks.bed - entry.minutes or marks.morning
    elseif working and entry.kind == day.plan.job.kind then
      target = offset(day, day.plan.job.from)
    elseif working then
      target = offset(day, day.plan.job.to)
    else
      target = offset(day, table.remove(free, 1) or 900)
    end
    put(day, entry, target)
  end
  for _, need in ipairs(day.plan.needs) do
    if need.days == day.which then put(day, need, offset(day, need.at)) end
  end
end

-- Shortens what has no said length, then leaves out what is assumed, until the day can hold it.
local function make_room(day)
  local total = 0
  for _, slot in ipairs(day.slots) do total = total + slot.minutes end
  for i = #day.slots, 1, -1 do
    local slot = day.slots[i]
    local spare = slot.length_said and 0 or math.max(0, slot.minutes - 15)
    local cut = math.min(spare, math.max(0, total - day.awake))
    slot.minutes, total = slot.minutes - cut, total - cut
  end
  for i = #day.slots, 1, -1 do
    if total > day.awake and not day.slots[i].named then total = total - table.remove(day.slots, i).minutes end
  end
  while total > day.awake and #day.slots > 1 do
    total = total - table.remove(day.slots, #day.slots).minutes
  end
end

-- Orders the slots by their targets and moves them so that none overlap and all end before going to bed.
local function settle(day)
  make_room(day)
  table.sort(day.slots, function(a, b)
    if a.target ~= b.target then return a.target < b.target end
    return a.order < b.order
  end)
  -- From the end: what has a time of its own does not wait for what comes before it.
  local limit = day.awake
  for i = #day.slots, 1, -1 do
    local slot = day.slots[i]
    local latest = limit - slot.minutes
    slot.target = math.min(slot.target, latest)
    limit = slot.entry.at and slot.target or latest
  end
  local at = 0
  for _, slot in ipairs(day.slots) do
    slot.start = math.max(at, slot.target)
    at = slot.start + slot.minutes
  end
end

local function add_block(day, source, start, minutes, filler)
  local last = day.blocks[#day.blocks]
  if last and last.activity == source.activity then
    last.minutes = last.minutes + minutes
  elseif minutes >= 5 then
    day.blocks[#day.blocks + 1] = { activity = source.activity, kind = source.kind, tasks = source.tasks, start = start,
      minutes = minutes, filler = filler, entry = source.entry }
  elseif last then
    last.minutes = last.minutes + minutes
  end
end

-- "Hosting dinner nights" is nothing for the morning, "drinking morning tea" nothing for the evening.
local function fits_clock(activity, clock)
  if activity:find("dinner", 1, true) or activity:find("%f[%a]evening") or activity:find("%f[%a]nights?%f[%A]") then
    return clock >= 1020
  end
  if activity:find("breakfast", 1, true) or activity:find("%f[%a]morning") then return clock < 660 end
  return true
end

-- The activity to fill time with that is fit for this time of day, was not just done, passes a test, and was done the
-- fewest times today.
local function next_fitting(day, at, test)
  local pool, clock = day.plan.pool, (day.plan.wake + at) % time.DAY
  local is_late = clock >= LATE or clock < 300
  local last, best, best_used = day.blocks[#day.blocks], nil, math.huge
  for try = 1, #pool do
    local item = pool[(day.turn + try - 1) % #pool + 1]
    local used = day.used[item] or 0
    local fits = not (is_late and NOT_LATE[item.kind]) and not (last and last.activity == item.activity)
    if fits and used < best_used and fits_clock(item.activity, clock) and test(item) then best, best_used = item, used end
  end
  if best then day.used[best] = best_used + 1 end
  return best
end

local function next_leisure(day, at)
  local open = day.plan.open
  return day.plan.level >= 3 and next_fitting(day, at, function(item) return open[item.kind] end)
    or next_fitting(day, at, function() return true end)
    or { activity = "resting on the sofa", kind = "rest" }
end

local function fill_leisure(day, from, to)
  local at = from
  while at < to do
    local item = next_leisure(day, at)
    local minutes = math.min(SHORTER[item.kind] or LEISURE, to - at)
    if to - at - minutes < LEAST then minutes = to - at end
    add_block(day, item, at, minutes, true)
    at = at + minutes
  end
end

local function next_break(day)
  local breaks = today(day, function(e) return e.anchor == "break" end)
  day.breaks = day.breaks + 1
  if #breaks > 0 then return breaks[(day.breaks - 1) % #breaks + 1] end
  if day.plan.level > 1 then
    for _, item in ipairs(day.plan.pool) do
      if day.plan.open[item.kind] and item.kind ~= day.plan.job.kind then return item end
    end
  end
  return { activity = "taking a coffee break", kind = "rest" }
end

local function fill_work(day, from, to)
  local work, pause = WORK[day.plan.level], BREAK[day.plan.level]
  local gap = to - from
  local count = math.max(1, (gap + work // 2) // (work + pause))
  local piece = (gap - (count - 1) * pause) // count // 5 * 5
  local at = from
  for i = 1, count do
    local stop = i < count and at + piece or to
    add_block(day, day.plan.job, at, stop - at, true)
    at = stop
    if i < count then
      add_block(day, next_break(day), at, pause, true)
      at = at + pause
    end
  end
end

local function fill(day, from, to)
  if to - from < SHORT then
    local last = day.blocks[#day.blocks]
    if last and to > from then last.minutes = last.minutes + (to - from) end
    return
  end
  local job = day.which == "weekday" and day.plan.job or nil
  local first = job and math.max(from, offset(day, job.from)) or to
  local last = job and math.min(to, offset(day, job.from) + time.span(job.from, job.to)) or to
  if not job or last - first < 20 then
    fill_leisure(day, from, to)
    return
  end
  if first - from >= SHORT then fill_leisure(day, from, first) else first = from end
  if to - last < SHORT then last = to end
  fill_work(day, first, last)
  if to > last then fill_leisure(day, last, to) end
end

--- The blocks of a day in order; they fill the time from getting up to going to sleep.
---@param plan propersim.ImportPlan
---@param which "weekday"|"weekend"
---@return table[] blocks { activity, kind, minutes, start, tasks?, filler?, entry? }
function M.build(plan, which)
  local day = { plan = plan, which = which, slots = {}, blocks = {}, done = {}, used = {}, count = 0, breaks = 0,
    awake = time.span(plan.wake, plan.sleep), turn = which == "weekend" and #plan.pool // 2 or 0 }
  local marks = { morning = morning(day) }
  marks.bed = bedtime(day)
  marks.lunch = meal(day, "lunch", 750, { 20, 35 }, { marks.morning + 120, day.awake - 360 })
  marks.dinner = meal(day, "dinner", dinner_time(day), { 35, 40 }, { marks.lunch + 180, marks.bed - 60 })
  put(day, { activity = "washing the dishes", kind = "chores" }, marks.dinner, 15)
  marks.dinner = marks.dinner + 15
  rest_of(day, marks)
  settle(day)
  local at = 0
  for _, slot in ipairs(day.slots) do
    fill(day, at, slot.start)
    add_block(day, slot, slot.start, slot.minutes, not slot.named)
    at = slot.start + slot.minutes
  end
  fill(day, at, day.awake)
  return day.blocks
end

return M

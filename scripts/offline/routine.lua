--- A persona's routine: which day it is, and how one day differs from the next.

local times = require "propersim.persona_time"

local routine = {}

local FIXED = { meal = true, hygiene = true, sleep = true } -- keeps its length, and no extra replaces it
local LEAST = 5        -- minutes of the shortest block
local MARGIN = 10      -- what must be left of a block beside an extra
local USUAL_VARY = 0.15 -- of a block's length, where the persona says nothing

routine.minutes = times.minutes

--- The routine of the day that is asked about.
function routine.day(inputs)
  return inputs.weekend and inputs.routine.weekend or inputs.routine.weekday
end

--- A whole number around `value`, at most `vary` away, the middle being likelier (sum of two uniform draws).
function routine.shift(rng, value, vary)
  return math.floor(value + (rng:unit() + rng:unit() - 1) * vary + 0.5)
end

-- The day's blocks, with lengths of this day, left out and swapped as the persona's habits have it.
local function todays_blocks(day, rng)
  local blocks = {}
  for _, block in ipairs(day.blocks) do
    if not (block.skip and rng:chance(block.skip)) then
      local vary = block.vary or block.minutes * USUAL_VARY
      blocks[#blocks + 1] = { activity = block.activity, place = block.place, fixed = FIXED[block.kind] or false,
        minutes = math.max(LEAST, routine.shift(rng, block.minutes, vary)), swap = block.swap }
    end
  end
  local i = 1
  while i < #blocks do
    if blocks[i].swap and rng:chance(0.5) then
      blocks[i], blocks[i + 1] = blocks[i + 1], blocks[i]
      i = i + 1
    end
    i = i + 1
  end
  return blocks
end

-- Stretches or shrinks what is not fixed so that the blocks last `total` minutes.
local function fill(blocks, total)
  local fixed, free = 0, 0
  for _, block in ipairs(blocks) do
    if block.fixed then fixed = fixed + block.minutes else free = free + block.minutes end
  end
  local factor = math.max(0, total - fixed) / math.max(1, free)
  for _, block in ipairs(blocks) do
    if not block.fixed then block.minutes = math.max(LEAST, math.floor(block.minutes * factor + 0.5)) end
  end
  return blocks
end

-- Puts an extra into the block that runs at `offset` minutes after waking, if it is free and long enough.
local function insert_extra(blocks, extra, offset)
  local start = 0
  for i, block in ipairs(blocks) do
    local before = offset - start
    if before >= 0 and before < block.minutes then
      local after = block.minutes - before - extra.minutes
      if block.fixed or before < MARGIN or after < MARGIN then return end
      block.minutes = before
      table.insert(blocks, i + 1, { activity = extra.activity, place = extra.place, minutes = extra.minutes, fixed = true })
      table.insert(blocks, i + 2, { activity = block.activity, place = block.place, minutes = after, fixed = block.fixed })
      return
    end
    start = start + block.minutes
  end
end

--- Puts something into a day's blocks at `offset` minutes after waking, whatever is there; what it leaves of a block stays,
--- if that is long enough to be one; a shorter rest goes to the block before it.
---@param blocks table[] { activity, minutes, place }
---@param offset integer
---@param extra table { activity, minutes, place }
function routine.insert(blocks, offset, extra)
  local out, start, placed = {}, 0, false
  local finish = offset + extra.minutes
  local function keep(block, minutes)
    if minutes >= LEAST then
      out[#out + 1] = { activity = block.activity, place = block.place, minutes = minutes, fixed = block.fixed }
    elseif minutes > 0 and #out > 0 then
      out[#out].minutes = out[#out].minutes + minutes
    end
  end
  local function place()
    if not placed then out[#out + 1] = extra end
    placed = true
  end
  for _, block in ipairs(blocks) do
    local stop = start + block.minutes
    if stop <= offset then
      keep(block, block.minutes)
    elseif start >= finish then
      place()
      keep(block, block.minutes)
    else
      keep(block, offset - start)
      place()
      keep(block, stop - finish)
    end
    start = stop
  end
  if not placed and offset <= start + LEAST then place() end
  table.move(out, 1, math.max(#out, #blocks), 1, blocks)
end

local function add_weekly(blocks, inputs)
  for _, fixture in ipairs(inputs.routine.weekly or {}) do
    for _, day in ipairs(fixture.on) do
      if times.weekday(day) == inputs.weekday then
        local offset = times.span(inputs.wake_minute, times.minutes(fixture.at))
        routine.insert(blocks, offset, { activity = fixture.activity, place = fixture.place, minutes = fixture.minutes,
          fixed = true })
      end
    end
  end
end

local function add_extras(blocks, extras, wake, rng)
  for _, extra in ipairs(extras) do
    local from, to = times.minutes(extra.between[1]), times.minutes(extra.between[2])
    local happens, at = rng:chance(extra.chance), rng:below(times.span(from, to) + 1)
    if happens then insert_extra(blocks, extra, times.span(wake, (from + at) % times.DAY)) end
  end
end

--- The blocks of a day from getting up to going to bed.
---@param inputs table routine, weekend, weekday (1 is Monday), wake_minute
---@param rng rng
---@return table[] blocks { activity, minutes, place }
function routine.blocks(inputs, rng)
  local day = routine.day(inputs)
  local bed = routine.shift(rng, times.minutes(day.sleep), day.vary) % times.DAY
  local blocks = fill(todays_blocks(day, rng), times.span(inputs.wake_minute, bed))
  add_extras(blocks, inputs.routine.extras or {}, inputs.wake_minute, rng)
  add_weekly(blocks, inputs)
  return blocks
end

local function find(blocks, activity)
  for _, block in ipairs(blocks) do
    if block.activity == activity then return block end
  end
  return nil
end

--- The block of the routine that an activity comes from, or nil.
---@param r table a persona's routine
---@param activity string
function routine.find(r, activity)
  return find(r.weekday.blocks, activity) or find(r.weekend.blocks, activity) or find(r.extras or {}, activity)
    or find(r.weekly or {}, activity)
end

return routine

local hourly_schedule = require "offline.resident.hourly_schedule"
local decompose = require "offline.resident.decompose"
local wake_up = require "offline.resident.wake_up"
local times = require "propersim.persona_time"
local rng = require "rng"

local function each_persona(fn)
  for i = 1, 32 do fn(require(string.format("personas.p%02d", i))) end
end

local function day_of(p, weekend, number)
  local inputs = { routine = p.routine, weekend = weekend }
  local wake = wake_up(inputs, rng.stream("wake" .. p.id, number))
  inputs.wake_minute = wake.hour * 60 + wake.minute
  return hourly_schedule(inputs, rng.stream("day" .. p.id, number)).blocks, inputs.wake_minute
end

describe("a day of the routine", function()
  it("lasts from getting up to going to bed, give or take the vary and short blocks", function()
    each_persona(function(p)
      for number = 1, 6 do
        local routine = number > 4 and p.routine.weekend or p.routine.weekday
        local blocks, wake = day_of(p, number > 4, number)
        local total = 0
        for _, block in ipairs(blocks) do
          assert(block.minutes >= 5, p.id .. ": " .. block.activity)
          total = total + block.minutes
        end
        local planned = times.span(wake, times.minutes(routine.sleep))
        assert(math.abs(total - planned) <= routine.vary + 60, p.id .. ": " .. total .. " of " .. planned)
      end
    end)
  end)

  it("differs from the next one", function()
    each_persona(function(p)
      local first, second = day_of(p, false, 1), day_of(p, false, 2)
      local same = #first == #second
      for i, block in ipairs(first) do
        same = same and second[i].activity == block.activity and second[i].minutes == block.minutes
      end
      assert(not same, p.id)
    end)
  end)

  it("is the same for the same stream", function()
    local p = require "personas.p05"
    assert.same(day_of(p, false, 3), day_of(p, false, 3))
  end)
end)

describe("the tasks of a block", function()
  it("fill it, and are 5 to 30 minutes long", function()
    each_persona(function(p)
      for _, block in ipairs(p.routine.weekday.blocks) do
        local total = 0
        local inputs = { routine = p.routine, activity = block.activity, minutes = 125 }
        for _, task in ipairs(decompose(inputs, rng.stream("tasks")).tasks) do
          assert(task.minutes >= 5 and task.minutes <= 30, task.task)
          total = total + task.minutes
        end
        assert(total >= 125 and total <= 130, total)
      end
    end)
  end)
end)

local hourly_schedule = require "offline.resident.hourly_schedule"
local decompose = require "offline.resident.decompose"
local wake_up = require "offline.resident.wake_up"
local times = require "propersim.persona_time"
local rng = require "rng"

local function each_persona(fn)
  for i = 1, 32 do fn(require(string.format("personas.p%02d", i))) end
end

local function day_of(p, weekend, number)
  local inputs = { routine = p.routine, weekend = weekend, weekday = weekend and 6 or 4, date = "Thursday February 13, 2025",
    first_name = p.first_name, remembers = "Nothing in particular." }
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

describe("what is fixed or planned", function()
  local routine = require "offline.routine"

  it("takes its time, and leaves the rest of the day as long as it was", function()
    local blocks = { { activity = "a", minutes = 60 }, { activity = "b", minutes = 60 }, { activity = "c", minutes = 60 } }
    routine.insert(blocks, 30, { activity = "x", minutes = 60 })
    local seen = {}
    for i, block in ipairs(blocks) do seen[i] = block.activity .. block.minutes end
    assert.equal(table.concat(seen, " "), "a30 x60 b30 c60")
  end)

  it("that lies inside of a block leaves both of its ends", function()
    local blocks = { { activity = "a", minutes = 100 } }
    routine.insert(blocks, 20, { activity = "x", minutes = 30 })
    local seen = {}
    for i, block in ipairs(blocks) do seen[i] = block.activity .. block.minutes end
    assert.equal(table.concat(seen, " "), "a20 x30 a50")
  end)

  it("comes on its day of the week only", function()
    local p = require "personas.p01"
    local quiz = { on = { "thursday" }, at = "20:00", activity = "playing in the quiz", minutes = 90, place = "common room:sofa" }
    local weekly = { weekday = p.routine.weekday, weekend = p.routine.weekend, weekly = { quiz } }
    local function has_quiz(weekday)
      local inputs = { routine = weekly, weekend = false, weekday = weekday, date = "", first_name = "Mara", wake_minute = 400,
        remembers = "" }
      for _, block in ipairs(hourly_schedule(inputs, rng.stream "quiz").blocks) do
        if block.activity == quiz.activity then return block.minutes == 90 end
      end
      return false
    end
    assert(has_quiz(4))
    assert(not has_quiz(3))
  end)

  it("is kept in mind from what was remembered, and only one's own", function()
    local p = require "personas.p01"
    local function joins(remembers)
      local inputs = { routine = p.routine, weekend = true, weekday = 6, date = "Saturday February 15, 2025", first_name = "Mara",
        wake_minute = 450, remembers = remembers }
      for _, block in ipairs(hourly_schedule(inputs, rng.stream "plan").blocks) do
        if block.activity == "joining the summer party at the Lantern" then return math.abs(block.minutes - 120) < 5 end
      end
      return false
    end
    local plan = " plans to go to the summer party at the Lantern on Saturday, February 15 from 18:00 to 20:00"
    assert(joins("Mara Ellison" .. plan))
    assert(not joins("Ana Silva" .. plan))
    assert(not joins("Ana Silva told Mara Ellison: Ana Silva" .. plan))
    assert(not joins("Mara Ellison" .. plan:gsub("Saturday, February 15", "Sunday, February 16")))
  end)
end)

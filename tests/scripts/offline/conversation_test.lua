-- Two offline people talk through their answerers alone, as resident.converse lets them: what one is told is what the other
-- had among the memories that were put before them, and nothing else.

local next_line = require "offline.resident.next_line"
local memo = require "offline.resident.memo"
local planning_thought = require "offline.resident.planning_thought"
local summarise = require "offline.resident.summarise_conversation"
local decide_to_talk = require "offline.resident.decide_to_talk"
local decide_to_react = require "offline.resident.decide_to_react"
local revise_schedule = require "offline.resident.revise_schedule"
local rng = require "rng"

local PARTY = "Mia Roth is giving a summer party at the Lantern on Saturday, February 15, from 18:00 to 21:00"
local NOW = "Thursday February 13, 2025, 10:30"

local function talk(seed, ana_knows, max_knows, time)
  local stream, lines = rng.stream("conversation", seed), {}
  local names, knows = { "Ana Silva", "Max Orlow" }, { ana_knows, max_knows }
  for turn = 1, 8 do
    local me = (turn - 1) % 2 + 1
    local answer = next_line({
      identity = "", first_name = names[me]:match("%a+"), other_name = names[3 - me], relationship = "", at = "x",
      time = time or NOW, doing = "eating lunch", other_doing = "reading a novel", memory = knows[me], turn = turn, most = 8,
      lines = #lines > 0 and table.concat(lines, "\n") or "(nobody has said anything yet)",
    }, stream)
    lines[turn] = names[me] .. ": " .. answer.line
    if answer.ends then break end
  end
  return table.concat(lines, "\n")
end

local function told(seed, ana_knows, max_knows, time)
  return talk(seed, ana_knows, max_knows, time):find("Lantern", 1, true) ~= nil
end

describe("news in a conversation", function()
  it("is told now and then by who remembers it, whichever side that is", function()
    local by_first, by_second = 0, 0
    for seed = 1, 60 do
      if told(seed, { PARTY }, {}) then by_first = by_first + 1 end
      if told(seed, {}, { "Mia Roth told Max Orlow: " .. PARTY }) then by_second = by_second + 1 end
    end
    assert(by_first > 10 and by_first < 60, by_first)
    assert(by_second > 10 and by_second < 60, by_second)
  end)

  it("is never told by who does not remember it, or once it is over", function()
    for seed = 1, 60 do
      assert(not told(seed, { "Ana Silva is cooking" }, { "Max Orlow is reading" }))
      assert(not told(seed, { PARTY }, { PARTY }, "Sunday February 16, 2025, 10:30"))
    end
  end)

  it("is remembered by who was told, in the words of the other, and by the summary", function()
    local lines = "Ana Silva: Hello!\nMax Orlow: Did you know: " .. PARTY .. "."
    local ana = memo({ identity = "", name = "Ana Silva", other_name = "Max Orlow", lines = lines })
    assert.equal(ana.memo, "Max Orlow told Ana Silva: " .. PARTY)
    assert.equal(memo({ identity = "", name = "Max Orlow", other_name = "Ana Silva", lines = lines }).memo, "")
    local summary = summarise({ name = "Ana Silva", other_name = "Max Orlow", lines = lines }).summary
    assert.equal(summary, "Ana Silva and Max Orlow talked about the summer party at the Lantern")
  end)
end)

describe("a plan because of news", function()
  local function decide(name, plans, seed, sociable)
    return planning_thought({ identity = "", name = name, time = NOW, heard = "Max Orlow: " .. PARTY .. ".", plans = plans,
      sociable = sociable or 0.5 }, rng.stream("plan", seed)).thought
  end

  it("names who, what, where and when; the giver always goes", function()
    for seed = 1, 20 do
      assert.equal(decide("Mia Roth", "Nothing.", seed, 0),
        "Mia Roth plans to go to the summer party at the Lantern on Saturday, February 15 from 18:00 to 21:00")
    end
  end)

  it("has the date, whatever the news called the day, and is what is told on", function()
    local thought = planning_thought({ identity = "", name = "Mia Roth", time = NOW, plans = "Nothing.", sociable = 0,
      heard = "Mia Roth has a party tomorrow at 20:00 in the garden", places = { "house", "garden" },
    }, rng.stream("plan", 1)).thought
    assert.equal(thought, "Mia Roth plans to go to the party at the garden on Friday, February 14 from 20:00 to 22:00")
    local times, friday = 0, "Friday February 14, 2025, 10:00"
    for seed = 1, 60 do
      local lines = talk(seed, { "Mia Roth has a party tomorrow at 20:00 in the garden", thought }, {}, friday)
      assert(not lines:find("tomorrow", 1, true))
      if lines:find(thought, 1, true) then times = times + 1 end
    end
    assert(times > 10, times)
    local because = planning_thought({ identity = "", name = "Max Orlow", time = friday, plans = "Nothing.",
      sociable = 1, heard = "Mia Roth: By the way: " .. thought .. ".", places = {} }, rng.stream("plan", 2)).thought
    assert(because:find("to go to the party at the garden on Friday, February 14 from 20:00 to 22:00", 1, true), because)
    local change = revise_schedule({ identity = "", first_name = "Mia", time = friday, plan = thought, schedule = "" }).changes[1]
    assert.equal(change.place, "garden")
  end)

  it("is likelier the more sociable somebody is, and decided once", function()
    local goes = { [0.15] = 0, [1] = 0 }
    for sociable in pairs(goes) do
      for seed = 1, 100 do
        local thought = decide("Ana Silva", "Nothing.", seed, sociable)
        if thought:find("Ana Silva plans to", 1, true) then goes[sociable] = goes[sociable] + 1 end
        assert.equal(decide("Ana Silva", thought, seed, sociable), "")
      end
    end
    assert(goes[0.15] < 60 and goes[1] > 75, goes[0.15] .. " and " .. goes[1])
  end)

  it("goes into today's schedule only if it is for today and was decided for", function()
    local function changes(plan, time)
      return revise_schedule({ identity = "", first_name = "Ana", time = time, plan = plan, schedule = "" }).changes
    end
    local plan = "Ana Silva plans to go to the summer party at the Lantern on Saturday, February 15 from 18:00 to 21:00"
    local change = changes(plan, "Saturday February 15, 2025, 10:30")[1]
    assert.equal(change.from, "18:00")
    assert.equal(change.minutes, 180)
    assert.equal(change.place, "Lantern")
    local late = changes(plan, "Saturday February 15, 2025, 20:00")[1]
    assert.equal(late.from, "20:01")
    assert.equal(late.minutes, 59)
    assert.equal(#changes(plan, NOW), 0)
    assert.equal(#changes(plan:gsub("plans to", "does not plan to"), "Saturday February 15, 2025, 10:30"), 0)
  end)
end)

describe("deciding what to do about somebody", function()
  local function share(inputs)
    local count = 0
    for seed = 1, 400 do
      if decide_to_talk(inputs, rng.stream("talk", seed)).talk then count = count + 1 end
    end
    return count / 400
  end

  local function situation(change)
    local inputs = { relation = "an acquaintance", doing = "eating lunch", other_doing = "taking a coffee break", sociable = 0.5 }
    for key, value in pairs(change) do inputs[key] = value end
    return inputs
  end

  it("speaks more to those who are close and when sociable, less at work, and never in the bathroom", function()
    local usual = share(situation {})
    assert(share(situation { relation = "sister" }) > usual + 0.1)
    assert(share(situation { sociable = 1 }) > share(situation { sociable = 0.15 }))
    local working = situation { relation = "sister", doing = "working at the desk" }
    assert(share(working) < share(situation { relation = "sister" }) - 0.05)
    assert.equal(share(situation { relation = "sister", other_doing = "brushing teeth" }), 0)
  end)

  it("waits for a short while only", function()
    assert.equal(decide_to_react({ minutes_left = 10 }).choice, "wait")
    assert.equal(decide_to_react({ minutes_left = 90 }).choice, "go on")
  end)
end)

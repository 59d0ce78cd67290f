-- The rules of docs/personas.md, one row a situation.

local answer = {
  preference = require "offline.rater.preference", timing = require "offline.rater.timing",
  too_often = require "offline.rater.too_often", too_seldom = require "offline.rater.too_seldom",
  communication = require "offline.rater.communication", all = require "offline.rater.all",
}
local rng = require "rng"

local PREFERENCES = {
  likes = { { topic = "recipes", during = { "cooking", "meal" } }, { topic = "music", during = { "chores" } } },
  boundaries = { "finance" }, receptive = { { "10:00", "12:00" } }, quiet = { { "21:00", "07:00" } }, busy = { "work" },
  frequency = { count = 1, hours = 2 }, tones = { "formal" },
}

local RECIPE = "Please consider adding some lemon to the soup; it would be appropriate."
local RECIPE_WARM = "How about adding some lemon to the soup? I would love that for you!"
local BILLS = "Please note that the electricity bill is due; it would be advisable to pay it."
local SILENCE = "No Recommendation"

local function situation(over)
  local s = {
    preferences = PREFERENCES, action = "cooking lunch", minute = 660, suggestion = RECIPE, inconsistency = 0,
    recent = { today = 1, last_hour = 0, since = 150, free = 100, awake_minutes = 960 },
  }
  for key, value in pairs(over) do s[key] = value end
  return s
end

local function recent(today, since, free)
  return { today = today, last_hour = 0, since = since, free = free, awake_minutes = 960 }
end

-- what it is, situation, wanted points: preference, timing, too_often, too_seldom, communication
local ROWS = {
  { "a liked topic at the right moment", {}, 1, 1, 1, 1, 1 },
  { "a liked topic in another activity", { action = "reading a novel" }, 0, 1, 1, 1, 1 },
  { "a topic that is not liked", { suggestion = "It is advisable to stretch the shoulders for three minutes." }, 0, 1, 1, 1, 1 },
  { "while busy", { action = "answering client emails" }, 0, 0, 1, 1, 1 },
  { "in quiet", { minute = 1300 }, 1, 0, 1, 1, 1 },
  { "in no window, but in the middle of what the topic belongs to", { minute = 800 }, 1, 1, 1, 1, 1 },
  { "in no window and no activity of the topic", { minute = 800, action = "reading a novel" }, 0, 0, 1, 1, 1 },
  { "too soon after the last one", { recent = recent(1, 59, 59) }, 1, 1, 0, 1, 1 },
  { "half the gap after the last one", { recent = recent(1, 60, 60) }, 1, 1, 1, 1, 1 },
  { "more than the day's wish and a quarter", { recent = recent(10, 200, 0) }, 1, 1, 0, 1, 1 },
  { "the wrong tone", { suggestion = RECIPE_WARM }, 1, 1, 1, 1, 0 },
  { "a boundary", { suggestion = BILLS }, 0, 1, 1, 1, 0 },
  { "silence, nothing due", { suggestion = SILENCE }, 1, 1, 1, 1, 1 },
  { "silence, waited too long", { suggestion = SILENCE, recent = recent(1, 300, 180) }, 0, 0, 1, 0, 1 },
  { "silence, not yet one and a half gaps", { suggestion = SILENCE, recent = recent(1, 300, 179) }, 1, 1, 1, 1, 1 },
  { "silence while busy, waited too long",
    { suggestion = SILENCE, action = "answering client emails", recent = recent(1, 300, 180) }, 1, 1, 1, 1, 1 },
  { "silence in quiet, waited too long", { suggestion = SILENCE, minute = 1300, recent = recent(1, 300, 180) }, 1, 1, 1, 1, 1 },
  { "silence, waited too long, the day's wish met", { suggestion = SILENCE, recent = recent(8, 300, 180) }, 1, 1, 1, 1, 1 },
}

local CRITERIA = { "preference", "timing", "too_often", "too_seldom", "communication" }

describe("the offline rater", function()
  for _, row in ipairs(ROWS) do
    it("judges: " .. row[1], function()
      local inputs = situation(row[2])
      for i, criterion in ipairs(CRITERIA) do
        local given = answer[criterion](inputs, rng.stream("test"))
        assert(given.value == row[i + 2], criterion .. " is " .. given.value .. ", because " .. given.reason)
        assert(#given.reason > 0)
      end
    end)

    it("gives the same score to all at once: " .. row[1], function()
      local given = answer.all(situation(row[2]), rng.stream("test"))
      local frequency = row[5] == 1 and row[6] == 1 and 1 or 0
      assert.equal(given.score, row[3] + row[4] + frequency + row[7])
      assert.equal(given.score, 4 - #given.deducted)
    end)
  end

  it("is inconsistent as often as it is told to be", function()
    local stream, flipped = rng.stream("inconsistency"), 0
    for _ = 1, 2000 do
      flipped = flipped + 1 - answer.communication(situation { inconsistency = 0.1 }, stream).value
    end
    assert(flipped > 150 and flipped < 250, flipped)
  end)

  it("counts a wish for a day by the hours awake", function()
    local daily = {}
    for key, value in pairs(PREFERENCES) do daily[key] = value end
    daily.frequency = { count = 2, per = "day" } -- 960 minutes awake: a gap of 480
    local often = answer.too_often(situation { preferences = daily, recent = recent(1, 239, 0) }, rng.stream("test"))
    local right = answer.too_often(situation { preferences = daily, recent = recent(1, 240, 0) }, rng.stream("test"))
    assert.equal(often.value, 0)
    assert.equal(right.value, 1)
  end)
end)

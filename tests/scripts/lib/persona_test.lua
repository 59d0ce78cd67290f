local lexicon = require "propersim.lexicon"
local persona = require "propersim.persona"
local reach = require "propersim.persona_reach"
local time = require "propersim.persona_time"
local values = require "propersim.persona_value"

local TRAITS = { "extraversion", "agreeableness", "conscientiousness", "openness", "neuroticism" }
local COUNT = 32

-- A copy that may be changed; modules are read-only.
local function copy(t)
  local out = {}
  for key, value in pairs(t) do out[key] = type(value) == "table" and copy(value) or value end
  return out
end

local function id_of(number)
  return string.format("p%02d", number)
end

local function load_persona(number)
  return require("personas." .. id_of(number))
end

local function fresh()
  return copy(load_persona(1))
end

local function problems_of(change)
  local t = fresh()
  local result = change(t)
  return persona.check(result == nil and t or result, "p01")
end

local function mentions(problems, fragment)
  for _, problem in ipairs(problems) do
    if problem:find(fragment, 1, true) then return true end
  end
  return false
end

-- { what a person did wrong, a fragment of the message, the change }
local WRONG = {
  { "an id that is not the file's name", 'id: is "p02", but the file is called "p01.lua"',
    function(t) t.id = "p02" end },
  { "an id with a slash", 'id: is "../p01"', function(t) t.id = "../p01" end },
  { "no name", "first_name: is missing", function(t) t.first_name = nil end },
  { "an empty name", "last_name: is empty", function(t) t.last_name = "  " end },
  { "an age in quotes", 'age: is "34", not a number', function(t) t.age = "34" end },
  { "a child", "age: is 7; it must lie between 18 and 110", function(t) t.age = 7 end },
  { "half a year", "age: is 34.5; write a whole number", function(t) t.age = 34.5 end },
  { "an age that is no number", "age: is", function(t) t.age = 0 / 0 end },
  { "an unknown pronoun", 'pronoun: "shee" is not known; did you mean "she"?', function(t) t.pronoun = "shee" end },
  { "a trait between", 'big_five.openness: "medium" is not known', function(t) t.big_five.openness = "medium" end },
  { "a missing trait", "big_five.neuroticism: is missing", function(t) t.big_five.neuroticism = nil end },
  { "a mistyped field", 'backgruond: is no known key; did you mean "background"?',
    function(t) t.backgruond, t.background = t.background, nil end },
  { "a mistyped nested field", 'preferences.recptive: is no known key; did you mean "receptive"?',
    function(t) t.preferences.recptive = {} end },
  { "a key like no other", "favourite_colour: is no known key; use one of: age,",
    function(t) t.favourite_colour = "red" end },
  { "a text of the length of a book", "lifestyle: has 5000 bytes; shorten it to 600",
    function(t) t.lifestyle = ("x"):rep(5000) end },
  { "a text that is not UTF-8", "background: is not valid UTF-8", function(t) t.background = "caf\xe9" end },
  { "a text of several lines", "background: holds a line break", function(t) t.background = "one\ntwo" end },
  { "a time without a zero", 'routine.weekday.wake: is "6:45", not a time of day',
    function(t) t.routine.weekday.wake = "6:45" end },
  { "a time that does not exist", 'routine.weekend.sleep: is "24:30"',
    function(t) t.routine.weekend.sleep = "24:30" end },
  { "a day without blocks", "routine.weekday.blocks: has 0 entries; write at least 4",
    function(t) t.routine.weekday.blocks = {} end },
  { "no weekend", "routine.weekend: is missing", function(t) t.routine.weekend = nil end },
  { "a gap in the blocks", "routine.weekday.blocks: is a list with a gap",
    function(t) t.routine.weekday.blocks[3] = nil end },
  { "a block with a name", 'routine.weekday.blocks: is a list with the key "nap"',
    function(t) t.routine.weekday.blocks.nap = t.routine.weekday.blocks[1] end },
  { "an unknown kind", 'routine.weekday.blocks[2].kind: "meel" is not known; did you mean "meal"?',
    function(t) t.routine.weekday.blocks[2].kind = "meel" end },
  { "a place without an object", 'routine.weekday.blocks[1].place: is "bathroom"',
    function(t) t.routine.weekday.blocks[1].place = "bathroom" end },
  { "an hour of minus 5 minutes", "routine.weekday.blocks[1].minutes: is -5",
    function(t) t.routine.weekday.blocks[1].minutes = -5 end },
  { "an endless block", "routine.weekday.blocks[1].minutes: is inf",
    function(t) t.routine.weekday.blocks[1].minutes = math.huge end },
  { "a probability in percent", "routine.weekday.blocks[1].skip: is 20; it must lie between 0 and 0.9",
    function(t) t.routine.weekday.blocks[1].skip = 20 end },
  { "yes for true", 'routine.weekday.blocks[1].swap: is "yes"; write true or false',
    function(t) t.routine.weekday.blocks[1].swap = "yes" end },
  { "a last block that swaps", "the last block has no next one to trade places with",
    function(t) local blocks = t.routine.weekday.blocks blocks[#blocks].swap = true end },
  { "a block that varies by more than itself", "routine.weekday.blocks[1].vary: is 31, more than the block's 30 minutes",
    function(t) t.routine.weekday.blocks[1].vary = 31 end },
  { "a day with two hours too many",
    "routine.weekday.blocks: fill 1070 minutes, but from 06:45 to 22:15 there are 930; remove 140",
    function(t) t.routine.weekday.blocks[2].minutes = 170 end },
  { "a day with an afternoon missing", "routine.weekday.blocks: fill",
    function(t) t.routine.weekday.blocks[10].minutes = 5 end },
  { "a day of two hours", "routine.weekday: is awake for 120 minutes only",
    function(t) t.routine.weekday.sleep = "08:45" end },
  { "a text that does not say what is done", 'reads as "nil", not as "hygiene"',
    function(t) t.routine.weekday.blocks[1].activity = "being Mara" end },
  { "a task of another kind", 'routine.weekday.blocks[4].tasks[1]: "watering the roses" reads as "garden", not as "work"',
    function(t) t.routine.weekday.blocks[4].tasks[1] = "watering the roses" end },
  { "a single task", "tasks: has 1 entries; write at least 2",
    function(t) t.routine.weekday.blocks[4].tasks = { "working" } end },
  { "an extra without a chance", "routine.extras[1].chance: is missing",
    function(t) t.routine.extras[1].chance = nil end },
  { "an extra longer than its window", "routine.extras[1].between: 17:00-17:10 has less room than the 20 minutes",
    function(t) t.routine.extras[1].between = { "17:00", "17:10" } end },
  { "a window of three times", "routine.extras[1].between: has 3 entries; at most 2",
    function(t) t.routine.extras[1].between = { "17:00", "18:00", "19:00" } end },
  { "no rubric", "rubric: is missing", function(t) t.rubric = nil end },
  { "a rubric as one text", 'rubric: is "I like tea", not a table', function(t) t.rubric = "I like tea" end },
  { "a missing criterion", "rubric.frequency: is missing", function(t) t.rubric.frequency = nil end },
  { "no likes", "preferences.likes: has 0 entries", function(t) t.preferences.likes = {} end },
  { "an unknown topic", 'preferences.likes[1].topic: "recipe" is not known; did you mean "recipes"?',
    function(t) t.preferences.likes[1].topic = "recipe" end },
  { "a like during nothing", "preferences.likes[1].during: has 0 entries",
    function(t) t.preferences.likes[1].during = {} end },
  { "a topic liked twice", 'preferences.likes[2].topic: "recipes" stands here twice',
    function(t) t.preferences.likes[2].topic = "recipes" end },
  { "a topic both liked and off limits", 'preferences.likes[1].topic: "recipes" is also a boundary',
    function(t) t.preferences.boundaries = { "recipes" } end },
  { "a boundary twice", 'preferences.boundaries[2]: "finance" stands here twice',
    function(t) t.preferences.boundaries = { "finance", "finance" } end },
  { "a like during what they never do", '"study" never occurs in the routine',
    function(t) t.preferences.likes[1].during[2] = "study" end },
  { "an unknown tone", 'preferences.tones[1]: "warmm" is not known; did you mean "warm"?',
    function(t) t.preferences.tones[1] = "warmm" end },
  { "no tone", "preferences.tones: has 0 entries", function(t) t.preferences.tones = {} end },
  { "an empty window", "preferences.quiet[1]: 08:00-08:00 is empty",
    function(t) t.preferences.quiet[1] = { "08:00", "08:00" } end },
  { "receptive and quiet at once", "preferences.receptive[1]: 07:00-14:00 overlaps a window of quiet",
    function(t) t.preferences.receptive[1] = { "07:00", "14:00" } end },
  { "a receptive window in the night", "preferences.receptive[3]: 02:00-03:00 never meets an activity of the likes",
    function(t) t.preferences.receptive[3] = { "02:00", "03:00" } end },
  { "a wish without a period", "preferences.frequency: needs either hours or per",
    function(t) t.preferences.frequency = { count = 3 } end },
  { "a wish with two periods", "preferences.frequency: needs either hours or per",
    function(t) t.preferences.frequency = { count = 1, hours = 2, per = "day" } end },
  { "a wish per week", 'preferences.frequency.per: "week" is not known; use one of: day', function(t)
    t.preferences.frequency = { count = 3, per = "week" }
  end },
  { "a wish for one a day", "asks for 1 a day; wishes lie between", function(t)
    t.preferences.frequency = { count = 1, per = "day" }
  end },
  { "a wish for ten an hour", "asks for 160 a day",
    function(t) t.preferences.frequency = { count = 10, hours = 1 } end },
  { "a wish that the day has no room for", "can please; widen `during`", function(t)
    t.preferences.busy = { "work", "social", "cooking", "planning", "hobby", "rest", "meal" }
  end },
  { "prose that wishes for more",
    "rubric.frequency: says { count = 1, hours = 1 }, but preferences.frequency is { count = 1, hours = 2 }",
    function(t) t.rubric.frequency = "Once an hour, please." end },
  { "prose that wishes by the day", 'rubric.frequency: says { count = 8, per = "day" }', function(t)
    t.rubric.frequency = "Eight times a day."
  end },
  { "prose without a number", "rubric.frequency: states no number and period",
    function(t) t.rubric.frequency = "Not too often." end },
  { "a quiet time that the prose does not name", "preferences.quiet[3]: 14:00-16:00 is not ruled out in rubric.timing",
    function(t)
      t.preferences.quiet[3] = { "14:00", "16:00" }
    end },
  { "a quiet time that only the prose names", "rubric.timing: rules out 13:00-14:00, but preferences.quiet does not",
    function(t) t.rubric.timing = t.rubric.timing .. " Never between 1pm and 2pm." end },
  { "prose that welcomes a quiet time", "rubric.timing: welcomes 06:45-07:45, which lies in preferences.quiet",
    function(t) t.rubric.timing = t.rubric.timing .. " I am glad of ideas between 6:45am and 7:45am." end },
  { "prose that leaves open which nine is meant", "rubric.timing: cannot be read",
    function(t) t.rubric.timing = t.rubric.timing .. " Never after nine o'clock." end },
  { "a number for a persona", "persona: is 3, not a table", function() return 3 end },
  { "a list of personas", "persona: holds an entry without a name", function(t) return { t } end },
  { "a function among the data", "routine: is a function, not a table", function(t) t.routine = function() end end },
}

describe("the checker of personas", function()
  for _, case in ipairs(WRONG) do
    it("complains about " .. case[1], function()
      local problems = problems_of(case[3])
      assert(mentions(problems, case[2]), "expected: " .. case[2] .. "\ngot: " .. table.concat(problems, "\n     "))
    end)
  end

  it("says one thing about one mistake", function()
    for _, change in ipairs {
      function(t) t.age = "34" end, function(t) t.rubric = nil end, function(t) t.preferences = nil end,
      function(t) t.routine = nil end, function(t) t.preferences.tones = { "loud" } end,
    } do
      local problems = problems_of(change)
      assert(#problems == 1, table.concat(problems, "\n"))
    end
  end)

  it("finds nothing wrong with a persona that is fine, under any name if none is given", function()
    assert(#persona.check(fresh(), "p01") == 0)
    assert(#persona.check(fresh()) == 0)
  end)

  it("stops after a hundred problems", function()
    local t = {}
    for i = 1, 500 do t["key" .. i] = i end
    local problems = persona.check(t, "p01")
    assert(#problems == 101, #problems)
    assert(problems[101]:find("correct the ones above first", 1, true), problems[101])
  end)

  it("says the same in the same order each time", function()
    local function broken()
      return { zebra = 1, apple = 2, routine = { x = 1 }, preferences = { likes = 5, tones = { 1 } }, [true] = 1 }
    end
    assert(table.concat(persona.check(broken()), "\n") == table.concat(persona.check(broken()), "\n"))
  end)

  it("reports tables that raise when they are read", function()
    local trap = setmetatable({}, { __pairs = function() error("no") end })
    assert(mentions(persona.check(trap), "persona: cannot be read"))
    local t = fresh()
    t.routine = setmetatable({}, { __pairs = function() error({}) end })
    assert(mentions(persona.check(t), "cannot be read"))
  end)

  it("survives a table that holds itself", function()
    local t = fresh()
    t.routine.weekday.blocks[1].tasks = t
    t.preferences.likes = t.preferences
    assert(#persona.check(t, "p01") > 0)
  end)
end)

-- Every value of a persona is replaced by each piece of garbage in turn.
describe("garbage in a persona", function()
  local nan, huge = 0 / 0, math.huge
  local GARBAGE = { nan, huge, -huge, -1, 0, 1e308, 2 ^ 53, "", "\0", "\xff\xfe", ("a"):rep(5000), true, {}, { {} }, { [3] = 1 },
    { [nan == nan and 1 or "x"] = {} }, function() end, "25:99", "%s%d%n" }

  local function places(t, path, out)
    for key, value in pairs(t) do
      local here = table.move(path, 1, #path, 1, {})
      here[#here + 1] = key
      out[#out + 1] = here
      -- The first entries of a list stand for the others.
      if type(value) == "table" and not (type(key) == "number" and key > 2) then places(value, here, out) end
    end
    return out
  end

  local function put(t, path, value)
    for i = 1, #path - 1 do t = t[path[i]] end
    t[path[#path]] = value
  end

  it("never makes the checker raise, and nearly always shows", function()
    local tried, seen = 0, 0
    for n, path in ipairs(places(fresh(), {}, {})) do
      for i = 1, 3 do
        local t = fresh()
        put(t, path, GARBAGE[(n * 7 + i * 5) % #GARBAGE + 1])
        local ok, problems = pcall(persona.check, t, "p01")
        assert(ok, table.concat(path, ".", 1, 1) .. ": " .. tostring(problems))
        tried = tried + 1
        if #problems > 0 then seen = seen + 1 end
        for _, problem in ipairs(problems) do
          assert(#problem < 700 and not problem:find("%c"), problem)
          assert(problem:find(": ", 1, true), problem)
        end
      end
    end
    assert(tried > 300 and seen > 0.9 * tried, tried .. " tried, " .. seen .. " seen")
  end)
end)

describe("the 32 personas", function()
  it("pass the checker", function()
    for number = 1, COUNT do
      local problems = persona.check(copy(load_persona(number)), id_of(number))
      assert(#problems == 0, id_of(number) .. ": " .. table.concat(problems, "\n"))
    end
  end)

  it("cover all combinations of high and low traits, in the documented order", function()
    for number = 1, COUNT do
      local index = number - 1
      for i, trait in ipairs(TRAITS) do
        local expected = index // 2 ^ (5 - i) % 2 == 0 and "high" or "low"
        assert(load_persona(number).big_five[trait] == expected, id_of(number) .. " " .. trait)
      end
    end
  end)

  it("are different people of 19 to 80 years", function()
    local names, words, ages = {}, {}, {}
    for number = 1, COUNT do
      local t = load_persona(number)
      assert(not names[t.first_name] and not words[t.background], t.first_name)
      names[t.first_name], words[t.background] = true, true
      ages[#ages + 1] = t.age
    end
    table.sort(ages)
    assert(ages[1] == 19 and ages[COUNT] == 80, ages[1] .. " to " .. ages[COUNT])
  end)

  it("wish for between two a day and two an hour, several at each end and most between", function()
    local fewest, most, between = 0, 0, 0
    for number = 1, COUNT do
      local a_day = 960 / persona.gap_minutes(load_persona(number), 960)
      assert(a_day >= 2 and a_day <= 32, id_of(number))
      if a_day == 2 then fewest = fewest + 1 elseif a_day == 32 then most = most + 1 else between = between + 1 end
    end
    assert(fewest >= 3 and most >= 3 and between >= 16, fewest .. " " .. between .. " " .. most)
  end)

  it("have 10 to 18 blocks a day, tasks for the long ones, and two to four extras", function()
    for number = 1, COUNT do
      local t = load_persona(number)
      for _, name in ipairs { "weekday", "weekend" } do
        local blocks = t.routine[name].blocks
        assert(#blocks >= 10 and #blocks <= 18, id_of(number) .. " " .. name .. " " .. #blocks)
        for _, block in ipairs(blocks) do
          local tasks = block.tasks and #block.tasks or 0
          assert(block.minutes < 60 or (tasks >= 3 and tasks <= 5), id_of(number) .. " " .. block.activity)
        end
      end
      assert(#t.routine.extras >= 2 and #t.routine.extras <= 4, id_of(number))
    end
  end)

  it("show conscientiousness in their days: the careless vary more and skip more", function()
    local vary, skip = { high = 0, low = 0 }, { high = 0, low = 0 }
    for number = 1, COUNT do
      local t = load_persona(number)
      local level = t.big_five.conscientiousness
      vary[level] = vary[level] + t.routine.weekday.vary
      for _, block in ipairs(t.routine.weekday.blocks) do skip[level] = skip[level] + (block.skip or 0) end
    end
    assert(vary.low > 3 * vary.high and skip.low > 5 * skip.high, vary.low .. " " .. vary.high)
  end)

  it("can have at least 70 % of their wish within the times that they call good, on weekdays and at weekends", function()
    for number = 1, COUNT do
      local t = load_persona(number)
      for _, name in ipairs { "weekday", "weekend" } do
        local best, wished = reach.best(t.preferences, t.routine[name], true)
        assert(best >= 0.7 * wished, string.format("%s %s: %d of %.1f", t.id, name, best, wished))
      end
    end
  end)

  it("live in the rooms of the house", function()
    local OBJECTS = {
      ["main bedroom"] = "bed desk closet", ["small bedroom"] = "bed desk closet",
      ["common room"] = "common room table shelf sofa", kitchen = "kitchen sink cooking area refrigerator",
      bathroom = "toilet shower bathroom sink", garden = "house garden",
    }
    local function check(id, place)
      local arena, object = place:match("^([^:]+):(.+)$")
      assert(OBJECTS[arena] and OBJECTS[arena]:find(object, 1, true), id .. ": " .. place)
    end
    for number = 1, COUNT do
      local t = load_persona(number)
      check(t.id, t.living_area .. ":bed")
      for _, blocks in ipairs { t.routine.weekday.blocks, t.routine.weekend.blocks, t.routine.extras } do
        for _, block in ipairs(blocks) do check(t.id, block.place) end
      end
    end
  end)

  it("like nothing that they declare off limits", function()
    for number = 1, COUNT do
      local t = load_persona(number)
      for _, like in ipairs(t.preferences.likes) do
        assert(lexicon.is_topic[like.topic])
        for _, boundary in ipairs(t.preferences.boundaries) do assert(boundary ~= like.topic, t.id) end
      end
    end
  end)
end)

describe("the identity text", function()
  it("names the person, their traits in words, and where they sleep", function()
    local text = persona.identity(load_persona(1))
    for _, fragment in ipairs { "Name: Mara Ellison", "Age: 34", "high in neuroticism (anxious", "Sleeps in: main bedroom",
      "Background: Mara is", "Goals: She wants" } do
      assert(text:find(fragment, 1, true), fragment)
    end
    assert(not text:find("rubric") and not text:find("once every two hours"), "wishes are not part of who somebody is")
  end)

  it("tells low traits apart from high ones", function()
    local high, low = persona.identity(load_persona(1)), persona.identity(load_persona(32))
    assert(low:find("low in extraversion (quiet", 1, true) and not high:find("low in", 1, true))
  end)
end)

describe("the wished gap", function()
  it("is hours over count, or the waking day over count", function()
    local t = { preferences = { frequency = { count = 2, hours = 3 } } }
    assert(persona.gap_minutes(t, 960) == 90)
    t.preferences.frequency = { count = 4, per = "day" }
    assert(persona.gap_minutes(t, 960) == 240)
    assert(persona.gap_minutes(t, 600) == 150)
  end)
end)

describe("what a day leaves room for", function()
  local function day(wake, sleep, ...)
    local blocks = {}
    for i, block in ipairs { ... } do blocks[i] = { kind = block[1], minutes = block[2] } end
    return { wake = wake, sleep = sleep, blocks = blocks }
  end

  local function wish(change)
    local t = {
      likes = { { topic = "recipes", during = { "cooking", "meal" } } }, boundaries = {}, busy = { "work" }, tones = { "warm" },
      receptive = { { "08:00", "12:00" } }, quiet = {}, frequency = { count = 1, hours = 1 },
    }
    for key, item in pairs(change or {}) do t[key] = item end
    return t
  end

  -- wake 08:00, ten waking hours: a meal hour, four of work, one of cooking, four of rest
  local plain = day("08:00", "18:00", { "meal", 60 }, { "work", 240 }, { "cooking", 60 }, { "rest", 240 })

  for _, case in ipairs {
    -- Half a gap of 60 minutes lies between two: 08:00, 08:30 (the meal), 13:00, 13:30 (cooking).
    { "as many as fit half a gap apart", wish(), 4 },
    { "none of them in quiet times", wish { quiet = { { "08:00", "08:45" } } }, 3 },
    { "none of them while busy", wish { busy = { "work", "meal" } }, 2 },
    { "no more than the wish and a quarter", wish { frequency = { count = 2, per = "day" } }, 2 },
    { "none without a liked activity", wish { likes = { { topic = "games", during = { "hobby" } } } }, 0 },
  } do
    it("counts " .. case[1], function()
      local best = reach.best(case[2], plain)
      assert(best == case[3], best)
    end)
  end

  it("counts only good times if told so", function()
    assert(reach.best(wish(), plain, true) == 2)
  end)

  it("crosses midnight", function()
    local night = day("20:00", "06:00", { "work", 180 }, { "meal", 120 }, { "rest", 300 })
    local best, wished = reach.best(wish { quiet = { { "23:00", "00:00" } } }, night)
    assert(best == 2 and wished == 10, best)
  end)

  it("finds the windows in which nothing liked is done", function()
    local useless = reach.useless_windows(wish { receptive = { { "08:00", "09:00" }, { "15:00", "16:00" } } }, { plain })
    assert(#useless == 1 and useless[1] == 2)
  end)
end)

describe("times and windows", function()
  it("are read strictly", function()
    assert(time.minutes("00:00") == 0 and time.minutes("23:59") == 1439)
    for _, wrong in ipairs { "24:00", "7:30", "07:60", "07:30 ", "0730", "", 730, false } do
      assert(time.minutes(wrong) == nil, tostring(wrong))
    end
  end)

  it("cross midnight", function()
    local windows = time.parse { { "22:00", "01:00" } }
    assert(time.within(windows, 1320) and time.within(windows, 0) and time.within(windows, 59))
    assert(not time.within(windows, 60) and not time.within(windows, 1319))
    assert(time.share({ 1380, 120 }, windows) > 0.6 and time.share({ 1380, 120 }, windows) < 0.7)
  end)

  it("are collected from a condition, the one across midnight in one piece", function()
    local found = time.collect(function(minute) return minute >= 1320 or minute < 60 or minute == 600 end)
    assert(#found == 2 and time.label(found[1]) == "10:00-10:05" and time.label(found[2]) == "22:00-01:00")
    assert(#time.collect(function() return false end) == 0)
    assert(#time.collect(function() return true end) == 1)
  end)
end)

describe("the nearest word", function()
  it("is the one that takes the fewest edits, if few", function()
    local words = { "recipes", "music", "reading", "rest" }
    for wrong, right in pairs { recipe = "recipes", msuic = "music", Reading = "reading", rset = "rest" } do
      assert(values.nearest(wrong, words) == right, wrong)
    end
    assert(values.nearest("philosophy", words) == nil)
    assert(values.nearest(("x"):rep(100000), words) == nil)
  end)
end)

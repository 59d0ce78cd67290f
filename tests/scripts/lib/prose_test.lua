local persona_agree = require "propersim.persona_agree"
local prose = require "propersim.prose"

local function windows_text(windows)
  local out = {}
  for i, window in ipairs(windows) do out[i] = window[1] .. "-" .. window[2] end
  return table.concat(out, " ")
end

local function words(list)
  return table.concat(list, " ")
end

local function sorted(list)
  local out = {}
  for i, item in ipairs(list) do out[i] = item end
  table.sort(out)
  return words(out)
end

local function persona(number)
  return require(string.format("personas.p%02d", number))
end

describe("reading a frequency", function()
  for _, case in ipairs {
    { "Twice a day.", 2, "day" },
    { "I would like three times a day, no more.", 3, "day" },
    { "No more than three recommendations in a day", 3, "day" },
    { "Once or twice a day", 1.5, "day" },
    { "Between 3 and 5 suggestions per day", 4, "day" },
    { "Five times a day would be company enough.", 5, "day" },
    { "About once every two hours is right.", 1, 2 },
    { "one recommendation every other hour is fine", 1, 2 },
    { "One suggestion an hour suits me very well", 1, 1 },
    { "hourly", 1, 1 },
    { "Two in three hours is all right", 2, 3 },
    { "roughly twice every 2-3 hours", 2, 2.5 },
    { "twice every 2 to 3 hours", 2, 2.5 },
    { "Once every hour and a half", 1, 1.5 },
    { "a tip every two and a half hours", 1, 2.5 },
    { "once every 1.5 hours", 1, 1.5 },
    { "Once every ninety minutes.", 1, 1.5 },
    { "once every forty-five minutes", 1, 0.75 },
    { "one every half hour", 1, 0.5 },
    { "every couple of hours", 1, 2 },
    { "Once after breakfast, once at lunch and a third time in the evening", 3, "day" },
    { "I work eight hours a day. Twice a day is fine.", 2, "day" },
    { "My daily routine matters to me. Once an hour.", 1, 1 },
    { "At least three-hour intervals, and four times a day.", 4, "day" },
  } do
    it("understands: " .. case[1], function()
      local found, reason = prose.frequency(case[1])
      assert(found, reason)
      assert(found.count == case[2], found.count)
      assert((found.per or found.hours) == case[3], found.per or found.hours)
    end)
  end

  for _, text in ipairs {
    "Not too often.", "I work eight hours a day.", "My daily routine.", "twice a week", "", "12", "every",
  } do
    it("says what is missing in: " .. text, function()
      local found, reason = prose.frequency(text)
      assert(found == nil and reason:find("twice a day", 1, true), reason)
    end)
  end
end)

describe("reading times", function()
  for _, case in ipairs {
    -- text, receptive, quiet
    { "I welcome ideas between 10am and noon.", "10:00-12:00", "" },
    { "Never, except between 10am and noon.", "10:00-12:00", "" },
    { "From 14:00 to 16:30 is best.", "14:00-16:30", "" },
    { "Between 7 and 8pm works.", "19:00-20:00", "" },
    { "Between ten and noon is fine.", "10:00-12:00", "" },
    { "Around 2pm is ideal.", "13:30-14:30", "" },
    { "In the morning, around 8am, is best for me.", "07:30-08:30", "" },
    { "I am open from half past seven in the evening to quarter to nine in the evening.", "19:30-20:45", "" },
    { "Nothing before 8 a.m. and nothing after 9 p.m.", "", "07:00-08:00 21:00-22:30" },
    { "I like the late morning and the early afternoon.", "10:00-12:00 13:00-15:00", "" },
    { "During lunch is good, but never before bed.", "12:00-13:30", "21:00-22:30" },
    { "I'd rather not be interrupted during my morning breakfast.", "", "07:00-08:30" },
    { "I avoid them in the evening.", "", "18:00-22:00" },
    { "All day is fine except between 1pm and 2pm, when I never listen.", "07:00-13:00 14:00-22:30", "13:00-14:00" },
    { "I do not mind the afternoon.", "13:00-17:00", "" },
    { "I prefer the early morning, around 6am, so they don't interfere with my work.", "05:30-06:30", "" },
    { "You can reach me from 10pm to 1am.", "22:00-01:00", "" },
    { "Not before ten in the morning, because evenings are long.", "", "07:00-10:00" },
    { "I am glad of a voice after 14:00, which leaves the morning free.", "14:00-22:30", "" },
    { "Welcome between 9am and 6pm. Not at noon.", "09:00-11:30 12:30-18:00", "11:30-12:30" },
  } do
    it("understands: " .. case[1], function()
      local found = prose.windows(case[1])
      assert(windows_text(found.receptive) == case[2], "receptive " .. windows_text(found.receptive))
      assert(windows_text(found.quiet) == case[3], "quiet " .. windows_text(found.quiet))
      assert(#found.unread == 0, found.unread[1])
    end)
  end

  it("takes the day of the person for before and after", function()
    local found = prose.windows("Nothing before 6pm and nothing after 6am.", { wake = 960, sleep = 450 })
    assert(windows_text(found.quiet) == "06:00-07:30 16:00-18:00", windows_text(found.quiet))
  end)

  it("says which sentences it cannot read", function()
    local found = prose.windows("Never after nine o'clock. Evenings. I welcome tea at 4pm.")
    assert(#found.unread == 2 and found.unread[1] == "Never after nine o'clock.", words(found.unread))
    assert(windows_text(found.quiet) == "", windows_text(found.quiet))
  end)

  it("finds nothing in prose without times", function()
    local found = prose.windows("I like tea. Do not shout.")
    assert(#found.receptive == 0 and #found.quiet == 0 and #found.unread == 0)
  end)

  it("reads the windows of all 32 personas exactly", function()
    for number = 1, 32 do
      local t = persona(number)
      local found = prose.windows(t.rubric.timing, persona_agree.waking(t.routine))
      for _, name in ipairs { "receptive", "quiet" } do
        local read, meant = {}, {}
        for i, window in ipairs(found[name]) do read[i] = words(window) end
        for i, window in ipairs(t.preferences[name]) do meant[i] = words(window) end
        assert(sorted(read) == sorted(meant), t.id .. " " .. name .. ": " .. sorted(read) .. " / " .. sorted(meant))
      end
    end
  end)
end)

describe("reading tones and boundaries", function()
  for _, case in ipairs {
    { "Be warm with me and make me laugh when you can.", "warm playful", "" },
    { "Formal. No encouragement, no jokes.", "formal", "" },
    { "Please be gentle, and never urgent. Do not bring up money.", "gentle", "finance" },
    { "Friendly, please; leave my health out of it.", "warm", "health" },
    { "Anything goes.", "", "" },
  } do
    it("understands: " .. case[1], function()
      assert(words(prose.tones(case[1])) == case[2], words(prose.tones(case[1])))
      assert(words(prose.boundaries(case[1])) == case[3], words(prose.boundaries(case[1])))
    end)
  end

  it("agrees with all 32 personas", function()
    for number = 1, 32 do
      local t = persona(number)
      local text = t.rubric.communication_safety
      assert(sorted(prose.tones(text)) == sorted(t.preferences.tones), t.id .. ": " .. words(prose.tones(text)))
      assert(sorted(prose.boundaries(text)) == sorted(t.preferences.boundaries), t.id .. ": " .. words(prose.boundaries(text)))
    end
  end)
end)

describe("reading likes", function()
  local function like_text(text)
    local out = {}
    for i, like in ipairs((prose.likes(text))) do out[i] = like.topic .. "@" .. sorted(like.during) end
    return table.concat(out, "; ")
  end

  for _, case in ipairs {
    { "Give me recipes when I am cooking.", "recipes@cooking" },
    { "Books when I am reading, and garden tips while I am weeding the garden.", "reading@reading; garden@garden" },
    { "While I study, tell me something worth learning.", "learning@study" },
    { "I like films when I watch television or eat.", "films@meal media" },
    { "I always like music.", "music@" },
  } do
    it("understands: " .. case[1], function()
      assert(like_text(case[1]) == case[2], like_text(case[1]))
    end)
  end

  it("says which sentences name no topic", function()
    local likes, unread = prose.likes("I am a simple person. Recipes when I cook.")
    assert(#likes == 1 and #unread == 1 and unread[1] == "I am a simple person.")
  end)

  it("finds at least four of five liked topics of the 32 personas, and few that are not liked", function()
    local found, all, wrong = 0, 0, 0
    for number = 1, 32 do
      local t, liked = persona(number), {}
      for _, like in ipairs(t.preferences.likes) do liked[like.topic] = true all = all + 1 end
      for _, like in ipairs((prose.likes(t.rubric.personal_preference))) do
        if liked[like.topic] then found = found + 1 else wrong = wrong + 1 end
      end
    end
    assert(found >= 0.8 * all and wrong <= 0.05 * all, found .. " of " .. all .. ", wrong " .. wrong)
  end)
end)

describe("reading what must not be interrupted", function()
  for _, case in ipairs {
    { "Never while I work or when I am talking to a friend.", "work social" },
    { "In the afternoon, especially when I'm not deep in client work.", "work" },
    { "In the morning, so they don't interfere with my work tasks.", "work" },
    { "When I am on the phone with friends, wait.", "social" },
    { "Nothing before 8am.", "" },
  } do
    it("understands: " .. case[1], function()
      assert(words(prose.busy(case[1])) == case[2], words(prose.busy(case[1])))
    end)
  end
end)

describe("preferences out of prose alone", function()
  local RUBRIC = {
    personal_preference = "I like recipes when I am cooking or planning meals. Music is good while I do the chores.",
    timing = "Best are the late morning and 2pm to 6pm. Never before 9am. Do not interrupt me while I work.",
    frequency = "About once every two hours.",
    communication_safety = "Be warm. Please do not mention money.",
  }

  it("are complete where the prose is", function()
    local found, unread = prose.preferences(RUBRIC)
    assert(#unread == 0, words(unread))
    assert(found.likes[1].topic == "recipes" and found.likes[2].topic == "music")
    assert(words(found.boundaries) == "finance" and words(found.busy) == "work" and words(found.tones) == "warm")
    assert(found.frequency.count == 1 and found.frequency.hours == 2)
    assert(windows_text(found.receptive) == "10:00-12:00 14:00-18:00", windows_text(found.receptive))
    assert(windows_text(found.quiet) == "07:00-09:00", windows_text(found.quiet))
  end)

  it("say what was assumed where it is not", function()
    local found, unread = prose.preferences({})
    assert(#found.likes > 0 and #found.receptive > 0 and #found.tones > 0 and #found.busy > 0 and found.frequency)
    for _, fragment in ipairs { "assumed once every two hours", "assumed warm", "assumed work", "assumed none",
      "assumed 09:00 to 21:00", "no topic found at all", "timing: is missing" } do
      local said = false
      for _, line in ipairs(unread) do said = said or line:find(fragment, 1, true) ~= nil end
      assert(said, fragment)
    end
  end)

  it("keep within the wishes that the simulator knows, and say so", function()
    local found, unread = prose.preferences({ frequency = "Once a day.", timing = RUBRIC.timing,
      personal_preference = RUBRIC.personal_preference, communication_safety = RUBRIC.communication_safety })
    assert(found.frequency.count == 2 and found.frequency.per == "day")
    assert(#unread == 1 and unread[1]:find("asks for 1 a day", 1, true), words(unread))
  end)

  it("never contradict themselves", function()
    local found, unread = prose.preferences({
      personal_preference = "Films before bed when I relax, and money tips when I plan.",
      timing = "I am free from 9am to 9pm. Never interrupt my rest.",
      frequency = RUBRIC.frequency,
      communication_safety = "Be kind. No talk about money.",
    })
    assert(words(found.busy) ~= "rest" and words(found.boundaries) == "", words(found.boundaries))
    assert(#unread >= 2, words(unread))
  end)

  it("have no receptive window within a quiet one, whatever is ruled out", function()
    local found = prose.preferences({ timing = "Never, not all day, not in the morning, not in the evening." })
    assert(#found.receptive > 0)
    for _, open in ipairs(found.receptive) do
      for _, closed in ipairs(found.quiet) do assert(words(open) ~= words(closed)) end
    end
  end)
end)

describe("prose of any kind", function()
  local function each_reader(text)
    prose.frequency(text)
    prose.windows(text)
    prose.tones(text)
    prose.likes(text)
    prose.busy(text)
    prose.boundaries(text)
    prose.preferences({ personal_preference = text, timing = text, frequency = text, communication_safety = text })
  end

  it("does not make a reader raise", function()
    local PIECES = { "", " ", ".", "...", "between", "between and", "from 99 to 3", "half past", "every", "a a a",
      "\0\1\2", "\xff\xc3",
      "12:99pm", "not not not", "every every 2 or", "between 10 and and", "noon noon midnight", "a couple of", "(((",
      "-- -- 3-",
      "quarter to", "0am 0pm 13pm", "once every 0 hours", "0 times a day", "every 00000000000000 hours", "1e9 times a day",
      "99999999999999999999 times a day", "in the morning at at at 5", "o'clock", "before before 8am" }
    for i, piece in ipairs(PIECES) do
      each_reader(piece)
      for step = 1, 5 do each_reader(piece .. " " .. PIECES[(i * step + step) % #PIECES + 1] .. ", " .. piece .. ".") end
    end
  end)

  it("is read within the budget of a test however long and odd it is", function()
    local long = { ("between "):rep(750), ("a"):rep(7500), ("not before 8am, "):rep(500), (","):rep(7500),
      ("when I cook and "):rep(375), (" "):rep(7500), ("every one or "):rep(500), ("8am."):rep(2000) }
    for _, text in ipairs(long) do each_reader(text) end
  end)

  it("is read to the end when long", function()
    local filler = ("I live quietly and like my house. "):rep(300)
    local found = prose.frequency(filler .. "Twice a day.")
    assert(found and found.count == 2)
  end)
end)

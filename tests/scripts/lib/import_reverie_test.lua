-- What import_reverie and its helpers make of prose in the original's style, of wishes, and of hostile texts.

local activities = require "propersim.import_activity"
local import = require "propersim.import_reverie"
local studies = require "propersim.import_study"
local lexicon = require "propersim.lexicon"
local places = require "propersim.import_place"
local prose = require "propersim.import_prose"
local time = require "propersim.persona_time"
local verbs = require "propersim.import_verbs"
local when = require "propersim.import_when"
local write = require "propersim.import_write"

local function same(got, expected, what)
  assert(got == expected, string.format("%s: expected %s, got %s", what, tostring(expected), tostring(got)))
end

local function read(text)
  local out = { activities = {}, unread = {} }
  activities.read(out, text, "lifestyle", { "Ann Lee", "Ann" })
  return out
end

-- "kind minutes at anchor activity" of each activity that is read.
local function said(text)
  local lines = {}
  for i, entry in ipairs(read(text).activities) do
    lines[i] = string.format("%s %s %s %s", entry.kind, entry.length_said and entry.minutes or "-",
      entry.at and time.text(entry.at) or entry.anchor or "-", entry.activity)
  end
  return table.concat(lines, "; ")
end

-- A person in the original's form; `changes` replace fields.
local function scratch(changes)
  local base = {
    first_name = "Ann", last_name = "Lee", age = 41,
    big_five_personality_traits = "High in Extraversion, Low in Agreeableness, High in Conscientiousness, "
      .. "Low in Openness to Experience, High in Neuroticism",
    background = "Translator who works with her publishers.",
    current_interests = "Ann Lee enjoys 1) Growing tomatoes in her garden. 2) Playing chess online.",
    lifestyle = "Ann Lee typically 1) Wakes up at 6:30am. 2) Eats lunch at 1pm. 3) Goes to bed at 10:30pm.",
    long_term_goals = "She wants to finish her own novel.",
    daily_plan_req = "1) Take a walk for 40 minutes in the late afternoon. 2) Tend to the garden for an hour.",
    living_area = "the Ville:Lee house:Ann's bedroom",
    criteria = {
      Personal_Preference = "I like gardening tips when I am tending to the garden, and puzzles when I play a game.",
      Timing = "I prefer recommendations in the afternoon. I do not want any before 8am.",
      Frequency = "About three times a day.",
      ["Communication_&_Safety"] = "Be friendly and brief.",
    },
  }
  for key, value in pairs(changes or {}) do base[key] = value end
  return base
end

local HOME = { ["the Ville"] = { ["Lee house"] = { ["Ann's bedroom"] = { "bed", "desk" },
  kitchen = { "cooking area", "kitchen sink" }, bathroom = { "shower" }, ["common room"] = { "common room table" },
  garden = { "house garden" } } } }

local function has(list, fragment)
  for _, line in ipairs(list) do
    if line:find(fragment, 1, true) then return true end
  end
  return false
end

describe("verbs of imported prose", function()
  it("become gerunds", function()
    for word, gerund in pairs { rearrange = "rearranging", watches = "watching", tries = "trying", has = "having",
      does = "doing", runs = "running", ["double-check"] = "double-checking", swims = "swimming",
      closes = "closing", uses = "using",
      practices = "practicing", visits = "visiting", unwinds = "unwinding", begins = "beginning", cooking = "cooking" } do
      same(verbs.gerund(word, "the", true), gerund, word)
    end
  end)
  it("are not seen in nouns", function()
    same(verbs.gerund("a", "walk", true), nil, "article")
    same(verbs.gerund("yoga", "for", true), nil, "noun before for")
    same(verbs.gerund("design", "ideas", false), nil, "noun within a phrase")
    same(verbs.gerund("call", "a", false), "calling", "verb within a phrase")
  end)
end)

describe("times and lengths in a phrase", function()
  local CASES = { -- phrase | what is left | minutes | at | to | anchor
    { "Runs for 45 minutes at 6am", "Runs", 45, 360 },
    { "Runs for half an hour before bed", "Runs", 30, nil, nil, "bed" },
    { "Runs for an hour and a half", "Runs", 90 },
    { "Runs for 1-2 hours after dinner", "Runs", 90, nil, nil, "evening" },
    { "Runs for about two hours", "Runs", 120 },
    { "Runs for a couple of hours", "Runs", 120 },
    { "Takes a 30-minute walk at noon", "Takes a 30-minute walk", 30, 720 },
    { "Works from 9am to 5:30pm", "Works", 510, 540, 1050 },
    { "Reads between 8 pm and 9 pm", "Reads", 60, 1200, 1260 },
    { "Eats at 12:30pm, then rests", "Eats, then rests", nil, 750 },
    { "Eats at 12am", "Eats", nil, 0 },
    { "Sleeps until 10am", "Sleeps", nil, nil, 600 },
    { "Paints in the late afternoon.", "Paints.", nil, 960 },
    { "Paints every evening", "Paints", nil, nil, nil, "evening" },
    { "Paints 3 pictures", "Paints 3 pictures" },
    { "Paints at 25:00", "Paints at 25:00" },
    { "Paints at 13pm", "Paints at 13pm" },
  }
  it("are taken out and understood", function()
    for _, case in ipairs(CASES) do
      local tokens = when.tokens(case[1])
      local found, left = when.take(tokens), {}
      for i, token in ipairs(tokens) do left[i] = token.raw end
      same(table.concat(left, " "), case[2], case[1])
      same(found.minutes, case[3], case[1] .. ": minutes")
      same(found.at, case[4], case[1] .. ": at")
      same(found.to, case[5], case[1] .. ": to")
      same(found.anchor, case[6], case[1] .. ": anchor")
    end
  end)
end)

describe("activities of imported prose", function()
  local CASES = {
    { "1) Start the day with a high-intensity workout for 45 minutes.", "exercise 45 start doing a high-intensity workout" },
    { "Unwinds by watching a familiar series before bed for 40 minutes", "media 40 bed watching a familiar series" },
    { "Tends to plants and does light cleaning in the afternoon", "garden - 14:00 tending to plants; "
      .. "chores - 14:40 doing light cleaning" },
    { "Balances work with creative breaks like sketching new ideas", "hobby - break sketching new ideas" },
    { "Ends the day with a warm bath", "hygiene - bed taking a warm bath" },
    { "Ann likes to play chess late at night", "hobby - bed playing chess" },
    { "1) Wakes up at 7am and has breakfast while watching the news", "meal - start having breakfast while watching the news" },
    { "Prepares homemade meals and enjoys them at her table", "cooking - - preparing homemade meals" },
    { "Prepares for the next day's tasks", "planning - - planning the next day's tasks" },
    { "1) Competitive strategy board games", "hobby - - playing competitive strategy board games" },
    { "1) Yoga for 20 minutes", "exercise 20 - doing yoga" },
    { "Ann goes to bed around 11pm, wakes up at 7am, eats dinner around 5pm.", "meal - 17:00 eating dinner" },
    { "Cook a meal, look after the garden, and call a friend in the evening.", "cooking - - cooking a meal; "
      .. "garden - - looking after the garden; social - evening calling a friend" },
    { "Ann fettles her telescope at 9pm. She is cheerful. Dinner is late. She never cooks.",
      "hobby - 21:00 fettling her telescope" },
    { "", "" },
    { "1) 2) 3)", "" },
  }
  it("are read with kind, length and time", function()
    for _, case in ipairs(CASES) do same(said(case[1]), case[2], case[1]) end
  end)
  it("always have the kind that the lexicon reads in them", function()
    for _, case in ipairs(CASES) do
      for _, entry in ipairs(read(case[1]).activities) do same(lexicon.kind_of(entry.activity), entry.kind, entry.activity) end
    end
  end)
  it("give the hours of the day", function()
    local out = read("1) Wakes up at 5am. 2) Plans tomorrow before unwinding at 9pm. 3) Goes to bed by 10:30pm.")
    same(out.wake, 300, "wake")
    same(out.unwind, 1260, "unwind")
    same(out.bed, 1350, "bed")
  end)
  it("name what could not be read", function()
    local out = read("1) Zyxes the quomble.")
    same(#out.activities, 0, "activities")
    assert(has(out.unread, "Zyxes the quomble"), "the item must be named")
  end)
  it("cost little however long the text is", function()
    assert(#read(("1) Walks and talks and reads, or writes before bed. "):rep(20000)).activities < 1000)
    assert(#read(("a"):rep(1000000)).activities == 0)
    read(("before at for 3 hours in the "):rep(20000))
  end)
end)

describe("persona prose", function()
  it("is split at its numbers, not at other ones", function()
    same(table.concat(prose.items("Ann enjoys 1) Art. 2) 3 cups of tea at 7.30 sharp. 3) Rest."), "|"),
      "Art|3 cups of tea at 7.30 sharp|Rest", "items")
    same(table.concat(prose.items("Walks a lot. Eats at 5. Sleeps"), "|"), "Walks a lot|Eats at 5|Sleeps", "sentences")
  end)
  it("tells traits, and which are not said", function()
    local traits, unread = prose.big_five("low in extraversion, High in Openness to Experience")
    same(traits.extraversion, "low", "extraversion")
    same(traits.openness, "high", "openness")
    same(table.concat(unread, " "), "agreeableness conscientiousness neuroticism", "not said")
  end)
  it("tells the pronoun by what is used most", function()
    same(prose.pronoun { "her home, and he", "she" }, "she", "she")
    same(prose.pronoun { "the home" }, "they", "none")
    same((prose.pronoun { "The shepherd's theory" }), "they", "parts of words")
  end)
  it("tells who has no job", function()
    same(prose.occupation("Retired librarian, enjoys quiet.", {}), "none", "retired")
    local kind, title = prose.occupation("Ann is a freelance translator who works.", { "Ann" })
    same(kind .. " " .. title, "work freelance translator", "job")
    same(prose.occupation("A student of music", {}), "study", "student")
  end)
end)

describe("places of imported activities", function()
  it("are of the own home", function()
    local home = places.home(HOME, "the Ville:Lee house:Ann's bedroom")
    same(home.home, "Ann's bedroom", "living area")
    same(places.of(home, "cooking dinner", "cooking"), "kitchen:cooking area", "cooking")
    same(places.of(home, "working at the desk", "work"), "Ann's bedroom:desk", "work")
    same(places.of(home, "tidying up the house", "chores"), "common room:common room table", "chores")
    same(places.of(home, "reading a book", "reading"), "common room:common room table", "not in bed by day")
    same(places.of(home, "reading in bed", "reading"), "Ann's bedroom:bed", "unless it is said")
  end)
  it("exist whatever the tree is", function()
    local odd = { ["the Ville"] = { ["Lee house"] = { ["a:b"] = { "c" }, x = "bed" } } }
    for _, tree in ipairs { {}, { ["the Ville"] = 7 }, odd } do
      local home, remarks = places.home(tree, "the Ville:Lee house:Ann's bedroom")
      assert(#remarks > 0, "what is assumed must be said")
      assert(places.of(home, "sleeping", "sleep"):find("^[^:]+:[^:]+$"), "a place has two parts")
    end
  end)
end)

describe("an imported persona", function()
  it("passes the check and keeps its texts", function()
    local made = import.persona("reverie_ann", "folder", scratch(), HOME)
    same(table.concat(made.problems, "; "), "", "problems")
    same(made.name, "Ann Lee", "name")
    for _, wanted in ipairs { 'wake = "06:30", sleep = "22:30"', 'activity = "eating lunch"', 'activity = "taking a walk"',
      'activity = "tending to the garden", kind = "garden", minutes = 60', 'living_area = "Ann\'s bedroom"', 'per = "day"',
      'background = "Translator who works with her publishers."' } do
      assert(made.text:find(wanted, 1, true), "missing: " .. wanted)
    end
  end)
  it("is the same every time", function()
    same(import.persona("a", "f", scratch(), HOME).text, import.persona("a", "f", scratch(), HOME).text, "text")
  end)
  it("is up for as long as it may be asked", function()
    local criteria = scratch().criteria
    criteria.Timing = "I prefer the time from 10pm to 1am. Never before 6am."
    local made = import.persona("a", "f", scratch { criteria = criteria, lifestyle = "1) Eats lunch at 1pm." }, HOME)
    same(table.concat(made.problems, "; "), "", "problems")
    assert(made.text:find('wake = "05:30", sleep = "01:30"', 1, true), "hours")
  end)
  it("sleeps by day if it works at night", function()
    local criteria = scratch().criteria
    criteria.Timing = "I prefer the time from 5pm to 8:30pm. Never between 9am and 3pm."
    local made = import.persona("a", "f", scratch { criteria = criteria, lifestyle = "1) Knits.",
      background = "Night nurse at a clinic." }, HOME)
    same(table.concat(made.problems, "; "), "", "problems")
    assert(made.text:find('wake = "15:30", sleep = "08:00"', 1, true), "hours")
    assert(has(made.remarks, "from 22:00 to 06:00"), "shift")
  end)
  it("finds room for its wishes, however rare its time", function()
    for _, frequency in ipairs { "twice a day", "about twice every hour", "once every ninety minutes" } do
      local criteria = { Personal_Preference = "I like book tips when I am reading, and recipes when I am cooking.",
        Timing = "I prefer recommendations from 9am to 9:30am and from 8pm to 8:30pm. Never in the afternoon.",
        Frequency = frequency, ["Communication_&_Safety"] = "Be gentle." }
      local made = import.persona("a", "f", scratch { criteria = criteria }, HOME)
      same(table.concat(made.problems, "; "), "", frequency)
    end
  end)
  it("says what it assumed", function()
    local made = import.persona("a", "f", scratch { lifestyle = "1) Knits.", long_term_goals = "" }, HOME)
    same(table.concat(made.problems, "; "), "", "problems")
    for _, wanted in ipairs { "wake: no time is said", "sleep: no time is said", "long_term_goals: is empty", "(assumed)" } do
      assert(has(made.remarks, wanted), "no remark: " .. wanted)
      assert(made.text:find(wanted:sub(1, 12), 1, true), "not at the top of the file: " .. wanted)
    end
  end)
  it("names what a person has to correct", function()
    local criteria = scratch().criteria
    criteria.Frequency = "Whenever you like."
    local made = import.persona("a", "f", scratch { criteria = criteria, age = 12 }, HOME)
    assert(has(made.problems, "rubric.frequency: states no number"), "frequency")
    assert(has(made.problems, "age: is 12"), "age")
    assert(made.text:find("TO BE CORRECTED", 1, true), "stands in the file")
  end)
  it("survives odd texts", function()
    for _, text in ipairs { "", " ", "1)", "\u{202e}abc", ("x"):rep(5000), "!!!", "1) 1) 1)", ("at 5pm "):rep(300), "%d%s%",
      "--[[", "日本語の文章。", "1) Wakes up at 7am. 2) Goes to bed at 7:05am." } do
      for _, key in ipairs { "background", "current_interests", "lifestyle", "daily_plan_req", "living_area",
        "big_five_personality_traits" } do
        assert(#import.persona("a", "f", scratch { [key] = text }, HOME).text > 1000)
      end
      local criteria = { Personal_Preference = text, Timing = text, Frequency = text, ["Communication_&_Safety"] = text }
      assert(#import.persona("a", "f", scratch { criteria = criteria }, nil).text > 1000)
    end
  end)
end)

-- Reads the literal that starts at `at` as Lua does: its value, and where the text goes on.
local function unquote(text, at)
  assert(text:sub(at, at) == '"', "no literal")
  local out, i = {}, at + 1
  while true do
    local char = text:sub(i, i)
    assert(char ~= "" and not char:find("[\n\r]"), "the literal does not end on its line")
    if char == '"' then return table.concat(out), i + 1 end
    if char == "\\" then
      local code = text:match("^%d%d%d", i + 1)
      local point = text:match("^u{(%x+)}", i + 1)
      local plain = ({ n = "\n", r = "\r", t = "\t", ["\\"] = "\\", ['"'] = '"' })[text:sub(i + 1, i + 1)]
      assert(code or point or plain, "unknown escape")
      out[#out + 1] = code and string.char(tonumber(code)) or point and utf8.char(tonumber(point, 16)) or plain
      i = i + (code and 4 or point and #point + 4 or 2)
    else
      out[#out + 1] = char
      i = i + 1
    end
  end
end

describe("what is written as Lua", function()
  local HOSTILE = { 'a" .. os.execute("touch x") .. "', "a\\", '\\"', "a\nb", "a\r\nb", "]]", "]==]", "--[[", "\0", "\27[31m",
    "1\0002", "\u{2028}error()", "\u{2029}", "\127", '"', "\\\\\"", "a\\\nb", "${x}", "日本", "\\u{41}", "\\065", "0\\0" .. "1" }
  it("keeps every text within its quotes", function()
    for _, text in ipairs(HOSTILE) do
      local literal = write.quote(text)
      local value, stop = unquote(literal, 1)
      same(value, text, "value")
      same(stop, #literal + 1, "end")
    end
  end)
  it("keeps every comment on comment lines", function()
    for _, text in ipairs(HOSTILE) do
      for line in write.comment(text .. " " .. (text .. " "):rep(50), "  "):gmatch("[^\n]*\n") do
        assert(line:find("^%-%- ") or line:find("^%-%-\n"), "no comment: " .. line)
        assert(not line:find("^%-%-%[") and not line:find("\r", 1, true), "opens or ends a comment: " .. line)
      end
    end
  end)
  it("stays one table, whatever a person is called", function()
    for _, text in ipairs(HOSTILE) do
      local criteria = { Personal_Preference = text, Timing = text, Frequency = text, ["Communication_&_Safety"] = text }
      local changes = { first_name = text, last_name = text, background = text, living_area = text, criteria = criteria,
        lifestyle = "1) Reads " .. text }
      local file = import.persona("a", text, scratch(changes), { [text] = { [text] = { [text] = { text } } } }).text
      -- Without comments and literals only what we write ourselves may be left.
      local rest, at = {}, 1
      while at <= #file do
        local comment = file:match("^%-%-[^\n]*\n()", at)
        if comment then
          at = comment
        elseif file:sub(at, at) == '"' then
          local _, stop = unquote(file, at)
          at = stop
        else
          rest[#rest + 1] = file:sub(at, at)
          at = at + 1
        end
      end
      assert(table.concat(rest):find("^[%w_%s={},.]+$"), "something escaped from its quotes")
    end
  end)
end)

describe("an imported study", function()
  it("names the people and the map, and options that are not ours", function()
    local made = studies.study({ name = "n", source = "s", map = "maps/x.tmj", personas = { "a", "b" }, start = "2023-02-13",
      sec_per_step = 10 }, { { vision_r = 4, retention = 5, recency_w = 1 }, { vision_r = 8, retention = 5, recency_w = 1 } })
    for _, wanted in ipairs { 'personas = { "a", "b" }', 'map = "maps/x.tmj"', 'start = "2023-02-13"', "sec_per_step = 10",
      "vision_r = 4", "retention = 5" } do
      assert(made.text:find(wanted, 1, true), "missing: " .. wanted)
    end
    assert(not made.text:find("recency_w", 1, true), "defaults are not repeated")
    assert(has(made.remarks, "vision_r: differs"), "differences are said")
  end)
  it("runs our people where there are none", function()
    local made = studies.study({ name = "n", source = "s", map = "maps/x.tmj", personas = {} }, {})
    assert(made.text:find('study.personas "p01..p04"', 1, true), "our people")
  end)
  it("says who lives with whom, and who has an assistant", function()
    local about = { name = "n", source = "s", map = "m", personas = { "a", "b", "c" }, households = { { "a", "b" }, { "c" } },
      assistants = { "b" } }
    local made = studies.study(about, {})
    assert(made.text:find('{ "a", "b" },\n    { "c" },', 1, true), "households")
    assert(made.text:find('assistants = { "b" },', 1, true), "assistants")
    assert(not made.text:find("personas =", 1, true), "not both")
    about.assistants = {}
    assert(studies.study(about, {}).text:find('assistants = "none"', 1, true), "none")
    about.assistants = { "a", "b", "c" }
    assert(not studies.study(about, {}).text:find("assistants =", 1, true), "all is the default")
  end)
  it("takes over the settings of a run of ours, but what the people's own files say counts", function()
    local about = { name = "n", source = "s", map = "m", personas = { "a" }, settings = { map = "x", start = "1999-01-01",
      resident = { vision_r = 4, talk = { cooldown = 7, lines = 8 } }, assistant = { memory = "A", rank = true } } }
    local text = studies.study(about, { { vision_r = 8 } }).text
    for _, wanted in ipairs { "cooldown = 7", 'memory = "A"', 'map = "m"' } do
      assert(text:find(wanted, 1, true), "missing: " .. wanted)
    end
    for _, other in ipairs { "vision_r", "lines", "rank", "1999" } do
      assert(not text:find(other, 1, true), other .. " must not be set")
    end
    about.mixed_settings, about.settings = true, nil
    assert(has(studies.study(about, {}).remarks, "settings: "), "differences are said")
  end)
  it("leaves out what cannot be an option", function()
    local made = studies.study({ name = "n", source = "s", map = "m", personas = { "a" }, sec_per_step = 77 },
      { { vision_r = "x", retention = 1e9, recency_decay = 7 } })
    for _, name in ipairs { "vision_r", "retention", "recency_decay", "sec_per_step" } do
      assert(has(made.remarks, name), "no remark about " .. name)
      assert(not made.text:find("\n *" .. name .. " ="), name .. " must not be set")
    end
  end)
end)

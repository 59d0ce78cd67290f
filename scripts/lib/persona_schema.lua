--- What a persona file holds, field by field: types, ranges, and what to write. docs/personas.md explains each.
local lexicon = require "propersim.lexicon"
local time = require "propersim.persona_time"

local TRAITS = { "extraversion", "agreeableness", "conscientiousness", "openness", "neuroticism" }

local function text(max, form)
  return { is = "text", max = max, form = form }
end

local function optional(spec)
  spec.optional = true
  return spec
end

local function number(min, max, whole)
  return { is = "number", min = min, max = max, whole = whole }
end

local function list(of, min, max, form)
  return { is = "list", of = of, min = min, max = max, form = form }
end

local function words(of, min, max, form)
  return { is = "list", of = { is = "choice", of = of }, min = min, max = max, unique = true, form = form }
end

local function record(fields, form)
  return { is = "record", fields = fields, form = form }
end

local CLOCK = { is = "clock", form = '"HH:MM"' }
local KIND = { is = "choice", of = lexicon.kinds, form = "one of " .. table.concat(lexicon.kinds, ", ") }
local WINDOW = list(CLOCK, 2, 2, '{ "10:00", "12:00" }')
local ACTIVITY = text(160, '"what they are doing, in plain words"')
local PLACE = { is = "text", max = 120, match = "^[^:]+:[^:]+:?[^:]*$",
  form = '"arena:object", such as "kitchen:refrigerator", or "sector:arena:object"' }

local BLOCK = record({
  activity = ACTIVITY,
  kind = KIND,
  minutes = number(5, 720, true),
  place = PLACE,
  tasks = optional(list(ACTIVITY, 2, 12, '{ "a task", "another task" }')),
  vary = optional(number(0, 240, true)),
  skip = optional(number(0, 0.9)),
  swap = optional({ is = "flag" }),
}, '{ activity = "eating breakfast", kind = "meal", minutes = 30, place = "common room:common room table" }')

local DAY = record({
  wake = CLOCK,
  sleep = CLOCK,
  vary = number(0, 180, true),
  blocks = list(BLOCK, 4, 40, "{ the blocks of the day, in order }"),
}, '{ wake = "07:00", sleep = "22:30", vary = 15, blocks = { ... } }')

local EXTRA = record({
  activity = ACTIVITY,
  kind = KIND,
  minutes = number(5, 240, true),
  place = PLACE,
  chance = number(0, 1),
  between = WINDOW,
}, '{ activity = "calling a friend", kind = "social", minutes = 20, place = "common room:sofa", '
  .. 'chance = 0.3, between = { "17:00", "20:00" } }')

local WEEKLY = record({
  on = words(time.weekdays, 1, 7, '{ "tuesday", "friday" }'),
  at = CLOCK,
  activity = ACTIVITY,
  kind = KIND,
  minutes = number(5, 480, true),
  place = PLACE,
}, '{ on = { "thursday" }, at = "20:00", activity = "playing in the quiz", kind = "social", minutes = 90, '
  .. 'place = "common room:sofa" }')

local RELATION = record({
  name = text(80, "first and last name"),
  is = text(80, '"brother", "colleague at the library", what they are to this person'),
}, '{ name = "Tom Hale", is = "husband" }')

local function big_five()
  local fields = {}
  for _, trait in ipairs(TRAITS) do
    fields[trait] = { is = "choice", of = { "high", "low" }, form = '"high" or "low"' }
  end
  return record(fields, '{ extraversion = "high", ... }')
end

local LIKE = record({
  topic = { is = "choice", of = lexicon.topics, form = "one of " .. table.concat(lexicon.topics, ", ") },
  during = words(lexicon.kinds, 1, #lexicon.kinds, '{ "cooking", "meal" }'),
}, '{ topic = "recipes", during = { "cooking", "meal" } }')

local PREFERENCES = record({
  likes = list(LIKE, 1, 12, '{ { topic = "recipes", during = { "cooking" } } }'),
  boundaries = words(lexicon.topics, 0, #lexicon.topics, "{} or a list of topics"),
  receptive = list(WINDOW, 1, 12, '{ { "10:00", "12:00" } }'),
  quiet = list(WINDOW, 0, 12, '{ { "21:00", "22:30" } }'),
  busy = words(lexicon.kinds, 0, #lexicon.kinds, "{} or a list of kinds of activity"),
  frequency = record({
    count = number(0.5, 100),
    hours = optional(number(0.1, 24)),
    per = optional({ is = "choice", of = { "day" } }),
  }, '{ count = 1, hours = 2 } or { count = 3, per = "day" }'),
  tones = words(lexicon.tones, 1, #lexicon.tones, '{ "warm" }'),
}, "what the offline rater rates by")

local RUBRIC = record({
  personal_preference = text(1500, "what helps, and while doing what, in the first person"),
  timing = text(1500, "when recommendations are welcome and when never, in the first person"),
  frequency = text(1500, 'how many are wanted, such as "about once every two hours"'),
  communication_safety = text(1500, "which tone is liked and what must not be touched, in the first person"),
}, "four texts in the first person")

return {
  traits = TRAITS,
  persona = record({
    id = { is = "text", max = 40, match = "^[%w_-]+$", form = "the file's name without .lua" },
    first_name = text(40, "a name"),
    last_name = text(40, "a name"),
    age = number(18, 110, true),
    pronoun = { is = "choice", of = { "she", "he", "they" }, form = '"she", "he" or "they"' },
    big_five = big_five(),
    background = text(600, "one to three sentences, third person"),
    current_interests = text(600, "one to three sentences, third person"),
    lifestyle = text(600, "one to three sentences, third person"),
    long_term_goals = text(600, "one to three sentences, third person"),
    daily_plan_req = text(600, "what every day should contain"),
    living_area = text(80, "the arena of the bed they sleep in, or sector:arena"),
    relations = optional(list(RELATION, 0, 40, '{} or a list of the people they know: { name = "Tom Hale", is = "husband" }')),
    routine = record({
      weekday = DAY,
      weekend = DAY,
      extras = optional(list(EXTRA, 0, 20, "{} or a list of things they do now and then")),
      weekly = optional(list(WEEKLY, 0, 20, "{} or a list of what they do on certain days of the week")),
    }, "{ weekday = { ... }, weekend = { ... }, extras = { ... } }"),
    rubric = RUBRIC,
    preferences = PREFERENCES,
  }, "return { id = ..., ... } in the file"),
}

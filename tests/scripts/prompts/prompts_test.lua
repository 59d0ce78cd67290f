-- Every prompt is as it must be, every field of its texts is an input, and its offline answer passes its own schema.

local prompt = require "propersim.prompt"
local rng = require "rng"
local p = require "personas.p03"

local BLOCKS = { wake_minute = 420, weekend = false, routine = p.routine }
local FIXTURE = {
  identity = "Rosa", first_name = "Rosa", name = "Rosa Delgado", date = "Thursday February 13, 2025", wake = "07:00",
  constraint = "at home", plan = "cook", memory = "Rosa Delgado is cooking lunch", activity = p.routine.weekday.blocks[3].activity,
  minutes = 90, from = "09:00", to = "10:30", task = "cooking lunch", at = "home:house:kitchen", options = { "kitchen", "bathroom" },
  object = "cooking area", text = "Rosa Delgado is cooking lunch", count = 3, question = "What does Rosa like?",
  statements = { "Rosa Delgado is cooking lunch", "Rosa Delgado is reading a novel" }, recent_text = "nothing yet",
  time = "12:00", action = "cooking lunch", suggestion = "Try a squeeze of lemon in the soup.", rubric_preference = "a",
  rubric_timing = "b", rubric_frequency = "c", rubric_communication = "d", range = "12:00-13:00",
  events = { "12:05 cooking lunch | Try some lemon. | score 3" }, summaries = { "12:00-13:00, 1 recommendations: cooking lunch" },
  persona = "", score = 2, reason = "not now", recommendations = 1, routine = p.routine, weekend = false, wake_minute = BLOCKS.wake_minute, place = "kitchen:cooking area",
  preferences = p.preferences, minute = 720, inconsistency = 0, temperature = 1,
  remembers = "Rosa Delgado plans to go to the party at the Lantern on Thursday, February 13, from 18:00 to 20:00", weekday = 4,
  other_name = "Ana Silva", relation = "sister", doing = "cooking lunch", other_doing = "reading a novel", last_talk = "never",
  sociable = 0.5, places = { "kitchen" }, minutes_left = 5, relationship = "They are sisters.", lines = "Ana Silva: Good morning!\nRosa Delgado: Did you " ..
    "know: Mia Roth is giving a party at the Lantern on Saturday, February 15, from 18:00 to 21:00.", turn = 2, most = 8,
  heard = "Ana Silva: Mia Roth is giving a party at the Lantern on Saturday, February 15, from 18:00 to 21:00.", plans = "Nothing.",
  schedule = "12:00-13:00 cooking lunch",
  subject = "nutrition", a = "iron", b = "sodium", c = "iodine", d = "zinc", conversation = "(nothing yet)", memories = { "Thursday February 13, 2025, 12:00: Rosa Delgado is cooking lunch" },
  recent = { today = 0, last_hour = 0, free = 30, awake_minutes = 900 },
}

FIXTURE.options_logits = {}
for i = 1, 65 do FIXTURE.options_logits[i] = 0 end

local function fixture_for(name, input)
  if name == "resident/next_line" and input == "memory" then return { "Rosa Delgado is cooking lunch" } end
  if name:find("^assistant/") and input == "options" then return FIXTURE.options_logits end
  return FIXTURE[input]
end

local check = {}

function check.object(schema, value, path)
  assert(type(value) == "table", path .. " must be an object")
  for _, key in ipairs(schema.required or {}) do assert(value[key] ~= nil, path .. "." .. key .. " is missing") end
  for key, item in pairs(value) do
    local inner = schema.properties[key]
    assert(inner, path .. "." .. key .. " is not in the schema")
    check[inner.type](inner, item, path .. "." .. key)
  end
end

function check.array(schema, value, path)
  assert(#value >= (schema.minItems or 0) and #value <= schema.maxItems, path .. " has " .. #value .. " items")
  for i, item in ipairs(value) do check[schema.items.type](schema.items, item, path .. "[" .. i .. "]") end
end

function check.string(schema, value, path)
  assert(type(value) == "string" and utf8.len(value) >= (schema.minLength or 0), path)
  assert(utf8.len(value) <= (schema.maxLength or math.maxinteger), path)
end

function check.boolean(_, value, path)
  assert(type(value) == "boolean", path .. " is " .. tostring(value))
end

function check.integer(schema, value, path)
  assert(math.type(value) == "integer" and value >= schema.minimum and value <= schema.maximum, path .. " is " .. tostring(value))
end

describe("prompts", function()
  for _, name in ipairs(prompt.names) do
    it(name .. " is well formed", function() prompt.check(name) end)

    it(name .. " has an offline answer that passes its schema", function()
      local inputs = {}
      for _, input in ipairs(prompt.input_names(name)) do
        inputs[input] = fixture_for(name, input)
        assert(inputs[input] ~= nil, "no fixture for " .. input)
      end
      local of = name:gsub("/", ".")
      local file = require("prompts." .. of)
      local answer = require("offline." .. of)(inputs, rng.stream("test"))
      check.object(file.answer, answer, "answer")
      if file.check then assert(file.check(answer, inputs)) end
    end)
  end
end)

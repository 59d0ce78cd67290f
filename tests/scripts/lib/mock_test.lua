local json = require "json"
local mock = require "propersim.mock"
local rng = require "rng"

local function chat(request)
  return mock.chat(json.encode(request), rng.stream "test")
end

local function schema_of(schema)
  return { messages = json.array(), response_format = { type = "json_schema", json_schema = { name = "a", schema = schema } } }
end

describe("mock", function()
  it("answers our prompts by their offline answerers", function()
    local inputs = { options = { "kitchen", "bathroom" }, action = "cooking lunch", identity = "Rosa", text = "cooking lunch" }
    local want = require "offline.resident.importance_event"(inputs, rng.stream "test")
    local asked = { prompt = "resident/importance_event", seed = "1", inputs = inputs }
    local text = chat { messages = json.array(), propersim = asked }
    assert.same(json.decode(text), want)
  end)

  it("says what is wrong with a request", function()
    local cases = {
      [ [[{"messages":[],"propersim":{"prompt":"../x","inputs":{}}}]] ] = "must be like rater/timing",
      [ [[{"messages":[],"propersim":{"prompt":"resident/nothing","inputs":{}}}]] ] = "no offline answerer",
      [ [[{"messages":[],"propersim":{"prompt":"resident/event_triple","inputs":{}}}]] ] = "failed",
      [ [[{"messages":]] ] = "line 1",
    }
    for body, want in pairs(cases) do
      local text, err = mock.chat(body, rng.stream "test")
      assert.equal(text, nil)
      assert(err:find(want, 1, true), err)
    end
  end)

  it("conforms to schemas", function()
    local schema = {
      type = "object", required = { "a", "b", "c", "d", "e", "f", "g" },
      properties = {
        a = { type = "integer", minimum = 3, maximum = 5 }, b = { type = "array", minItems = 4, items = { type = "boolean" } },
        c = { type = "string", minLength = 30, maxLength = 35 }, d = { enum = { "x", "y" } }, e = { ["$ref"] = "#/$defs/deep" },
        f = { type = { "null", "number" }, exclusiveMinimum = 100 }, g = { anyOf = { { const = 7 }, { type = "string" } } },
      },
      ["$defs"] = { deep = { type = "object", properties = { z = { type = "null" } } } },
    }
    for _ = 1, 50 do
      local value = json.decode(chat(schema_of(schema)))
      assert(math.type(value.a) == "integer" and value.a >= 3 and value.a <= 5)
      assert(#value.b == 4 and type(value.b[1]) == "boolean")
      assert(#value.c >= 30 and #value.c <= 35)
      assert(value.d == "x" or value.d == "y")
      assert.equal(value.e.z, json.null)
      assert(value.f > 100)
      assert.equal(value.g, 7)
    end
  end)

  it("says something plausible to anybody else, in JSON if that is wanted", function()
    assert(#chat { messages = json.array() } > 20)
    assert(#json.decode(chat { messages = json.array(), response_format = { type = "json_object" } }).text > 20)
  end)
end)

--- What `propersim mock` says: our own prompts by their offline answerers, any other chat by JSON that conforms to the
--- schema that is asked for, or by a plausible text.

local json = require "json"

local mock = {}

local SENTENCES = {
  "I am in the kitchen, and the kettle is on.", "It has been a quiet morning so far.", "I would rather finish this page first.",
  "A short walk before lunch sounds good.", "The window is open, and the street is loud today.",
  "Let me think about it for a moment.",
  "There is still bread from yesterday.", "I have promised to call my sister in the evening.", "That is kind of you, thank you.",
  "The plants need water again.", "I slept well and got up early.", "Tomorrow there will be more time for it.",
}
local WORDS = { "kitchen", "morning", "walk", "tea", "garden", "letter", "window", "evening", "music", "bread" }

--- Some sentences, two to four of them, none twice.
---@param rng RandomStream
---@return string
function mock.plausible(rng)
  local drawn, sentences = rng:shuffle(SENTENCES), {}
  for i = 1, rng:between(2, 4) do sentences[i] = drawn[i] end
  return table.concat(sentences, " ")
end

local make = {}

-- The part of the document that "#/$defs/name" stands for.
local function follow(reference, root)
  local at = root
  for part in reference:sub(2):gmatch("[^/]+") do
    at = type(at) == "table" and at[part] or nil
  end
  return at
end

local function kind_of(schema)
  local kind = schema.type
  if type(kind) == "table" then kind = kind[1] == "null" and kind[2] or kind[1] end
  if kind then return kind end
  return schema.properties and "object" or schema.items and "array" or "string"
end

local function conform(schema, rng, root)
  if type(schema) ~= "table" then return WORDS[1] end -- `true`: anything
  if schema["$ref"] then return conform(follow(schema["$ref"], root), rng, root) end
  if schema.const ~= nil then return schema.const end
  if schema.enum then return rng:pick(schema.enum) end
  local one = schema.anyOf or schema.oneOf or schema.allOf
  if one then return conform(one[1], rng, root) end
  return (make[kind_of(schema)] or make.null)(schema, rng, root)
end

function make.object(schema, rng, root)
  local object = {}
  for name, inner in pairs(schema.properties or {}) do object[name] = conform(inner, rng, root) end
  return object
end

function make.array(schema, rng, root)
  local low, high = schema.minItems or 1, schema.maxItems or math.huge
  local list = json.array()
  for i = 1, math.min(math.max(low, 2), high) do list[i] = conform(schema.items, rng, root) end
  return list
end

function make.string(schema, rng)
  local low, high = schema.minLength or 1, math.min(schema.maxLength or 80, 4000)
  local text = rng:pick(WORDS)
  while #text < low do text = text .. " " .. rng:pick(WORDS) end
  return text:sub(1, math.max(high, low))
end

-- The least and the greatest number that the schema allows, no further apart than from 0 to 10 where it leaves that open.
local function range(schema, step)
  local low = schema.minimum or schema.exclusiveMinimum and schema.exclusiveMinimum + step
  local high = schema.maximum or schema.exclusiveMaximum and schema.exclusiveMaximum - step
  low = low or high and math.min(0, high) or 0
  return low, high or math.max(low, 10)
end

function make.integer(schema, rng)
  local low, high = range(schema, 1)
  return rng:between(math.ceil(low), math.max(math.ceil(low), math.floor(high)))
end

function make.number(schema, rng)
  local low, high = range(schema, 0.001)
  return low + (high - low) * rng:unit()
end

function make.boolean(_, rng) return rng:chance(0.5) end
function make.null() return json.null end

--- A value that conforms to a JSON schema. `pattern`, `format` and `multipleOf` are not looked at.
---@param schema table
---@param rng RandomStream
---@return any
function mock.conforming(schema, rng)
  return conform(schema, rng, schema)
end

-- The answer to one of our prompts, from what the client sent along for that.
local function offline(asked, rng)
  local name = asked.prompt
  if not name:find("^[%w_]+/[%w_]+$") then return nil, "propersim.prompt must be like rater/timing, not " .. name end
  local found, answerer = pcall(require, "offline." .. name:gsub("/", "."))
  if not found then return nil, "there is no offline answerer for the prompt " .. name .. ": " .. tostring(answerer) end
  local ok, answer = pcall(answerer, asked.inputs, rng)
  if not ok then return nil, "the offline answerer of " .. name .. " failed: " .. tostring(answer) end
  return json.encode(answer)
end

--- What the model says to a chat request.
---@param body string the request, as it came
---@param rng RandomStream of our question, or of the request if it is none of ours
---@return string|nil text
---@return string|nil err what is wrong with the request
function mock.chat(body, rng)
  local request, err = json.decode(body)
  if request == nil then return nil, err end
  if request.propersim then return offline(request.propersim, rng) end
  local format = request.response_format
  if format and format.type == "json_schema" then
    return json.encode(mock.conforming(format.json_schema.schema or {}, rng))
  elseif format and format.type == "json_object" then
    return json.encode({ text = mock.plausible(rng) })
  end
  return mock.plausible(rng)
end

return mock

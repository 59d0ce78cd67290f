--- Prompts: what a prompt file must hold, and the list of them.
---
--- A prompt file returns { version, role, inputs, offline, system, user, answer, check? }. `inputs` are the declared inputs
--- (name -> "text", "number" or "list") whose fields {{name}} may stand in the texts; `offline` names further inputs that only
--- the offline answerer gets: parameters of the offline model, never texts that a language model would need.

local prompt = {}

local ROLES = { resident = true, rater = true, assistant = true, summary = true }
local TYPES = { text = true, number = true, list = true }

--- All prompts, by name.
prompt.names = {
  "resident/wake_up", "resident/daily_plan", "resident/revise_identity", "resident/hourly_schedule", "resident/decompose",
  "resident/sector", "resident/arena", "resident/object", "resident/emoji", "resident/event_triple", "resident/object_state",
  "resident/importance_event", "resident/importance_thought", "resident/importance_chat", "resident/focal_questions",
  "resident/insights", "resident/decide_to_talk", "resident/decide_to_react", "resident/next_line", "resident/relationship",
  "resident/summarise_conversation", "resident/memo", "resident/planning_thought", "resident/revise_schedule",
  "resident/interview",
  "rater/preference", "rater/timing", "rater/too_often", "rater/too_seldom", "rater/communication", "rater/all", "rater/revise",
  "assistant/suggest", "assistant/suggest_reason_before", "assistant/suggest_reason_after", "assistant/decide",
  "assistant/write", "assistant/tidy", "assistant/mmlu", "summary/hour", "summary/four_hours",
}

local function module_of(name, folder)
  return folder .. "." .. name:gsub("/", ".")
end

local function fail(name, format, ...)
  error("prompts/" .. name .. ".lua: " .. string.format(format, ...), 0)
end

local function check_fields(name, p, part)
  for field in p[part]:gmatch("{{(.-)}}") do
    if not p.inputs[field] then
      fail(name, "%s has the field {{%s}}, which is not among `inputs`", part, field)
    end
  end
end

--- Raises, naming file and key, if a prompt is not as it must be or has no offline answerer.
---@param name string "rater/timing"
function prompt.check(name)
  local p = require(module_of(name, "prompts"))
  if type(p) ~= "table" then fail(name, "must return a table") end
  if math.type(p.version) ~= "integer" then fail(name, "version must be a whole number") end
  if not ROLES[p.role] then fail(name, "role must be resident, rater, assistant or summary") end
  if type(p.inputs) ~= "table" then fail(name, "inputs must be a table: name -> text, number or list") end
  for input, kind in pairs(p.inputs) do
    if not TYPES[kind] then fail(name, "inputs.%s must be text, number or list", input) end
  end
  if type(p.offline) ~= "table" then fail(name, "offline must be a list of names (it may be empty)") end
  for _, part in ipairs { "system", "user" } do
    if type(p[part]) ~= "string" then fail(name, "%s must be a text", part) end
    check_fields(name, p, part)
  end
  if type(p.answer) ~= "table" or p.answer.type ~= "object" then fail(name, "answer must be a schema of type object") end
  if p.draws_as ~= nil and type(p.draws_as) ~= "string" then fail(name, "draws_as must be the name of a prompt") end
  if p.check ~= nil and type(p.check) ~= "function" then fail(name, "check must be a function") end
  if type(require(module_of(name, "offline"))) ~= "function" then
    error("scripts/offline/" .. name .. ".lua: must return a function of inputs and a random stream", 0)
  end
end

--- The names of the inputs that a model gets: the declared ones.
---@param name string
---@return string[]
function prompt.declared_names(name)
  local names = {}
  for input in pairs(require(module_of(name, "prompts")).inputs) do names[#names + 1] = input end
  return names
end

--- The names of all inputs that the offline answerer gets: the declared ones, then those that only it gets.
---@param name string
---@return string[]
function prompt.input_names(name)
  local names = prompt.declared_names(name)
  for _, input in ipairs(require(module_of(name, "prompts")).offline) do names[#names + 1] = input end
  return names
end

--- The keys of the answer to a prompt, in the order in which they are asked for.
---@param name string
---@return string[]
function prompt.answer_keys(name)
  return require(module_of(name, "prompts")).answer.required
end

-- A list in the middle of a line is written as "a, b, c"; one that has a line to itself as numbered lines.
local function write_list(list, alone)
  if not alone then return table.concat(list, ", ") end
  local lines = {}
  for i, item in ipairs(list) do lines[i] = i .. ". " .. item end
  return table.concat(lines, "\n")
end

local function write_value(kind, value, alone)
  if kind == "list" then return write_list(value, alone) end
  if kind == "number" then return string.format("%.14g", value) end
  return value
end

-- Values are put in as they are: fields that stand in a value mean nothing.
local function fill(p, text, inputs)
  local lines = {}
  for line in (text .. "\n"):gmatch("(.-)\n") do
    lines[#lines + 1] = line:gsub("{{([%w_]+)}}", function(field)
      return write_value(p.inputs[field], inputs[field], line == "{{" .. field .. "}}")
    end)
  end
  return table.concat(lines, "\n")
end

--- The messages of a question.
---@param name string "rater/timing"
---@param inputs table all that the prompt declares
---@return string system
---@return string user
function prompt.render(name, inputs)
  local p = require(module_of(name, "prompts"))
  return fill(p, p.system, inputs), fill(p, p.user, inputs)
end

--- Checks all prompts; the host calls this before it puts a set of scripts in force.
function prompt.check_all()
  for _, name in ipairs(prompt.names) do prompt.check(name) end
end

return prompt

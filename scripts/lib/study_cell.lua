--- Checks of a condition's options that hang together: what one of them alone cannot say.

local persona = require "propersim.persona"

local study_cell = {}

local RUBRIC = { personal_preference = true, timing = true, frequency = true, communication_safety = true }

local function with(base, overrides)
  local out = {}
  for key, value in pairs(base) do out[key] = value end
  for key, value in pairs(overrides or {}) do out[key] = value end
  return out
end

local function check_rubric(rubric)
  for key, text in pairs(rubric or {}) do
    if not RUBRIC[key] then
      return "change.rubric", "has no text '" .. tostring(key) .. "'; known are personal_preference, timing, frequency and "
        .. "communication_safety"
    end
    if type(text) ~= "string" then return "change.rubric." .. key, "must be a text" end
  end
end

-- The wishes that result must be whole for every person of the study.
local function check_preferences(change, personas)
  for _, id in ipairs(change.to and { change.to } or personas) do
    local problem = persona.check_preferences(with(require("personas." .. id).preferences, change.preferences))[1]
    if problem then
      return "change." .. problem:match("^[^:]*"), problem:match("^[^:]*: (.*)$") .. " (as changed for " .. id .. ")"
    end
  end
end

local function check_parts(change)
  if not (change.to or change.preferences or change.rubric) then
    return "change.day", "something must change on that day: give change.to, change.preferences or change.rubric"
  end
  if change.routine and not change.to then
    return "change.routine", "whose routine? Give change.to, the id of a persona"
  end
  if change.until_day > 0 and change.until_day <= change.day then
    return "change.until_day", "must lie after change.day"
  end
end

local function check_persona(to)
  if not to then return end
  local found, p = pcall(require, "personas." .. to)
  if not found then return "change.to", "there is no persona '" .. to .. "'" end
  local problem = persona.check(p, to)[1]
  if problem then return "change.to", to .. ": " .. problem end
end

local function check_change(cell, personas)
  local change = cell.change
  if change.day == 0 then
    for _, key in ipairs { "to", "preferences", "rubric" } do
      if change[key] then return "change." .. key, "on which day? Give change.day" end
    end
    return nil
  end
  local key, problem = check_parts(change)
  if not key then key, problem = check_persona(change.to) end
  if not key then key, problem = check_rubric(change.rubric) end
  if not key and change.preferences then key, problem = check_preferences(change, personas) end
  if not key and cell.models.rater == "offline" and change.rubric and not (change.preferences or change.to) then
    return "change.preferences", "the offline rater reads preferences, not the rubric; give the preferences that are different"
  end
  if not key and cell.models.rater ~= "offline" and change.preferences and not change.rubric then
    return "change.rubric", "a rater that is a model reads the rubric, not preferences; give the texts that are different"
  end
  return key, problem
end

local function find(cells, name)
  for _, cell in ipairs(cells) do
    if cell.condition == name then return cell end
  end
end

-- The condition of this study that one starts from, if it does.
local function source_of(cells, cell)
  local start = cell.assistant.learn.start
  return start and start:sub(1, 1) == ":" and find(cells, start:sub(2)) or nil
end

local function leads_in_circle(cells, cell)
  local from = cell
  for _ = 1, #cells do
    from = source_of(cells, from)
    if not from then return false end
  end
  return true
end

local function count(t)
  local n = 0
  for _ in pairs(t) do n = n + 1 end
  return n
end

-- What is wrong with starting from what this condition of the same study learns.
local function check_source(source, learn, names)
  if source.assistant.learn.method == "none" and not source.assistant.learn.start then
    return "condition '" .. source.condition .. "' learns nothing; set its assistant.learn.method"
  end
  if learn.start_from == "others" and count(names) == 1 then
    return "starts from others, and the study has one person only; add personas, or set assistant.learn.start_from to \"own\" "
      .. "or \"all\""
  end
end

local function check_start(cells, cell, names)
  local start = cell.assistant.learn.start
  if not start then return end
  local key = "conditions." .. cell.condition .. ".assistant.learn.start"
  local folder, name = start:match("^(.*):([%w_-]+)$")
  if not folder then
    return key, "must be \"STUDY:CONDITION\" or \":CONDITION\", such as \":learning\", not \"" .. start .. "\""
  end
  if folder ~= "" then return end
  if not find(cells, name) then return key, "this study has no condition '" .. name .. "'" end
  if leads_in_circle(cells, cell) then return key, "leads in a circle: no condition could be the first" end
  local problem = check_source(find(cells, name), cell.assistant.learn, names)
  if problem then return key, problem end
end

--- What is wrong with how conditions start from each other.
---@param cells table[] all conditions
---@param names table persona id -> full name, of everybody in the study
---@return string|nil key nil if nothing is wrong
---@return string|nil problem
function study_cell.check_starts(cells, names)
  for _, cell in ipairs(cells) do
    local key, problem = check_start(cells, cell, names)
    if key then return key, problem end
  end
end

-- A trainer fine-tunes a model behind a server that can load adapters.
local function check_trainer(cell)
  local learn, model = cell.assistant.learn, cell.models.assistant
  if not learn.trainer or model == "offline" then return nil end
  if learn.method ~= "dpo" and learn.method ~= "kto" and learn.method ~= "sft" then
    return "assistant.learn.trainer", "what is it to train with? Set assistant.learn.method to dpo, kto or sft"
  end
  if cell.assistant.choose == "policy" then
    return "assistant.choose", "\"policy\" does not go with learn.trainer: the model learns, and no policy that could choose"
  end
  local name = type(model) == "table" and (model.url or model.urls and model.urls[1] or model.model) or model
  if type(name) ~= "string" or not name:match("^https?://") then
    return "assistant.learn.trainer", "models.assistant must be a server of yours that loads adapters (vLLM), by its address: "
      .. "\"http://host:8000/v1#MODEL\""
  end
end

--- What is wrong with the options of a condition.
---@param cell table complete options
---@param personas string[] who the study is about
---@return string|nil key nil if nothing is wrong
---@return string|nil problem
function study_cell.check(cell, personas)
  if cell.assistant.revision and not cell.assistant.rank then
    return "assistant.revision", "needs assistant.rank = true: the rewrite is the second of two offers"
  end
  if cell.assistant.revision and (cell.assistant.policy == "gate" or cell.assistant.policy == "means") then
    return "assistant.revision", "does not go with policy " .. cell.assistant.policy .. ", which makes the second offer itself"
  end
  if cell.assistant.choose == "policy" and (cell.assistant.revision or cell.assistant.policy ~= "learned") then
    return "assistant.choose", "\"policy\" needs assistant.policy = \"learned\" and no revision: the learned policy decides"
  end
  local key, problem = check_trainer(cell)
  if key then return key, problem end
  return check_change(cell, personas)
end

return study_cell

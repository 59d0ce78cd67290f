--- What the options of a study may be: a check for each type of option (propersim.study_options), and the errors they raise.
---
--- A check gets the path of the option ("assistant.learn.beta"), its value and its description; it returns the value as it is
--- used, or raises what propersim.study turns into a text.

local text = require "text"
local options = require "propersim.study_options"
local times = require "propersim.persona_time"
local published = require "propersim.study_published"

local study_check = {}

--- The keys of a table as texts, in no order.
---@param t table
---@return string[]
function study_check.keys(t)
  local keys = {}
  for key in pairs(t) do keys[#keys + 1] = tostring(key) end
  return keys
end

--- Raises "path: message".
---@param path string
---@param format string
function study_check.fail(path, format, ...)
  error({ study_error = path .. ": " .. string.format(format, ...) }, 0)
end

--- A value as an error shows it.
---@param value any
---@return string
function study_check.show(value)
  if type(value) == "string" then return string.format("%q", #value > 40 and value:sub(1, 40) .. "..." or value) end
  if type(value) == "table" then return "a table" end
  return tostring(value)
end

local fail, show = study_check.fail, study_check.show

local function unknown_key(path, key, fields)
  local names = study_check.keys(fields)
  local near = text.nearest(tostring(key), names)
  fail(path .. tostring(key), "unknown option; %s", near and "did you mean " .. path .. near .. "?"
    or "known here: " .. table.concat(names, ", "))
end

--- Persona ids from a short text: "p01..p04 p07" is p01, p02, p03, p04, p07.
---@param ids string
---@return string[]
function study_check.personas(ids)
  local out = {}
  for part in ids:gmatch("[^%s,]+") do
    local prefix, from, to = part:match("^(%a*)(%d+)%.%.%1(%d+)$")
    if not prefix then
      out[#out + 1] = part
    else
      if tonumber(to) < tonumber(from) or tonumber(to) - tonumber(from) > 10000 then
        fail("personas", "%q is no range; write the smaller number first", part)
      end
      for i = tonumber(from), tonumber(to) do out[#out + 1] = string.format("%s%0" .. #from .. "d", prefix, i) end
    end
  end
  return out
end

--- By type of option.
local check = {}
study_check.types = check

function check.integer(path, value, option)
  if math.type(value) ~= "integer" or value < option.min or value > option.max then
    fail(path, "must be a whole number from %d to %d, not %s", option.min, option.max, show(value))
  end
  return value
end

function check.number(path, value, option)
  if type(value) ~= "number" or not (value >= option.min and value <= option.max) then
    fail(path, "must be a number from %g to %g, not %s", option.min, option.max, show(value))
  end
  return value + 0.0
end

function check.boolean(path, value)
  if type(value) ~= "boolean" then fail(path, "must be true or false, not %s", show(value)) end
  return value
end

function check.text(path, value)
  if type(value) ~= "string" or value == "" then fail(path, "must be a text, not %s", show(value)) end
  return value
end

function check.path(path, value)
  check.text(path, value)
  if value:sub(1, 1) == "/" or ("/" .. value .. "/"):find("/../", 1, true) then
    fail(path, "%s leads out of the study's folder; put the file beside the study, or below it", show(value))
  end
  return value
end

function check.date(path, value)
  if type(value) ~= "string" or not value:match("^%d%d%d%d%-%d%d%-%d%d$") then
    fail(path, "must be a date such as \"2025-02-13\", not %s", show(value))
  end
  return value
end

function check.name(path, value)
  if type(value) ~= "string" or not value:match("^[%w_-]+$") or #value > 60 then
    fail(path, "must be a name of letters, digits, - and _, not %s", show(value))
  end
  return value
end

-- What a name or table means is checked by the host, which knows the endpoints.
function check.model(path, value)
  if type(value) ~= "table" then return check.text(path, value) end
  if type(value.model) ~= "string" then
    fail(path .. ".model", "must be the model's name, such as \"openai:gpt-4o-mini\", not %s", show(value.model))
  end
  return value
end

local function is_among(value, values)
  for _, allowed in ipairs(values) do
    if value == allowed then return true end
  end
  return false
end

function check.choice(path, value, option)
  if is_among(value, option.values) then return value end
  fail(path, "must be one of %s, not %s", table.concat(option.values, ", "), show(value))
end

function check.persona(path, value)
  return check.name(path, value)
end

function check.overrides(path, value)
  if type(value) ~= "table" then fail(path, "must be a table of what is different, not %s", show(value)) end
  return value
end

-- The name of a built-in method, or of a rule among the scripts.
function check.method(path, value, option)
  if is_among(value, option.values) then return value end
  check.name(path, value)
  local found, rule = pcall(require, "rules." .. value)
  if not found then
    fail(path, "%s is none of %s, and there is no rule of that name: %s", show(value), table.concat(option.values, ", "), rule)
  end
  if type(rule) ~= "table" or type(rule.train) ~= "function" then
    fail(path, "scripts/rules/%s.lua must return a table with a function `train`", value)
  end
  return value
end

function check.group(path, value, option)
  if type(value) ~= "table" then fail(path:sub(1, -2), "must be a table of options, not %s", show(value)) end
  for key in pairs(value) do
    if not option.fields[key] then unknown_key(path, key, option.fields) end
  end
  local out = {}
  for key, field in pairs(option.fields) do
    if value[key] ~= nil then
      out[key] = check[field.type](field.type == "group" and path .. key .. "." or path .. key, value[key], field)
    end
  end
  return out
end

function check.clock(path, value)
  if times.minutes(value) == nil then fail(path, "must be a time of the day such as \"07:30\", not %s", show(value)) end
  return value
end

function check.words(path, value)
  if type(value) ~= "table" or #value == 0 then
    fail(path, "must be a list of words, such as { \"party\", \"Lantern\" }, not %s", show(value))
  end
  for i, word in ipairs(value) do check.text(path .. "[" .. i .. "]", word) end
  return value
end

-- A list of tables with the same fields.
function check.records(path, value, option)
  if type(value) ~= "table" then fail(path, "must be a list of tables, not %s", show(value)) end
  local out = {}
  for key, item in pairs(value) do
    if math.type(key) ~= "integer" or key < 1 or key > #value then
      fail(path, "must be a plain list of tables; it has the key %s", show(key))
    end
    local here = path .. "[" .. key .. "]."
    out[key] = check.group(here, item, option)
    for _, name in ipairs(option.required) do
      if out[key][name] == nil then fail(here .. name, "is missing") end
    end
  end
  return out
end

local function list(path, value, what)
  if type(value) ~= "table" or #value == 0 then fail(path, "must be a list of %s, not %s", what, show(value)) end
  for key in pairs(value) do
    if math.type(key) ~= "integer" then fail(path, "must be a plain list of %s; it has the key %s", what, show(key)) end
  end
end

--- Raises if something stands in a list twice; returns the list.
---@param path string
---@param value any[]
---@return any[]
function study_check.no_duplicates(path, value)
  local seen = {}
  for _, item in ipairs(value) do
    if seen[item] then fail(path, "%s stands in it twice", show(item)) end
    seen[item] = true
  end
  return value
end

function check.seeds(path, value)
  list(path, value, "seeds")
  for i, seed in ipairs(value) do check.integer(path .. "[" .. i .. "]", seed, { min = 0, max = 2 ^ 53 // 1 }) end
  return study_check.no_duplicates(path, value)
end

function check.personas(path, value)
  if type(value) == "string" then value = study_check.personas(value) end
  list(path, value, "persona ids")
  for i, id in ipairs(value) do check.name(path .. "[" .. i .. "]", id) end
  return study_check.no_duplicates(path, value)
end

local MOST_PEOPLE = 64 -- SERVICES_MAX_RESIDENTS of host/script/services.h

-- A list of households, each a list of persona ids, or a text for study.personas.
function check.households(path, value)
  list(path, value, "households, such as { { \"p01\", \"p02\" }, \"p03..p05\" }")
  local out = {}
  for i, members in ipairs(value) do
    local here = path .. "[" .. i .. "]"
    out[i] = check.personas(here, members)
    if #out[i] > MOST_PEOPLE then fail(here, "has %d people; there is room for %d in a household", #out[i], MOST_PEOPLE) end
  end
  return out
end

-- A list of names, or a text with commas between them.
function check.names(path, value)
  if type(value) == "string" then
    local parts = {}
    for part in value:gmatch("[^%s,]+") do parts[#parts + 1] = part end
    value = parts
  end
  list(path, value, "names")
  for i, name in ipairs(value) do check.name(path .. "[" .. i .. "]", name) end
  return study_check.no_duplicates(path, value)
end

-- Which residents something applies to: "all", "none", or a list of persona ids.
function check.people(path, value)
  if value == "all" or value == "none" then return value end
  if type(value) == "string" then value = study_check.personas(value) end
  if type(value) ~= "table" then fail(path, "must be \"all\", \"none\" or a list of persona ids, not %s", show(value)) end
  return check.personas(path, value)
end

function check.published(path, value)
  list(path, value, "published series")
  return published.check(path, value, fail)
end

check["function"] = function(path, value)
  if type(value) ~= "function" then fail(path, "must be a function, not %s", show(value)) end
  return value
end

function check.conditions(path, value)
  if type(value) ~= "table" or next(value) == nil then
    fail(path, "must be a table of conditions, such as { frozen = { ... } }, not %s", show(value))
  end
  local out = {}
  for name, overrides in pairs(value) do
    check.name(path .. " (the name of a condition)", name)
    out[name] = check.group(path .. "." .. name .. ".", overrides, options.cell)
  end
  return out
end

return study_check

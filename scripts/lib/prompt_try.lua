--- Trying a changed prompt on stored situations (`propersim prompt try`): asking, and comparing new answers with old ones.

local json = require "json"
local prompt = require "propersim.prompt"
local stats = require "stats"

local prompt_try = {}

local DRAWS = 10000 -- of the bootstrap
local NONE = "–"

local function module_of(name, folder)
  return folder .. "." .. name:gsub("/", ".")
end

-- Exactly the inputs that the prompt declares, out of those that were stored.
local function project(name, names, inputs)
  local out = {}
  for _, input in ipairs(names) do
    if inputs[input] == nil then
      error("prompts/" .. name .. ".lua: the input '" .. input .. "' is new; what was stored has no value for it", 0)
    end
    out[input] = inputs[input]
  end
  return out
end

--- What is asked of a model in a stored situation.
---@param name string "rater/timing"
---@param stored string JSON: the inputs of the stored question
---@return string system
---@return string user
---@return string schema JSON
---@return string inputs JSON: those that the prompt declares
---@return string all JSON: with those that only the offline answerer gets
---@return string version
function prompt_try.question(name, stored)
  local inputs = json.decode(stored)
  local p = require(module_of(name, "prompts"))
  local declared = project(name, prompt.declared_names(name), inputs)
  local system, user = prompt.render(name, declared)
  return system, user, json.encode(p.answer), json.encode(declared), json.encode(project(name, prompt.input_names(name), inputs)),
    tostring(p.version)
end

--- The offline answer in a stored situation.
---@param name string
---@param stored string JSON
---@param rng RandomStream of the stored question
---@return string answer JSON
function prompt_try.offline(name, stored, rng)
  local inputs = project(name, prompt.input_names(name), json.decode(stored))
  return json.encode(require(module_of(name, "offline"))(inputs, rng))
end

--- The prompt's own check of an answer.
---@param name string
---@param answer string JSON
---@param inputs string JSON
---@return boolean fits
---@return string why
function prompt_try.check(name, answer, inputs)
  local check = require(module_of(name, "prompts")).check
  if not check then return true, "" end
  local fits, why = check(json.decode(answer), json.decode(inputs))
  return fits and true or false, why or "it is wrong"
end

-- Is a field of the answer one of few values, so that answers agree or do not?
local function is_label(schema)
  if schema.enum or schema.type == "boolean" then return true end
  return schema.type == "integer" and schema.minimum and schema.maximum and schema.maximum - schema.minimum < 20
end

local function is_number(schema)
  return schema.type == "integer" or schema.type == "number"
end

--- Share of equal labels, and Cohen's kappa (Cohen 1960): (p - e) / (1 - e), where e is the agreement by chance. kappa is nil
--- where chance alone agrees always, as when all labels are the same.
---@param pairs_ table[] { old, new }
---@return number agreement
---@return number|nil kappa
function prompt_try.kappa(pairs_)
  local n, equal, old, new = #pairs_, 0, {}, {}
  for _, pair in ipairs(pairs_) do
    local a, b = tostring(pair[1]), tostring(pair[2])
    if a == b then equal = equal + 1 end
    old[a] = (old[a] or 0) + 1
    new[b] = (new[b] or 0) + 1
  end
  local chance = 0
  for label, count in pairs(old) do chance = chance + count * (new[label] or 0) / (n * n) end
  local agreement = equal / n
  if chance >= 1 then return agreement, nil end
  return agreement, (agreement - chance) / (1 - chance)
end

--- Mean of the differences new - old, with the 95 % interval of the bootstrap over situations.
---@param pairs_ table[] { old, new }
---@param seed integer
---@return number mean
---@return number low
---@return number high
function prompt_try.shift(pairs_, seed)
  local differences = {}
  for i, pair in ipairs(pairs_) do differences[i] = pair[2] - pair[1] end
  local means = stats.bootstrap_means(differences, DRAWS, seed)
  return stats.mean(differences), stats.quantile(means, 0.025), stats.quantile(means, 0.975)
end

local function show(value)
  if value == nil or value == json.null then return NONE end
  if type(value) == "string" then return '"' .. value .. '"' end
  if type(value) == "table" then return json.encode(value) end
  return string.format("%.14g", value)
end

local function show_any(value)
  if type(value) == "boolean" then return tostring(value) end
  return show(value)
end

local function fields_of(schema)
  local names = {}
  for _, name in ipairs(schema.required or {}) do names[#names + 1] = name end
  return names
end

local function add_answer(lines, which, answer, failure, fields)
  if not answer then
    lines[#lines + 1] = "  " .. which .. "  failed: " .. (failure or "no answer")
    return
  end
  local parts = {}
  for _, field in ipairs(fields) do parts[#parts + 1] = field .. " " .. show_any(answer[field]) end
  lines[#lines + 1] = "  " .. which .. "  " .. table.concat(parts, "  ")
end

local function both(items, field)
  local list = {}
  for _, item in ipairs(items) do
    if item.old and item.new and item.old[field] ~= nil and item.new[field] ~= nil then
      list[#list + 1] = { item.old[field], item.new[field] }
    end
  end
  return list
end

local function mean(list, which)
  local values = {}
  for i, pair in ipairs(list) do values[i] = pair[which] end
  return stats.mean(values)
end

local function add_field(lines, field, schema, list, seed)
  if is_label(schema) then
    local agreement, kappa = prompt_try.kappa(list)
    lines[#lines + 1] = string.format("%s: agreement %.0f %% of %d, Cohen's kappa %s", field, 100 * agreement, #list,
      kappa and string.format("%.2f", kappa) or NONE)
  else
    local equal = 0
    for _, pair in ipairs(list) do equal = equal + (show_any(pair[1]) == show_any(pair[2]) and 1 or 0) end
    lines[#lines + 1] = string.format("%s: the same in %d of %d", field, equal, #list)
  end
  if is_number(schema) then
    local shift, low, high = prompt_try.shift(list, seed)
    lines[#lines] = lines[#lines] .. string.format("; mean %.3g → %.3g, shift %+.3g [%+.3g, %+.3g]", mean(list, 1), mean(list, 2),
      shift, low, high)
  end
end

local function count_failed(items, which)
  local n = 0
  for _, item in ipairs(items) do n = n + (item[which] and 0 or 1) end
  return n
end

--- What came of it, for people.
---@param text string JSON: { schema, seed, items = { { step, clock, who, draw, old?, new?, old_failure?, new_failure? } } }
---@return string
function prompt_try.report(text)
  local data = json.decode(text)
  local lines, fields = {}, fields_of(data.schema)
  for _, item in ipairs(data.items) do
    lines[#lines + 1] = string.format("step %d%s%s", item.step, item.draw ~= 0 and " draw " .. item.draw or "",
      item.many and " resident " .. item.who or "")
    add_answer(lines, "old", item.old, item.old_failure, fields)
    add_answer(lines, "new", item.new, item.new_failure, fields)
  end
  lines[#lines + 1] = ""
  for _, field in ipairs(fields) do
    local list = both(data.items, field)
    if #list > 0 then add_field(lines, field, data.schema.properties[field], list, data.seed) end
  end
  local old, new = count_failed(data.items, "old"), count_failed(data.items, "new")
  if old + new > 0 then lines[#lines + 1] = string.format("failed: %d → %d", old, new) end
  lines[#lines + 1] = ""
  return table.concat(lines, "\n")
end

return prompt_try

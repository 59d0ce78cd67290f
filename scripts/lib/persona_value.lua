--- Checks a table against a description of what it must hold. Knows nothing of personas. What comes from outside goes
--- through `copy` first; then nothing here can raise, and every depth and length is bounded.
---
--- A description is { is = "text"|"clock"|"number"|"flag"|"choice"|"list"|"record", ... }, see the functions in `CHECK`.
local time = require "propersim.persona_time"

local M = {}

local MAX_PROBLEMS = 100
local MAX_ITEMS = 200
local MAX_ENTRIES = 20000
local MAX_DEPTH = 8

---@class propersim.Report
---@field problems string[]
---@field full boolean? true once too many problems were found

--- Adds "path: message" to the report, up to a limit.
---@param report propersim.Report
---@param path string
---@param message string
function M.complain(report, path, message)
  local list = report.problems
  if #list < MAX_PROBLEMS then
    list[#list + 1] = path .. ": " .. message
  elseif not report.full then
    report.full = true
    list[#list + 1] = path .. ": and more; correct the ones above first"
  end
end

local complain = M.complain

local function copy_table(from, depth, budget)
  local to = {}
  for key, item in pairs(from) do
    budget.left = budget.left - 1
    if budget.left < 0 then error("it has more than " .. MAX_ENTRIES .. " entries", 0) end
    if type(item) == "table" then item = depth < MAX_DEPTH and copy_table(item, depth + 1, budget) or {} end
    -- A key that is no text or number is an entry without a name, whatever it is.
    if type(key) ~= "string" and type(key) ~= "number" then key = true end
    to[key] = item
  end
  return to
end

--- A copy of a table as plain data: without metatables, and cut off below a depth that no description reaches. Read-only
--- tables can be copied; tables that raise when they are read cannot.
---@param from table
---@return table|nil copy
---@return string|nil reason why it could not be copied
function M.copy(from)
  local ok, result = pcall(copy_table, from, 1, { left = MAX_ENTRIES })
  if ok then return result end
  return nil, type(result) == "string" and result:sub(1, 200) or "an error while it was read"
end

--- A value as it may stand in a message: short, on one line, without addresses.
---@param value any
---@return string
function M.show(value)
  local kind = type(value)
  if kind == "string" then
    local text = value:sub(1, 40):gsub("%c", "?")
    -- The cut may have split a letter; what is no UTF-8 is not shown as it is.
    local _, bad = utf8.len(text)
    if bad then text = #text - bad < 4 and text:sub(1, bad - 1) or text:gsub("[\128-\255]", "?") end
    return '"' .. text .. (#value > 40 and '..."' or '"')
  elseif kind == "number" then
    return string.format("%.6g", value)
  elseif kind == "boolean" then
    return tostring(value)
  end
  return "a " .. kind
end

--- Number of single-letter edits between two short words, neighbours swapped counting as one.
---@param a string
---@param b string
---@return integer
function M.distance(a, b)
  local before, last, row = {}, {}, {}
  for j = 0, #b do last[j] = j end
  for i = 1, #a do
    row[0] = i
    for j = 1, #b do
      local cost = a:byte(i) == b:byte(j) and 0 or 1
      row[j] = math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost)
      if i > 1 and j > 1 and a:byte(i) == b:byte(j - 1) and a:byte(i - 1) == b:byte(j) then
        row[j] = math.min(row[j], before[j - 2] + 1)
      end
    end
    before, last, row = last, row, before
  end
  return last[#b]
end

--- The nearest of some words, for "did you mean"; nil if none is near.
---@param word string
---@param words string[]
---@return string|nil
function M.nearest(word, words)
  local best, best_distance = nil, 4
  for _, candidate in ipairs(words) do
    local distance = M.distance(word:sub(1, 40):lower(), candidate)
    if distance < best_distance and distance < #candidate then
      best, best_distance = candidate, distance
    end
  end
  return best
end

local function suggest(word, words)
  local near = M.nearest(word, words)
  if near then return string.format('did you mean "%s"?', near) end
  return "use one of: " .. table.concat(words, ", ")
end

local CHECK = {}

-- { is = "text", max = bytes, match = pattern of the whole, form = what the pattern means }
function CHECK.text(report, path, value, spec)
  if type(value) ~= "string" then
    complain(report, path, "is " .. M.show(value) .. ", not a text; write it in quotes")
  elseif #value > spec.max then
    complain(report, path, string.format("has %d bytes; shorten it to %d", #value, spec.max))
  elseif not value:find("%S") then
    complain(report, path, "is empty; write " .. spec.form)
  elseif not utf8.len(value) then
    complain(report, path, "is not valid UTF-8; save the file as UTF-8")
  elseif value:find("%c") then
    complain(report, path, "holds a line break or control character; write it on one line")
  elseif spec.match and not value:find(spec.match) then
    complain(report, path, "is " .. M.show(value) .. "; write " .. spec.form)
  end
end

-- { is = "clock" }
function CHECK.clock(report, path, value)
  if not time.minutes(value) then
    complain(report, path, "is " .. M.show(value) .. ', not a time of day; write "HH:MM", 24 hours, such as "07:30"')
  end
end

-- { is = "number", min =, max =, whole = true }
function CHECK.number(report, path, value, spec)
  if type(value) ~= "number" then
    complain(report, path, "is " .. M.show(value) .. ", not a number")
  elseif not (value >= spec.min and value <= spec.max) then
    complain(report, path, string.format("is %s; it must lie between %g and %g", M.show(value), spec.min, spec.max))
  elseif spec.whole and value % 1 ~= 0 then
    complain(report, path, "is " .. M.show(value) .. "; write a whole number")
  end
end

-- { is = "flag" }
function CHECK.flag(report, path, value)
  if type(value) ~= "boolean" then
    complain(report, path, "is " .. M.show(value) .. "; write true or false")
  end
end

-- { is = "choice", of = words }
function CHECK.choice(report, path, value, spec)
  if type(value) ~= "string" then
    complain(report, path, "is " .. M.show(value) .. "; use one of: " .. table.concat(spec.of, ", "))
    return
  end
  for _, word in ipairs(spec.of) do
    if word == value then return end
  end
  complain(report, path, M.show(value) .. " is not known; " .. suggest(value, spec.of))
end

-- Keys of a table in a stable order: texts only; whether there are others is the second result.
local function text_keys(value)
  local keys, others = {}, false
  for key in pairs(value) do
    if type(key) == "string" then
      keys[#keys + 1] = key
    else
      others = true
    end
  end
  table.sort(keys)
  return keys, others
end

local function is_plain(report, path, value, form)
  if type(value) ~= "table" then
    complain(report, path, "is " .. M.show(value) .. ", not a table; write " .. form)
    return false
  end
  return true
end

-- { is = "list", of = spec, min =, max =, unique = true, form = }
function CHECK.list(report, path, value, spec)
  if not is_plain(report, path, value, spec.form) then return end
  local n, seen = 0, {}
  while value[n + 1] ~= nil and n < MAX_ITEMS do
    n = n + 1
    local item, here = value[n], string.format("%s[%d]", path, n)
    M.check(report, here, item, spec.of)
    if spec.unique and type(item) == "string" then
      if seen[item] then complain(report, here, M.show(item) .. " stands here twice; remove one") end
      seen[item] = true
    end
  end
  local entries = 0
  for _ in pairs(value) do entries = entries + 1 end
  if entries > n then
    local keys = text_keys(value)
    local what = keys[1] and "the key " .. M.show(keys[1]) or "a gap, or too many entries"
    complain(report, path, "is a list with " .. what .. "; write entries only, separated by commas")
  elseif n < spec.min then
    complain(report, path, string.format("has %d entries; write at least %d: %s", n, spec.min, spec.form))
  elseif n > spec.max then
    complain(report, path, string.format("has %d entries; at most %d are allowed", n, spec.max))
  end
end

-- { is = "record", fields = { name = spec }, form = }; a spec with `optional` may be missing.
function CHECK.record(report, path, value, spec)
  if not is_plain(report, path, value, spec.form) then return end
  local known = text_keys(spec.fields)
  local prefix = path == "" and "" or path .. "."
  for _, name in ipairs(known) do
    local field = spec.fields[name]
    if value[name] ~= nil then
      M.check(report, prefix .. name, value[name], field)
    elseif not field.optional then
      complain(report, prefix .. name, "is missing; add it" .. (field.form and ": " .. field.form or ""))
    end
  end
  local keys, others = text_keys(value)
  for _, key in ipairs(keys) do
    if not spec.fields[key] then
      complain(report, prefix .. M.show(key):gsub('"', ""), "is no known key; " .. suggest(key, known))
    end
  end
  if others then
    complain(report, path == "" and "persona" or path,
      "holds an entry without a name; write name = value, with names of: " .. table.concat(known, ", "))
  end
end

--- Checks a value against a description and adds what is wrong to the report.
---@param report propersim.Report
---@param path string where the value stands; "" at the top
---@param value any
---@param spec table
function M.check(report, path, value, spec)
  if not report.full then CHECK[spec.is](report, path, value, spec) end
end

return M

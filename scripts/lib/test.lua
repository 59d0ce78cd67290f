-- Tests of scripts: what *_test.lua files have as `describe`, `it` and `assert`. `propersim test PATH` runs them.
--
--   describe("the morning", function()
--     it("begins when the resident wakes", function()
--       assert.equal(plan.first().start, 420)
--     end)
--   end)
--
-- All functions of assert take what came first and what was expected second, then what it is about (optional).

local M = {}

local SHOWN_DEPTH, SHOWN_ENTRIES, SHOWN_TEXT = 3, 12, 300

local show

local function show_key(key)
  if type(key) == "string" and string.find(key, "^[%a_][%w_]*$") then return key end
  return "[" .. show(key, 0) .. "]"
end

local function show_table(value, depth)
  if next(value) == nil then return "{}" end
  if depth <= 0 then return "{ ... }" end
  local parts, length = {}, #value
  for i = 1, math.min(length, SHOWN_ENTRIES) do parts[i] = show(value[i], depth - 1) end
  for key, entry in pairs(value) do
    if #parts >= SHOWN_ENTRIES then
      parts[#parts + 1] = "..."
      break
    end
    if math.type(key) ~= "integer" or key < 1 or key > length then
      parts[#parts + 1] = show_key(key) .. " = " .. show(entry, depth - 1)
    end
  end
  return "{ " .. table.concat(parts, ", ") .. " }"
end

---A short text of any value, for messages.
---@param value any
---@param depth? integer how many tables deep
---@return string
function show(value, depth)
  depth = depth or SHOWN_DEPTH
  if type(value) == "string" then
    if #value > SHOWN_TEXT then return string.format("%q... (%d bytes)", value:sub(1, SHOWN_TEXT), #value) end
    return string.format("%q", value)
  end
  if type(value) ~= "table" or (getmetatable(value) or {}).__tostring then return tostring(value) end
  local ok, text = pcall(show_table, value, depth)
  return ok and text or "(a table whose keys have no order)"
end

local function about(what)
  return what and what .. ": " or ""
end

-- The place of the first difference, and what is there; nil if there is none.
local function difference(got, expected, place)
  if type(got) ~= "table" or type(expected) ~= "table" then
    if got == expected and math.type(got) == math.type(expected) then return nil end
    if got ~= got and expected ~= expected then return nil end
    return place, got, expected
  end
  if rawequal(got, expected) then return nil end
  for key, entry in pairs(expected) do
    local inner = type(key) == "string" and place .. "." .. key or place .. "[" .. tostring(key) .. "]"
    local where, a, b = difference(got[key], entry, inner)
    if where then return where, a, b end
  end
  for key, entry in pairs(got) do
    if expected[key] == nil then return place .. "[" .. show(key, 0) .. "]", entry, nil end
  end
  return nil
end

local checks = {}

---Fails unless got == expected.
function checks.equal(got, expected, what)
  if got ~= expected then
    error(string.format("%sexpected %s, got %s", about(what), show(expected), show(got)), 2)
  end
end

---Fails if got == other.
function checks.different(got, other, what)
  if got == other then error(string.format("%sexpected anything but %s", about(what), show(other)), 2) end
end

---Fails unless the two are equal all through: tables entry by entry, integers and floats told apart.
function checks.same(got, expected, what)
  local where, a, b = difference(got, expected, "")
  if where then
    local at = where == "" and "" or " at " .. where
    error(string.format("%sexpected %s, got %s%s", about(what), show(b), show(a), at), 2)
  end
end

---Fails unless got is a number within `tolerance` of expected.
function checks.near(got, expected, tolerance, what)
  local near = type(got) == "number" and math.abs(got - expected) <= tolerance -- false for NaN
  if not near then
    error(string.format("%sexpected %s (within %s), got %s", about(what), show(expected), show(tolerance), show(got)), 2)
  end
end

---Fails unless the function raises an error; with `text`, one that has it in its message. Returns the error.
function checks.error(f, text, what)
  local ok, raised = pcall(f)
  local message = type(raised) == "table" and raised.message or raised
  if ok then error(about(what) .. "expected an error" .. (text and " with " .. show(text) or ""), 2) end
  if text and not string.find(tostring(message), text, 1, true) then
    error(string.format("%sexpected an error with %s, got %s", about(what), show(text), show(message)), 2)
  end
  return raised
end

---Fails unless text holds the part, or the list holds the entry.
function checks.contains(whole, part, what)
  local found = false
  if type(whole) == "string" then
    found = string.find(whole, part, 1, true) ~= nil
  else
    for _, entry in ipairs(whole) do found = found or difference(entry, part, "") == nil end
  end
  if not found then error(string.format("%sexpected %s to hold %s", about(what), show(whole), show(part)), 2) end
end

---Fails unless the Lua pattern matches the text.
function checks.matches(text, pattern, what)
  if type(text) ~= "string" or not string.find(text, pattern) then
    error(string.format("%sexpected a text that matches %s, got %s", about(what), show(pattern), show(text)), 2)
  end
end

---Fails if got is nil or false.
function checks.truthy(got, what)
  if not got then error(about(what) .. "expected something true, got " .. show(got), 2) end
end

---Fails unless got is nil or false.
function checks.falsy(got, what)
  if got then error(about(what) .. "expected nil or false, got " .. show(got), 2) end
end

---Fails always.
function checks.fail(what)
  error(what or "failed", 2)
end

---What a test file gets: its own functions, and the list that they fill.
---@return table
function M.new()
  local tests, path = {}, {}

  local function describe(name, body)
    assert(type(name) == "string" and type(body) == "function", "describe takes a text and a function")
    path[#path + 1] = name
    body()
    path[#path] = nil
  end

  local function it(name, body)
    assert(type(name) == "string" and type(body) == "function", "it takes a text and a function")
    local words = {}
    for i, word in ipairs(path) do words[i] = word end
    words[#words + 1] = name
    tests[#tests + 1] = { name = table.concat(words, ", "), run = body }
  end

  local own = {}
  for name, check in pairs(checks) do own[name] = check end
  setmetatable(own, {
    __call = function(_, value, ...)
      if value then return value, ... end
      local message = ...
      if message == nil then message = "assertion failed!" end
      error(message, type(message) == "string" and 2 or 0)
    end,
  })
  return { tests = tests, globals = { describe = describe, it = it, assert = own } }
end

M.show = show

return M

-- A small JSON reader for the drawing scripts: objects, arrays, strings, numbers, true, false, null.
-- It is for our own files; a fault raises an error with the byte where it was found.
local json = {}

local escapes = { b = "\b", f = "\f", n = "\n", r = "\r", t = "\t" }

local function fail(at, what)
  error(("JSON: %s at byte %d"):format(what, at), 0)
end

local function skip(text, at)
  return text:find("[^ \t\r\n]", at) or #text + 1
end

local function read_string(text, at)
  local stop = at + 1
  while true do
    stop = text:find('["\\]', stop) or fail(at, "unfinished string")
    if text:sub(stop, stop) == '"' then
      break
    end
    stop = stop + 2
  end
  local raw = text:sub(at + 1, stop - 1)
  raw = raw:gsub("\\u(%x%x%x%x)", function(hex)
    return utf8.char(tonumber(hex, 16))
  end)
  raw = raw:gsub("\\(.)", function(c)
    return escapes[c] or c
  end)
  return raw, stop + 1
end

local read_value

local function read_array(text, at)
  local list = {}
  at = skip(text, at + 1)
  if text:sub(at, at) == "]" then
    return list, at + 1
  end
  while true do
    list[#list + 1], at = read_value(text, at)
    at = skip(text, at)
    local c = text:sub(at, at)
    if c == "]" then
      return list, at + 1
    elseif c ~= "," then
      fail(at, "',' or ']' expected")
    end
    at = at + 1
  end
end

local function read_object(text, at)
  local map = {}
  at = skip(text, at + 1)
  if text:sub(at, at) == "}" then
    return map, at + 1
  end
  while true do
    at = skip(text, at)
    if text:sub(at, at) ~= '"' then
      fail(at, "key expected")
    end
    local key
    key, at = read_string(text, at)
    at = skip(text, at)
    if text:sub(at, at) ~= ":" then
      fail(at, "':' expected")
    end
    map[key], at = read_value(text, at + 1)
    at = skip(text, at)
    local c = text:sub(at, at)
    if c == "}" then
      return map, at + 1
    elseif c ~= "," then
      fail(at, "',' or '}' expected")
    end
    at = at + 1
  end
end

local words = { ["true"] = true, ["false"] = false }

function read_value(text, at)
  at = skip(text, at)
  local c = text:sub(at, at)
  if c == "{" then
    return read_object(text, at)
  elseif c == "[" then
    return read_array(text, at)
  elseif c == '"' then
    return read_string(text, at)
  end
  local word = text:match("^%a+", at)
  if word == "null" then
    return nil, at + 4
  elseif words[word] ~= nil then
    return words[word], at + #word
  end
  local number = text:match("^-?%d[%d.eE+-]*", at)
  if not number or not tonumber(number) then
    fail(at, "value expected")
  end
  return tonumber(number), at + #number
end

---@param text string
---@return any
function json.decode(text)
  local value, at = read_value(text, 1)
  at = skip(text, at)
  if at <= #text then
    fail(at, "text after the value")
  end
  return value
end

---@param path string
---@return any
function json.read(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read("a")
  file:close()
  local ok, value = pcall(json.decode, text)
  if not ok then
    error(path .. ": " .. value, 0)
  end
  return value
end

return json

--- Reads the assignments of a Python file that holds nothing but settings, without Python: texts in all their forms (single,
--- double and triple quotes, raw, f-strings of earlier names, one after the other or joined by +), numbers, True, False and None.

local M = {}

local ESCAPES = { n = "\n", t = "\t", r = "\r", ["\\"] = "\\", ["'"] = "'", ['"'] = '"', ["0"] = "\0", a = "\a", b = "\b" }

-- The end of a string literal that begins at `i`, or nil if it has none.
local function end_of_string(text, i)
  local quote = text:sub(i, i)
  local mark = text:sub(i, i + 2) == quote:rep(3) and quote:rep(3) or quote
  local at = i + #mark
  while at <= #text do
    local char = text:sub(at, at)
    if char == "\\" then
      at = at + 2
    elseif text:sub(at, at + #mark - 1) == mark then
      return at + #mark - 1, #mark
    elseif char == "\n" and #mark == 1 then
      return nil
    else
      at = at + 1
    end
  end
  return nil
end

-- Cuts the text into logical lines { text, number }: comments gone, brackets and triple quotes kept together.
local function logical_lines(text)
  local lines, piece, depth, number, first = {}, {}, 0, 1, 1
  local function finish()
    lines[#lines + 1] = { text = table.concat(piece), number = first }
    piece, depth = {}, 0
  end
  local i = 1
  while i <= #text do
    local char = text:sub(i, i)
    local last = (char == '"' or char == "'") and end_of_string(text, i)
    if last then
      local literal = text:sub(i, last)
      piece[#piece + 1] = literal
      for _ in literal:gmatch("\n") do number = number + 1 end
      i = last
    elseif char == "#" then
      i = (text:find("\n", i, true) or #text + 1) - 1
    elseif char == "\\" and text:sub(i + 1, i + 1) == "\n" then
      i, number = i + 1, number + 1
    elseif char == "\n" then
      number = number + 1
      if depth <= 0 then
        finish()
        first = number
      end
    else
      if char:find("[%(%[{]") then depth = depth + 1 end
      if char:find("[%)%]}]") then depth = depth - 1 end
      piece[#piece + 1] = char
    end
    i = i + 1
  end
  finish()
  return lines
end

local function unescape(text)
  return (text:gsub("\\x(%x%x)", function(hex) return string.char(tonumber(hex, 16)) end)
    :gsub("\\(.)", function(char) return char == "\n" and "" or ESCAPES[char] or "\\" .. char end))
end

-- Puts the values of names into an f-string; nil if something else stands in its braces.
local function fill(text, known)
  local out, i = {}, 1
  while i <= #text do
    local two, name = text:sub(i, i + 1), text:match("^{%s*([%a_][%w_]*)%s*}", i)
    if two == "{{" or two == "}}" then
      out[#out + 1], i = two:sub(1, 1), i + 2
    elseif text:find("^[{}]", i) then
      if known[name] == nil then return nil end
      out[#out + 1], i = tostring(known[name]), text:find("}", i, true) + 1
    else
      local last = (text:find("[{}]", i) or #text + 1) - 1
      out[#out + 1], i = text:sub(i, last), last + 1
    end
  end
  return table.concat(out)
end

local function read_string(text, i, known)
  local prefix = text:match("^[rRbBuUfF]*", i)
  if #prefix > 2 or not text:find("^['\"]", i + #prefix) then return nil end
  local last, mark = end_of_string(text, i + #prefix)
  if not last then return nil end
  local value = text:sub(i + #prefix + mark, last - mark)
  prefix = prefix:lower()
  if not prefix:find("r", 1, true) then value = unescape(value) end
  if prefix:find("f", 1, true) then value = fill(value, known) end
  return value, last + 1
end

local CONSTANTS = { True = true, False = false }

local function read_atom(text, i, known)
  local value, after = read_string(text, i, known)
  if value ~= nil then return value, after end
  local number = text:match("^[+-]?%d[%d_]*%.?%d*[eE]?[+-]?%d*", i)
  if number then return tonumber((number:gsub("_", ""))), i + #number end
  local name = text:match("^[%a_][%w_]*", i)
  if not name then return nil end
  if CONSTANTS[name] ~= nil then return CONSTANTS[name], i + #name end
  if name == "None" then return "", i + #name end
  return known[name], i + #name
end

-- The value of an expression; nil if it is more than this reader understands.
local function read_value(text, known)
  text = text:match("^%s*(.-)%s*$")
  local inner = text:match("^%((.*)%)$")
  if inner and not inner:find(",", 1, true) then return read_value(inner, known) end
  local value, i = read_atom(text, 1, known)
  while value ~= nil do
    i = text:find("%S", i)
    if not i then return value end
    if text:sub(i, i) == "+" then i = text:find("%S", i + 1) or #text + 1 end
    local more, after = read_atom(text, i, known)
    if type(more) ~= "string" or type(value) ~= "string" then return nil end
    value, i = value .. more, after
  end
  return nil
end

---@class python_setting
---@field name string
---@field value string|number|boolean|nil nil: could not be read
---@field line integer

--- The assignments of a file in order; of a name that is assigned twice, the last one counts.
---@param text string
---@return python_setting[]
function M.settings(text)
  local out, at, known = {}, {}, {}
  text = text:gsub("\r\n?", "\n"):gsub("^\u{FEFF}", "")
  for _, line in ipairs(logical_lines(text)) do
    local name, operator, expression = line.text:match("^([%a_][%w_]*)%s*:?[%s%a%[%]]*(%+?)=([^=].*)$")
    if name then
      local value = read_value(expression, known)
      if operator == "+" then
        value = type(value) == "string" and type(known[name]) == "string" and known[name] .. value or nil
      end
      known[name] = value
      if not at[name] then
        at[name] = #out + 1
      end
      out[at[name]] = { name = name, value = value, line = line.number }
    end
  end
  return out
end

return M

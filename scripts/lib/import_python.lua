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

-- Cuts the text into statements { text, number, first }: comments gone, brackets and triple quotes kept together. first: nothing
-- stands before it on its line.
local function statements(text)
  local lines, piece, depth, number, begun, first = {}, {}, 0, 1, 1, true
  local function finish(is_end)
    lines[#lines + 1] = { text = table.concat(piece), number = begun, first = first }
    piece, depth, first = {}, 0, is_end
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
    elseif char == ";" and depth <= 0 then
      finish(false)
    elseif char == "\n" then
      number = number + 1
      if depth <= 0 then
        finish(true)
        begun = number
      end
    else
      if char:find("[%(%[{]") then depth = depth + 1 end
      if char:find("[%)%]}]") then depth = depth - 1 end
      piece[#piece + 1] = char
    end
    i = i + 1
  end
  finish(true)
  return lines
end

-- What stands behind the colon that ends the head of a block.
local function behind_head(text)
  local depth, i = 0, 1
  while i <= #text do
    local char = text:sub(i, i)
    if char == '"' or char == "'" then i = end_of_string(text, i) or i end
    if char:find("[%(%[{]") then depth = depth + 1 end
    if char:find("[%)%]}]") then depth = depth - 1 end
    if char == ":" and depth <= 0 then return text:sub(i + 1) end
    i = i + 1
  end
  return ""
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
---@field inside string|nil the word that begins the block that it stands in: it is not known whether it holds

---@class python_other
---@field text string its beginning, without any value
---@field line integer

-- Words that begin a block; what is assigned in those marked "own" is not seen outside.
local BLOCKS = { ["if"] = "open", ["elif"] = "open", ["else"] = "open", ["for"] = "open", ["while"] = "open", ["try"] = "open",
  ["except"] = "open", ["finally"] = "open", ["with"] = "open", match = "open", case = "open", def = "own", class = "own",
  async = "own" }
local GOES_ON = { ["elif"] = true, ["else"] = true, ["except"] = true, ["finally"] = true, case = true }

local ASSIGNMENT = "^%s*([%a_][%w_]*)%s*:?[%s%a%[%]]*(%+?)=([^=].*)$"

local function is_text(text)
  local _, after = read_string(text, text:find("%S") or 1, {})
  return after ~= nil and not text:find("%S", after)
end

-- No more than its beginning: what is assigned may be a key.
local function beginning(text)
  return text:match("^%s*([^=%(%[{'\"]*)"):gsub("%s+$", ""):sub(1, 40)
end

local function add_other(state, statement, text)
  if text:find("%S") and not is_text(text) then
    state.others[#state.others + 1] = { text = beginning(text), line = statement.number }
  end
end

-- Takes `name = value`, and `name = name = value` as both.
local function add_setting(state, statement, text, inside)
  local name, operator, expression = text:match(ASSIGNMENT)
  if not name then return add_other(state, statement, text) end
  if operator == "" and expression:match(ASSIGNMENT) then add_setting(state, statement, expression, inside) end
  local known, value = state.known, nil
  if operator == "" and expression:match(ASSIGNMENT) then
    value = known[expression:match(ASSIGNMENT)]
  elseif not inside then
    value = read_value(expression, known)
  end
  if operator == "+" then
    value = type(value) == "string" and type(known[name]) == "string" and known[name] .. value or nil
  end
  known[name] = value
  state.at[name] = state.at[name] or #state.settings + 1
  state.settings[state.at[name]] = { name = name, value = value, line = statement.number, inside = inside }
end

-- The blocks that a line which begins so far to the right still stands in.
local function leave_blocks(blocks, indent)
  while #blocks > 0 and indent <= blocks[#blocks].indent do blocks[#blocks] = nil end
end

local function add_statement(state, statement)
  local text, blocks = statement.text, state.blocks
  local word = text:match("^%s*([%a_]+)")
  if statement.first and text:find("%S") then
    leave_blocks(blocks, #text:match("^%s*"))
    state.rest_of = nil
  end
  local block = state.rest_of or blocks[#blocks]
  if statement.first and BLOCKS[word] and not text:match(ASSIGNMENT) then
    if not block and not GOES_ON[word] then add_other(state, statement, text) end
    local own = BLOCKS[word] == "own" or (block ~= nil and block.own)
    block = { indent = #text:match("^%s*"), word = word, own = own }
    text = behind_head(text)
    if text:find("%S") then state.rest_of = block else blocks[#blocks + 1] = block end
  end
  if not block and statement.first and text:find("^%s") then return add_other(state, statement, text) end -- Python refuses it
  if not block then return add_setting(state, statement, text) end
  if not block.own and text:match(ASSIGNMENT) then add_setting(state, statement, text, block.word) end
end

--- The assignments of a file in order; of a name that is assigned twice, the last one counts. Also every other statement outside
--- of blocks, but for texts that stand by themselves.
---@param text string
---@return python_setting[], python_other[]
function M.settings(text)
  local state = { settings = {}, others = {}, at = {}, known = {}, blocks = {} }
  text = text:gsub("\r\n?", "\n"):gsub("^\u{FEFF}", "")
  for _, statement in ipairs(statements(text)) do add_statement(state, statement) end
  return state.settings, state.others
end

return M

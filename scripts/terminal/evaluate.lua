--- `lua ...` at the terminal: runs what was typed and shows what it gives, deep but not endless.

local evaluate = {}

local DEEPEST, MOST_LINES = 6, 200

local function key_text(key)
  if type(key) == "string" and key:match("^[%a_][%w_]*$") then return key end
  return "[" .. (type(key) == "string" and string.format("%q", key) or tostring(key)) .. "]"
end

local add -- forward

local function add_table(t, indent, depth, seen, lines, before)
  if seen[t] or depth > DEEPEST or next(t) == nil then
    lines[#lines + 1] = before .. (next(t) == nil and "{}" or seen[t] and "{ ... as above }" or "{ ... }")
    return
  end
  seen[t] = true
  lines[#lines + 1] = before .. "{"
  for key, value in pairs(t) do
    if #lines >= MOST_LINES then
      lines[#lines + 1] = indent .. "  ..."
      break
    end
    add(value, indent .. "  ", depth + 1, seen, lines, indent .. "  " .. key_text(key) .. " = ")
  end
  lines[#lines + 1] = indent .. "}"
end

function add(value, indent, depth, seen, lines, before)
  if type(value) == "table" then return add_table(value, indent, depth, seen, lines, before) end
  lines[#lines + 1] = before .. (type(value) == "string" and depth > 1 and string.format("%q", value) or tostring(value))
end

--- Runs a function and shows its results.
---@param h household
---@param fn function made of what was typed; it sees the household as `h`
---@return string|nil text
---@return string|nil problem
function evaluate.run(h, fn)
  local results = table.pack(pcall(fn, h))
  if not results[1] then
    if type(results[2]) == "string" then return nil, results[2] end
    local lines = {}
    add(results[2], "", 1, {}, lines, "an error that is no text, but a " .. type(results[2]) .. ": ")
    return nil, table.concat(lines, "\n")
  end
  local lines = {}
  for i = 2, results.n do add(results[i], "", 1, {}, lines, "") end
  return table.concat(lines, "\n")
end

return evaluate

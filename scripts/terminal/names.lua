--- Which resident a person at the terminal means: number, persona id, first name, full name, or the beginning of a name.

local text = require "text"

local names = {}

local function all_names(r)
  return { r.persona.id, r.first_name, r.name, tostring(r.who) }
end

local function list(h)
  local out = {}
  for i, r in ipairs(h.residents) do out[i] = r.name end
  return table.concat(out, ", ")
end

-- The residents one of whose names is exactly this, whatever its case.
local function exact(h, wanted)
  local found = {}
  for _, r in ipairs(h.residents) do
    for _, name in ipairs(all_names(r)) do
      if name:lower() == wanted then
        found[#found + 1] = r
        break
      end
    end
  end
  return found
end

local function beginning(h, wanted)
  local found = {}
  for _, r in ipairs(h.residents) do
    if r.name:lower():sub(1, #wanted) == wanted then found[#found + 1] = r end
  end
  return found
end

local LONGEST = 60 -- bytes of a wrong text that are shown, or compared with names

--- A text as an error shows it: not longer than can be read.
---@param wrong string
---@return string
function names.cut(wrong)
  if #wrong <= LONGEST then return wrong end
  return wrong:sub(1, utf8.offset(wrong, 0, LONGEST + 1) - 1) .. "..."
end

local function nobody(h, wanted)
  local known = {}
  for _, r in ipairs(h.residents) do
    for _, name in ipairs(all_names(r)) do known[#known + 1] = name end
  end
  local near = #wanted <= LONGEST and text.nearest(wanted, known)
  return string.format("nobody here is called %q; %s", names.cut(wanted),
    near and "did you mean " .. near .. "?" or "here live " .. list(h))
end

--- The resident with this name.
---@param h household
---@param wanted string
---@return resident|nil
---@return string|nil problem
function names.find(h, wanted)
  local found = exact(h, wanted:lower())
  if #found == 0 and wanted ~= "" then found = beginning(h, wanted:lower()) end
  if #found == 1 then return found[1] end
  if #found == 0 then return nil, nobody(h, wanted) end
  return nil, string.format("%q is more than one here; say the full name or the number", names.cut(wanted))
end

-- Words of a text with the places where they end.
local function words_of(rest)
  local words, at = {}, 1
  while true do
    local from, to = rest:find("%S+", at)
    if not from or #words == 4 then return words end
    words[#words + 1] = { finish = to }
    at = to + 1
  end
end

--- Takes a name from the beginning of a text: as many words as are a name. Where one person lives alone, no name need be given.
---@param h household
---@param rest string
---@return resident|nil
---@return string rest without the name, or the problem if there is no resident
function names.take(h, rest)
  rest = rest:match("^%s*(.-)%s*$")
  local words = words_of(rest)
  for i = #words, 1, -1 do
    local found = exact(h, rest:sub(1, words[i].finish):gsub("%s+", " "):lower())
    if #found == 1 then return found[1], rest:sub(words[i].finish + 1):match("^%s*(.*)$") end
  end
  if #h.residents == 1 then return h.residents[1], rest end
  if #words == 0 then return nil, "whom? Here live " .. list(h) end
  local first = rest:sub(1, words[1].finish)
  local r, problem = names.find(h, first)
  if not r then return nil, problem end
  return r, rest:sub(words[1].finish + 1):match("^%s*(.*)$")
end

--- The resident whom a text names, and nothing else; see `take`.
---@param h household
---@param rest string
---@return resident|nil
---@return string|nil problem
function names.only(h, rest)
  local r, more = names.take(h, rest)
  if not r or more == "" then return r, more end
  if more == rest then return nil, nobody(h, more) end -- no name at its beginning: one person lives alone
  return nil, string.format("there is %q after the name", names.cut(more))
end

return names

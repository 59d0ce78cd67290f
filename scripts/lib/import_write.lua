--- Writes plain data as the text of a Lua file. Whatever the data holds, it stays within quotes or within a comment:
--- every byte that could end either is escaped or replaced.
local M = {}

local WIDTH = 100

local ESCAPES = { ["\\"] = "\\\\", ['"'] = '\\"', ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t" }

--- A text as a Lua literal on one line.
---@param text string
---@return string
function M.quote(text)
  local escaped = text:gsub('[%c"\\\127]', function(char)
    return ESCAPES[char] or string.format("\\%03d", char:byte())
  end)
  -- Line and paragraph separators of Unicode end lines in some editors.
  escaped = escaped:gsub("\u{2028}", "\\u{2028}"):gsub("\u{2029}", "\\u{2029}")
  return '"' .. escaped .. '"'
end

--- A text as comment lines.
---@param text string
---@param indent string? before the text of the lines after the first
---@return string lines each with "-- " in front and a line break behind
function M.comment(text, indent)
  local plain = text:gsub("[%c\127]+", " "):gsub("\u{2028}", " "):gsub("\u{2029}", " ")
  local lines, line = {}, "--"
  for word in plain:gmatch("[^ ]+") do
    if #line + #word > WIDTH and line:find("%w") then
      lines[#lines + 1] = line
      line = "-- " .. (indent or "")
    end
    line = line .. (line:sub(-1) == " " and "" or " ") .. word
  end
  lines[#lines + 1] = line
  return table.concat(lines, "\n") .. "\n"
end

-- A long text as several literals, cut at spaces: "..." .. "...".
local function long_quote(text, indent, used)
  if #text + used < WIDTH then return M.quote(text) end
  local pieces, piece = {}, ""
  for word in text:gmatch("[^ ]* *") do
    local room = WIDTH - (#pieces == 0 and used or #indent + 8)
    if #piece + #word > room and piece ~= "" then
      pieces[#pieces + 1] = M.quote(piece)
      piece = ""
    end
    piece = piece .. word
  end
  if piece ~= "" then pieces[#pieces + 1] = M.quote(piece) end
  return table.concat(pieces, "\n" .. indent .. "  .. ")
end

local function literal(value)
  if type(value) == "string" then return M.quote(value) end
  if math.type(value) == "float" and value % 1 == 0 and math.abs(value) < 2 ^ 53 then return string.format("%d", value) end
  return tostring(value)
end

-- A table on one line: lists as they are, records with their fields in the order of `order`.
local function flat(value, order)
  if type(value) ~= "table" then return literal(value) end
  local out = {}
  for i, item in ipairs(value) do out[i] = flat(item, order) end
  for _, key in ipairs(order) do
    if value[key] ~= nil then out[#out + 1] = key .. " = " .. flat(value[key], order) end
  end
  return #out == 0 and "{}" or "{ " .. table.concat(out, ", ") .. " }"
end

local ORDER = { "wake", "sleep", "vary", "activity", "kind", "minutes", "place", "tasks", "topic", "during", "count", "hours",
  "per", "chance", "between", "extraversion", "agreeableness", "conscientiousness", "openness", "neuroticism" }

-- Pieces on as few lines as they fit on.
local function wrap(pieces, first, indent)
  local lines, line = {}, first
  for i, piece in ipairs(pieces) do
    local last = i == #pieces and "" or ","
    if #line + #piece + 2 > WIDTH and line:find("%S") then
      lines[#lines + 1] = line:gsub(" +$", "")
      line = indent .. piece .. last
    else
      line = line .. (line:find("[{ ]$") and "" or " ") .. piece .. last
    end
  end
  lines[#lines + 1] = line
  return table.concat(lines, "\n")
end

local function fields(value)
  local out = {}
  for _, key in ipairs(ORDER) do
    if value[key] ~= nil then out[#out + 1] = key .. " = " .. flat(value[key], ORDER) end
  end
  return out
end

local function block_lines(out, block)
  local pieces = fields { activity = block.activity, kind = block.kind, minutes = block.minutes, place = block.place,
    chance = block.chance, between = block.between }
  if block.tasks then
    local tasks = {}
    for i, task in ipairs(block.tasks) do tasks[i] = M.quote(task) end
    tasks[#tasks] = tasks[#tasks] .. " }"
    local head = table.remove(tasks, 1)
    pieces[#pieces + 1] = "tasks = { " .. head
    for _, task in ipairs(tasks) do pieces[#pieces + 1] = task end
  end
  pieces[#pieces] = pieces[#pieces] .. " }"
  local indent = block.chance and "      " or "        "
  out[#out + 1] = wrap(pieces, indent .. "{ ", indent .. "  ") .. ","
end

local function day_lines(out, name, day)
  out[#out + 1] = string.format("    %s = {", name)
  out[#out + 1] = string.format("      wake = %s, sleep = %s, vary = %s,", M.quote(day.wake), M.quote(day.sleep),
    literal(day.vary))
  out[#out + 1] = "      blocks = {"
  for _, block in ipairs(day.blocks) do block_lines(out, block) end
  out[#out + 1] = "      },"
  out[#out + 1] = "    },"
end

local function list_lines(out, name, list)
  out[#out + 1] = "    " .. name .. " = {"
  for _, item in ipairs(list) do out[#out + 1] = "      " .. flat(item, ORDER) .. "," end
  out[#out + 1] = "    },"
end

--- The text of a persona file.
---@param p propersim.Persona
---@param header string comment lines
---@return string
function M.persona(p, header)
  local out = { header .. "return {" }
  out[#out + 1] = "  id = " .. M.quote(p.id) .. ","
  out[#out + 1] = "  first_name = " .. M.quote(p.first_name) .. ", last_name = " .. M.quote(p.last_name) .. ", age = "
    .. literal(p.age) .. ","
  out[#out + 1] = "  pronoun = " .. M.quote(p.pronoun) .. ","
  local traits = fields(p.big_five)
  traits[#traits] = traits[#traits] .. " }"
  out[#out + 1] = wrap(traits, "  big_five = { ", "    ") .. ","
  for _, key in ipairs { "background", "current_interests", "lifestyle", "long_term_goals", "daily_plan_req", "living_area" } do
    out[#out + 1] = "  " .. key .. " = " .. long_quote(p[key], "  ", #key + 8) .. ","
  end
  out[#out + 1] = "\n  routine = {"
  day_lines(out, "weekday", p.routine.weekday)
  day_lines(out, "weekend", p.routine.weekend)
  out[#out + 1] = #p.routine.extras == 0 and "    extras = {}," or "    extras = {"
  for _, extra in ipairs(p.routine.extras) do block_lines(out, extra) end
  if #p.routine.extras > 0 then out[#out + 1] = "    }," end
  out[#out + 1] = "  },\n\n  rubric = {"
  for _, key in ipairs { "personal_preference", "timing", "frequency", "communication_safety" } do
    out[#out + 1] = "    " .. key .. " = " .. long_quote(p.rubric[key], "    ", #key + 10) .. ","
  end
  out[#out + 1] = "  },\n\n  preferences = {"
  local wishes = p.preferences
  list_lines(out, "likes", wishes.likes)
  for _, key in ipairs { "boundaries", "receptive", "quiet", "busy", "frequency", "tones" } do
    out[#out + 1] = "    " .. key .. " = " .. flat(wishes[key], ORDER) .. ","
  end
  out[#out + 1] = "  },\n}\n"
  return table.concat(out, "\n")
end

-- The names of a table of options, sorted; its values are numbers, texts or tables of the same form.
local function option_lines(out, options, indent)
  local keys = {}
  for key in pairs(options) do keys[#keys + 1] = key end
  table.sort(keys)
  for _, key in ipairs(keys) do
    local value = options[key]
    if type(value) == "table" then
      out[#out + 1] = indent .. key .. " = {"
      option_lines(out, value, indent .. "  ")
      out[#out + 1] = indent .. "},"
    else
      out[#out + 1] = indent .. key .. " = " .. literal(value) .. ","
    end
  end
end

local function quoted_list(ids)
  local out = {}
  for i, id in ipairs(ids) do out[i] = M.quote(id) end
  return out
end

-- Who lives with whom, and who of them has an assistant.
local function household_lines(out, s)
  out[#out + 1] = "  households = {"
  for _, ids in ipairs(s.households) do out[#out + 1] = wrap(quoted_list(ids), "    { ", "      ") .. " }," end
  out[#out + 1] = "  },"
  if #s.assistants == 0 then
    out[#out + 1] = '  assistants = "none",'
  elseif #s.assistants < #s.personas then
    out[#out + 1] = wrap(quoted_list(s.assistants), "  assistants = { ", "    ") .. " },"
  end
end

--- The text of a study file.
---@param s { name: string, map: string, personas: string[], households: string[][]|nil, assistants: string[]|nil,
--- options: table }
---@param header string comment lines
---@return string
function M.study(s, header)
  local out = { header .. 'local study = require "propersim.study"', "", "return study {" }
  out[#out + 1] = "  name = " .. M.quote(s.name) .. ", days = " .. (s.days or 14) .. ", seed = 1,"
  out[#out + 1] = "  map = " .. M.quote(s.map) .. ","
  if s.households then
    household_lines(out, s)
  elseif #s.personas > 0 then
    out[#out + 1] = "  personas = { " .. table.concat(quoted_list(s.personas), ", ") .. " },"
  else
    out[#out + 1] = '  personas = study.personas "p01..p04", -- of ours'
  end
  option_lines(out, s.options, "  ")
  out[#out + 1] = "}\n"
  return table.concat(out, "\n")
end

return M

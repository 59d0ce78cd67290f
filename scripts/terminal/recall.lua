--- Showing what residents and their assistants remember.

local look = require "terminal.look"
local names = require "terminal.names"

local recall = {}

local USUAL, FOUND, MOST = 20, 10, 100000
local KINDS = { events = "event", thoughts = "thought", chats = "chat" }

local function node_lines(stream, id, lines)
  local node = stream:node(id)
  lines[#lines + 1] = string.format("%5d  %s  %-7s %2.0f  %s", id, look.short_time(node.created), node.type, node.importance,
    node.text)
  if #node.evidence > 0 then lines[#lines + 1] = "       because of " .. table.concat(node.evidence, ", ") end
  for _, line in ipairs(node.lines or {}) do lines[#lines + 1] = "       " .. line end
end

local function show(stream, ids, first, step)
  local lines = {}
  for i = first, step > 0 and #ids or 1, step do node_lines(stream, ids[i], lines) end
  return #lines > 0 and table.concat(lines, "\n") or "nothing"
end

local function latest(stream, count, kind)
  local ids = stream:latest(count, kind)
  return show(stream, ids, #ids, -1) -- oldest first, so that the newest stands last
end

local function search(stream, wanted)
  if wanted == "" then return nil, "search for what? memory NAME search TEXT" end
  return show(stream, stream:retrieve(wanted, FOUND), 1, 1)
end

--- memory NAME [events|thoughts|chats] [N] | memory NAME search TEXT | memory NAME assistant [N]
---@param h household
---@param rest string
function recall.memory(h, rest)
  local r, what = names.take(h, rest)
  if not r then return nil, what end
  local wanted = what:match("^search%s*(.*)$")
  if wanted then return search(r.memory, wanted) end
  local word, number = what:match("^(%a*)%s*(%d*)$")
  if not word or word ~= "" and word ~= "assistant" and not KINDS[word] then
    return nil, string.format("memory shows events, thoughts, chats, assistant, or search TEXT, not %q", names.cut(what))
  end
  local count = number == "" and USUAL or math.tointeger(number)
  if not count or count < 1 or count > MOST then
    return nil, string.format("how many? N is a number from 1 to %d, not %s", MOST, names.cut(number))
  end
  if word == "assistant" and not r.assistant then return nil, r.first_name .. " has no assistant" end
  return latest(word == "assistant" and r.assistant.memory or r.memory, count, KINDS[word])
end

return recall

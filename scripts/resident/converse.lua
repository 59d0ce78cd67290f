--- A conversation: line by line, each side from what it remembers; then both remember it, and may plan something because of it.

local llm = require "llm"
local clock = require "clock"
local map = require "map"
local act = require "resident.act"
local react = require "resident.react"
local whisper = require "resident.whisper"

local converse = {}

local ABOUT_OTHER, ABOUT_NEWS = 6, 6 -- memories that each line is made from
local SECONDS_PER_LINE = 20

-- What somebody brings into a conversation.
local function prepare(r, other, time)
  llm.turn(r.who)
  local about = react.recall(r, other.name, ABOUT_OTHER)
  local answer = llm.ask("resident/relationship", {
    first_name = r.first_name, other_name = other.name, relation = react.relation(r, other), statements = about,
    last_talk = react.last_talk(r, other),
  }, { key = other.name })
  table.move(react.recall(r, "news, plans, parties and invitations", ABOUT_NEWS), 1, ABOUT_NEWS, #about + 1, about)
  return {
    identity = r.identity, first_name = r.first_name, other_name = other.name, time = time,
    relationship = answer and answer.summary or react.relation(r, other), at = map.address(r.state.x, r.state.y),
    doing = react.doing(r), other_doing = react.doing(other), memory = about, most = r.options.talk.lines,
  }
end

-- The lines, "Ana Silva: Good morning!", in turns, until somebody ends it.
local function speak(first, second, time)
  local sides = { { r = first, inputs = prepare(first, second, time) }, { r = second, inputs = prepare(second, first, time) } }
  local lines = {}
  for turn = 1, first.options.talk.lines do
    local side = sides[(turn - 1) % 2 + 1]
    side.inputs.turn = turn
    side.inputs.lines = #lines > 0 and table.concat(lines, "\n") or "(nobody has said anything yet)"
    llm.turn(side.r.who)
    local answer = llm.ask("resident/next_line", side.inputs, { key = side.inputs.other_name .. turn })
    if not answer then break end -- the failed call is on record; what was said so far was said
    lines[turn] = side.r.name .. ": " .. answer.line:gsub("%s*\n%s*", " ")
    if answer.ends then break end
  end
  return lines
end

local function importance(r, summary)
  local answer = llm.ask("resident/importance_chat", { identity = r.identity, first_name = r.first_name, text = summary },
    { key = summary })
  return answer and answer.importance or 5
end

-- One side remembers the conversation, what was new in it, and what it wants to do because of it.
local function remember(r, other, lines, summary, time)
  llm.turn(r.who)
  local value, heard = importance(r, summary), table.concat(lines, "\n")
  local chat = r.memory:add { type = "chat", subject = r.name, predicate = "talk with", object = other.name, text = summary,
    importance = value, keywords = { r.name, other.name }, lines = lines }
  r.state.importance_left = r.state.importance_left - value
  r.state.since_reflection = r.state.since_reflection + 1
  r.state.talked = r.state.talked or {}
  r.state.talked[other.persona.id] = { step = clock.step(), when = time, about = summary }
  local answer = llm.ask("resident/memo", { identity = r.identity, name = r.name, other_name = other.name, lines = heard },
    { key = other.name })
  if answer and answer.memo ~= "" then whisper.think(r, answer.memo, { chat }) end
  whisper.plan_from(r, heard, { chat })
end

--- Two people talk, now: the first has spoken to the second.
---@param first resident
---@param second resident
function converse.run(first, second)
  local time = clock.date() .. ", " .. clock.time()
  local lines = speak(first, second, time)
  if #lines == 0 then return end
  llm.turn(first.who)
  local answer = llm.ask("resident/summarise_conversation", { name = first.name, other_name = second.name,
    lines = table.concat(lines, "\n") }, { key = second.name })
  local summary = answer and answer.summary or first.name .. " and " .. second.name .. " talked"
  local stop = clock.now() + #lines * SECONDS_PER_LINE
  act.talk(first, second, stop, true)
  act.talk(second, first, stop)
  remember(first, second, lines, summary, time)
  remember(second, first, lines, summary, time)
  llm.turn(first.who)
end

return converse

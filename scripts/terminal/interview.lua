--- Interviews: questions to a resident that leave no trace. They answer from who they are and what they remember.

local clock = require "clock"
local llm = require "llm"
local map = require "map"

local interview = {}

local MEMORIES = 12 -- that an answer is made from

local function doing(r)
  local s = r.state
  if not s.doing then return "sleeping" end -- the first day has not begun
  if s.walking then return "walking to the " .. s.doing.thing end
  return s.asleep and "sleeping" or s.doing.activity
end

-- The memories that matter for a question, in order of time, each with its day and time.
local function memories(r, question)
  local ids = r.memory:retrieve(question, MEMORIES)
  table.sort(ids)
  for i, id in ipairs(ids) do
    local node = r.memory:node(id)
    ids[i] = clock.date(node.created) .. ", " .. clock.time(node.created) .. ": " .. node.text
  end
  return ids
end

--- Asks a resident.
---@param h household
---@param who integer
---@param question string
---@param before string[] what was said so far, "Question: ..." and "NAME: ..." in turns
---@return string|nil answer
---@return string|nil problem
function interview.ask(h, who, question, before)
  local r = h.residents[who]
  llm.turn(who)
  local answer, problem = llm.ask("resident/interview", {
    identity = r.identity, first_name = r.first_name, time = clock.date() .. ", " .. clock.time(), doing = doing(r),
    at = map.address(r.state.x, r.state.y), memories = memories(r, question), question = question,
    conversation = #before > 0 and table.concat(before, "\n") or "(nothing yet)",
  }, { key = question })
  if not answer then return nil, "the model gave no answer: " .. tostring(problem) end
  return answer.answer
end

return interview

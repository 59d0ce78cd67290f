--- Reflection: when enough has happened, the person asks what it means and remembers the answers.

local llm = require "llm"
local reflect = {}

local QUESTIONS, INSIGHTS = 3, 5
local PER_QUESTION = 30 -- memories retrieved for a question

local function texts(r, ids)
  local lines = {}
  for i, id in ipairs(ids) do lines[i] = r.memory:text(id) end
  return lines
end

local MIDDLING = 5 -- importance of a thought that the model failed to judge

local function importances(r, insights)
  local questions = {}
  for i, insight in ipairs(insights) do
    questions[i] = { "resident/importance_thought",
      { identity = r.identity, first_name = r.first_name, text = insight.text }, { key = insight.text } }
  end
  return llm.all(questions)
end

-- Those that say something which has not been thought in this reflection.
local function fresh(insights, thought)
  local out = {}
  for _, insight in ipairs(insights) do
    if not thought[insight.text] then out[#out + 1], thought[insight.text] = insight, true end
  end
  return out
end

local function remember(r, insights, ids)
  local answers = importances(r, insights)
  for n, insight in ipairs(insights) do
    local evidence = {}
    for i, number in ipairs(insight.evidence) do evidence[i] = ids[number] end
    r.memory:add {
      type = "thought", subject = r.name, predicate = "think", object = insight.text, text = insight.text,
      importance = answers[n] and answers[n].importance or MIDDLING, evidence = evidence, keywords = { r.name },
    }
  end
end

-- A question that brings nothing to mind leads to no thought.
local function think_about(r, question, thought)
  local ids = r.memory:retrieve(question, PER_QUESTION)
  if not ids or #ids == 0 then return end -- nil: its embedding failed, which is on record
  local answer = llm.ask("resident/insights", {
    first_name = r.first_name, question = question, statements = texts(r, ids), count = INSIGHTS,
  }, { key = question })
  if answer then remember(r, fresh(answer.insights, thought), ids) end
end

local function think(r)
  local lately = r.memory:latest(r.state.since_reflection)
  local answer = llm.ask("resident/focal_questions", {
    first_name = r.first_name, memory = table.concat(texts(r, lately), "\n"), count = QUESTIONS,
  })
  local thought = {} -- texts of this reflection
  for _, question in ipairs(answer and answer.questions or {}) do think_about(r, question, thought) end
end

--- Reflects if the importance of what came in since the last time exceeds the trigger.
---@param r resident
function reflect.when_due(_, r)
  if r.state.importance_left > 0 then return end
  think(r)
  r.state.importance_left = r.options.importance_trigger
  r.state.since_reflection = 0
end

return reflect

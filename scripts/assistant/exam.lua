--- The nightly check: multiple-choice questions to the assistant, to see that learning does not hurt what it knows.

local llm = require "llm"
local mmlu = require "mmlu"
local record = require "record"

local exam = {}

local AT_ONCE = 100 -- questions that are open at the same time
local NUMBERS = { A = 0, B = 1, C = 2, D = 3 }

local function question_for(item, seq)
  return { "assistant/mmlu", {
    subject = item.subject:gsub("_", " "), question = item.question, a = item.choices[1], b = item.choices[2],
    c = item.choices[3], d = item.choices[4],
  }, { key = seq } }
end

-- Asks questions first..last and writes down what came.
local function ask(r, items, first, last)
  local questions = {}
  for seq = first, last do questions[#questions + 1] = question_for(items[seq], seq) end
  local answers = llm.all(questions)
  for i = 1, #questions do
    local item, answer = items[first + i - 1], answers[i]
    record.mmlu { who = r.who, seq = first + i - 1, subject = item.subject, question = item.question, answer = item.answer,
      given = answer and NUMBERS[answer.choice] or nil, comment = answer and answer.comment or nil }
  end
end

--- Midnight, after learning: asks what the study's questions are.
---@param r resident
function exam.overnight(r)
  local items = mmlu.questions()
  if not items then return end
  for first = 1, #items, AT_ONCE do ask(r, items, first, math.min(first + AT_ONCE - 1, #items)) end
end

return exam

--- Pairs as examples to fine-tune a language model on, in the conversational forms of TRL. `propersim export trl` and the
--- trainers of a study (assistant.learn.trainer) use this; docs/export.md describes the files.

local json = require "json"
local prompt = require "propersim.prompt"

local M = {}

local BAD = "\nGive a bad answer instead: one that would not be welcome now."

local function message(role, content)
  return { role = role, content = content }
end

-- What the model would have had to answer: JSON with the keys of the prompt's answer, in their order.
local function answer(name, offer)
  local values = { suggestion = offer.text, reason = offer.reason or "", why = offer.reason or "" }
  local parts = {}
  for i, key in ipairs(prompt.answer_keys(name)) do
    if not values[key] then error(name .. ": its answer has the key " .. key .. ", which pairs do not have", 0) end
    parts[i] = json.encode(key) .. ": " .. json.encode(values[key])
  end
  return { message("assistant", "{" .. table.concat(parts, ", ") .. "}") }
end

local function question(name, inputs, more)
  local system, user = prompt.render(name, inputs)
  return { message("system", system), message("user", user .. (more or "")) }
end

local forms = {}

function forms.dpo(name, inputs, chosen, rejected)
  return { { prompt = question(name, inputs), chosen = answer(name, chosen), rejected = answer(name, rejected) } }
end

function forms.kto(name, inputs, chosen, rejected)
  local asked = question(name, inputs)
  return { { prompt = asked, completion = answer(name, chosen), label = true },
    { prompt = asked, completion = answer(name, rejected), label = false } }
end

-- The chosen answer, and the rejected one under an instruction to write a bad one.
function forms.sft(name, inputs, chosen, rejected)
  return { { prompt = question(name, inputs), completion = answer(name, chosen) },
    { prompt = question(name, inputs, BAD), completion = answer(name, rejected) } }
end

--- The examples that a pair gives, one JSON document a line.
---@param kind "dpo"|"kto"|"sft"
---@param name string the prompt, "assistant/suggest"
---@param inputs string JSON: all that the prompt declares
---@param chosen string the offer that was rated better
---@param chosen_reason string|nil the assistant's
---@param rejected string
---@param rejected_reason string|nil
---@return string
function M.lines(kind, name, inputs, chosen, chosen_reason, rejected, rejected_reason)
  local decoded, err = json.decode(inputs)
  if not decoded then error(name .. ": its inputs are no JSON: " .. err, 0) end
  local out = {}
  local examples = forms[kind](name, decoded, { text = chosen, reason = chosen_reason },
    { text = rejected, reason = rejected_reason })
  for i, example in ipairs(examples) do out[i] = json.encode(example) .. "\n" end
  return table.concat(out)
end

return M

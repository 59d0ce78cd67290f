--- The original's options file (utils.py) as options of a study. `propersim import utils.py` calls this; docs/from-properSim.md
--- has the same table for people.

local python = require "propersim.import_python"

local M = {}

local LLAMA = "http://127.0.0.1:8000/v1#meta-llama/Llama-3.3-70B-Instruct"
local TRAINER = "python3 %s --model meta-llama/Llama-3.3-70B-Instruct --four-bit"
local TRAINERS = { dpo = "dpo.py", kto = "kto.py" } -- those that ship

-- What the original asks besides the assistant and the rater, whatever the options say.
local ALWAYS = { resident = "openai:gpt-4o-mini", summary = "openai:gpt-4o-mini", embedding = "openai:text-embedding-3-small" }

local function set(group, key, value)
  return function(o) o[group][key] = value end
end

local function nothing() end

local function rater(model)
  return set("models", "rater", model)
end

local function learn(method)
  return function(o) o.assistant.learn.method = method end
end

-- A path as a word for the shell.
local function quoted(path)
  return path:find("^[%w/._+,:@%%-]+$") and path or "'" .. path:gsub("'", "'\\''") .. "'"
end

local function replay(rule)
  return function(o) o.assistant.learn.replay = rule end
end

-- Option -> value of the original -> what it does to the study's options. The order is that of TRAIN_MODE.
local OPTIONS = {
  { "AGENT_MODEL", { ["llama-3.3-70b"] = set("models", "assistant", LLAMA),
    ["gpt-4o-mini"] = set("models", "assistant", "openai:gpt-4o-mini") } },
  { "TRAIN_METHOD", { DPO = learn "dpo", KTO = learn "kto", SFT = learn "sft", wo_train = learn "none" } },
  { "PERSONA_GIVEN", { givenpersona = set("assistant", "persona_given", true), [""] = nothing } },
  { "REASON_", { noreason = nothing, reasonleft = set("assistant", "reason", "before"),
    reasonright = set("assistant", "reason", "after") } },
  { "MEMORY_RET", { ret_suggest = set("assistant", "retrieve", 3), wo_mem_suggest = set("assistant", "retrieve", 0),
    ret_suggest_rag = set("assistant", "retrieve", 5) } },
  { "RANKING", { ranking = set("assistant", "rank", true), [""] = set("assistant", "rank", false) } },
  { "AGENT_MEMORY_LEVEL", { [""] = set("assistant", "memory", "none") } }, -- all others below
  { "EVALUATOR", { ["gpt-4o"] = rater "openai:gpt-4o", ["gpt-4o-mini"] = rater "openai:gpt-4o-mini",
    ["gemini-2.0"] = rater "gemini:gemini-2.0-flash", ["gemini-2.5"] = rater "gemini:gemini-2.5-flash",
    ["o3-mini"] = rater "openai:o3-mini", ["o4-mini"] = rater "openai:o4-mini" } },
  { "EVALUATE_SEPERATE", { seperate = set("rater", "mode", "separate"), all = set("rater", "mode", "all") } },
  { "FORCE_NOREC_RATIO", { norec0 = nothing, norec30 = set("assistant", "force_silence", 0.3),
    norec70 = set("assistant", "force_silence", 0.7), norec100 = set("assistant", "force_silence", 1) } },
  { "VISUALIZATION", { novis = nothing, vis = nothing } },
  { "REPLAY_BUFFER", { equally200 = replay "equally200", equally400 = replay "equally400", halftoday = replay "halftoday" } },
  { "REC_REVISION", { recnorev = nothing, recrev = set("assistant", "revision", true) } },
  { "MMLU_EVAL", { [""] = nothing, mmlueval = function(o) o.mmlu = { path = "own" } end } },
}
for _, level in ipairs { "A", "AS", "ASC", "ASCR", "AS9C1", "AS8C2", "ASC9R1", "ASC8R2" } do
  OPTIONS[7][2][level] = set("assistant", "memory", level)
end

-- Names that have no place in a study, and why.
local WITHOUT = {
  openai_api_key = "keys are read from the environment only: export OPENAI_API_KEY=...",
  GOOGLE_API_KEY = "keys are read from the environment only: export GEMINI_API_KEY=...",
  key_owner = "has no use",
  maze_assets_loc = "a path of the original; maps are named in the study",
  env_matrix = "a path of the original; maps are named in the study",
  env_visuals = "a path of the original; its pictures are not used",
  fs_storage = "a path of the original; runs are written where --out says",
  fs_temp_storage = "a path of the original; nothing temporary is written",
  collision_block_id = "is read from the map",
  debug = "has no use; `propersim run --help` lists what can be printed",
  HF_CACHE_DIR = "belongs to whoever serves the model (HF_HOME)",
}

local function by_name(settings)
  local out = {}
  for _, s in ipairs(settings) do out[s.name] = s end
  return out
end

-- Values, the longest first, so that none is taken for the beginning of another.
local function sorted(values)
  local list = {}
  for value in pairs(values) do
    if value ~= "" then list[#list + 1] = value end
  end
  table.sort(list, function(a, b) return #a > #b or #a == #b and a < b end)
  return list
end

-- Takes the options out of the one text that the original goes by; what is left over nobody knows.
local function read_mode(mode)
  local found, rest = {}, "_" .. mode .. "_"
  for _, option in ipairs(OPTIONS) do
    for _, value in ipairs(sorted(option[2])) do
      local first, last = rest:find("_" .. value .. "_", 1, true)
      if first then
        found[option[1]] = value
        rest = rest:sub(1, first) .. rest:sub(last)
        break
      end
    end
  end
  local unknown = {}
  for part in rest:gmatch("[^_]+") do unknown[#unknown + 1] = part end
  return found, unknown
end

local function explain_mode(mode, known, remarks)
  local found, unknown = read_mode(mode)
  for _, part in ipairs(unknown) do
    remarks[#remarks + 1] = string.format('TRAIN_MODE: "%s" is unknown; left out', part)
  end
  for _, option in ipairs(OPTIONS) do
    local name, values = option[1], option[2]
    local single, value = known[name] and known[name].value, found[name] or values[""] and "" or nil
    if known[name] and single ~= nil and single ~= value then
      remarks[#remarks + 1] = string.format('%s: is %q, but TRAIN_MODE, by which the original goes, has %s', name,
        tostring(single), value and string.format("%q", value) or "none of its values")
    end
    found[name] = value
  end
  return found
end

local function single_values(known)
  local found = {}
  for _, option in ipairs(OPTIONS) do
    local s = known[option[1]]
    if s then found[option[1]] = s.value end
  end
  return found
end

-- Sets the study's options; what does not go together is said.
local function apply(found, known, remarks)
  local o = { models = {}, rater = {}, assistant = { learn = {} } }
  for role, model in pairs(ALWAYS) do o.models[role] = model end
  for _, option in ipairs(OPTIONS) do
    local name, value = option[1], found[option[1]]
    local action = value ~= nil and option[2][value]
    if action then
      action(o)
    elseif value ~= nil then
      remarks[#remarks + 1] = string.format("%s: %q is no value of the original's; left at the usual one", name, tostring(value))
    else
      remarks[#remarks + 1] = name .. ": is not set" .. (known[name] and " in a way that could be read" or "")
        .. "; left at the usual value"
    end
  end
  return o
end

local function explain_training(learning, is_llama, trainers, remarks)
  local method = learning.method
  if not method or method == "none" then return end
  if not is_llama then
    learning.method = "none"
    remarks[#remarks + 1] = "TRAIN_METHOD: the original trains llama models only; learning is off"
  elseif not TRAINERS[method] or not trainers then
    remarks[#remarks + 1] = string.format("TRAIN_METHOD: no trainer for %s %s; name yours in assistant.learn.trainer "
      .. "(docs/learning.md). Without one, a policy beside the model learns to choose", method:upper(),
      TRAINERS[method] and "is among the installed examples" or "comes along")
  else
    learning.trainer = TRAINER:format(quoted(trainers .. "/" .. TRAINERS[method]))
    remarks[#remarks + 1] = "TRAIN_METHOD: the trainer runs each night where the study runs, and loads its adapter into the "
      .. "server of models.assistant (docs/learning.md)"
  end
end

local function explain(o, found, remarks)
  if found.AGENT_MODEL == "llama-3.3-70b" then
    remarks[#remarks + 1] = "AGENT_MODEL: the original loads the model itself; here a server on this machine has it (vLLM, say), "
      .. "see models.assistant"
  end
  if o.assistant.revision and o.assistant.rank == false then
    o.assistant.revision = nil
    remarks[#remarks + 1] = "REC_REVISION: has no effect without RANKING, in the original too; left out"
  end
  if found.EVALUATOR and not found.EVALUATOR:find("gemini", 1, true) and found.EVALUATOR ~= "gpt-4o-mini" then
    remarks[#remarks + 1] = "EVALUATOR: the original asked gpt-4o-mini whatever stood here; the study asks " .. o.models.rater
  end
  if found.VISUALIZATION == "vis" then
    remarks[#remarks + 1] = "VISUALIZATION: nothing to set: `propersim run --serve` shows a study while it runs, "
      .. "`propersim serve` any study"
  end
  if o.mmlu then
    remarks[#remarks + 1] = "MMLU_EVAL: asks the small set that ships; mmlu.path must name your files of the dataset"
  end
  remarks[#remarks + 1] = "models: to run without keys and servers, add --set models.assistant=offline, and the same for rater, "
    .. "resident, summary and embedding"
  remarks[#remarks + 1] = "days: the original's code ends after 3000 steps, in the sixth day; the study runs the 14 days of the "
    .. "paper"
  remarks[#remarks + 1] = "ranking of memories: the original ranks the oldest highest, a fault; "
    .. "`retrieval = { oldest_first = true }` does the same"
end

local function explain_names(settings, remarks)
  local options = { ORIGIN_PERSONA = true, SAVE_DIR = true, TRAIN_MODE = true }
  for _, option in ipairs(OPTIONS) do options[option[1]] = true end
  for _, s in ipairs(settings) do
    if WITHOUT[s.name] then
      remarks[#remarks + 1] = s.name .. ": not carried over: " .. WITHOUT[s.name]
    elseif not options[s.name] then
      remarks[#remarks + 1] = string.format("%s (line %d): is no option of the original's; left out", s.name, s.line)
    elseif s.inside then
      remarks[#remarks + 1] = string.format("%s: line %d stands inside `%s`; it is not known which holds", s.name, s.line,
        s.inside)
    elseif s.value == nil then
      remarks[#remarks + 1] = string.format("%s (line %d): is more than a text or a number; could not be read", s.name, s.line)
    end
  end
end

local function explain_others(others, remarks)
  for _, other in ipairs(others) do
    remarks[#remarks + 1] = string.format("line %d: `%s` is no assignment to a name; not carried out", other.line, other.text)
  end
end

local function text_of(s)
  return s and type(s.value) == "string" and s.value ~= "" and s.value or nil
end

--- Reads the file.
---@param text string
---@param trainers string|nil the folder with the examples of trainers, if there is one
---@return table { options, remarks, persona, name, storage, matrix } the last four as the file says, if it does; or
--- { problem = why it is no such file }
function M.read(text, trainers)
  local settings, others = python.settings(text)
  local known, remarks = by_name(settings), {}
  local mode = text_of(known.TRAIN_MODE)
  local found = mode and explain_mode(mode, known, remarks) or single_values(known)
  if next(found) == nil then
    return { problem = "sets none of the original's options (TRAIN_MODE, AGENT_MODEL, ...)" }
  end
  if not mode and known.TRAIN_MODE then
    remarks[#remarks + 1] = "TRAIN_MODE: could not be read; the options of which it is made are taken as they stand"
  end
  local o = apply(found, known, remarks)
  explain_training(o.assistant.learn, o.models.assistant == LLAMA, trainers, remarks)
  explain(o, found, remarks)
  explain_names(settings, remarks)
  explain_others(others, remarks)
  return { options = o, remarks = remarks, persona = text_of(known.ORIGIN_PERSONA), name = text_of(known.SAVE_DIR),
    storage = text_of(known.fs_storage), matrix = text_of(known.env_matrix) }
end

return M

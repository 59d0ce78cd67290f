-- The original's options file: how its assignments are read, and what each option and value becomes.

local python = require "propersim.import_python"
local utils = require "propersim.import_utils"

-- The value of the last name that a text assigns.
local function value(text)
  local settings = python.settings(text)
  return settings[#settings] and settings[#settings].value
end

local NAMES = { "AGENT_MODEL", "TRAIN_METHOD", "PERSONA_GIVEN", "REASON_", "MEMORY_RET", "RANKING", "AGENT_MEMORY_LEVEL",
  "EVALUATOR",
  "EVALUATE_SEPERATE", "FORCE_NOREC_RATIO", "VISUALIZATION", "REPLAY_BUFFER", "REC_REVISION", "MMLU_EVAL" }
local USUAL = { AGENT_MODEL = "llama-3.3-70b", TRAIN_METHOD = "DPO", PERSONA_GIVEN = "", REASON_ = "noreason",
  MEMORY_RET = "ret_suggest", RANKING = "ranking", AGENT_MEMORY_LEVEL = "AS", EVALUATOR = "gemini-2.0",
    EVALUATE_SEPERATE = "seperate",
  FORCE_NOREC_RATIO = "norec0", VISUALIZATION = "novis", REPLAY_BUFFER = "equally200", REC_REVISION = "recnorev", MMLU_EVAL = "" }

-- An options file as the original's users write it, some options changed.
local function file(changes)
  local lines, mode = {}, {}
  for i, name in ipairs(NAMES) do
    lines[i] = string.format('%s = "%s" # a comment with "quotes"', name, changes and changes[name] or USUAL[name])
    mode[i] = "{" .. name .. "}"
  end
  lines[#lines + 1] = 'TRAIN_MODE = f"' .. table.concat(mode, "_") .. '"'
  return table.concat(lines, "\n")
end

local function at(options, path)
  for part in path:gmatch("[^.]+") do
    if type(options) ~= "table" then return nil end
    options = options[part]
  end
  return options
end

local function said(result, fragment)
  for _, remark in ipairs(result.remarks) do
    if remark:find(fragment, 1, true) then return true end
  end
  return false
end

describe("import_python", function()
  it("reads values as Python does", function()
    local rows = {
      { 'a = "x"', "x" }, { "a = 'x'", "x" }, { 'a="x"', "x" }, { 'a  =   "x"   # "y"', "x" },
      { 'a = "x # no comment"', "x # no comment" }, { "a = 'it\\'s'", "it's" }, { 'a = "tab\\t\\x41\\\\"', "tab\tA\\" },
      { 'a = r"c:\\new"', "c:\\new" }, { 'a = """two\nlines"""', "two\nlines" }, { "a = '''x'''", "x" },
      { 'a = ""', "" }, { "a = ''  ", "" }, { 'a = "x" "y"', "xy" }, { 'a = "x" + \'y\'', "xy" },
      { 'b = "in"\na = f"<{b}>"', "<in>" }, { 'b = "in"\na = f"{{{b}}}"', "{in}" }, { 'b = "in"\na = "<" + b + ">"', "<in>" },
      { 'a = (\n  "x"\n  "y"\n)', "xy" }, { 'a = "x" \\\n  "y"', "xy" }, { "a = 3", 3 }, { "a = -2.5", -2.5 }, { "a = 1_000",
        1000 },
      { "a = True", true }, { "a = False", false }, { "a = None", "" }, { 'a: str = "x"', "x" }, { 'a = "x"\na += "y"', "xy" },
      { 'a = "x"\r\n', "x" }, { '\u{FEFF}a = "x"', "x" }, { 'a = "x"\na = "y"', "y" },
    }
    for _, row in ipairs(rows) do
      local got = value(row[1])
      assert(got == row[2], string.format("%q: wanted %s, got %s", row[1], tostring(row[2]), tostring(got)))
    end
  end)

  it("does not make up what it cannot read", function()
    for _, text in ipairs { "a = os.environ['X']", "a = f()", "a = <<YOUR KEY>>", 'a = f"{b + 1}"', 'a = f"{unknown}"',
      "a = [1, 2]",
      'a = "x" if b else "y"', 'a = "open', "a = b", 'a = "x" + 3' } do
      local settings = python.settings(text)
      assert(#settings == 1 and settings[1].name == "a" and settings[1].value == nil, text)
    end
  end)

  it("passes by what is no assignment", function()
    for _, text in ipairs { "# a = 1", "import os", "if a == 1:", "  a = 1", '"""a = 1"""', "f(a=1)", "" } do
      assert(#python.settings(text) == 0, text)
    end
  end)

  it("takes several statements of a line, and several names of an assignment", function()
    local settings = python.settings("A = ''; B = 'x;y' ; C = 3\nD = E = 'z'")
    local got = {}
    for _, s in ipairs(settings) do got[s.name] = s.value end
    assert(got.A == "" and got.B == "x;y" and got.C == 3 and got.D == "z" and got.E == "z")
  end)

  it("does not know what holds of the assignments in a block", function()
    for _, text in ipairs { "if True:\n    A = 'x'\nelse:\n    A = 'y'", "if True: A = 'x'\nelse: A = 'y'",
      "if x: b = 1; A = 'y'", "for i in range(3):\n\n  # a comment\n  if i:\n    A = 'y'",
      "A = 'x'\ntry:\n\tA = 'y'\nexcept ValueError: pass", "with open('a: b') as f:\n  A = 'y'" } do
      local settings, others = python.settings(text)
      local last
      for _, s in ipairs(settings) do last = s.name == "A" and s or last end
      assert(last.value == nil and last.inside, text)
      assert(#others == 1, text)
    end
    local settings = python.settings("if x:\n  A = 'x'\nA = 'y'\nB = 'z'")
    assert(#settings == 2 and settings[1].value == "y" and not settings[1].inside and settings[2].value == "z", "behind it")
    assert(#python.settings("def f():\n  A = 'x'\n  if A:\n    B = 1\nclass C: A = 'y'") == 0, "names of their own")
  end)

  it("names every other statement with its line, and nothing that could be a key", function()
    local rows = {
      { "import os", "import os", 1 }, { "\n\nos.environ['K'] = 'secret'", "os.environ", 3 },
      { "A = 1; print('secret')", "print", 1 }, { "if x == 'secret':\n  pass", "if x", 1 },
      { "from a import (\n  b)", "from a import", 1 }, { "a, b = 'secret', 2", "a, b", 1 }, { "  a = 1", "a", 1 },
    }
    for _, row in ipairs(rows) do
      local _, others = python.settings(row[1])
      assert(#others == 1 and others[1].text == row[2] and others[1].line == row[3], row[1])
    end
    for _, text in ipairs { "# a", "", "'''a text'''", "A = 1 # b", "A = 1;" } do
      local _, others = python.settings(text)
      assert(#others == 0, text)
    end
  end)

  it("knows the line", function()
    local settings = python.settings('# one\nx = """\n\n"""\n\ny = 1')
    assert(settings[1].line == 2 and settings[2].line == 6)
  end)

  it("ends on any bytes", function()
    for _, text in ipairs { ("'"):rep(1000), ("a = (\n"):rep(100), ("\\"):rep(999), 'a = f"' .. ("{"):rep(500),
      ("a="):rep(500) } do
      python.settings(text)
    end
  end)
end)

describe("import_utils", function()
  it("says what it did not carry out, and what holds nobody knows", function()
    local result = utils.read(file() .. "\nimport os\nif True:\n  RANKING = ''\nelse:\n  RANKING = 'ranking'\n")
    assert(said(result, "line 16: `import os` is no assignment to a name; not carried out"))
    assert(said(result, "line 17: `if True:` is no assignment"))
    assert(said(result, "RANKING: line 20 stands inside `else`; it is not known which holds"))
    local single = utils.read("AGENT_MODEL = 'gpt-4o-mini'\nif True: RANKING = ''\nelse: RANKING = 'ranking'\n")
    assert(single.options.assistant.rank == nil, "neither")
    assert(said(single, "RANKING: is not set in a way that could be read; left at the usual value"))
  end)

  it("names the trainer where it lies, as a word for the shell", function()
    local function trainer(method, folder)
      local result = utils.read(file { TRAIN_METHOD = method }, folder)
      return result.options.assistant.learn.trainer, result
    end
    assert(trainer("DPO", "/opt/x/trainers"):find("python3 /opt/x/trainers/dpo.py --model meta-llama/", 1, true) == 1)
    assert(trainer("KTO", "/my files/it's"):find("python3 '/my files/it'\\''s/kto.py' --model", 1, true) == 1)
    local none, result = trainer("SFT", "/opt/x/trainers")
    assert(none == nil and result.options.assistant.learn.method == "sft")
    assert(said(result, "TRAIN_METHOD: no trainer for SFT comes along; name yours in assistant.learn.trainer"))
    none, result = trainer("DPO", nil)
    assert(none == nil and said(result, "no trainer for DPO is among the installed examples"))
  end)

  it("gives each option and value its place", function()
    local rows = {
      { "AGENT_MODEL", "gpt-4o-mini", "models.assistant", "openai:gpt-4o-mini" },
      { "AGENT_MODEL", "llama-3.3-70b", "models.assistant", "http://127.0.0.1:8000/v1#meta-llama/Llama-3.3-70B-Instruct" },
      { "TRAIN_METHOD", "DPO", "assistant.learn.method", "dpo" }, { "TRAIN_METHOD", "KTO", "assistant.learn.method", "kto" },
      { "TRAIN_METHOD", "SFT", "assistant.learn.method", "sft" },
      { "TRAIN_METHOD", "wo_train", "assistant.learn.method", "none" },
      { "TRAIN_METHOD", "wo_train", "assistant.learn.trainer", nil },
      { "PERSONA_GIVEN", "givenpersona", "assistant.persona_given", true },
      { "PERSONA_GIVEN", "", "assistant.persona_given", nil },
      { "REASON_", "noreason", "assistant.reason", nil }, { "REASON_", "reasonleft", "assistant.reason", "before" },
      { "REASON_", "reasonright", "assistant.reason", "after" },
      { "MEMORY_RET", "ret_suggest", "assistant.retrieve", 3 }, { "MEMORY_RET", "wo_mem_suggest", "assistant.retrieve", 0 },
      { "MEMORY_RET", "ret_suggest_rag", "assistant.retrieve", 5 },
      { "RANKING", "ranking", "assistant.rank", true }, { "RANKING", "", "assistant.rank", false },
      { "AGENT_MEMORY_LEVEL", "", "assistant.memory", "none" }, { "AGENT_MEMORY_LEVEL", "A", "assistant.memory", "A" },
      { "AGENT_MEMORY_LEVEL", "AS", "assistant.memory", "AS" }, { "AGENT_MEMORY_LEVEL", "ASC", "assistant.memory", "ASC" },
      { "AGENT_MEMORY_LEVEL", "AS9C1", "assistant.memory", "AS9C1" },
      { "AGENT_MEMORY_LEVEL", "AS8C2", "assistant.memory", "AS8C2" },
      { "AGENT_MEMORY_LEVEL", "ASCR", "assistant.memory", "ASCR" },
      { "AGENT_MEMORY_LEVEL", "ASC9R1", "assistant.memory", "ASC9R1" },
      { "AGENT_MEMORY_LEVEL", "ASC8R2", "assistant.memory", "ASC8R2" },
      { "EVALUATOR", "gpt-4o", "models.rater", "openai:gpt-4o" },
      { "EVALUATOR", "gpt-4o-mini", "models.rater", "openai:gpt-4o-mini" },
      { "EVALUATOR", "gemini-2.0", "models.rater", "gemini:gemini-2.0-flash" },
      { "EVALUATOR", "gemini-2.5", "models.rater", "gemini:gemini-2.5-flash" },
      { "EVALUATOR", "o3-mini", "models.rater", "openai:o3-mini" }, { "EVALUATOR", "o4-mini", "models.rater", "openai:o4-mini" },
      { "EVALUATE_SEPERATE", "seperate", "rater.mode", "separate" }, { "EVALUATE_SEPERATE", "all", "rater.mode", "all" },
      { "FORCE_NOREC_RATIO", "norec0", "assistant.force_silence", nil },
      { "FORCE_NOREC_RATIO", "norec30", "assistant.force_silence", 0.3 },
      { "FORCE_NOREC_RATIO", "norec70", "assistant.force_silence", 0.7 },
      { "FORCE_NOREC_RATIO", "norec100", "assistant.force_silence", 1 },
      { "REPLAY_BUFFER", "equally200", "assistant.learn.replay", "equally200" },
      { "REPLAY_BUFFER", "equally400", "assistant.learn.replay", "equally400" },
      { "REPLAY_BUFFER", "halftoday", "assistant.learn.replay", "halftoday" },
      { "MMLU_EVAL", "", "mmlu", nil }, { "MMLU_EVAL", "mmlueval", "mmlu.path", "own" },
      { "REC_REVISION", "recnorev", "assistant.revision", nil }, { "REC_REVISION", "recrev", "assistant.revision", true },
    }
    for _, row in ipairs(rows) do
      local name, chosen, path, wanted = table.unpack(row, 1, 4)
      local got = at(utils.read(file { [name] = chosen }).options, path)
      assert(got == wanted, string.format("%s = %q: %s is %s, not %s", name, chosen, path, tostring(got), tostring(wanted)))
    end
  end)

  it("takes the same options from TRAIN_MODE alone", function()
    local parts = {}
    for i, name in ipairs(NAMES) do parts[i] = USUAL[name] end
    local alone = utils.read('TRAIN_MODE = "' .. table.concat(parts, "_") .. '"').options
    local whole = utils.read(file()).options
    local json = require "json"
    assert(json.encode(alone) == json.encode(whole), json.encode(alone))
  end)

  it("goes by TRAIN_MODE where it differs from the single options, and says so", function()
    local text = file():gsub("{REPLAY_BUFFER}", "halftoday")
    local result = utils.read(text)
    assert(result.options.assistant.learn.replay == "halftoday")
    assert(said(result, 'REPLAY_BUFFER: is "equally200", but TRAIN_MODE'))
  end)

  it("tells the same model as assistant and as rater apart", function()
    local result = utils.read(file { AGENT_MODEL = "gpt-4o-mini", TRAIN_METHOD = "wo_train", EVALUATOR = "gpt-4o" })
    assert(result.options.models.assistant == "openai:gpt-4o-mini" and result.options.models.rater == "openai:gpt-4o")
    result = utils.read(file { AGENT_MODEL = "gpt-4o-mini", TRAIN_METHOD = "wo_train", EVALUATOR = "gpt-4o-mini" })
    assert(result.options.models.rater == "openai:gpt-4o-mini")
  end)

  it("says what has no counterpart, and never repeats a key", function()
    local result = utils.read('openai_api_key = "sk-secret"\nGOOGLE_API_KEY = "secret2"\nMINE = 1\n'
      .. file { VISUALIZATION = "vis" })
    for _, fragment in ipairs { "openai_api_key: not carried over", "OPENAI_API_KEY", "GEMINI_API_KEY", "MINE (line 3)",
      "--serve" } do
      assert(said(result, fragment), fragment)
    end
    assert(not said(result, "secret"))
  end)

  it("says what the original would not have done", function()
    local result = utils.read(file { AGENT_MODEL = "gpt-4o-mini" })
    assert(result.options.assistant.learn.method == "none" and said(result, "trains llama models only"))
    result = utils.read(file { RANKING = "", REC_REVISION = "recrev" })
    assert(result.options.assistant.revision == nil and said(result, "REC_REVISION"))
    assert(said(utils.read(file { EVALUATOR = "o3-mini" }), "asked gpt-4o-mini whatever stood here"))
    assert(said(utils.read(file { REPLAY_BUFFER = "equally999" }), "REPLAY_BUFFER"))
    assert(said(utils.read((file():gsub('norec0"', 'norec0_mine"'))), '"mine" is unknown'))
  end)

  it("finds persona, name and places", function()
    local result = utils.read('A = "../x"\nfs_storage = f"{A}/storage"\nenv_matrix = A + "/matrix"\nORIGIN_PERSONA = "base_1"\n'
      .. 'SAVE_DIR = "mine"\n' .. file())
    assert(result.persona == "base_1" and result.name == "mine")
    assert(result.storage == "../x/storage" and result.matrix == "../x/matrix")
  end)

  it("refuses a file without any option of the original's", function()
    assert(utils.read("x = 1").problem:find("none of the original's options", 1, true))
    assert(utils.read("").problem)
  end)
end)

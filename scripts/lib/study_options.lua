--- All options of a study: name, type, range, default, and what it does. docs/first-study.md is written from this table.

local options = {}

local MEMORY_LEVELS = { "none", "A", "AS", "ASC", "ASCR", "AS9C1", "AS8C2", "ASC9R1", "ASC8R2" }

local POLICIES = { "learned", "silent", "always", "fixed_rate", "random_rate", "means", "gate", "oracle" }

local function integer(min, max, default, about)
  return { type = "integer", min = min, max = max, default = default, about = about }
end

local function number(min, max, default, about)
  return { type = "number", min = min, max = max, default = default, about = about }
end

local function choice(values, default, about)
  return { type = "choice", values = values, default = default, about = about }
end

local function flag(default, about)
  return { type = "boolean", default = default, about = about }
end

local function model(about)
  return { type = "model", default = "offline", about = about .. ": a model's name or a table, see docs/models.md" }
end

local function overrides(about)
  return { type = "overrides", about = about }
end

local function group(fields)
  return { type = "group", fields = fields }
end

local function records(fields, required, about)
  return { type = "records", fields = fields, required = required, about = about }
end

local function people(default, about)
  return { type = "people", default = default, about = about }
end

--- What a condition may override, and the study itself sets.
options.cell = group {
  map = { type = "path", default = "maps/house.tmj",
    about = "the map, looked for in the study file's folder, then among the installed ones" },
  start = { type = "date", default = "2025-02-13", about = "date of the first day" },
  sec_per_step = integer(10, 3600, 150, "simulated seconds per step; must divide an hour"),
  models = group {
    resident = model("who answers for the resident"),
    rater = model("who rates"),
    assistant = model("who proposes"),
    summary = model("who summarises hours for the suggestion memories"),
    embedding = model("who embeds texts for retrieval"),
  },
  resident = group {
    vision_r = integer(1, 100, 8, "tiles seen in each direction"),
    att_bandwidth = integer(1, 100, 8, "events noticed at a time, the nearest first"),
    retention = integer(0, 1000, 8, "last events that are not noticed again"),
    importance_trigger = integer(1, 100000, 250, "importance that must come in before the resident reflects"),
    walk_tiles_per_second = number(0.001, 100, 1.0, "how fast residents walk"),
    talk = group {
      enabled = flag(true, "residents of one household talk with each other"),
      cooldown = integer(0, 1000000, 800, "steps before the same two talk again; 800 steps of 10 s are 2 h 13 min"),
      lines = integer(2, 40, 8, "most lines of a conversation"),
    },
  },
  retrieval = group {
    recency_w = number(0, 1000, 1, "weight of recency"),
    relevance_w = number(0, 1000, 1, "weight of relevance"),
    importance_w = number(0, 1000, 1, "weight of importance"),
    recency_decay = number(0.5, 1, 0.995, "decay per rank of recency"),
    oldest_first = flag(false, "rank the oldest memory as the most recent, as the original does"),
    record = flag(false, "write every retrieval to the run file"),
  },
  keep_prompts = flag(false, "write the text of every question to a model to the run file; replies are kept in any case"),
  mmlu = group {
    path = { type = "text",
      about = "nightly check: folder or file of the questions, or own for the small set that ships; none: no check" },
    subjects = { type = "names",
      about = "the subjects; if not said: human_aging, nutrition, world_religions, prehistory, sociology" },
    questions = integer(1, 100000, 100, "questions of each subject, drawn by the seed; the same each night"),
  },
  assistants = people("all", "which residents have an assistant: all, none, or a list of ids"),
  whispers = records({
    day = integer(1, 3650, nil, "day of the study"),
    time = { type = "clock", about = "time of the day" },
    who = { type = "name", about = "persona id of who has the thought" },
    text = { type = "text", about = "the thought, one sentence; several with ; between them" },
  }, { "day", "time", "who", "text" }, "thoughts that come to somebody at a time: { { day, time, who, text }, ... }"),
  news = records({
    name = { type = "name", about = "what it is called in the report" },
    words = { type = "words", about = "whoever has a thought with all of these knows it" },
    place = { type = "text", about = "where it happens: a sector, or sector:arena" },
    day = integer(1, 3650, nil, "day of the study on which it happens"),
    from = { type = "clock", about = "when it begins" },
    to = { type = "clock", about = "when it ends" },
  }, { "name", "words" }, "news to follow: { { name, words, place, day, from, to }, ... }; the report says who knows and comes"),
  rater = group {
    mode = choice({ "separate", "all" }, "separate", "one question per criterion, or one for all"),
    inconsistency = number(0, 0.5, 0.03, "probability that the offline rater's answer comes out the other way round"),
  },
  assistant = group {
    policy = choice(POLICIES, "learned", "who decides whether to speak, and what to say: see docs/baselines.md"),
    rate = number(0, 24, 1, "recommendations per hour of the policies fixed_rate and random_rate"),
    gate = group {
      missed = number(0, 1000, 1, "cost of a missed need for the policy gate"),
      false_alarm = number(0.001, 1000, 1, "cost of a recommendation that is not welcome for the policy gate"),
    },
    ask = choice({ "once", "decide_first" }, "once", "one question, or two: whether to speak, then what to say"),
    reason = choice({ "none", "before", "after" }, "none", "it gives a reason before or after the suggestion, or none"),
    choose = choice({ "model", "policy" }, "model", "who has the last word: the model, or the policy among drafts of the model"),
    candidates = integer(1, 20, 4, "drafts a step of which the policy chooses"),
    persona_given = flag(false, "it is told the person's rubric (an oracle's prompt); nothing is retrieved then"),
    revision = flag(false, "a first suggestion rated below 4 is rewritten by the resident, and that is the second"),
    in_context = number(0, 100, 0, "how strongly the offline model goes by what its memory tells, without training"),
    memory = choice(MEMORY_LEVELS, "AS", "what it remembers of a step: action, suggestion, score (C), reason (R)"),
    retrieve = integer(0, 100, 3, "memories retrieved for a step"),
    rank = flag(true, "draw two suggestions a step; both are rated, the second is said"),
    force_silence = number(0, 1, 0, "probability that the first of the two is replaced by No Recommendation"),
    temperature = number(0.01, 100, 1, "of the offline model's choice among its candidates"),
    explore = group {
      opposite = number(0, 1, 0, "probability that the first of the two does the opposite of the second: speaks or is silent"),
      speak = number(0, 1, 0, "probability that the first of the two speaks"),
      temperature = number(0.01, 100, 1, "of the offline model where it is made to speak by explore.speak"),
    },
    learn = group {
      method = { type = "method", values = { "none", "dpo", "ipo", "kto", "sft" }, default = "none",
        about = "how it learns overnight; any other name is a rule of your own, scripts/rules/NAME.lua" },
      start = { type = "text", about = "it starts from what was learned in a finished condition: \"STUDY:CONDITION\" (a study's "
        .. "folder beside this one's) or \":CONDITION\" of this study" },
      start_from = choice({ "others", "all", "own" }, "others",
        "whose runs it starts from: of all others (so this person is held out), of all, or of the same person"),
      replay = choice({ "equally200", "equally400", "halftoday", "all" }, "equally200",
        "which pairs a night learns from: so many of all, or today's and as many earlier ones, or all"),
      keep_prompts = choice({ "auto", "always", "never" }, "auto",
        "keep the prompts of pairs for `export trl`; auto: if the assistant is a model, or has a trainer"),
      trainer = { type = "text", about = "a command that trains the model overnight: see docs/learning.md" },
      half_life_days = number(0, 10000, 0, "earlier pairs are drawn the less often the older; 0: all alike"),
      ties = number(0, 100, 0, "weight of pairs in which silence and a recommendation both got 4: for the recommendation"),
      across = number(0, 100, 0, "weight of pairs of two explored recommendations at different moments of one kind of activity"),
      shuffle = flag(false, "negative control: which of a pair counts as better is drawn by lot"),
      beta = number(0.0001, 1000, nil, "how far the policy may move from the untrained one: the more, the less"),
      learning_rate = number(0.000001, 1000, nil, "of AdamW"),
      epochs = integer(1, 1000, nil, "times that a night goes through its pairs"),
      batch = integer(1, 10000, nil, "pairs in a batch"),
      accumulate = integer(1, 10000, nil, "batches in one step of AdamW"),
      weight_decay = number(0, 100, nil, "of AdamW"),
      linear_decay = { type = "boolean", about = "the learning rate falls to 0 over the night" },
      max_norm = number(0, 1000000, nil, "length to which a step's gradient is cut; 0: it is not cut"),
      from_reference = { type = "boolean", about = "each night starts anew from the first day's policy, not from last night's" },
      balance = number(0, 1, nil, "how far pairs in which silence wins, loses, or nobody is silent get the same weight"),
      smoothing = number(0, 0.5, nil, "of dpo: how probable it is that a rating came out the other way round"),
      kto_reference = choice({ "batch", "exact" }, nil, "of kto: its reference point is estimated as TRL does, or exact"),
      desirable = number(0, 1000, nil, "of kto: weight of what was chosen"),
      undesirable = number(0, 1000, nil, "of kto: weight of what was rejected"),
      unlikelihood = number(0, 1000, nil, "of sft: how far what was rejected is made unlikely"),
      skip_attribute = choice({ "silent", "say" }, nil, "of kto and sft: leave out silence, or all that speaks"),
    },
  },
  feedback = group {
    noise = number(0, 1, 0, "probability that a criterion of a rating reaches the assistant the other way round"),
    share = number(0, 1, 1, "share of the steps whose ratings reach the assistant"),
    delay_days = integer(0, 3650, 0, "days after which ratings reach the assistant; 0: at once"),
  },
  change = group {
    day = integer(0, 3650, 0, "the day on which the person's wishes change; 0: never"),
    until_day = integer(0, 3650, 0, "the day on which all is as before; 0: it stays"),
    gradual_days = integer(0, 3650, 0, "days over which the change comes about step by step"),
    to = { type = "persona", about = "id of the persona whose wishes they have from then on" },
    routine = flag(false, "they also live by that persona's routine"),
    preferences = overrides("what of their preferences is different then (docs/personas.md), for the offline rater"),
    rubric = overrides("what of their rubric is different then, for a rater that is a model"),
  },
}

--- What only the study as a whole has.
options.study = group {
  name = { type = "name", about = "name of the study: letters, digits, - and _" },
  days = integer(1, 3650, 14, "days to simulate"),
  seed = integer(0, 2 ^ 53 // 1, 1, "seed of all random draws"),
  seeds = { type = "seeds", about = "instead of seed: a list of seeds, each of which runs every persona" },
  personas = { type = "personas", about = "a list of ids, or study.personas \"p01..p04 p07\"" },
  households = { type = "households",
    about = "instead of personas: a list of households, each a list of ids that live together" },
  conditions = { type = "conditions", about = "name -> options that differ in this condition" },
  baseline = { type = "name", about = "the condition that the report compares all others with; without it, every pair" },
  published = { type = "published", about = "values of others that the report shows beside ours (report.md)" },
  expect = { type = "function", about = "function(result): what the finished study must show (suites.md)" },
}

return options

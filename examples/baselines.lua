-- What an assistant that learns must be compared with: nothing, habits, memory without training, adaptation without training,
-- an oracle's prompt, and the best that is possible. docs/baselines.md says what each is. About two minutes.
local study = require "propersim.study"

local recommended = {
  learn = { method = "dpo", replay = "equally400", ties = 0.5 },
  explore = { opposite = 0.25, speak = 0.25 },
}

return study {
  name = "baselines",
  baseline = "learning",
  days = 7,
  personas = study.personas "p01..p08",
  conditions = {
    silent = { assistant = { policy = "silent" } },
    always = { assistant = { policy = "always" } },
    fixed_rate = { assistant = { policy = "fixed_rate", rate = 0.5 } },
    random_rate = { assistant = { policy = "random_rate", rate = 0.5 } },
    no_memory = { assistant = { memory = "none", retrieve = 0, in_context = 1 } },
    ar = { assistant = { memory = "AS", in_context = 1 } },
    ars = { assistant = { memory = "ASC", in_context = 1 } },
    persona_given = { assistant = { persona_given = true } },
    means = { assistant = { policy = "means" } },
    gate = { assistant = { policy = "gate" } },
    learning = { assistant = recommended },
    oracle = { assistant = { policy = "oracle" } },
  },
}

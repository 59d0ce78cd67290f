-- Two assistants that are programs of their own, beside ours: propersim run examples/exec/study.lua
local study = require "propersim.study"

return study {
  name = "exec", days = 2, seed = 1,
  personas = study.personas "p01..p02",
  conditions = {
    ours = {},
    python = { models = { assistant = "exec:python3 agent.py" } },
    shell = { models = { assistant = { model = "exec:sh agent.sh", concurrency = 4, timeout = { total = 30 } } } },
  },
}

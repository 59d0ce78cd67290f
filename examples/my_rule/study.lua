-- A learning rule of one's own, scripts/rules/my_rule.lua beside this file, compared with DPO under the same conditions.
local study = require "propersim.study"

return study {
  name = "my_rule",
  days = 7,
  personas = study.personas "p01..p04",
  baseline = "dpo", -- what the report compares the others with
  assistant = {
    explore = { opposite = 0.25, speak = 0.25 },
    learn = { method = "dpo", replay = "equally400", ties = 0.5 },
  },
  conditions = {
    dpo = {},
    my_rule = { assistant = { learn = { method = "my_rule" } } },
  },
}

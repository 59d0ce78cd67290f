-- Does learning hurt what the assistant knows? Each night it is asked multiple-choice questions; the report has a table.
local study = require "propersim.study"

return study {
  name = "checked",
  days = 3,
  personas = study.personas "p01 p02",
  assistant = { learn = { method = "dpo" } },
  mmlu = { path = "own" }, -- the small set that ships; for the real one: path = "/data/mmlu"
}

-- Negative control: if ratings say nothing about what was said, nothing may be learned from them. In `shuffled`, which of
-- two offers counts as the better one is drawn by lot; its score must stay where it began, a random walk aside.
local study = require "propersim.study"

return study {
  name = "controls",
  days = 7,
  personas = study.personas "p01..p08",
  conditions = {
    frozen = {},
    learning = { assistant = { learn = { method = "dpo" } } },
    shuffled = { assistant = { learn = { method = "dpo", shuffle = true } } },
  },
}

-- Negative controls: what must not happen if an assistant learns for the right reason.
--
-- frozen     learns nothing, and stays where it is
-- shuffled   which of two offers counts as the better one is drawn by lot: its score must stay where it began, a random walk
--            aside (docs/learning.md says how far that walks)
-- learning   learns
-- swapped    learns, and on day 8 the person becomes another one (p13's wishes): the score must fall that day and come back
local study = require "propersim.study"

local learning = {
  learn = { method = "dpo", replay = "equally400", ties = 0.5, across = 0.5 },
  explore = { opposite = 0.25, speak = 0.25 },
}

return study {
  name = "controls",
  days = 14,
  personas = study.personas "p01..p04",
  baseline = "frozen", -- what the report compares the others with
  conditions = {
    frozen = {},
    shuffled = { assistant = { learn = { method = "dpo", shuffle = true } } },
    learning = { assistant = learning },
    swapped = { assistant = learning, change = { day = 8, to = "p13" } },
  },
}

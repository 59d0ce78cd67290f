-- All 32 people for two weeks: an assistant that stays as it is, one that learns from pairs as they come, and one whose first
-- offer explores, so that it goes on learning when to speak once it has become quiet (docs/learning.md).
local study = require "propersim.study"

return study {
  name = "learning",
  days = 14,
  personas = study.personas "p01..p32",
  conditions = {
    frozen = {},
    plain = { assistant = { learn = { method = "dpo" } } },
    exploring = { assistant = {
      learn = { method = "dpo", replay = "equally400", ties = 0.5 },
      explore = { opposite = 0.25, speak = 0.25 },
    } },
  },
}

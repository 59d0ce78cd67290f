-- The study that examples/quickstart.sh runs: four people, two weeks, everything offline. One assistant stays as it is; the
-- other learns each night from which of two offers of a moment was rated better.
local study = require "propersim.study"

return study {
  name = "quickstart",
  days = 14,
  seed = 1,
  map = "maps/house.tmj",
  personas = study.personas "p01..p04",
  conditions = {
    frozen = {},
    learning = { assistant = {
      learn = { method = "dpo", replay = "equally400", ties = 0.5 },
      explore = { opposite = 0.25, speak = 0.25 },
    } },
  },
}

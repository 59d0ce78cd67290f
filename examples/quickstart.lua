-- The study that examples/quickstart.sh runs: four people, two weeks, everything offline.
local study = require "propersim.study"

return study {
  name = "quickstart",
  days = 14,
  seed = 1,
  map = "maps/house.tmj",
  personas = study.personas "p01..p04",
}

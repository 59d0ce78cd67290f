-- Two conditions, side by side: an assistant that remembers what it did and said, and one that remembers nothing.
-- Three seeds each, so that the report can tell a difference from chance.
local study = require "propersim.study"

return study {
  name = "conditions",
  days = 5,
  seeds = { 1, 2, 3 },
  personas = study.personas "p01..p08",
  conditions = {
    remembers = { assistant = { memory = "ASC" } },
    forgets = { assistant = { memory = "none", retrieve = 0 } },
  },
}

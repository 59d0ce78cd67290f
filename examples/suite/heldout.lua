-- Does it serve people whom nobody had in view? The 25 people of the town, with their own wishes and days, each alone with an
-- assistant: settings were chosen on the 32 people of the house (docs/learning.md) and never on these. About two minutes.
local study = require "propersim.study"
local checks = require "suite_checks"

return study {
  name = "heldout",
  days = 14,
  map = "maps/town.tmj",
  personas = study.personas "t01..t25",
  baseline = "frozen",
  conditions = { frozen = {}, learning = { assistant = checks.learning } },
  expect = function(result)
    checks.learns(result, { rise = 1.5, f1 = 0.5 })
    checks.serves(result)
    checks.is_sure(result)
  end,
}

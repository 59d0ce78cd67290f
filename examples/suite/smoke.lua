-- Does it run and learn at all? About ten seconds. docs/suites.md says how to make the suite yours.
local study = require "propersim.study"
local checks = require "suite_checks"

return study {
  name = "smoke",
  days = 5,
  personas = study.personas "p01 p08 p15 p22",
  baseline = "frozen",
  conditions = { frozen = {}, learning = { assistant = checks.learning } },
  expect = function(result) checks.learns(result, { rise = 0.8, f1 = 0.2 }) end,
}

-- Is learning better than not learning, and for the right reason? About two minutes.
local study = require "propersim.study"
local checks = require "suite_checks"

return study {
  name = "standard",
  days = 8,
  personas = study.personas "p01..p32",
  baseline = "learning",
  conditions = {
    frozen = {},
    learning = { assistant = checks.learning },
    means = { assistant = { policy = "means" } },
  },
  expect = function(result)
    checks.learns(result, { rise = 1.5, f1 = 0.5 })
    checks.serves(result)
    checks.is_sure(result)
  end,
}

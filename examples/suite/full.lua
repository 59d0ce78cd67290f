-- Everything that a paper would show: all people, two weeks, three seeds, baselines, bounds and the negative control.
-- About a quarter of an hour on two cores (--jobs 2).
local study = require "propersim.study"
local checks = require "suite_checks"

local conditions = {
  frozen = {},
  learning = { assistant = checks.learning },
  shuffled = { assistant = checks.shuffled }, -- the drawing of `learning`: what differs is whether ratings tell anything
  oracle = { assistant = { policy = "oracle" } },
}
for _, method in ipairs { "kto", "sft" } do
  conditions[method] = { assistant = { learn = { method = method, replay = "equally400" }, explore = checks.learning.explore } }
end

return study {
  name = "full",
  days = 14,
  seeds = { 1, 2, 3 },
  personas = study.personas "p01..p32",
  baseline = "learning",
  conditions = conditions,
  expect = function(result)
    checks.learns(result, { rise = 2, f1 = 0.7 })
    checks.serves(result)
    checks.is_sure(result)
    checks.control_holds(result)
    result.expect.is_true("the oracle is the upper bound of the decision to speak",
      result.value("oracle", "decision_f1") >= result.value("learning", "decision_f1"))
    local t = result.compare("learning", "frozen")
    result.expect.at_least("difference to frozen, in noise floors", t.difference / t.noise_floor, 3)
  end,
}

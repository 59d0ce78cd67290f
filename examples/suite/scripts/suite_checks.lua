--- What the suite expects of any change to prompts, scripts and rules: the same checks at three sizes.

local suite_checks = {}

--- An assistant that learns as docs/learning.md recommends.
suite_checks.learning = {
  learn = { method = "dpo", replay = "equally400", ties = 0.5 },
  explore = { opposite = 0.25, speak = 0.25 },
}

--- It starts as a talker, gets better for the right reasons, and does so because it learns.
---@param result table what a study's `expect` gets
---@param sizes table { rise = of the score, f1 = of the decision to speak, at the end }
function suite_checks.learns(result, sizes)
  local expect = result.expect
  expect.at_least("recommendations an hour on day 1", result.value("learning", "recommendations_per_hour", 1), 20)
  expect.rises("learning", "score", sizes.rise)
  expect.rises("learning", "recommendation_score", sizes.rise)
  expect.at_least("F1 of the decision to speak, learning", result.value("learning", "decision_f1"), sizes.f1)
  expect.stays("frozen", "score", 0.25)
end

--- The tests of the report say so, too: for studies with enough personas.
function suite_checks.is_sure(result)
  for _, measure in ipairs { "score", "recommendation_score", "decision_f1", "wish_match" } do
    result.expect.better("learning", "frozen", measure)
  end
end

--- Ratings drawn by lot must teach nothing.
function suite_checks.control_holds(result)
  result.expect.stays("shuffled", "score", 0.3)
  result.expect.better("learning", "shuffled", "score")
end

return suite_checks

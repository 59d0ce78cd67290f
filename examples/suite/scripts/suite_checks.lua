--- What the suite expects of any change to prompts, scripts and rules: the same checks at three sizes.

local suite_checks = {}

--- An assistant that learns as docs/learning.md recommends.
suite_checks.learning = {
  learn = { method = "dpo", replay = "equally400", ties = 0.5 },
  explore = { opposite = 0.25, speak = 0.25 },
}

--- The same assistant learning from ratings of which lot decides which are the better ones.
suite_checks.shuffled = {
  learn = { method = "dpo", replay = "equally400", ties = 0.5, shuffle = true },
  explore = suite_checks.learning.explore,
}

local function final_of(result, name)
  for _, condition in ipairs(result.data.conditions) do
    if condition.name == name then return condition.final end
  end
  error("the study has no condition " .. name)
end

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

--- At the end what it says is welcome (3 of 4 points, silence left out), and two thirds of the people hear between half and
--- one and a half of what they wish: for studies of a week and more.
function suite_checks.serves(result)
  local final = final_of(result, "learning")
  result.expect.at_least("score of the recommendations alone, learning", result.value("learning", "recommendation_score"), 3)
  result.expect.at_least("share of people within half of their wish, learning", final.within_half_of_wish / final.wishes_n, 2 / 3)
end

--- The tests of the report say so, too: for studies with enough personas.
function suite_checks.is_sure(result)
  for _, measure in ipairs { "score", "recommendation_score", "decision_f1", "wish_match" } do
    result.expect.better("learning", "frozen", measure)
  end
end

--- Ratings drawn by lot must teach nothing. What is said must stay as good as it was. The mean score may drift, as silences
--- that are forced lean towards silence whatever the ratings say (docs/learning.md, "Control"), but by far less than learning.
function suite_checks.control_holds(result)
  result.expect.stays("shuffled", "recommendation_score", 0.3)
  local first, last = result.value("shuffled", "score", 1), result.value("shuffled", "score")
  result.expect.at_most("rise of the score, shuffled", last - first, 0.6)
  result.expect.better("learning", "shuffled", "score")
  result.expect.better("learning", "shuffled", "recommendation_score")
end

return suite_checks

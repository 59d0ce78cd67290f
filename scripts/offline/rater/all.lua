--- Offline answer to the question for all four criteria at once: the four single answers, added up.

local judge = require "offline.judge"
local single = {
  preference = require "offline.rater.preference",
  timing = require "offline.rater.timing",
  communication = require "offline.rater.communication",
}
local too_often = require "offline.rater.too_often"
local too_seldom = require "offline.rater.too_seldom"

local function frequency(inputs, rng)
  local often, seldom = too_often(inputs, rng), too_seldom(inputs, rng)
  return (often.value == 0 or seldom.value == 1) and often or seldom
end

return function(inputs, rng)
  local deducted, reason = {}, "everything was right"
  for _, criterion in ipairs(judge.criteria) do
    local answer = (single[criterion] or frequency)(inputs, rng)
    if answer.value == 0 then
      if #deducted == 0 then reason = answer.reason end
      deducted[#deducted + 1] = criterion
    end
  end
  return { score = 4 - #deducted, deducted = deducted, reason = reason }
end

-- Negative controls: what must not happen if an assistant learns for the right reason. A minute.
--
-- frozen     learns nothing, and stays where it is
-- shuffled   which of two offers counts as the better one is drawn by lot: its score must stay where it began, a random walk
--            aside (docs/learning.md says how far that walks)
-- learning   learns
-- swapped    learns, and on day 8 the person becomes another one (p13's wishes): the score must fall and come back
-- forgetting the same, but a night draws recent pairs more often (`half_life_days`): it is back sooner
local study = require "propersim.study"

local SWAP = 8

local function learning(half_life_days)
  return {
    learn = { method = "dpo", replay = "equally400", ties = 0.5, across = 0.5, half_life_days = half_life_days },
    explore = { opposite = 0.25, speak = 0.25 },
  }
end

local change = { day = SWAP, to = "p13" }

-- The score falls by at least half a point in the days after the swap, and makes up for a share of that by the last days.
local function falls_and_recovers(result, condition, share)
  local enough = result.study.days > SWAP + 3
  result.expect.is_true(condition .. ": there are days after the swap to fall and recover in", enough)
  if not enough then return end
  local before, lowest = result.value(condition, "score", SWAP - 1), math.huge
  for day = SWAP, SWAP + 3 do lowest = math.min(lowest, (result.value(condition, "score", day))) end
  local fall = before - lowest
  result.expect.at_least(condition .. ": fall of the score after the swap", fall, 0.5)
  result.expect.at_least(condition .. ": share of the fall that is made up for by the last days",
    (result.value(condition, "score") - lowest) / fall, share)
end

return study {
  name = "controls",
  days = 21,
  personas = study.personas "p01..p04",
  baseline = "frozen", -- what the report compares the others with
  conditions = {
    frozen = {},
    shuffled = { assistant = { learn = { method = "dpo", shuffle = true } } },
    learning = { assistant = learning(0) },
    swapped = { assistant = learning(0), change = change },
    forgetting = { assistant = learning(2), change = change },
  },
  expect = function(result)
    result.expect.stays("frozen", "score", 0.15)
    result.expect.stays("shuffled", "score", 0.25)
    result.expect.rises("learning", "score", 2)
    falls_and_recovers(result, "swapped", 0.75)
    falls_and_recovers(result, "forgetting", 0.85)
  end,
}

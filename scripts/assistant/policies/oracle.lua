--- The upper bound: reads the person's wishes and says what would be rated best. No method can know this; it shows how much
--- there is to win. It speaks as soon as a recommendation would get all points, until the day's wish is met.

local candidates = require "offline.candidates"
local judge = require "offline.judge"
local rate = require "resident.rate"
local wishes = require "resident.wishes"

local oracle = {}

local BEST = 4
local NEVER = -1e6 -- a logit that is never drawn

-- What may be said: everything, or silence alone.
local function worth_saying(inputs, points)
  return points == BEST and inputs.recent.today + 1 <= judge.wish_of_day(inputs)
end

--- Nothing but the best candidates can be drawn: of those that speak all equally good ones, else silence.
function oracle.logits(h, r, seen)
  local inputs = {
    preferences = wishes.now(h, r).preferences, recent = rate.recent(r, seen.minute), action = seen.action, minute = seen.minute,
  }
  local logits, best = {}, 0
  local silence = judge.points(inputs)
  for i, candidate in ipairs(candidates.list) do
    logits[i] = candidate.silent and -1 or judge.points(inputs, candidate.topic, candidate.tone)
    best = math.max(best, logits[i])
  end
  local speaks = worth_saying(inputs, best) or best > silence
  for i, points in ipairs(logits) do
    logits[i] = (speaks and points == best or not speaks and i == 1) and 0 or NEVER
  end
  return logits
end

return oracle

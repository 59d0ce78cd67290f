--- Learning overnight: the day's pairs join all earlier ones, a training set is drawn, the policy is trained on it.

local clock = require "clock"
local llm = require "llm"
local lexicon = require "propersim.lexicon"
local candidates = require "offline.candidates"
local log = require "log"
local record = require "record"
local rng = require "rng"

local learn = {}

-- Which candidate an offer is, by its text: silence, or topic and tone.
local function candidate_of(offer)
  if offer.silent then return candidates.index() end
  return candidates.index(lexicon.topic_of(offer.text), lexicon.tone_of(offer.text))
end

local function learns(r)
  return r.assistant.options.learn.method ~= "none" and llm.is_offline("assistant")
end

local BEST = 4

-- The number of the better offer, and the weight of the pair; nil if there is none to learn from. Silence and a
-- recommendation that are both perfect may count for the recommendation: silence is rated best for long after it was time
-- to speak again, so nothing else tells them apart.
local function better_of(r, offers, verdicts)
  local first, second = verdicts[1], verdicts[2]
  if not second or not first.score or not second.score then return nil end
  if first.score ~= second.score then return first.score > second.score and 1 or 2, 1 end
  local ties = r.assistant.options.learn.ties
  if ties == 0 or first.score < BEST or offers[1].silent == offers[2].silent then return nil end
  return offers[1].silent and 2 or 1, ties
end

--- Two offers of one moment that were rated differently are a pair: the better one is chosen, the other rejected.
---@param r resident
---@param seen situation
---@param offers offer[]
---@param verdicts table[]
function learn.pair(r, seen, offers, verdicts)
  local chosen, weight = better_of(r, offers, verdicts)
  if not chosen then return end
  if r.assistant.options.learn.shuffle and rng.stream("shuffle", clock.step()):chance(0.5) then chosen = 3 - chosen end
  local rejected = 3 - chosen
  record.pair { who = r.who, chosen = chosen, rejected = rejected,
    margin = math.abs(verdicts[1].score - verdicts[2].score) }
  if not learns(r) then return end
  local better, worse = candidate_of(offers[chosen]), candidate_of(offers[rejected])
  if better and worse and better ~= worse then
    r.assistant.policy:add_example(seen.features, better, worse, weight)
  end
end

--- Midnight: trains on the pairs so far.
---@param r resident
function learn.overnight(r)
  if not learns(r) then return end
  local report = r.assistant.policy:train(r.assistant.options.learn, rng.stream("learn"))
  log.debug(string.format("learned from %d pairs (%d of yesterday): loss %.4f -> %.4f, %.0f %% ordered right", report.used,
    report.todays, report.loss_before, report.loss_after, 100 * report.accuracy))
end

return learn

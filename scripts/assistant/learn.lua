--- Learning overnight: the day's pairs join all earlier ones, a training set is drawn, the policy is trained on it.

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

--- Two offers of one moment that were rated differently are a pair: the better one is chosen, the other rejected.
---@param r resident
---@param seen situation
---@param offers offer[]
---@param verdicts table[]
function learn.pair(r, seen, offers, verdicts)
  local first, second = verdicts[1], verdicts[2]
  if not second or not first.score or not second.score or first.score == second.score then return end
  local chosen = first.score > second.score and 1 or 2
  local rejected = 3 - chosen
  record.pair { who = r.who, chosen = chosen, rejected = rejected, margin = math.abs(first.score - second.score) }
  if not learns(r) then return end
  local better, worse = candidate_of(offers[chosen]), candidate_of(offers[rejected])
  if better and worse and better ~= worse then
    r.assistant.policy:add_example(seen.features, better, worse)
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

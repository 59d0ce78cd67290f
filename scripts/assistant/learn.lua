--- Learning overnight: the day's pairs join all earlier ones, a training set is drawn, the policy is trained on it.

local clock = require "clock"
local json = require "json"
local llm = require "llm"
local lexicon = require "propersim.lexicon"
local candidates = require "offline.candidates"
local log = require "log"
local prompt = require "propersim.prompt"
local propose = require "assistant.propose"
local record = require "record"
local rng = require "rng"
local rules = require "assistant.rules"

local learn = {}

-- Which candidate an offer is, by its text: silence, or topic and tone.
local function candidate_of(offer)
  if offer.candidate then return offer.candidate end
  if offer.silent then return candidates.index() end
  return candidates.index(lexicon.topic_of(offer.text), lexicon.tone_of(offer.text))
end

-- Does its policy learn? A real model with a trainer of its own learns by that (docs/learning.md).
local function learns(r)
  local options = r.assistant.options.learn
  return options.method ~= "none" and (llm.is_offline("assistant") or not options.trainer)
end

local BEST = 4
local BUILT_IN = { dpo = true, ipo = true, kto = true, sft = true } -- all others are scripts: rules/NAME.lua

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

-- Are the prompts of pairs kept, for data sets to fine-tune a model on? They are bulky: by themselves only where there is a
-- model that could be.
local function keeps_prompts(r)
  local options = r.assistant.options.learn
  if options.keep_prompts == "auto" then return options.trainer ~= nil or not llm.is_offline("assistant") end
  return options.keep_prompts == "always"
end

local function keep_prompt(r, seen)
  local name, inputs = propose.question(r.assistant.options), {}
  for _, input in ipairs(prompt.declared_names(name)) do inputs[input] = seen.inputs[input] end
  record.pair_prompt { who = r.who, prompt = name, inputs = json.encode(inputs) }
end

-- The negative control (`learn.shuffle`): do the better and the worse of a pair change places? A lot for each step and kind of
-- pair, drawn from a stream of its own.
local function is_turned(r, purpose)
  return r.assistant.options.learn.shuffle and rng.stream(purpose, clock.step()):chance(0.5)
end

-- Two offers of one moment that were rated differently are a pair: the better one is chosen, the other rejected.
local function keep_pair(r, seen, offers, verdicts)
  local chosen, weight = better_of(r, offers, verdicts)
  if not chosen then return end
  if is_turned(r, "shuffle") then chosen = 3 - chosen end
  local rejected = 3 - chosen
  record.pair { who = r.who, chosen = chosen, rejected = rejected,
    margin = math.abs(verdicts[1].score - verdicts[2].score) }
  if keeps_prompts(r) then keep_prompt(r, seen) end
  if not learns(r) then return end
  local better, worse = candidate_of(offers[chosen]), candidate_of(offers[rejected])
  if better and worse and better ~= worse then
    r.assistant.policy:add_example(seen.features, better, worse, weight)
  end
end

-- The activity of the moment, as the features have it.
local function activity_of(features)
  for _, feature in ipairs(features) do
    if feature:sub(1, 9) == "activity=" then return feature end
  end
  return ""
end

-- Once it is mostly silent, hardly any step compares two recommendations. So an explored one is compared with the last
-- explored one of the same activity, if they were rated differently (`learn.across`).
local function keep_across(r, seen, offers, verdicts)
  local weight = r.assistant.options.learn.across
  local score = verdicts[1].score
  if weight == 0 or not verdicts[2] or not score or offers[1].silent or not offers[2].silent then return end
  if offers[1].candidate then return end -- the drafts of one step are not those of another
  local explored = r.state.assistant.explored
  local activity, candidate = activity_of(seen.features), candidate_of(offers[1])
  if not candidate then return end
  local last = explored[activity]
  explored[activity] = { candidate, score }
  if not last or last[1] == candidate or last[2] == score then return end
  local better, worse = candidate, last[1]
  if last[2] > score then better, worse = worse, better end
  if is_turned(r, "shuffle_across") then better, worse = worse, better end
  r.assistant.policy:add_example(seen.features, better, worse, weight)
end

-- What a policy that adapts by itself (means, gate) makes of one rated offer.
local function observation(seen, offer, verdict)
  return {
    features = seen.features, silent = offer.silent, score = verdict.score, day = clock.day(),
    topic = not offer.silent and lexicon.topic_of(offer.text) or nil,
    tone = not offer.silent and lexicon.tone_of(offer.text) or nil,
  }
end

local function observe(h, r, seen, offers, verdicts)
  local mine, decider = r.state.assistant, r.assistant.decider
  for slot, offer in ipairs(offers) do
    local verdict = verdicts[slot]
    if verdict.score and not (slot > 1 and verdict == verdicts[slot - 1]) then
      local seen_now = observation(seen, offer, verdict)
      if h.config.feedback.delay_days > 0 then
        mine.late[#mine.late + 1] = seen_now
      else
        decider.observe(r, seen_now)
      end
    end
  end
end

--- Keeps what there is to learn from a step.
---@param h household
---@param r resident
---@param seen situation
---@param offers offer[]
---@param verdicts table[] as the assistant hears them (assistant/feedback.lua)
function learn.from_step(h, r, seen, offers, verdicts)
  keep_pair(r, seen, offers, verdicts)
  if learns(r) then keep_across(r, seen, offers, verdicts) end
  if r.assistant.decider.observe then observe(h, r, seen, offers, verdicts) end
end

-- Ratings that have come late enough reach the policy that adapts by itself.
local function deliver_late(r, today)
  local mine, left = r.state.assistant, {}
  for _, item in ipairs(mine.late) do
    if item.day < today then
      r.assistant.decider.observe(r, item)
    else
      left[#left + 1] = item
    end
  end
  mine.late = left
end

--- Midnight: trains on the pairs so far, as far as their ratings have come in.
---@param h household
---@param r resident
function learn.overnight(h, r)
  local delay = h.config.feedback.delay_days
  if r.assistant.decider.observe and delay > 0 then deliver_late(r, clock.day() - delay) end
  if not learns(r) then return end
  local options = r.assistant.options.learn
  if not BUILT_IN[options.method] then return rules.train(r, options, delay) end
  local report = r.assistant.policy:train(options, rng.stream("learn"), delay)
  log.debug(string.format("learned from %d pairs (%d of yesterday): loss %.4f -> %.4f, %.0f %% ordered right", report.used,
    report.todays, report.loss_before, report.loss_after, 100 * report.accuracy))
end

return learn

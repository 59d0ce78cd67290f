--- Revision (`assistant.revision`): a first suggestion that was rated below 4 is rewritten by the person, and the rewrite is
--- rated and said as the second; after a perfect first one a second is drawn as usual.

local llm = require "llm"
local assistant = require "assistant.assistant"
local propose = require "assistant.propose"
local rate = require "resident.rate"

local revise = {}

local BEST = 4
local SECOND = 2

local function rewrite(h, r, seen, offer, verdict)
  local inputs = rate.inputs(h, r, seen)
  inputs.first_name, inputs.suggestion = r.first_name, offer.text
  inputs.score, inputs.reason = verdict.score, verdict.reason
  local answer = llm.ask("rater/revise", inputs)
  return answer and propose.offer(answer.suggestion, "revised", SECOND)
end

--- Makes and rates the second offer, where there is to be a revised one.
---@param h household
---@param r resident
---@param seen situation
---@param offers offer[] the first; gets the second
---@param verdicts table[] the same
function revise.second(h, r, seen, offers, verdicts)
  if not h.config.assistant.revision then return end
  local score = verdicts[1].score
  offers[SECOND] = score and score < BEST and rewrite(h, r, seen, offers[1], verdicts[1])
    or assistant.draw(h, r, seen, SECOND)
  propose.judge({ offers[SECOND] }, seen.inputs)
  propose.write(r, SECOND, offers[SECOND], true)
  rate.one(h, r, seen, offers, verdicts, SECOND)
end

return revise

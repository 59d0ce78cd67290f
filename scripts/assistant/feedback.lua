--- What the assistant is told of the ratings (`feedback` in a study): all of them, or only some, with errors, or late. The
--- ratings themselves stay as they are, in the run file and in the report.

local clock = require "clock"
local rng = require "rng"
local judge = require "offline.judge"

local feedback = {}

local NOTHING = {} -- a verdict without a score: the assistant has not been told

-- A verdict in which each criterion has come out the other way round with probability `noise`.
local function misheard(verdict, noise, stream)
  if not verdict.score then return verdict end
  local by, score = {}, 0
  for _, criterion in ipairs(judge.criteria) do
    local told = verdict.by[criterion]
    local value = stream:chance(noise) and 1 - told.value or told.value
    by[criterion] = { value = value, reason = told.reason }
    score = score + value
  end
  return { by = by, score = score, reason = verdict.reason }
end

--- The verdicts of a step as the assistant hears them. Offers that share a rating share what is heard of it.
---@param options table config.feedback
---@param verdicts table[] from rate.judge
---@return table[] verdicts without a score where it hears nothing
function feedback.heard(options, verdicts)
  if options.noise == 0 and options.share == 1 then return verdicts end
  local given = options.share == 1 or rng.stream("feedback_share", clock.step()):chance(options.share)
  local out = {}
  local stream = rng.stream("feedback_noise", clock.step())
  for i, verdict in ipairs(verdicts) do
    if not given then
      out[i] = NOTHING
    elseif i > 1 and verdict == verdicts[i - 1] then
      out[i] = out[i - 1]
    else
      out[i] = options.noise == 0 and verdict or misheard(verdict, options.noise, stream)
    end
  end
  return out
end

--- What of it is known in the same step: nothing if ratings come late.
---@param options table config.feedback
---@param verdict table
---@return table verdict
function feedback.at_once(options, verdict)
  return options.delay_days > 0 and NOTHING or verdict
end

return feedback

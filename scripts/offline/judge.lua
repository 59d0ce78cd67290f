--- What the offline rater knows about wishes: the rules of docs/personas.md, from `preferences` alone.

local lexicon = require "propersim.lexicon"
local reach = require "propersim.persona_reach"
local times = require "propersim.persona_time"

local judge = {}

judge.criteria = { "preference", "timing", "frequency", "communication" }
judge.SILENCE = "No Recommendation"

local OVERDUE = 1.5 -- wished gaps without a word after which silence is too long
local TOO_SOON = 0.5
local TOO_MANY = 1.25 -- of the day's wish
local SLIP = "on second thoughts it felt the other way round" -- the report knows slips by it: host/sim/decisions.h

local function within(windows, minute)
  for _, window in ipairs(windows) do
    local from = times.minutes(window[1])
    if (minute - from) % times.DAY < times.span(from, times.minutes(window[2])) then return true end
  end
  return false
end

local function contains(list, value)
  for _, item in ipairs(list) do
    if item == value then return true end
  end
  return false
end

--- Is the person in a time of quiet, or busy with what they do not want to be interrupted in?
function judge.is_quiet(preferences, minute)
  return within(preferences.quiet, minute)
end

function judge.is_busy(preferences, action)
  return contains(preferences.busy, lexicon.kind_of(action))
end

function judge.is_free(preferences, action, minute)
  return not judge.is_busy(preferences, action) and not judge.is_quiet(preferences, minute)
end

--- The like that a topic is, or nil.
function judge.like(preferences, topic)
  for _, like in ipairs(preferences.likes) do
    if like.topic == topic then return like end
  end
  return nil
end

--- Does a liked topic fit what is being done?
function judge.fits(like, action)
  return like ~= nil and contains(like.during, lexicon.kind_of(action))
end

local function gap(inputs)
  return reach.gap(inputs.preferences.frequency, inputs.recent.awake_minutes)
end

--- How many recommendations the person wishes today.
function judge.wish_of_day(inputs)
  return inputs.recent.awake_minutes / gap(inputs)
end

--- Has the person waited longer than they like, and would listen now?
function judge.is_due(inputs)
  local recent = inputs.recent
  return judge.is_free(inputs.preferences, inputs.action, inputs.minute) and recent.free >= OVERDUE * gap(inputs)
    and recent.today < judge.wish_of_day(inputs)
end

--- Would a recommendation now be one too many? Returns the reason, or nil.
function judge.too_often(inputs)
  local recent = inputs.recent
  if recent.since and recent.since < TOO_SOON * gap(inputs) then
    return string.format("the last one was only %d minutes ago", recent.since // 1)
  end
  if recent.today + 1 > TOO_MANY * judge.wish_of_day(inputs) and recent.today > 0 then
    return string.format("there were already %d today", recent.today)
  end
  return nil
end

function judge.is_receptive(inputs, like)
  return within(inputs.preferences.receptive, inputs.minute) or judge.fits(like, inputs.action)
end

function judge.has_tone(preferences, suggestion)
  return contains(preferences.tones, lexicon.tone_of(suggestion))
end

function judge.crosses_boundary(preferences, topic)
  return contains(preferences.boundaries, topic)
end

local function points_of_silence(inputs)
  -- what is due is due in a free moment, so silence then fails preference, timing and frequency at once
  return judge.is_due(inputs) and 1 or 4
end

--- The points that a candidate would get from somebody who never errs: the same rules as the single criteria.
---@param inputs table preferences, recent, action, minute
---@param topic string|nil nil is silence
---@param tone string|nil
---@return integer 0 to 4
function judge.points(inputs, topic, tone)
  if not topic then return points_of_silence(inputs) end
  local preferences = inputs.preferences
  local like, points = judge.like(preferences, topic), 0
  if like and judge.fits(like, inputs.action) then points = points + 1 end
  if judge.is_free(preferences, inputs.action, inputs.minute) and judge.is_receptive(inputs, like) then points = points + 1 end
  if not judge.too_often(inputs) then points = points + 1 end
  if contains(preferences.tones, tone) and not judge.crosses_boundary(preferences, topic) then points = points + 1 end
  return points
end

--- People are not perfectly consistent: now and then an answer comes out the other way round.
---@param inputs table
---@param rng rng
---@param value integer 0 or 1
---@param reason string
---@return table answer
function judge.answer(inputs, rng, value, reason)
  if rng:unit() < inputs.inconsistency then
    return { value = 1 - value, reason = SLIP }
  end
  return { value = value, reason = reason }
end

return judge

--- What must hold between the fields of a persona whose types are right: days that add up, wishes that fit the days.
local lexicon = require "propersim.lexicon"
local reach = require "propersim.persona_reach"
local time = require "propersim.persona_time"
local value = require "propersim.persona_value"

local M = {}

local SLACK_MINUTES = 90
local REACHABLE_SHARE = 0.7

local function complain(report, path, form, ...)
  value.complain(report, path, string.format(form, ...))
end

local function check_kind(report, path, text, kind)
  local found = lexicon.kind_of(text)
  if found ~= kind then
    complain(report, path, '%s reads as "%s", not as "%s"; say in plain words what is done, or correct the kind',
      value.show(text), tostring(found), kind)
  end
end

local function check_blocks(report, path, blocks)
  for i, block in ipairs(blocks) do
    local here = string.format("%s[%d]", path, i)
    check_kind(report, here .. ".activity", block.activity, block.kind)
    for j, task in ipairs(block.tasks or {}) do
      check_kind(report, string.format("%s.tasks[%d]", here, j), task, block.kind)
    end
    if block.vary and block.vary > block.minutes then
      complain(report, here .. ".vary", "is %d, more than the block's %d minutes; make it smaller", block.vary, block.minutes)
    end
    if block.swap and i == #blocks then
      complain(report, here .. ".swap", "the last block has no next one to trade places with; remove it")
    end
  end
end

local function check_day(report, path, day)
  local awake, filled = time.span(time.minutes(day.wake), time.minutes(day.sleep)), 0
  for _, block in ipairs(day.blocks) do filled = filled + block.minutes end
  if awake < 240 then
    complain(report, path, "is awake for %d minutes only, from %s to %s; correct wake or sleep", awake, day.wake, day.sleep)
  elseif math.abs(filled - awake) > SLACK_MINUTES then
    complain(report, path .. ".blocks", "fill %d minutes, but from %s to %s there are %d; %s %d minutes", filled, day.wake,
      day.sleep, awake, filled < awake and "add" or "remove", math.abs(filled - awake))
  end
  check_blocks(report, path .. ".blocks", day.blocks)
end

--- Days that add up, texts whose kind can be read.
---@param report propersim.Report
---@param routine table of the right types
function M.routine(report, routine)
  check_day(report, "routine.weekday", routine.weekday)
  check_day(report, "routine.weekend", routine.weekend)
  for i, fixture in ipairs(routine.weekly or {}) do
    check_kind(report, string.format("routine.weekly[%d].activity", i), fixture.activity, fixture.kind)
  end
  for i, extra in ipairs(routine.extras or {}) do
    local here = string.format("routine.extras[%d]", i)
    check_kind(report, here .. ".activity", extra.activity, extra.kind)
    local window = time.parse({ extra.between })[1]
    if time.span(window[1], window[2]) < extra.minutes then
      complain(report, here .. ".between", "%s has less room than the %d minutes of the activity; widen it",
        time.label(window), extra.minutes)
    end
  end
end

local function check_frequency(report, wish)
  local path = "preferences.frequency"
  if (wish.hours == nil) == (wish.per == nil) then
    complain(report, path, 'needs either hours or per = "day"; write { count = 1, hours = 2 } or { count = 3, per = "day" }')
    return
  end
  -- A day of 16 waking hours stands for any day here: the limits are about what kind of person it is.
  local a_day = wish.per and wish.count or wish.count / wish.hours * 16
  if a_day < 2 or a_day > 32 then
    complain(report, path, "asks for %.3g a day; wishes lie between two a day and two an hour", a_day)
  end
end

local function check_windows(report, preferences)
  for _, name in ipairs { "receptive", "quiet" } do
    for i, window in ipairs(time.parse(preferences[name])) do
      if window[1] == window[2] then
        complain(report, string.format("preferences.%s[%d]", name, i), "%s is empty; let it end later", time.label(window))
      end
    end
  end
  local quiet = time.parse(preferences.quiet)
  for i, window in ipairs(time.parse(preferences.receptive)) do
    if time.share(window, quiet) > 0 then
      complain(report, string.format("preferences.receptive[%d]", i), "%s overlaps a window of quiet; shorten one of them",
        time.label(window))
    end
  end
end

local function check_likes(report, preferences)
  local off_limits, liked = {}, {}
  for _, topic in ipairs(preferences.boundaries) do off_limits[topic] = true end
  for i, like in ipairs(preferences.likes) do
    local path = string.format("preferences.likes[%d].topic", i)
    if off_limits[like.topic] then
      complain(report, path, '"%s" is also a boundary; a topic is liked or off limits, remove one', like.topic)
    end
    if liked[like.topic] then
      complain(report, path, '"%s" stands here twice; join the two into one entry', like.topic)
    end
    liked[like.topic] = true
  end
end

--- Wishes that do not contradict each other.
---@param report propersim.Report
---@param preferences table of the right types
function M.preferences(report, preferences)
  check_frequency(report, preferences.frequency)
  check_windows(report, preferences)
  check_likes(report, preferences)
end

--- Wishes that the person's days leave room for. Both parts must have passed the rules above.
---@param report propersim.Report
---@param routine propersim.Routine
---@param preferences propersim.Preferences
function M.reachable(report, routine, preferences)
  local done = {}
  for _, name in ipairs { "weekday", "weekend" } do
    local day = routine[name]
    for _, block in ipairs(day.blocks) do done[block.kind] = true end
    local best, wished = reach.best(preferences, day)
    if best < REACHABLE_SHARE * wished then
      complain(report, "preferences", "wish for %.3g recommendations on a %s, but only %d can please; %s", wished, name, best,
        "widen `during` of the likes, shorten `busy` or `quiet`, or wish for fewer")
    end
  end
  for _, extra in ipairs(routine.extras or {}) do done[extra.kind] = true end
  for i, like in ipairs(preferences.likes) do
    for j, kind in ipairs(like.during) do
      if not done[kind] then
        complain(report, string.format("preferences.likes[%d].during[%d]", i, j),
          '"%s" never occurs in the routine; add a block of that kind, or remove it', kind)
      end
    end
  end
  for _, i in ipairs(reach.useless_windows(preferences, { routine.weekday, routine.weekend })) do
    complain(report, string.format("preferences.receptive[%d]", i),
      "%s never meets an activity of the likes that is not busy; move it", table.concat(preferences.receptive[i], "-"))
  end
end

return M

--- Does the prose of `rubric` say the same as `preferences`? Compared are frequency and quiet times, which can be read
--- out of prose with certainty; topics and tones cannot, and are left to the author.
local prose = require "propersim.prose"
local reach = require "propersim.persona_reach"
local time = require "propersim.persona_time"
local value = require "propersim.persona_value"

local M = {}

-- Share of a window that must be covered; the rest is for "evening" and other words without sharp ends.
local COVERED = 0.75

local function complain(report, path, form, ...)
  value.complain(report, path, string.format(form, ...))
end

local function describe(frequency)
  if frequency.per then return string.format('{ count = %g, per = "day" }', frequency.count) end
  return string.format("{ count = %g, hours = %g }", frequency.count, frequency.hours)
end

--- The frequency that the prose states is the one of `preferences`.
---@param report propersim.Report
---@param rubric propersim.Rubric
---@param preferences propersim.Preferences
function M.frequency(report, rubric, preferences)
  local said, reason = prose.frequency(rubric.frequency)
  local wish = preferences.frequency
  if not said then
    complain(report, "rubric.frequency", "%s", reason)
    return
  end
  local same_period = (said.per == "day") == (wish.per == "day")
  local ratio = reach.gap(said, time.DAY) / reach.gap(wish, time.DAY)
  if not same_period or math.abs(ratio - 1) > 0.01 then
    complain(report, "rubric.frequency", "says %s, but preferences.frequency is %s; make them the same", describe(said),
      describe(wish))
  end
end

local function earlier(a, b)
  return time.span(a, b) < time.DAY / 2 and a or b
end

--- The waking time that "before 8am" and "after 9pm" speak of: from the earlier getting up to the later going to bed of
--- weekday and weekend.
---@param routine propersim.Routine
---@return { wake: integer, sleep: integer } minutes
function M.waking(routine)
  local weekday, weekend = routine.weekday, routine.weekend
  local sleeps = { time.minutes(weekday.sleep), time.minutes(weekend.sleep) }
  local first = earlier(sleeps[1], sleeps[2])
  return {
    wake = earlier(time.minutes(weekday.wake), time.minutes(weekend.wake)),
    sleep = first == sleeps[1] and sleeps[2] or sleeps[1],
  }
end

--- What the prose rules out lies in `quiet`, each window of `quiet` is ruled out in the prose, and nothing that the prose
--- welcomes lies in it.
---@param report propersim.Report
---@param rubric propersim.Rubric
---@param preferences propersim.Preferences
---@param routine propersim.Routine
function M.quiet(report, rubric, preferences, routine)
  local said = prose.windows(rubric.timing, M.waking(routine))
  local quiet = time.parse(preferences.quiet)
  for _, window in ipairs(said.ruled_out) do
    if time.span(window[1], window[2]) > 0 and time.share(window, quiet) < COVERED then
      complain(report, "rubric.timing", "rules out %s, but preferences.quiet does not; add the window or correct the text",
        time.label(window))
    end
  end
  for i, window in ipairs(quiet) do
    if time.share(window, said.ruled_out) < COVERED then
      complain(report, string.format("preferences.quiet[%d]", i),
        '%s is not ruled out in rubric.timing; name it there, as in "never before 8am" or "nothing after 9:30pm"',
        time.label(window))
    end
  end
  for _, window in ipairs(said.welcomed) do
    if time.share(window, quiet) > 1 - COVERED then
      complain(report, "rubric.timing", "welcomes %s, which lies in preferences.quiet; correct one of them",
        time.label(window))
    end
  end
  for _, sentence in ipairs(said.unread) do
    complain(report, "rubric.timing", "cannot be read: %s say whether the time is welcome, with am or pm", value.show(sentence))
  end
end

return M

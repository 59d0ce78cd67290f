--- People: checks the table that a persona file returns, and tells who the person is in the words that prompts begin with.
local agree = require "propersim.persona_agree"
local identity = require "propersim.persona_identity"
local reach = require "propersim.persona_reach"
local rules = require "propersim.persona_rules"
local schema = require "propersim.persona_schema"
local value = require "propersim.persona_value"

---@class propersim.Block
---@field activity string what is being done, in plain words
---@field kind string one of the lexicon's kinds
---@field minutes integer
---@field place string "arena:object"
---@field tasks string[]?
---@field vary integer? minutes by which its length varies
---@field skip number? probability that it is left out
---@field swap boolean? may trade places with the next block

---@class propersim.Day
---@field wake string "HH:MM"
---@field sleep string "HH:MM", may be after midnight
---@field vary integer minutes by which both shift from day to day
---@field blocks propersim.Block[]

---@class propersim.Extra
---@field activity string
---@field kind string
---@field minutes integer
---@field place string
---@field chance number probability on a day
---@field between string[] a window

---@class propersim.Weekly what they do on certain days of the week
---@field on string[] days, "tuesday"
---@field at string "HH:MM"
---@field activity string
---@field kind string
---@field minutes integer
---@field place string

---@class propersim.Routine
---@field weekday propersim.Day
---@field weekend propersim.Day
---@field extras propersim.Extra[]?
---@field weekly propersim.Weekly[]?

---@class propersim.Rubric
---@field personal_preference string
---@field timing string
---@field frequency string
---@field communication_safety string

---@class propersim.Like
---@field topic string one of the lexicon's topics
---@field during string[] kinds of activity

---@class propersim.Frequency
---@field count number
---@field hours number? waking hours; either this or `per`
---@field per "day"?

---@class propersim.Preferences
---@field likes propersim.Like[]
---@field boundaries string[] topics
---@field receptive string[][] windows
---@field quiet string[][] windows
---@field busy string[] kinds of activity
---@field frequency propersim.Frequency
---@field tones string[]

---@class propersim.Persona
---@field id string
---@field first_name string
---@field last_name string
---@field age integer
---@field pronoun "she"|"he"|"they"
---@field big_five table<string, "high"|"low">
---@field background string
---@field current_interests string
---@field lifestyle string
---@field long_term_goals string
---@field daily_plan_req string
---@field living_area string
---@field relations { name: string, is: string }[]? who they know, and what they are to them
---@field routine propersim.Routine
---@field rubric propersim.Rubric
---@field preferences propersim.Preferences

local M = {}

local function reaches(path, outer)
  return path:sub(1, #outer) == outer and (#path == #outer or path:find("^[.%[]", #outer + 1) ~= nil)
end

-- Is there no problem at a path, below it, or in what holds it? Rules about a part are checked only once its types are right.
local function sound(problems, path)
  for _, problem in ipairs(problems) do
    local there = problem:match("^[^:]*")
    if reaches(there, path) or reaches(path, there) then return false end
  end
  return true
end

local function check_rules(report, t, name)
  local problems = report.problems
  if name and sound(problems, "id") and t.id ~= name then
    value.complain(report, "id", string.format('is %s, but the file is called "%s.lua"; make them the same',
      value.show(t.id), name))
  end
  local routine_ok, preferences_ok = sound(problems, "routine"), sound(problems, "preferences")
  if routine_ok then rules.routine(report, t.routine) end
  if preferences_ok then rules.preferences(report, t.preferences) end
  if preferences_ok and sound(problems, "preferences.frequency") and sound(problems, "rubric.frequency") then
    agree.frequency(report, t.rubric, t.preferences)
  end
  if preferences_ok and routine_ok and sound(problems, "rubric.timing") then
    agree.quiet(report, t.rubric, t.preferences, t.routine)
  end
  if sound(problems, "routine") and sound(problems, "preferences") then
    rules.reachable(report, t.routine, t.preferences)
  end
end

--- What is wrong with a persona: statements of the form "key.path: what is wrong; what to do", none if it is fine.
--- Never raises, whatever `t` is. Rules about a part are checked only where its types are right.
---@param t any what the persona's file returned
---@param name string? the file's name without .lua, which must be the persona's id
---@return string[] problems
function M.check(t, name)
  local report = { problems = {} }
  local problems = report.problems
  if type(t) ~= "table" then
    value.complain(report, "persona", "is " .. value.show(t) .. ", not a table; " .. schema.persona.form)
    return problems
  end
  local plain, reason = value.copy(t)
  if not plain then
    value.complain(report, "persona", "cannot be read: " .. reason .. "; return plain tables")
    return problems
  end
  value.check(report, "", plain, schema.persona)
  if not report.full then check_rules(report, plain, name) end
  return problems
end

--- What is wrong with `preferences` by themselves, in the same form as `check`.
---@param preferences any
---@return string[] problems
function M.check_preferences(preferences)
  local report = { problems = {} }
  value.check(report, "preferences", preferences, schema.persona.fields.preferences)
  if #report.problems == 0 then rules.preferences(report, preferences) end
  return report.problems
end

--- Who the person is: see propersim.persona_identity.
M.identity = identity.identity

--- The wished gap between two recommendations.
---@param t propersim.Persona
---@param awake_minutes number waking minutes of the day in question; used by wishes per day
---@return number minutes waking minutes
function M.gap_minutes(t, awake_minutes)
  return reach.gap(t.preferences.frequency, awake_minutes)
end

return M

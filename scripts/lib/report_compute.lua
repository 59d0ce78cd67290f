--- From the sums of runs (host/sim/results.h) to the numbers of a report (docs/report.md).
---
--- A mean over personas is the mean of the personas' daily means; where a persona has several runs (seeds), these are
--- averaged within the persona first. So every persona weighs the same, however often its assistant spoke.

local cost = require "propersim.report_cost"
local compare = require "propersim.report_compare"
local curve = require "propersim.report_curve"
local final = require "propersim.report_final"
local history = require "propersim.report_history"
local imported = require "propersim.report_imported"
local interval = require "propersim.stats_interval"
local json = require "propersim.report_json"
local measures = require "propersim.report_measures"
local mmlu = require "propersim.report_mmlu"
local published = require "propersim.report_published"
local recorded = require "propersim.report_recorded"
local runs_of = require "propersim.report_runs"
local shifts = require "propersim.report_shifts"

local known, or_null, list = json.known, json.or_null, json.list
local group_by, interval_of, over_personas, persona_value = runs_of.group_by, runs_of.interval_of, runs_of.over_personas,
  runs_of.persona_value

local report_compute = {}

local FORMAT = 1

-- The sum over the runs that know it (nil if none does), and how many runs and personas have the day.
local function total(personas, field, day)
  local sum, runs, people = nil, 0, 0
  for _, persona in ipairs(personas) do
    local counts = 0
    for _, run in ipairs(persona.items) do
      if run.days[day] then
        local value = run.days[day][field]
        sum, counts = value and (sum or 0) + value or sum, counts + 1
      end
    end
    runs, people = runs + counts, people + (counts > 0 and 1 or 0)
  end
  return sum, runs, people
end

local function compute_day(personas, day)
  local out = { day = day, criteria = {}, criteria_ci95 = {} }
  for _, field in ipairs(measures.totals) do
    local sum
    sum, out.runs_n, out.personas_n = total(personas, field, day)
    out[field] = or_null(sum)
  end
  for _, m in ipairs(measures.list) do
    local values = over_personas(personas, m, day)
    out[m.field], out[m.interval], out[m.personas] = or_null(interval.mean(values)), interval_of(values, m.range), #values
  end
  for _, m in ipairs(measures.criteria) do
    local values = over_personas(personas, m, day)
    out.criteria[m.field], out.criteria_ci95[m.field] = or_null(interval.mean(values)), interval_of(values, m.range)
  end
  return out
end

local BY_PERSONA = { score = "score", rate = "recommendations_per_hour", said = "recommendation_score",
  f1 = "decision_f1", wish = "wish_per_hour" }

local function compute_persona(persona)
  local last, failed, seeds = 0, 0, {}
  local out = { id = persona.key, name = persona.key }
  for i, run in ipairs(persona.items) do
    last, seeds[i], out.name = math.max(last, run.last), run.seed, run.name or out.name
    for day = 1, run.last do failed = failed + (run.days[day] and run.days[day].failed or 0) end
  end
  out.seeds, out.days_n, out.failed = list(seeds), last, failed
  for _, m in ipairs(measures.list) do
    local name = BY_PERSONA[m.key]
    if name then
      local by_day = {}
      for day = 1, last do by_day[day] = or_null(persona_value(persona, m, day)) end
      out[name .. "_by_day"] = list(by_day)
      out[name .. "_first"], out[name .. "_last"] = or_null(by_day[1]), or_null(by_day[last])
    end
  end
  return out
end

-- The paired change from day 1 to the last day that every run has finished: the mean over personas of their own
-- differences. Null before there are two such days.
local function compute_change(personas, last)
  if last < 2 then return json.null end
  local out = { from = 1, to = last }
  for _, m in ipairs(measures.list) do
    local name = BY_PERSONA[m.key]
    if name then
      local changes = {}
      for _, persona in ipairs(personas) do
        local from, to = persona_value(persona, m, 1), persona_value(persona, m, last)
        if from and to then changes[#changes + 1] = to - from end
      end
      out[name .. "_mean"] = or_null(interval.mean(changes))
      out[name .. "_ci95"] = interval_of(changes, measures.change_range(m))
      out[name .. "_n"] = #changes
    end
  end
  return out
end

local function compute_condition(group, options)
  local personas, last, all = group_by(group.items, "persona"), 0, math.maxinteger
  for _, run in ipairs(group.items) do last, all = math.max(last, run.last), math.min(all, run.days_finished) end
  local out = {
    name = group.key, models = or_null(known(options.models)), runs_n = #group.items, personas_n = #personas,
    seeds_n = #group_by(group.items, "seed"), days_finished = all, days = list {}, personas = list {},
    change = compute_change(personas, all), final = final.of(personas, all), curve = curve.of(personas, all),
    shifts = shifts.of(personas, options.change, all),
  }
  for day = 1, last do
    out.days[#out.days + 1] = compute_day(personas, day)
  end
  for i, persona in ipairs(personas) do out.personas[i] = compute_persona(persona) end
  return out
end

-- True if every role of every condition is answered by the offline model; null if the study does not say. Imported days
-- were not, whatever the study says.
local function is_offline(conditions)
  local offline = true
  for _, condition in ipairs(conditions) do
    local models = known(condition.models)
    if not models then return json.null end
    for _, model in pairs(models) do offline = offline and model == "offline" end
  end
  return offline
end

local function programs(runs, own)
  local seen, out = {}, {}
  for _, run in ipairs(runs) do
    if run.program and not seen[run.program] then
      seen[run.program] = true
      out[#out + 1] = run.program
    end
  end
  table.sort(out)
  return #out > 0 and table.concat(out, ", ") or own
end

local function compute_study(study, runs)
  local out = {
    name = study.name, folder = study.folder, program = programs(runs, study.program), days = study.days,
    personas_n = #group_by(runs, "persona"), seeds_n = #group_by(runs, "seed"), runs_n = #runs, runs_finished = 0,
    days_finished = #runs > 0 and math.maxinteger or 0,
  }
  for _, run in ipairs(runs) do
    out.days_finished = math.min(out.days_finished, run.days_finished)
    if run.days_finished >= study.days then out.runs_finished = out.runs_finished + 1 end
  end
  return out
end

--- The report's document: docs/report.md describes it key by key.
---@param results table the document of host/sim/results.h
---@return table
function report_compute.compute(results)
  local runs, options = {}, {}
  local conditions, study_report = list {}, results.study.report or {}
  for i, run in ipairs(results.runs) do runs[i] = runs_of.read(run) end
  for _, condition in ipairs(results.study.conditions) do options[condition.name] = condition end
  local groups = group_by(runs, "condition")
  for i, group in ipairs(groups) do conditions[i] = compute_condition(group, options[group.key] or {}) end
  local from_outside = imported.compute(results)
  return {
    format = FORMAT, study = compute_study(results.study, runs), offline = from_outside == nil and is_offline(conditions),
    conditions = conditions, comparisons = compare.conditions(groups, study_report.baseline),
    published = published.beside(study_report, conditions),
    history = history.compute(results), recorded = recorded.compute(results), mmlu = mmlu.compute(results),
    cost = cost.compute(results.calls), imported = from_outside,
  }
end

return report_compute

--- Several studies side by side: the ranking of all their conditions, and the comparison of two studies, pair by pair.

local compare = require "propersim.report_compare"
local final = require "propersim.report_final"
local json = require "propersim.report_json"
local runs = require "propersim.report_runs"

local known, or_null, list = json.known, json.or_null, json.list

local report_studies = {}

--- What a ranking can go by, the first if nothing is said.
report_studies.RANKED_BY = { "score", "recommendation_score", "decision_f1", "wish_match" }

local FORMAT = 1

local function days_of(group)
  local last = math.maxinteger
  for _, run in ipairs(group.items) do last = math.min(last, run.days_finished) end
  return #group.items > 0 and last or 0
end

-- The conditions of a study as groups of runs, in the order of the study; `key` is what they are called in all.
local function groups_of(results, label)
  local all = {}
  for i, run in ipairs(results.runs) do all[i] = runs.read(run) end
  local groups = runs.group_by(all, "condition")
  for _, group in ipairs(groups) do
    group.condition, group.study, group.key = group.key, label, label .. "/" .. group.key
    group.days, group.asked = days_of(group), results.study.days
  end
  return groups
end

-- Labels that tell the studies apart: the folders' names; where two are the same, with their number.
local function labels_of(all)
  local count, out = {}, {}
  for _, results in ipairs(all) do count[results.study.folder] = (count[results.study.folder] or 0) + 1 end
  for i, results in ipairs(all) do
    local folder = results.study.folder
    out[i] = count[folder] > 1 and folder .. "#" .. i or folder
  end
  return out
end

local function study_of(results, label)
  local offline = true
  for _, condition in ipairs(results.study.conditions) do
    for _, model in pairs(known(condition.models) or { "?" }) do offline = offline and model == "offline" end
  end
  return { label = label, name = results.study.name, days = results.study.days, offline = offline }
end

local function studies_of(all, labels)
  local out = list {}
  for i, results in ipairs(all) do out[i] = study_of(results, labels[i]) end
  return out
end

-- The measures that are compared, and the ones that they are read with.
local COLUMNS = { "score", "recommendation_score", "decision_f1", "wish_match", "recommendations_per_hour", "wish_per_hour" }

local function row_of(group)
  local personas = runs.group_by(group.items, "persona")
  local ends = known(final.of(personas, group.days))
  local row = { study = group.study, condition = group.condition, personas_n = #personas,
    seeds_n = #runs.group_by(group.items, "seed"), days_finished = group.days, days = group.asked }
  for _, name in ipairs(COLUMNS) do
    row[name] = ends and ends[name] or json.null
    row[name .. "_ci95"] = ends and ends[name .. "_ci95"] or json.null
  end
  return row
end

-- The first row beside which each other one is tested; equal values stand in the order of the studies.
local function sort_rows(rows, by)
  for i, one in ipairs(rows) do one.order = i end
  table.sort(rows, function(a, b)
    local x, y = known(a.row[by]), known(b.row[by])
    if x ~= y then return x ~= nil and (y == nil or x > y) end
    return a.order < b.order
  end)
end

-- The pair with the one test that a ranking shows: so it is the only one that is corrected for.
local function only(pair, by)
  local kept = list {}
  for _, t in ipairs(pair.measures) do
    if t.measure == by then kept[1] = t end
  end
  pair.measures = kept
  return pair
end

--- The ranking of all conditions of several studies.
---@param all table[] documents of host/sim/results.h
---@param by string|nil of RANKED_BY
---@return table { format, kind, by, studies, rows, tests_n }
function report_studies.ranking(all, by)
  by = by or report_studies.RANKED_BY[1]
  local labels, rows, out, pairs_list = labels_of(all), {}, list {}, {}
  for i, results in ipairs(all) do
    for _, group in ipairs(groups_of(results, labels[i])) do rows[#rows + 1] = { row = row_of(group), group = group } end
  end
  sort_rows(rows, by)
  for i = 2, #rows do pairs_list[i - 1] = only(compare.pair(rows[1].group, rows[i].group), by) end
  local tests = compare.correct(pairs_list)
  for i, one in ipairs(rows) do
    local t = i > 1 and pairs_list[i - 1].measures[1] or {}
    one.row.rank = i
    one.row.beside_first = or_null(t.difference)
    one.row.beside_first_ci95, one.row.beside_first_p_holm = or_null(t.difference_ci95), or_null(t.p_holm)
    one.row.beside_first_n, one.row.beside_first_p_holm_smallest = t.personas_n or 0, or_null(t.p_holm_smallest)
    out[i] = one.row
  end
  return { format = FORMAT, kind = "ranking", by = by, studies = studies_of(all, labels), rows = out, tests_n = tests }
end

local function by_condition(groups)
  local out, names = {}, {}
  for i, group in ipairs(groups) do out[group.condition], names[i] = group, group.condition end
  return out, names
end

-- Which conditions are set side by side, or nil and why none are.
local function which(first, second, condition, other)
  local a, a_names = by_condition(first)
  local b, b_names = by_condition(second)
  if condition then
    other = other or condition
    if not a[condition] then
      return nil, string.format("%s has no condition %q; it has %s", first[1].study, condition, table.concat(a_names, ", "))
    end
    if not b[other] then
      return nil, string.format("%s has no condition %q; it has %s", second[1].study, other, table.concat(b_names, ", "))
    end
    return { { a[condition], b[other] } }
  end
  local out = {}
  for _, group in ipairs(first) do
    if b[group.condition] then out[#out + 1] = { group, b[group.condition] } end
  end
  if #out > 0 then return out end
  if #first == 1 and #second == 1 then return { { first[1], second[1] } } end
  return nil, string.format("they have no condition of the same name: %s has %s, %s has %s; choose with --condition X --with Y",
    first[1].study, table.concat(a_names, ", "), second[1].study, table.concat(b_names, ", "))
end

--- The comparison of two studies: conditions of the same name, or the one or two that are named.
---@param all table[] two documents of host/sim/results.h
---@param condition string|nil of the first study, and of the second if `other` is not given
---@param other string|nil of the second study
---@return table|nil { format, kind, studies, comparisons }
---@return string|nil problem
function report_studies.compare(all, condition, other)
  local labels = labels_of(all)
  if other and other ~= condition then -- told apart by their names
    labels = { all[1].study.folder, all[2].study.folder }
  end
  local first, second = groups_of(all[1], labels[1]), groups_of(all[2], labels[2])
  if #first == 0 or #second == 0 then return nil, "a study without runs cannot be compared" end
  local two, problem = which(first, second, condition, other)
  if not two then return nil, problem end
  local out = list {}
  for i, groups in ipairs(two) do out[i] = compare.pair(groups[1], groups[2]) end
  return {
    format = FORMAT, kind = "compare", studies = studies_of(all, labels),
    comparisons = { baseline = json.null, baseline_stated = false, level = compare.LEVEL,
      tests_n = compare.correct(out), pairs = out },
  }
end

return report_studies

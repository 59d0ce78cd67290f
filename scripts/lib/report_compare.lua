--- Tests between conditions, pair by pair: the same persona and seed in both, over the final days that both have finished.

local effect = require "propersim.stats_effect"
local final = require "propersim.report_final"
local interval = require "propersim.stats_interval"
local json = require "propersim.report_json"
local measures = require "propersim.report_measures"
local noise = require "propersim.stats_noise"
local paired = require "propersim.stats_paired"
local runs = require "propersim.report_runs"

local or_null, list = json.or_null, json.list

local report_compare = {}

--- What counts as sure: the corrected p must be below it.
report_compare.LEVEL = 0.05

local MOST_PAIRWISE = 6 -- conditions; with more, and no baseline, the first is the baseline
local TIMES = 10000

local function runs_by_seed(persona)
  local out = {}
  for _, run in ipairs(persona.items) do out[run.seed] = run end
  return out
end

-- The matched runs of two groups, by persona in the order of the first: list of { id, pairs = list of { a, b } }; and what
-- has no partner, as "p03, seed 2".
local function match(a, b)
  local out, alone = {}, {}
  local b_personas = runs.group_by(b.items, "persona")
  local a_personas = runs.group_by(a.items, "persona")
  for _, persona in ipairs(a_personas) do
    local partner = b_personas.by_key[persona.key]
    local others, one = partner and runs_by_seed(partner) or {}, { id = persona.key, pairs = {} }
    for _, run in ipairs(persona.items) do
      if others[run.seed] then
        one.pairs[#one.pairs + 1] = { a = run, b = others[run.seed] }
      else
        alone[#alone + 1] = string.format("%s, seed %d, of %s", persona.key, run.seed, a.key)
      end
    end
    if #one.pairs > 0 then out[#out + 1] = one end
  end
  for _, persona in ipairs(b_personas) do
    local partner = a_personas.by_key[persona.key]
    local others = partner and runs_by_seed(partner) or {}
    for _, run in ipairs(persona.items) do
      if not others[run.seed] then alone[#alone + 1] = string.format("%s, seed %d, of %s", persona.key, run.seed, b.key) end
    end
  end
  return out, alone
end

-- The values of the pairs in which both have the measure: for each persona the means of both sides and of the differences
-- over seeds, and the values by seed.
local function values_of(matched, measure, from, to)
  local v = { a = {}, b = {}, differences = {}, a_seeds = {}, b_seeds = {} }
  for _, persona in ipairs(matched) do
    local as, bs, ds = {}, {}, {}
    for _, pair in ipairs(persona.pairs) do
      local x, y = runs.value(pair.a, measure, from, to), runs.value(pair.b, measure, from, to)
      if x and y then as[#as + 1], bs[#bs + 1], ds[#ds + 1] = x, y, y - x end
    end
    if #ds > 0 then
      local n = #v.differences + 1
      v.a[n], v.b[n], v.differences[n] = interval.mean(as), interval.mean(bs), interval.mean(ds)
      v.a_seeds[n], v.b_seeds[n] = as, bs
    end
  end
  return v
end

local function test(matched, compared, from, to)
  local m = measures.of(compared.key)
  local v = values_of(matched, m, from, to)
  local p, exact = paired.permutation(v.differences)
  local p_wilcoxon, wilcoxon_exact = paired.wilcoxon(v.differences)
  local n = #v.differences
  return {
    measure = m.name, personas_n = n, a = or_null(interval.mean(v.a)), b = or_null(interval.mean(v.b)),
    difference = or_null(interval.mean(v.differences)),
    difference_ci95 = runs.interval_of(v.differences, measures.change_range(m), TIMES),
    p_permutation = or_null(n > 1 and p or nil), permutation_exact = or_null(n > 1 and exact or nil),
    p_wilcoxon = or_null(n > 1 and p_wilcoxon or nil), wilcoxon_exact = or_null(n > 1 and wilcoxon_exact or nil),
    cohens_d = or_null(effect.cohens_d(v.differences)), cliffs_delta = or_null(effect.cliffs_delta(v.b, v.a)),
    noise_floor = or_null((noise.floor(v.a_seeds, v.b_seeds))),
  }
end

local function last_day(matched)
  local last = math.maxinteger
  for _, persona in ipairs(matched) do
    for _, pair in ipairs(persona.pairs) do last = math.min(last, pair.a.days_finished, pair.b.days_finished) end
  end
  return #matched > 0 and last or 0
end

--- Compares two groups of runs: b beside a.
---@param a table { key, items = runs }
---@param b table
---@return table { a, b, from, to, personas_n, runs_n, unpaired, measures }
function report_compare.pair(a, b)
  local matched, alone = match(a, b)
  local last, count = last_day(matched), 0
  local from, to = final.window(last)
  for _, persona in ipairs(matched) do count = count + #persona.pairs end
  local out = { a = a.key, b = b.key, from = or_null(last > 0 and from or nil), to = or_null(last > 0 and to or nil),
    personas_n = #matched, runs_n = count, unpaired = list(alone), measures = list {} }
  for i, compared in ipairs(last > 0 and measures.compared or {}) do
    out.measures[i] = test(matched, compared, from, to)
  end
  return out
end

-- "better", "worse", or null where chance could explain the difference.
local function verdict(t)
  local p, d = json.known(t.p_holm), json.known(t.difference)
  if not p or p >= report_compare.LEVEL or d == 0 then return json.null end
  return d > 0 and "better" or "worse"
end

--- Corrects the p values of all tests of the pairs together (Holm), and says what is better.
---@param pairs_list table[] of `pair`; gains p_holm, p_wilcoxon_holm, p_holm_smallest,
--- verdict and size (in words, where there is a verdict) in each measure
---@return integer tests how many tests there are in all
function report_compare.correct(pairs_list)
  local all, permutation, wilcoxon, smallest = {}, {}, {}, {}
  for _, pair in ipairs(pairs_list) do
    for _, t in ipairs(pair.measures) do all[#all + 1] = t end
  end
  for i, t in ipairs(all) do
    permutation[i], wilcoxon[i] = json.known(t.p_permutation), json.known(t.p_wilcoxon)
    smallest[i] = permutation[i] and paired.smallest_p(t.personas_n)
  end
  local a, b, tests = paired.holm(permutation, #all), paired.holm(wilcoxon, #all), 0
  local least = paired.holm(smallest, #all) -- no test can get below: as if all personas agreed in all of them
  for i, t in ipairs(all) do
    t.p_holm, t.p_wilcoxon_holm, t.p_holm_smallest = or_null(a[i]), or_null(b[i]), or_null(least[i])
    t.verdict = verdict(t)
    local delta = json.known(t.cliffs_delta)
    t.size = or_null(json.known(t.verdict) and delta and effect.size(delta) or nil)
    tests = tests + (a[i] and 1 or 0)
  end
  return tests
end

-- Which conditions are set beside which: all others beside the baseline, or every pair.
local function which(groups, baseline)
  local out = {}
  if baseline then
    for _, group in ipairs(groups) do
      if group.key ~= baseline then out[#out + 1] = { groups.by_key[baseline], group } end
    end
    return out
  end
  for i = 1, #groups do
    for k = i + 1, #groups do out[#out + 1] = { groups[i], groups[k] } end
  end
  return out
end

--- All comparisons of a report's conditions.
---@param groups table[] runs by condition, with `by_key`
---@param baseline string|nil as the study says it
---@return table { baseline, baseline_stated, level, tests_n, pairs }
function report_compare.conditions(groups, baseline)
  local stated = baseline ~= nil
  if not groups.by_key[baseline] then baseline = #groups > MOST_PAIRWISE and groups[1].key or nil end
  local out = list {}
  for i, two in ipairs(which(groups, baseline)) do out[i] = report_compare.pair(two[1], two[2]) end
  return { baseline = or_null(baseline), baseline_stated = stated, level = report_compare.LEVEL,
    tests_n = report_compare.correct(out), pairs = out }
end

return report_compare

--- What a study expects of its results: `expect = function(result) ... end` in the study file (docs/suites.md).
---
--- An expectation that is not met does not end the function, so that all of them are told at once.

local format = require "propersim.report_format"
local json = require "propersim.report_json"
local measures = require "propersim.report_measures"
local text = require "text"

local known = json.known

local report_expect = {}

local function names_of(list)
  local out = {}
  for i, item in ipairs(list) do out[i] = item.name end
  return out
end

-- Mistakes of the study file: they end the function and count as not met.
local function mistake(name, what, names)
  local near = text.nearest(tostring(name), names)
  error(string.format("there is no %s %q; %s", what, tostring(name), near and "did you mean " .. near .. "?"
    or "known are " .. table.concat(names, ", ")), 0)
end

local function condition_of(data, name)
  for _, condition in ipairs(data.conditions) do
    if condition.name == name then return condition end
  end
  mistake(name, "condition", names_of(data.conditions))
end

local function measure_of(name)
  local m, is_criterion = measures.named(name)
  if m then return m, is_criterion end
  local names = names_of(measures.list)
  for _, c in ipairs(measures.criteria) do names[#names + 1] = c.field end
  mistake(name, "measure", names)
end

local function bounds(interval)
  interval = known(interval)
  if interval then return interval[1], interval[2] end
end

-- The mean and interval of a measure over the final days, or on a day.
local function value_of(data, condition, name, day)
  local c, m, is_criterion = condition_of(data, condition), measure_of(name)
  if not day and not is_criterion then
    local final = known(c.final) or {}
    return known(final[m.name]), bounds(final[m.name .. "_ci95"])
  end
  local numbers = c.days[day or #c.days]
  if not numbers then return nil end
  if is_criterion then return known(numbers.criteria[m.field]), bounds(numbers.criteria_ci95[m.field]) end
  return known(numbers[m.field]), bounds(numbers[m.interval])
end

local FIELDS = { "difference", "p_permutation", "p_wilcoxon", "p_holm", "cohens_d", "cliffs_delta", "noise_floor",
  "personas_n" }
local SIGNED = { difference = true, cohens_d = true, cliffs_delta = true }
local OTHER = { better = "worse", worse = "better" }

-- A test of the report, as b beside a; `flip` if the report has it the other way round.
local function test_of(pair, measure, flip)
  for _, t in ipairs(pair.measures) do
    if t.measure == measure then
      local out, verdict, low, high = {}, known(t.verdict), bounds(t.difference_ci95)
      for _, field in ipairs(FIELDS) do
        local v = known(t[field])
        out[field] = v and (flip and SIGNED[field] and -v or v) or nil
      end
      if low then out.low, out.high = flip and -high or low, flip and -low or high end
      out.verdict = flip and OTHER[verdict] or verdict
      return out
    end
  end
end

local function compare(data, a, b, measure)
  condition_of(data, a)
  condition_of(data, b)
  local names = {}
  for i, compared in ipairs(measures.compared) do names[i] = measures.of(compared.key).name end
  for _, pair in ipairs(data.comparisons.pairs) do
    if (pair.a == a and pair.b == b) or (pair.a == b and pair.b == a) then
      return test_of(pair, measure, pair.a == b) or mistake(measure, "compared measure", names)
    end
  end
  error(string.format("%s and %s are not compared in this report: state no baseline, or one of the two", a, b), 0)
end

local function number(x) return x and string.format("%.4g", x) or "no value" end

-- A value may be nil, where there is none; a bound may not.
local function check_numbers(call, value, ...)
  if value ~= nil and type(value) ~= "number" then
    error(string.format("%s: the value is a %s, and must be a number (or nil, where there is none)", call, type(value)), 0)
  end
  for _, bound in ipairs { ... } do
    if type(bound.value) ~= "number" then error(string.format("%s: `%s` is missing, or no number", call, bound.name), 0) end
  end
end

-- result.value gives three values: as the last argument they would be taken for the bound.
local function check_count(call, ...)
  if select("#", ...) > 0 then
    error(call .. ": too many arguments; result.value gives mean, low and high, so put the bound behind it", 0)
  end
end

-- The functions of result.expect; each adds to `outcomes`.
local function expectations(data, outcomes)
  local expect = {}
  local function add(what, met, figures)
    outcomes[#outcomes + 1] = { what = tostring(what), met = met and true or false, figures = figures }
  end
  function expect.at_least(what, value, bound, ...)
    check_count("at_least(what, value, bound)", ...)
    check_numbers("at_least(what, value, bound)", value, { name = "bound", value = bound })
    add(what, value and value >= bound, string.format("%s, at least %s", number(value), number(bound)))
  end
  function expect.at_most(what, value, bound, ...)
    check_count("at_most(what, value, bound)", ...)
    check_numbers("at_most(what, value, bound)", value, { name = "bound", value = bound })
    add(what, value and value <= bound, string.format("%s, at most %s", number(value), number(bound)))
  end
  function expect.between(what, value, low, high)
    check_numbers("between(what, value, low, high)", value, { name = "low", value = low }, { name = "high", value = high })
    add(what, value and value >= low and value <= high, string.format("%s, from %s to %s", number(value), number(low),
      number(high)))
  end
  function expect.is_true(what, condition, figures)
    add(what, condition, figures and tostring(figures) or tostring(condition))
  end
  local function verdict(wanted, b, a, measure)
    local t = compare(data, a, b, measure)
    add(string.format("%s is %s than %s in %s", b, wanted, a, measure), t.verdict == wanted,
      string.format("%s%s, p %s after Holm's correction", format.change(t.difference),
        t.low and string.format(" [%s, %s]", format.change(t.low), format.change(t.high)) or "", format.p(t.p_holm)))
  end
  function expect.better(b, a, measure) verdict("better", b, a, measure or "score") end
  function expect.worse(b, a, measure) verdict("worse", b, a, measure or "score") end
  function expect.rises(condition, measure, by)
    check_numbers("rises(condition, measure, by)", by)
    local first, last = value_of(data, condition, measure, 1), value_of(data, condition, measure)
    add(string.format("%s of %s rises by %g", measure, condition, by or 0), first and last and last - first >= (by or 0),
      string.format("%s on day 1, %s over the final days", number(first), number(last)))
  end
  function expect.stays(condition, measure, within)
    check_numbers("stays(condition, measure, within)", nil, { name = "within", value = within })
    local first, last = value_of(data, condition, measure, 1), value_of(data, condition, measure)
    add(string.format("%s of %s stays within %g", measure, condition, within), first and last
      and math.abs(last - first) <= within, string.format("%s on day 1, %s over the final days", number(first), number(last)))
  end
  return expect
end

local function sorted_names(...)
  local out = {}
  for _, fields in ipairs { ... } do
    for name in pairs(fields) do out[#out + 1] = name end
  end
  table.sort(out)
  return out
end

-- The table, in which a field that does not exist is a mistake. optional: names of fields that may be nil.
local function strict(t, what, optional)
  local may_be_nil = {}
  for _, name in ipairs(optional or {}) do may_be_nil[name] = true end
  return setmetatable(t, { __index = function(_, name)
    if may_be_nil[name] then return nil end
    local names = sorted_names(t, may_be_nil)
    local near = text.nearest(tostring(name), names)
    error(string.format("%s has no field %s; %s", what, tostring(name), near and "did you mean " .. near .. "?"
      or "it has " .. table.concat(names, ", ")), 2)
  end })
end

-- The function, whose mistakes are those of the line that called it.
local function blaming_caller(fn)
  return function(...)
    local results = table.pack(pcall(fn, ...))
    if not results[1] then error(results[2], 2) end
    return table.unpack(results, 2, results.n)
  end
end

local COMPARED = { "verdict", "low", "high", table.unpack(FIELDS) }

--- What the function of the study file gets; docs/suites.md describes it.
---@param data table the report's document
---@param outcomes table[] gets the outcomes
---@return table
local function result_of(data, outcomes)
  local expect = expectations(data, outcomes)
  for _, name in ipairs(sorted_names(expect)) do expect[name] = blaming_caller(expect[name]) end
  local result = { study = data.study, conditions = names_of(data.conditions), data = data,
    expect = strict(expect, "result.expect") }
  result.value = blaming_caller(function(condition, measure, day) return value_of(data, condition, measure, day) end)
  result.compare = blaming_caller(function(b, a, measure)
    return strict(compare(data, a, b, measure or "score"), "what result.compare gives", COMPARED)
  end)
  return strict(result, "result")
end

--- True once every run has finished all its days: what is expected of a study is expected of the whole.
function report_expect.is_complete(data)
  return data.study.runs_n > 0 and data.study.runs_finished == data.study.runs_n
end

-- Where the host keeps the study's file among the scripts, which no user has seen (host/sim/guest.c).
local INNER = "scripts/guest/"

-- The message with the file as it is called in the study's folder.
local function located(problem, folder)
  local at, last = problem:find(INNER, 1, true)
  if not at then return problem end
  return problem:sub(1, at - 1) .. folder .. "/" .. located(problem:sub(last + 1), folder)
end

--- Runs the function of a study file; what it raises is an expectation that is not met, and so is one that checks nothing:
--- it would guard nothing.
---@param fn fun(result: table)
---@param data table the report's document
---@return table[] list of { what, met, figures }
function report_expect.judge(fn, data)
  local outcomes = json.list {}
  local ok, problem = pcall(fn, result_of(data, outcomes))
  if not ok then
    outcomes[#outcomes + 1] = { what = "`expect` failed", met = false, figures = located(tostring(problem), data.study.folder) }
  elseif #outcomes == 0 then
    outcomes[1] = { what = "`expect` expects nothing", met = false,
      figures = "it called none of result.expect.at_least, at_most, between, is_true, better, worse, rises, stays" }
  end
  return outcomes
end

--- How many are not met, and each of those as a line of text.
---@param outcomes table[]|nil
---@return integer
---@return string
function report_expect.unmet(outcomes)
  local out = {}
  for _, o in ipairs(outcomes or {}) do
    if not o.met then out[#out + 1] = string.format("  %s: %s\n", o.what, o.figures) end
  end
  return #out, table.concat(out)
end

return report_expect

--- The comparisons of a report in plain words, and as rows for its tables.

local format = require "propersim.report_format"
local json = require "propersim.report_json"
local measures = require "propersim.report_measures"
local paired = require "propersim.stats_paired"

local known = json.known

local report_verdicts = {}

local WORDS, SHORT, TINY = {}, {}, {}
for _, compared in ipairs(measures.compared) do
  local name = measures.of(compared.key).name
  WORDS[name], SHORT[name], TINY[name] = compared.words, compared.short, compared.tiny
end

--- What a compared measure is called in tables.
---@param name string
---@param narrow boolean|nil in a terminal
---@return string
function report_verdicts.name(name, narrow) return (narrow and TINY or SHORT)[name] end

local SHOWN = 0.005 -- a smaller difference would read as 0.00

local function with_difference(t)
  if math.abs(t.difference) < SHOWN then return string.format("%s (by less than %g)", WORDS[t.measure], SHOWN) end
  return string.format("%s (%s)", WORDS[t.measure], format.with_interval(t.difference, t.difference_ci95, format.change))
end

--- True if a test cannot be sure whatever its personas do: they are too few for so many tests.
---@param t table a measure of a pair
---@param level number
function report_verdicts.is_hopeless(t, level)
  local smallest = known(t.p_holm_smallest)
  return smallest ~= nil and smallest >= level
end

--- "better", "worse", "not sure", or "too few personas" to be sure.
---@param t table a measure of a pair
---@param level number
---@return string
function report_verdicts.outcome(t, level)
  return known(t.verdict) or (report_verdicts.is_hopeless(t, level) and "too few personas" or "not sure")
end

--- An effect size as text; nothing where the personas are too few for a sure p: of three, Cohen's d can be in the hundreds.
---@param t table a measure of a pair
---@param field "cohens_d"|"cliffs_delta"
---@param level number
---@return string
function report_verdicts.effect(t, field, level)
  return paired.smallest_p(t.personas_n) < level and format.change(t[field]) or format.missing
end

local function by_verdict(pair, level)
  local better, worse, open, hopeless = {}, {}, {}, {}
  for _, t in ipairs(pair.measures) do
    local verdict = known(t.verdict)
    if verdict == "better" then better[#better + 1] = with_difference(t)
    elseif verdict == "worse" then worse[#worse + 1] = with_difference(t)
    elseif report_verdicts.is_hopeless(t, level) then hopeless[#hopeless + 1] = WORDS[t.measure]
    else open[#open + 1] = WORDS[t.measure] end
  end
  return better, worse, open, hopeless
end

-- The fewest personas with which one of so many tests can be sure.
local function enough(tests, level)
  local n = 2
  while paired.smallest_p(n) * tests >= level do n = n + 1 end
  return n
end

-- Why no test of the pair can tell anything; nil if one can.
local function too_few(pair, comparisons)
  if not known(pair.from) then return "They have no finished days of the same persona and seed in common." end
  if pair.personas_n < 2 then return "With one persona there is nothing to test." end
  local most, smallest = 0, 1
  for _, t in ipairs(pair.measures) do
    most, smallest = math.max(most, t.personas_n), math.min(smallest, known(t.p_holm_smallest) or 1)
  end
  if smallest < comparisons.level then return nil end
  local alone = paired.smallest_p(most)
  if alone >= comparisons.level then
    return string.format("%d personas are too few to tell: even if all agreed, p would be %s.", most, format.p(alone))
  end
  return string.format("%d personas are too few for %s: even if all agreed, p after Holm would be %s; use more personas (%d or "
    .. "more) or fewer comparisons.", most, format.count(comparisons.tests_n, "test"), format.p(smallest),
    enough(comparisons.tests_n, comparisons.level))
end

--- How a difference stands beside what seeds alone do: nil if that is not known.
---@param t table a measure of a pair
---@return string|nil
function report_verdicts.beside_noise(t)
  local floor, d = known(t.noise_floor), known(t.difference)
  if not floor or not d then return nil end
  return math.abs(d) > floor and "more than seeds make" or "no more than seeds make"
end

local function noise_words(pair)
  local inside, any = {}, false
  for _, t in ipairs(pair.measures) do
    if known(t.noise_floor) then
      any = true
      if known(t.verdict) and math.abs(t.difference) <= t.noise_floor then inside[#inside + 1] = WORDS[t.measure] end
    end
  end
  if not any then return " One seed: what other seeds alone would change is not known." end
  if #inside == 0 then return "" end
  return " But other seeds alone could change " .. format.enumerate(inside) .. " as much."
end

--- What came of a comparison, in a sentence or two.
---@param pair table of the report's document
---@param comparisons table of the report's document: level, tests_n
---@return string
function report_verdicts.sentence(pair, comparisons)
  local head = pair.b .. " beside " .. pair.a .. ": "
  local few = too_few(pair, comparisons)
  if few then return head .. few end
  local better, worse, open, hopeless = by_verdict(pair, comparisons.level)
  local parts = {}
  if #better > 0 then parts[#parts + 1] = "better in " .. format.enumerate(better) end
  if #worse > 0 then parts[#parts + 1] = "worse in " .. format.enumerate(worse) end
  if #open > 0 then
    parts[#parts + 1] = (#parts > 0 and "no sure difference in " or "no sure difference, neither in ") .. (#parts > 0
      and format.enumerate(open) or table.concat(open, " nor in "))
  end
  if #hopeless > 0 then parts[#parts + 1] = "too few personas to be sure of " .. format.enumerate(hopeless) end
  return head .. table.concat(parts, "; ") .. "." .. noise_words(pair)
end

--- One sentence for all comparisons of a report if none of them can tell anything, for the same reason; else nil.
---@param comparisons table of the report's document
---@return string|nil
function report_verdicts.none_can_tell(comparisons)
  local why
  for _, pair in ipairs(comparisons.pairs) do
    local few = too_few(pair, comparisons)
    if not few or (why and few ~= why) then return nil end
    why = few
  end
  return #comparisons.pairs > 1 and "No two conditions can be told apart: " .. why or nil
end

--- What a comparison rests on: "days 5 to 6, 6 personas, 12 pairs of runs".
---@param pair table of the report's document
---@return string
function report_verdicts.basis(pair)
  if not known(pair.from) then return "No day is in both." end
  return string.format("Over %s: %s, %s of runs.", format.window(pair.from, pair.to), format.count(pair.personas_n, "persona"),
    format.count(pair.runs_n, "pair"))
end

--- "all pairs of conditions" or what they are set beside.
---@param comparisons table of the report's document
---@return string
function report_verdicts.about(comparisons)
  local baseline = known(comparisons.baseline)
  local text = string.format("Pairs of the same persona and seed, averaged over seeds; %s in all, p corrected for it (Holm).",
    format.count(comparisons.tests_n, "test"))
  if not baseline then return text end
  return text .. (comparisons.baseline_stated and " All are set beside " .. baseline .. "."
    or " All are set beside the first, " .. baseline .. "; `baseline` in the study chooses another.")
end

return report_verdicts

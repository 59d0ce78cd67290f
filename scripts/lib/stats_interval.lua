--- 95 % intervals of a mean: Student's t, percentile bootstrap, bias-corrected and accelerated bootstrap.
---
--- The draws come from a fixed stream, so that the same numbers have the same interval everywhere.

local stats = require "stats"

local stats_interval = {}

--- Fewer values than this have Student's interval: a bootstrap of a handful is too narrow (Efron and Tibshirani 1993,
--- section 13.3 and 14.3, where intervals of small samples undercover).
stats_interval.FEW = 10

--- How many samples are drawn where nothing else is said.
stats_interval.TIMES = 2000

--- The mean, or nil of nothing.
---@param xs number[]
---@return number|nil
function stats_interval.mean(xs)
  if #xs == 0 then return nil end
  return stats.mean(xs)
end

--- mean -+ t * sd / sqrt(n), t the quantile of Student's distribution with n - 1 degrees of freedom (Student 1908); nil
--- of fewer than two numbers.
---@param xs number[]
---@return number|nil low
---@return number|nil high
function stats_interval.student(xs)
  local n = #xs
  if n < 2 then return nil end
  local mean = stats.mean(xs)
  local half = stats.t_quantile(0.975, n - 1) * stats.sd(xs) / math.sqrt(n)
  return mean - half, mean + half
end

--- The middle 95 % of the bootstrap means (Efron and Tibshirani 1993, section 13.3); nil of fewer than two numbers.
---@param xs number[]
---@param times integer|nil
---@param seed integer|nil
---@return number|nil low
---@return number|nil high
function stats_interval.percentile(xs, times, seed)
  if #xs < 2 then return nil end
  local means = stats.bootstrap_means(xs, times or stats_interval.TIMES, seed)
  return stats.quantile(means, 0.025), stats.quantile(means, 0.975)
end

-- The acceleration of a mean from its jackknife values (Efron and Tibshirani 1993, eq. 14.15). Leaving out x moves the
-- mean by (mean - x) / (n - 1), so the factors cancel.
local function acceleration(xs)
  local mean, cubes, squares = stats.mean(xs), {}, {}
  for i, x in ipairs(xs) do
    local d = x - mean
    squares[i], cubes[i] = d * d, d * d * d
  end
  local square = stats.sum(squares)
  return square > 0 and stats.sum(cubes) / (6 * square ^ 1.5) or 0
end

-- The share of the sorted means below the mean itself; equal ones count half.
local function share_below(means, mean)
  local below, equal = 0, 0
  for _, m in ipairs(means) do
    if m < mean then below = below + 1 elseif m == mean then equal = equal + 1 end
  end
  return (below + equal / 2) / #means
end

--- The bias-corrected and accelerated interval (Efron 1987; Efron and Tibshirani 1993, eq. 14.9 to 14.15). Where all
--- means lie on one side, which has no correction, it is the percentile interval. Nil of fewer than two numbers.
---@param xs number[]
---@param times integer|nil
---@param seed integer|nil
---@return number|nil low
---@return number|nil high
function stats_interval.bca(xs, times, seed)
  if #xs < 2 then return nil end
  local means = stats.bootstrap_means(xs, times or stats_interval.TIMES, seed)
  local share, a = share_below(means, stats.mean(xs)), acceleration(xs)
  if share <= 0 or share >= 1 then return stats.quantile(means, 0.025), stats.quantile(means, 0.975) end
  local z0 = stats.normal_quantile(share)
  local function corrected(p)
    local z = z0 + stats.normal_quantile(p)
    return stats.normal_cdf(z0 + z / (1 - a * z))
  end
  return stats.quantile(means, corrected(0.025)), stats.quantile(means, corrected(0.975))
end

--- The interval of the report: BCa, and Student's of fewer than FEW numbers; nil of fewer than two.
---@param xs number[]
---@param times integer|nil
---@return number|nil low
---@return number|nil high
function stats_interval.interval(xs, times)
  if #xs < stats_interval.FEW then return stats_interval.student(xs) end
  return stats_interval.bca(xs, times)
end

return stats_interval

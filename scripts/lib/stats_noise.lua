--- What chance does between two runs that differ in nothing but their seed.

local stats = require "stats"

local stats_noise = {}

--- The standard deviation between the seeds of a persona, pooled over personas (the within-group mean square of a one-way
--- layout: Snedecor and Cochran 1989, section 12.3). Nil if no persona has two seeds.
---@param personas number[][] for each persona, one value a seed
---@return number|nil sd
---@return integer|nil df degrees of freedom: values less personas
function stats_noise.seed_sd(personas)
  local squares, df = {}, 0
  for _, values in ipairs(personas) do
    if #values > 1 then
      local sd = stats.sd(values)
      squares[#squares + 1], df = (#values - 1) * sd * sd, df + #values - 1
    end
  end
  if df == 0 then return nil end
  return math.sqrt(stats.sum(squares) / df), df
end

--- The noise floor of a study: 95 of 100 repetitions of one condition, with the same personas and as many other seeds,
--- would differ by less than this from the first. Each mean over P personas and S seeds a persona has the variance
--- sd^2 / P * mean of 1 / S; two of them differ with twice that; t has the degrees of freedom of sd.
--- Nil if no persona has two seeds. An empty persona counts for nothing.
---@param personas number[][] for each persona, one value a seed
---@param more number[][]|nil further personas or conditions from which the sd is taken, too
---@return number|nil floor
---@return number|nil sd between seeds
function stats_noise.floor(personas, more)
  local all, shares = {}, {}
  for _, values in ipairs(personas) do all[#all + 1] = values end
  for _, values in ipairs(more or {}) do all[#all + 1] = values end
  local sd, df = stats_noise.seed_sd(all)
  for _, values in ipairs(personas) do
    if #values > 0 then shares[#shares + 1] = 1 / #values end
  end
  if not sd or #shares == 0 then return nil end
  return stats.t_quantile(0.975, df) * sd * math.sqrt(2 * stats.mean(shares) / #shares), sd
end

return stats_noise

---@meta stats
--- Numbers of samples and of two distributions. Lists hold finite numbers only. Errors: arguments that have no answer.

---@class stats
local stats = {}

--- The sum, without the digits that adding one by one loses. 0 for an empty list.
---@param list number[]
---@return number
function stats.sum(list) end

--- The mean of at least one number.
---@param list number[]
---@return number
function stats.mean(list) end

--- The sample standard deviation (n - 1) of at least two numbers.
---@param list number[]
---@return number
function stats.sd(list) end

--- The quantile, interpolated between two values (type 7 of Hyndman and Fan, as in R and numpy).
---@param list number[] in any order
---@param p number 0 to 1
---@return number
function stats.quantile(list, p) end

--- P(Z <= x) of the standard normal distribution.
---@param x number
---@return number
function stats.normal_cdf(x) end

--- The x with normal_cdf(x) = p.
---@param p number above 0, below 1
---@return number
function stats.normal_quantile(p) end

--- P(T <= t) of Student's t distribution.
---@param t number
---@param df number degrees of freedom, above 0
---@return number
function stats.t_cdf(t, df) end

--- The t with t_cdf(t, df) = p.
---@param p number above 0, below 1
---@param df number degrees of freedom, above 0
---@return number
function stats.t_quantile(p, df) end

--- Means of samples drawn from a list with replacement, each as long as the list; in rising order.
---@param list number[] at least one
---@param times integer how many means, 1 to 10 million
---@param seed integer? of the draws (1)
---@return number[]
function stats.bootstrap_means(list, times, seed) end

--- The two-sided p of the paired permutation test: how often is the sum of the differences at least as far from 0 if each
--- has its sign by chance? All choices of signs are counted for up to 32 differences, beyond that `times` are drawn.
---@param list number[] differences of pairs, at least one
---@param times integer how many are drawn where not all are counted
---@param seed integer? of the draws (1)
---@return number p
---@return boolean exact
function stats.sign_flips(list, times, seed) end

return stats

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

return stats

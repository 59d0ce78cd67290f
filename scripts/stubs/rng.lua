---@meta rng
--- Random draws. A stream depends on its name alone: the study's seed, the persona, the purpose, and a number (the day,
--- if none is given). The same name gives the same draws: give a number (a step) where they should differ within a day.
--- math.random draws from one stream of the day, which goes on.

---@class rng
local rng = {}

---@class RandomStream
local RandomStream = {}

--- A stream, at its beginning. Not in main chunks of modules.
---@param purpose string
---@param number integer|nil
---@return RandomStream
function rng.stream(purpose, number) end

--- Uniform in [0, 1).
---@return number
function RandomStream:unit() end

--- A whole number in 0..n-1.
---@param n integer at least 1
---@return integer
function RandomStream:below(n) end

--- A whole number in low..high, both included.
---@param low integer
---@param high integer
---@return integer
function RandomStream:between(low, high) end

--- Normally distributed.
---@param mean number|nil 0
---@param sd number|nil 1
---@return number
function RandomStream:normal(mean, sd) end

--- True with this probability.
---@param p number 0 to 1
---@return boolean
function RandomStream:chance(p) end

--- One entry of a list that is not empty.
---@generic T
---@param list T[]
---@return T
function RandomStream:pick(list) end

--- A new list with the same entries in random order.
---@generic T
---@param list T[]
---@return T[]
function RandomStream:shuffle(list) end

--- An index, drawn with these weights.
---@param weights number[] finite, not negative, with a sum above 0
---@return integer
function RandomStream:weighted(weights) end

return rng

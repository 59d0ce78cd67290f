--- Tests of paired differences: sign flips (permutation) and Wilcoxon's signed ranks, and Holm's correction of several.

local stats = require "stats"

local stats_paired = {}

local DRAWS = 100000
local EXACT_UP_TO = 32 -- differences whose signs are all tried: host/script/lib_stats.c
local EXACT_BELOW = 50 -- differences; as R's wilcox.test

--- The paired permutation test of a mean difference of 0 (Fisher 1935, The Design of Experiments, section 21): all 2^n
--- choices of signs up to 32 pairs, beyond that 100,000 drawn from a fixed stream, with p = (1 + hits) / (1 + draws)
--- (Phipson and Smyth 2010). Two-sided. Nil of nothing.
---@param differences number[]
---@return number|nil p
---@return boolean|nil exact
function stats_paired.permutation(differences)
  if #differences == 0 then return nil end
  return stats.sign_flips(differences, DRAWS)
end

--- The smallest p that so many differences can give: all of them on one side.
---@param n integer
---@return number
function stats_paired.smallest_p(n)
  if n < 1 then return 1 end
  return n <= EXACT_UP_TO and 2.0 ^ (1 - n) or 1 / (1 + DRAWS)
end

-- The differences that are not 0, by size; and whether any were 0.
local function by_size(differences)
  local out, zeros = {}, false
  for _, d in ipairs(differences) do
    if d == 0 then zeros = true else out[#out + 1] = { size = math.abs(d), positive = d > 0 } end
  end
  table.sort(out, function(a, b) return a.size < b.size end)
  return out, zeros
end

-- Sets the mean rank of equal sizes; returns the sum of t^3 - t over groups of t equal ones.
local function rank(items)
  local ties, i = 0, 1
  while i <= #items do
    local last = i
    while items[last + 1] and items[last + 1].size == items[i].size do last = last + 1 end
    for k = i, last do items[k].rank = (i + last) / 2 end
    local t = last - i + 1
    ties, i = ties + t * t * t - t, last + 1
  end
  return ties
end

-- P(V <= v) of the sum V of positive ranks of n differences, by counting the subsets of 1..n with each sum
-- (Hollander, Wolfe and Chicken 2014, section 3.1; counts are kept as shares so that they stay in range).
local function cumulative(v, n)
  local most = n * (n + 1) // 2
  local share = { [0] = 1.0 }
  for i = 1, most do share[i] = 0.0 end
  for k = 1, n do
    for sum = k * (k + 1) // 2, 0, -1 do
      share[sum] = 0.5 * share[sum] + (sum >= k and 0.5 * share[sum - k] or 0)
    end
  end
  local p = 0
  for sum = 0, math.min(v, most) do p = p + share[sum] end
  return p
end

local function exact_p(v, n)
  local v_low = math.min(v, n * (n + 1) // 2 - v) -- the distribution is symmetric
  return math.min(1, 2 * cumulative(v_low // 1, n))
end

local function normal_p(v, n, ties)
  local z = v - n * (n + 1) / 4
  local sigma = math.sqrt(n * (n + 1) * (2 * n + 1) / 24 - ties / 48)
  if sigma == 0 then return 1 end
  z = (z - (z > 0 and 0.5 or z < 0 and -0.5 or 0)) / sigma
  return 2 * math.min(stats.normal_cdf(z), stats.normal_cdf(-z))
end

--- Wilcoxon's signed-rank test (Wilcoxon 1945), as R's wilcox.test does it: differences of 0 are left out and the rest
--- ranked by size, equal sizes with their mean rank. Exact for fewer than 50 differences without ties and zeros; otherwise
--- the normal approximation with the correction for ties (Lehmann 1975, section 3.2) and for continuity. Two-sided.
--- Nil if no difference is left.
---@param differences number[]
---@return number|nil p
---@return boolean|nil exact
---@return number|nil v the sum of the ranks of positive differences
function stats_paired.wilcoxon(differences)
  local items, zeros = by_size(differences)
  local n = #items
  if n == 0 then return nil end
  local ties, v = rank(items), 0
  for _, item in ipairs(items) do v = v + (item.positive and item.rank or 0) end
  if n < EXACT_BELOW and ties == 0 and not zeros then return exact_p(v, n), true, v end
  return normal_p(v, n, ties), false, v
end

--- Holm's step-down correction (Holm 1979): the p values of tests that are looked at together, in the same order. The
--- chance that any true hypothesis falls at a level stays below that level. Nil entries stay nil and do not count.
---@param ps table list with holes of p values
---@param n integer length with the holes
---@return table
function stats_paired.holm(ps, n)
  local order, out, highest = {}, {}, 0
  for i = 1, n do
    if ps[i] then order[#order + 1] = i end
  end
  table.sort(order, function(a, b)
    if ps[a] ~= ps[b] then return ps[a] < ps[b] end
    return a < b
  end)
  for k, i in ipairs(order) do
    highest = math.max(highest, math.min(1, (#order - k + 1) * ps[i]))
    out[i] = highest
  end
  return out
end

return stats_paired

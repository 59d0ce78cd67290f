--- Effect sizes: how large a difference is, beside how sure it is.

local stats = require "stats"

local stats_effect = {}

--- Cohen's d of paired differences, d_z = mean / standard deviation of the differences (Cohen 1988, section 2.3.5; named
--- d_z by Lakens 2013). Nil of fewer than two, or if all differences are the same.
---@param differences number[]
---@return number|nil
function stats_effect.cohens_d(differences)
  if #differences < 2 then return nil end
  local sd = stats.sd(differences)
  if sd == 0 then return nil end
  return stats.mean(differences) / sd
end

--- Cliff's delta (Cliff 1993): P(a > b) - P(a < b) over all pairs of one value of each list, -1 to 1. Nil if a list is
--- empty.
---@param as number[]
---@param bs number[]
---@return number|nil
function stats_effect.cliffs_delta(as, bs)
  if #as == 0 or #bs == 0 then return nil end
  local more = 0
  for _, a in ipairs(as) do
    for _, b in ipairs(bs) do more = more + (a > b and 1 or a < b and -1 or 0) end
  end
  return more / (#as * #bs)
end

--- What Cliff's delta is called: "negligible", "small", "medium" or "large" (limits 0.147, 0.33, 0.474 of Romano et al.
--- 2006).
---@param delta number
---@return string
function stats_effect.size(delta)
  local d = math.abs(delta)
  return d < 0.147 and "negligible" or d < 0.33 and "small" or d < 0.474 and "medium" or "large"
end

return stats_effect

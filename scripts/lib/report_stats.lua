--- Means and Student-t intervals of a handful of numbers: the numeric kernel of the report.
---
--- Everything is summed in the order given, so the same list gives the same bits.

local report_stats = {}

--- Arithmetic mean; nil of nothing.
---@param xs number[]
---@return number|nil
function report_stats.mean(xs)
  if #xs == 0 then return nil end
  local sum = 0.0
  for _, x in ipairs(xs) do sum = sum + x end
  return sum / #xs
end

--- Standard deviation of a sample (divides by n - 1); nil of fewer than two numbers.
---@param xs number[]
---@return number|nil
function report_stats.sd(xs)
  if #xs < 2 then return nil end
  local mean, sum = report_stats.mean(xs), 0.0
  for _, x in ipairs(xs) do sum = sum + (x - mean) ^ 2 end
  return math.sqrt(sum / (#xs - 1))
end

-- P(|T| <= t) for df degrees of freedom, with angle = atan(t / sqrt(df)): the finite series for whole df of
-- Abramowitz & Stegun, Handbook of Mathematical Functions, 26.7.3 (odd) and 26.7.4 (even).
local function within(angle, df)
  local cos2 = math.cos(angle) ^ 2
  local odd = df % 2 == 1
  local term, sum = odd and math.cos(angle) or 1.0, 0.0
  local k = odd and 2 or 1
  for _ = 1, df // 2 do
    sum = sum + term
    term = term * cos2 * k / (k + 1)
    k = k + 2
  end
  if odd then return 2 / math.pi * (angle + math.sin(angle) * sum) end
  return math.sin(angle) * sum
end

--- The t that a Student-t variable stays within, on both sides, with this probability.
---@param probability number between 0 and 1, such as 0.95
---@param df integer degrees of freedom, 1 or more
---@return number
function report_stats.t_within(probability, df)
  local low, high = 0.0, math.pi / 2
  while true do
    local middle = (low + high) / 2
    if middle <= low or middle >= high then return math.sqrt(df) * math.tan(low) end
    if within(middle, df) < probability then low = middle else high = middle end
  end
end

--- The 95 % interval of the mean, mean -+ t * sd / sqrt(n); nil of fewer than two numbers.
---@param xs number[]
---@return number|nil low
---@return number|nil high
function report_stats.interval(xs)
  local n = #xs
  if n < 2 then return nil end
  local mean = report_stats.mean(xs)
  local half = report_stats.t_within(0.95, n - 1) * report_stats.sd(xs) / math.sqrt(n)
  return mean - half, mean + half
end

return report_stats

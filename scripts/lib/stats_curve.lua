--- Numbers of a curve of daily values: its area, how soon it has gained, how it falls and recovers.
---
--- Curves are tables by day; a day without a value is nil.

local stats = require "stats"

local stats_curve = {}

stats_curve.SHARE = 0.9

local BEFORE_DAYS = 3

--- How many last days count as the end of a curve: a fifth of them, rounded up.
---@param last integer
---@return integer
function stats_curve.final_days(last) return (last + 4) // 5 end

--- The mean of the days from..to that have a value; nil if none has.
---@param curve table<integer, number>
---@param from integer
---@param to integer
---@return number|nil
function stats_curve.mean(curve, from, to)
  local values = {}
  for day = math.max(1, from), to do values[#values + 1] = curve[day] end
  if #values == 0 then return nil end
  return stats.mean(values)
end

--- The area under the curve from its first to its last value by the trapezoidal rule, divided by the days between them: so
--- a mean over time, in the unit of the values. One value is its own area; nil of none.
---@param curve table<integer, number>
---@param last integer
---@return number|nil
function stats_curve.area(curve, last)
  local parts, from, first_value, before = {}, nil, nil, nil
  for day = 1, last do
    local v = curve[day]
    if v then
      if before then parts[#parts + 1] = (day - before) * (curve[before] + v) / 2 end
      from, first_value, before = from or day, first_value or v, day
    end
  end
  if not before or before == from then return first_value end
  return stats.sum(parts) / (before - from)
end

--- The first day on which the curve has made 90 % of its way from day 1 to its end (the mean of its final days). Nil if it
--- does not rise.
---@param curve table<integer, number>
---@param last integer
---@return integer|nil day
---@return number|nil gain from day 1 to the end
function stats_curve.days_to_gain(curve, last)
  local final = stats_curve.mean(curve, last - stats_curve.final_days(last) + 1, last)
  if not curve[1] or not final then return nil end
  local gain = final - curve[1]
  if gain <= 0 then return nil, gain end
  for day = 1, last do
    if curve[day] and curve[day] - curve[1] >= stats_curve.SHARE * gain then return day, gain end
  end
  return nil, gain
end

--- How a curve falls and recovers when something changes on a day: from the mean of up to three days before it to the
--- lowest day from then on; it has recovered on the first day after that on which 90 % of the fall are made up for.
--- Nil if there is no value before or after, or nothing falls.
---@param curve table<integer, number>
---@param day integer on which something changes
---@param last integer
---@return table|nil { before, lowest, lowest_day, fall, recovered_day (nil if not within the study), days (after the change) }
function stats_curve.recovery(curve, day, last)
  local before, lowest_day = stats_curve.mean(curve, day - BEFORE_DAYS, day - 1), nil
  for d = day, last do
    if curve[d] and (not lowest_day or curve[d] < curve[lowest_day]) then lowest_day = d end
  end
  if not before or not lowest_day or curve[lowest_day] >= before then return nil end
  local out = { before = before, lowest = curve[lowest_day], lowest_day = lowest_day, fall = before - curve[lowest_day] }
  for d = lowest_day, last do
    if curve[d] and curve[d] >= before - (1 - stats_curve.SHARE) * out.fall then
      out.recovered_day, out.days = d, d - day
      break
    end
  end
  return out
end

return stats_curve

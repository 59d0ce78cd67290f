--- How the report writes numbers and words, in the terminal and on the page alike.

local json = require "propersim.report_json"

local known = json.known

local report_format = { missing = "–" }

-- A small negative number must not become "-0.00".
local function fixed(pattern, x)
  local text = string.format(pattern, x)
  if not text:find("[1-9]") then text = text:gsub("^%-", "") end
  return text
end

local function with(pattern)
  return function(x)
    x = known(x)
    return x and fixed(pattern, x) or report_format.missing
  end
end

report_format.score = with("%.2f")
report_format.rate = with("%.1f")

--- A rate that may be far below 1: two decimals below 10.
function report_format.small_rate(x)
  x = known(x)
  return x and fixed(math.abs(x) < 9.995 and "%.2f" or "%.1f", x) or report_format.missing
end

function report_format.percent(x)
  x = known(x)
  return x and fixed("%.0f%%", 100 * x) or report_format.missing
end

local function signed(pattern)
  return function(x)
    x = known(x)
    if not x then return report_format.missing end
    local text = fixed(pattern, x)
    return (x > 0 and text:find("[1-9]")) and "+" .. text or text
  end
end

--- "0.031", "<0.001", "–".
function report_format.p(x)
  x = known(x)
  if not x then return report_format.missing end
  return x < 0.001 and "<0.001" or string.format("%.3f", x)
end

--- "+1.21", "-0.30", "0.00"; "–" for nothing.
report_format.change = signed("%.2f")
report_format.rate_change = signed("%.1f")

--- A difference of shares: "+12%", "-3%".
function report_format.points(x)
  x = known(x)
  return x and signed("%.0f")(100 * x) .. "%" or report_format.missing
end

--- "3.31 [3.12, 3.48]", without the brackets where there is no interval.
---@param mean number|nil
---@param interval table|nil
---@param format fun(x: number): string
function report_format.with_interval(mean, interval, format)
  mean, interval = known(mean), known(interval)
  if not mean then return report_format.missing end
  if not interval then return format(mean) end
  return string.format("%s [%s, %s]", format(mean), format(interval[1]), format(interval[2]))
end

--- "2.10 → 3.31".
function report_format.from_to(first, last, format)
  return format(first) .. " → " .. format(last)
end

--- "days 12 to 14", "day 4".
---@param from integer
---@param to integer
function report_format.window(from, to)
  return from == to and "day " .. to or string.format("days %d to %d", from, to)
end

--- "1 persona", "4 personas".
function report_format.count(n, what)
  return string.format("%d %s%s", n, what, n == 1 and "" or "s")
end

--- "a", "a and b", "a, b and c".
function report_format.enumerate(words)
  if #words < 2 then return words[1] or "" end
  return table.concat(words, ", ", 1, #words - 1) .. " and " .. words[#words]
end

return report_format

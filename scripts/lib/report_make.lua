--- What the host calls to make a report in one of its forms.

local json = require "json"
local report = require "propersim.report"

local report_make = {}

local function failed_ratings(data)
  local failed = 0
  for _, condition in ipairs(data.conditions) do
    for _, day in ipairs(condition.days) do failed = failed + day.failed end
  end
  return failed
end

---@param results table what host/sim/results.h collects
---@param form "text"|"json"|"html"
---@param width integer characters of a line, for text
---@param color boolean for text
---@return string report
---@return integer failed ratings
function report_make.make(results, form, width, color)
  local data = report.compute(results)
  local failed = failed_ratings(data)
  if form == "json" then return json.encode(data, { pretty = true }) .. "\n", failed end
  if form == "html" then return report.html(data), failed end
  return report.text(data, { width = width, color = color }), failed
end

return report_make

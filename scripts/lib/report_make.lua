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

---@param form "text"|"json"|"html"
---@param width integer characters of a line, for text
---@param color boolean for text
---@param ... table what host/sim/results.h collects, of each folder
---@return string report
---@return integer failed ratings
---@return integer unmet how many expectations are not met
---@return string why of those: lines of text
function report_make.make(_, form, width, color, _, _, ...)
  local data = report.compute((...))
  local failed = failed_ratings(data)
  if form == "json" then return json.encode(data, { pretty = true }) .. "\n", failed, 0, "" end
  if form == "html" then return report.html(data), failed, 0, "" end
  return report.text(data, { width = width, color = color }), failed, 0, ""
end

return report_make

--- The report of a study: `compute` the numbers, then show them as `text`, as a page (`html`), or as they are.
--- docs/report.md says what each number is.

local compute = require "propersim.report_compute"
local html = require "propersim.report_html"
local text = require "propersim.report_text"

local report = {}

--- The report's document, plain data for json.encode.
---@param results table what host/sim/results.h collects from a study folder
---@return table data
function report.compute(results) return compute.compute(results) end

--- The report for a terminal.
---@param data table of report.compute
---@param opts table|nil { width = 80, color = false }
---@return string
function report.text(data, opts) return text.text(data, opts) end

--- The report as one page that needs nothing else.
---@param data table of report.compute
---@return string
function report.html(data) return html.html(data) end

return report

--- What the host calls to make a report in one of its forms.

local json = require "json"
local expect = require "propersim.report_expect"
local report = require "propersim.report"
local studies = require "propersim.report_studies"
local studies_show = require "propersim.report_studies_show"
local study = require "propersim.study"

local report_make = {}

local function failed_ratings(data)
  local failed = 0
  for _, condition in ipairs(data.conditions) do
    for _, day in ipairs(condition.days) do failed = failed + day.failed end
  end
  return failed
end

-- Adds what came of what the study file expects; of the whole study, so only that it is pending before all is finished.
local function add_expectations(data, module)
  if not module then return end
  local declared = require(module)
  if not study.is_study(declared) or declared.options.expect == nil then return end
  if expect.is_complete(data) then
    data.expectations = expect.judge(declared.options.expect, data)
  else
    data.expectations_pending = true
  end
end

local function show(data, form, width, color, shown)
  if form == "json" then return json.encode(data, { pretty = true }) .. "\n" end
  if form == "html" then return shown.html(data) end
  return shown.text(data, { width = width, color = color })
end

local function make_study(results, form, width, color, module)
  local data = report.compute(results)
  add_expectations(data, module)
  local unmet, why = expect.unmet(data.expectations)
  return show(data, form, width, color, report), failed_ratings(data), unmet, why, #(data.expectations or {})
end

---@param kind "study"|"ranking"|"compare"
---@param form "text"|"json"|"html"
---@param width integer characters of a line, for text
---@param color boolean for text
---@param choice string|nil ranking: the measure to rank by; compare: the condition of the first study, or "first=second"
---@param module string|nil study: its file as for require, if what it expects is to be judged
---@param ... table what host/sim/results.h collects, of each folder
---@return string|nil report
---@return integer|string failed ratings; why not, if there is no report
---@return integer|nil unmet how many expectations are not met
---@return string|nil why of those: lines of text
---@return integer|nil expected how many expectations there are
function report_make.make(kind, form, width, color, choice, module, ...)
  if kind == "study" then return make_study((...), form, width, color, module) end
  local data, problem
  if kind == "ranking" then
    data = studies.ranking({ ... }, choice)
  else
    local first, second = (choice or ""):match("^([^=]*)=?(.*)$")
    data, problem = studies.compare({ ... }, first ~= "" and first or nil, second ~= "" and second or nil)
  end
  if not data then return nil, problem end
  return show(data, form, width, color, studies_show), 0, 0, "", 0
end

return report_make

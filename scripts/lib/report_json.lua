--- The one place where the report meets JSON's null and lists.
---
--- Inside the report "nothing to average" is nil; in the documents that it takes and gives it is json.null, never 0.

local json = require "json"

local report_json = { null = json.null }

--- The value, or nil if it is null.
function report_json.known(value)
  if value == json.null then return nil end
  return value
end

--- The value, or null if it is nil.
function report_json.or_null(value)
  if value == nil then return json.null end
  return value
end

--- Marks a table as a list, so that an empty one is written as [].
---@param list table
---@return table
function report_json.list(list) return json.array(list) end

return report_json

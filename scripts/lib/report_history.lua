--- What a reader of a report must know of how its runs came about: interventions by hand, forks, options that changed,
--- nights of fine-tuning.

local format = require "propersim.report_format"

local report_history = {}

local MOST = 3 -- run files that are named

--- The report document's `history`; nil if every run is as its study says from the first day on.
---@param results table the document of host/sim/results.h
---@return table|nil { touched, forks, changes, nights }
function report_history.compute(results)
  local touched, forks, changes = results.touched or {}, results.forks or {}, results.changes or {}
  local nights = results.nights or {}
  if #touched + #forks + #changes + #nights == 0 then return nil end
  return { touched = touched, forks = forks, changes = changes, nights = nights }
end

-- "a, b and 3 more"
local function names(list)
  local out = {}
  for i = 1, math.min(#list, MOST) do out[i] = list[i].file end
  if #list > MOST then out[#out + 1] = (#list - MOST) .. " more" end
  return format.enumerate(out)
end

local function touched_text(touched)
  local sum, day = 0, math.maxinteger
  for _, run in ipairs(touched) do sum, day = sum + run.count, math.min(day, run.day) end
  return string.format("Touched by hand: %s in %s (%s), from day %d on. What people were told is in the run files, view "
    .. "`intervention`.", format.count(sum, "intervention"), format.count(#touched, "run"), names(touched), day)
end

local function forks_text(forks)
  local from, day = forks[1].from, forks[1].day
  return string.format("Forked: the days up to %d of %s are those of %s%s.", day, format.count(#forks, "run"), from,
    #forks > 1 and " and its like" or "")
end

local function change_text(change)
  return string.format("From day %d on, %s has other options: %s.", change.day, change.condition,
    table.concat(change.set, ", "))
end

local function nights_text(nights)
  local sum, failed, message = 0, 0, ""
  for _, run in ipairs(nights) do
    sum, failed = sum + run.nights, failed + run.failed
    if run.failed > 0 then message = run.message end
  end
  if failed == 0 then return string.format("The assistant's model was fine-tuned in %s.", format.count(sum, "night")) end
  return string.format("The assistant's model was fine-tuned; fine-tuning failed in %d of %s, which left the adapter before. The "
    .. "last failure: %s.", failed, format.count(sum, "night"), message)
end

--- The sentences that say so; an empty list if there is nothing to say.
---@param data table the report's document
---@return string[]
function report_history.sentences(data)
  local history, out = data.history, {}
  if not history then return out end
  if #history.forks > 0 then out[1] = forks_text(history.forks) end
  for _, change in ipairs(history.changes) do out[#out + 1] = change_text(change) end
  if #history.touched > 0 then out[#out + 1] = touched_text(history.touched) end
  if #(history.nights or {}) > 0 then out[#out + 1] = nights_text(history.nights) end
  return out
end

return report_history

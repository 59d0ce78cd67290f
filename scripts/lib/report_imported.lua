--- Days that were not simulated here but imported from runs of the original: which ones, and what that means for a reader.

local format = require "propersim.report_format"

local report_imported = {}

local MOST = 3 -- folders that are named

-- Are all finished days of all runs imported ones?
local function is_everything(runs, days_of)
  for _, run in ipairs(runs) do
    if run.days_finished > (days_of[run.file] or 0) then return false end
  end
  return true
end

local function count_files(runs)
  local seen, n = {}, 0
  for _, run in ipairs(runs) do
    if not seen[run.file] then seen[run.file], n = true, n + 1 end
  end
  return n
end

--- The report document's `imported`; nil if every day was simulated.
---@param results table the document of host/sim/results.h
---@return table|nil { runs = { { file, days, from, compressed } }, everything, runs_n, sentence }
function report_imported.compute(results)
  local imported, days_of = results.imported or {}, {}
  if #imported == 0 then return nil end
  for _, run in ipairs(imported) do days_of[run.file] = run.days end
  local out = { runs = imported, everything = is_everything(results.runs, days_of), runs_n = count_files(results.runs) }
  out.sentence = report_imported.sentence(out)
  return out
end

local function sources(runs)
  local seen, out, more = {}, {}, 0
  for _, run in ipairs(runs) do
    if not seen[run.from] then
      seen[run.from] = true
      if #out < MOST then out[#out + 1] = run.from else more = more + 1 end
    end
  end
  if more > 0 then out[#out + 1] = more .. " more" end
  return format.enumerate(out)
end

local function which_days(imported)
  local least, most = math.maxinteger, 0
  for _, run in ipairs(imported.runs) do least, most = math.min(least, run.days), math.max(most, run.days) end
  local days = most == 1 and "Day 1" or "Days 1 to " .. most
  if least ~= most then days = string.format("Days 1 to %d (to %d in some runs)", most, least) end
  if #imported.runs < imported.runs_n then
    days = string.format("%s of %d of %s", days, #imported.runs, format.count(imported.runs_n, "run"))
  end
  return days .. (most == 1 and " was" or " were")
end

--- Is there nothing to count because the compressed form holds none of it?
---@param data table the report's document
---@return boolean
function report_imported.is_compressed(data)
  for _, run in ipairs(data.imported and data.imported.runs or {}) do
    if not run.compressed then return false end
  end
  return data.imported ~= nil
end

--- What a reader must know of the imported days.
---@param imported table the report document's `imported`
---@return string
function report_imported.sentence(imported)
  local one = #imported.runs == 1
  local text = string.format("%s imported from %s of the original (%s); which models answered there is not in %s files.",
    which_days(imported), one and "a run" or "runs", sources(imported.runs), one and "its" or "their")
  if imported.everything then return text end
  return text .. " A change from there to later days is also one between those models and what answered later."
end

return report_imported

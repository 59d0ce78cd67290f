--- What scripts recorded about the days of their households (record.measure), such as how many know a piece of news: for each
--- condition and name the mean over its runs, day by day.

local plot = require "propersim.plot"
local json = require "propersim.report_json"
local tables = require "propersim.report_table"

local report_recorded = {}

local function key_of(item) return item.condition .. "\0" .. item.name end

-- A number as it is: whole, or with two decimals; nothing recorded is a dash.
local function write(value)
  if not json.known(value) then return "–" end
  if value == value // 1 then return string.format("%d", value) end
  return string.format("%.2f", value)
end

--- Sums what the residents of a run have, then takes the mean over the runs that have the day.
---@param results table the document of host/sim/results.h
---@return table[] list { condition, name, days = { value or null, ... } }, in the order of the names
function report_recorded.compute(results)
  local groups, order, last = {}, {}, 0
  for _, item in ipairs(results.measures or {}) do
    local key, run = key_of(item), item.persona .. " " .. item.seed
    if not groups[key] then
      groups[key] = { condition = item.condition, name = item.name, runs = {} }
      order[#order + 1] = key
    end
    local runs = groups[key].runs
    runs[run] = runs[run] or {}
    runs[run][item.day] = (runs[run][item.day] or 0) + item.value
    last = math.max(last, item.day)
  end
  table.sort(order)
  local out = json.list {}
  for i, key in ipairs(order) do
    local group, days = groups[key], json.list {}
    for day = 1, last do
      local sum, n = 0, 0
      for _, run in pairs(group.runs) do
        if run[day] then sum, n = sum + run[day], n + 1 end
      end
      days[day] = n > 0 and sum / n or json.null
    end
    out[i] = { condition = group.condition, name = group.name, days = days }
  end
  return out
end

--- The section of the report for a terminal.
---@param out string[] lines so far
---@param data table the report's document
---@param opts { width: integer }
function report_recorded.add(out, data, opts)
  if #data.recorded == 0 then return end
  tables.heading(out, "Recorded by scripts (means over runs)", opts.width)
  local columns = {
    tables.column("measure", tables.widest(data.recorded, function(r) return r.name end, 7), 0, function(r) return r.name end,
      { align = "left" }),
    tables.column("condition", tables.widest(data.recorded, function(r) return r.condition end, 9), 2,
      function(r) return r.condition end, { align = "left" }),
  }
  local room = opts.width - columns[1].width - columns[2].width - 2
  local days = #data.recorded[1].days
  local first = math.max(1, days - room // 8 + 1)
  for day = first, days do
    columns[#columns + 1] = tables.column("day " .. day, 7, 1, function(r) return write(r.days[day]) end)
  end
  tables.add_all(out, tables.lines(columns, data.recorded))
  if first > 1 then tables.add_all(out, tables.wrap("Earlier days: --json or --html.", opts.width)) end
end

--- The section of the page.
---@param data table the report's document
---@return string
function report_recorded.html(data)
  if #data.recorded == 0 then return "" end
  local head, rows = { "<th class='left'>Measure</th><th class='left'>Condition</th>" }, {}
  for day = 1, #data.recorded[1].days do head[#head + 1] = "<th>Day " .. day .. "</th>" end
  for i, r in ipairs(data.recorded) do
    local cells = { "<td class='left'>", plot.escape(r.name), "</td><td class='left'>", plot.escape(r.condition), "</td>" }
    for _, value in ipairs(r.days) do cells[#cells + 1] = "<td>" .. write(value) .. "</td>" end
    rows[i] = "<tr>" .. table.concat(cells) .. "</tr>\n"
  end
  return "<h2>Recorded by scripts</h2><p class='soft'>Means over runs.</p><div class='scroll' tabindex='0'><table><thead><tr>"
    .. table.concat(head) .. "</tr></thead><tbody>\n" .. table.concat(rows) .. "</tbody></table></div>\n"
end

return report_recorded

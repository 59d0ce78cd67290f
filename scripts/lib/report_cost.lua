--- What models were asked and what it cost: per prompt and role, and per condition.

local format = require "propersim.report_format"
local json = require "propersim.report_json"
local tables = require "propersim.report_table"

local known, list = json.known, json.list

local report_cost = {}

local SUMS = { "questions", "stored", "failed", "requests", "tokens_in", "tokens_out", "tokens_cached", "cost" }

local function add(groups, by_key, key, row, fields)
  local group = by_key[key]
  if not group then
    group = fields
    for _, name in ipairs(SUMS) do group[name] = 0 end
    by_key[key] = group
    groups[#groups + 1] = group
  end
  for _, name in ipairs(SUMS) do group[name] = group[name] + row[name] end
end

--- The costs of a study; nil if no model was asked.
---@param calls table[]|nil `calls` of host/sim/results.h
---@return table|nil { total, prompts = by role, prompt and model, conditions }
function report_cost.compute(calls)
  if not calls or #calls == 0 then return nil end
  local out = { prompts = list {}, conditions = list {}, total = {} }
  local prompts, conditions, totals = {}, {}, {}
  for _, row in ipairs(calls) do
    local prompt = known(row.prompt) or row.role
    add(out.prompts, prompts, row.role .. "\0" .. prompt .. "\0" .. row.model, row,
      { role = row.role, prompt = prompt, model = row.model })
    add(out.conditions, conditions, row.condition, row, { condition = row.condition })
    add(totals, totals, "total", row, {})
  end
  out.total = totals[1]
  table.sort(out.prompts, function(a, b)
    if a.cost ~= b.cost then return a.cost > b.cost end
    if a.tokens_in ~= b.tokens_in then return a.tokens_in > b.tokens_in end
    if a.prompt ~= b.prompt then return a.prompt < b.prompt end
    return a.model < b.model
  end)
  return out
end

local function amount(n)
  if n >= 1e7 then return string.format("%.0f M", n / 1e6) end
  if n >= 1e6 then return string.format("%.1f M", n / 1e6) end
  if n >= 1e4 then return string.format("%.0f k", n / 1e3) end
  return string.format("%d", n)
end

-- With as many digits as it takes to see the parts of the whole.
local function money(x, total)
  if x == 0 then return format.missing end
  return string.format(total < 10 and "%.4f" or "%.2f", x)
end

local function sentence(cost)
  local t = cost.total
  local text = string.format("%s questions to models, %s of them answered from stored replies: %s requests, "
    .. "%s tokens in (%s cached) and %s out", amount(t.questions), amount(t.stored), amount(t.requests),
    amount(t.tokens_in), amount(t.tokens_cached), amount(t.tokens_out))
  text = text .. (t.cost > 0 and ", cost " .. money(t.cost, t.cost) or "; their price is not known") .. "."
  if t.failed > 0 then
    text = text .. string.format(" %s got no usable answer; what failed counts in no score.", amount(t.failed))
  end
  return text
end

-- Rows of the table: the prompts, and (if there are several) the conditions.
local function all_rows(cost)
  local rows = {}
  for _, p in ipairs(cost.prompts) do rows[#rows + 1] = { name = p.prompt, model = p.model, of = p } end
  if #cost.conditions > 1 then
    for _, c in ipairs(cost.conditions) do rows[#rows + 1] = { name = "condition " .. c.condition, model = "", of = c } end
  end
  return rows
end

--- Adds the part of the text report.
---@param out string[]
---@param data table the report's document
---@param opts table { width }
---@return string[] names of the columns left out
function report_cost.add_text(out, data, opts)
  if not data.cost then return {} end
  local rows, widest = all_rows(data.cost), 0
  for _, row in ipairs(rows) do widest = math.max(widest, utf8.len(row.name)) end
  local function number(name, width, field, more)
    return tables.column(name, width, 1, function(row) return amount(row.of[field]) end, more)
  end
  tables.heading(out, "What the models cost", opts.width)
  tables.add_all(out, tables.wrap(sentence(data.cost), opts.width))
  local columns, left_out = tables.choose({
    tables.column("prompt", math.min(widest, 34), 0, function(row) return row.name end, { align = "left" }),
    number("asked", 7, "questions"), number("failed", 7, "failed", { leave = 3, leaves_as = "failed questions" }),
    number("requests", 8, "requests", { leave = 1, leaves_as = "requests" }),
    number("in", 7, "tokens_in"), number("out", 7, "tokens_out", { leave = 2, leaves_as = "tokens out" }),
    tables.column("cost", 8, 1, function(row) return money(row.of.cost, data.cost.total.cost) end),
  }, opts.width)
  tables.add_all(out, tables.lines(columns, rows))
  return left_out
end

--- The part of the page.
---@param data table the report's document
---@param plain fun(names: string[], rows: table[], class: string): string writes a table
---@param escape fun(text: string): string
---@return string
function report_cost.html(data, plain, escape)
  if not data.cost then return "" end
  local rows = {}
  for i, row in ipairs(all_rows(data.cost)) do
    local of = row.of
    rows[i] = { row.name, row.model, of.role or "", amount(of.questions), amount(of.stored), amount(of.failed),
      amount(of.requests), amount(of.tokens_in), amount(of.tokens_cached), amount(of.tokens_out),
      money(of.cost, data.cost.total.cost) }
  end
  return "<h2>What the models cost</h2><p>" .. escape(sentence(data.cost)) .. "</p>\n" .. plain({ "Prompt", "Model", "Role",
    "Asked", "Stored", "Failed", "Requests", "Tokens in", "Cached", "Tokens out", "Cost" }, rows, "costs")
end

return report_cost

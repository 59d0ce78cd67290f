--- The nightly check in the report: accuracy per subject and night with Wilson intervals.
---
--- Answers are pooled over the runs of a condition; questions that failed are in no share. The interval takes the answers as
--- independent, which those of one model to one question in several runs are not: then it is too narrow.

local escape = require "propersim.plot".escape
local tables = require "propersim.report_table"

local report_mmlu = {}

local Z = 1.959963984540054 -- of 95 %

--- The Wilson score interval of a share (Wilson 1927), 95 %.
---@param correct integer
---@param n integer at least 1
---@return number low
---@return number high
function report_mmlu.wilson(correct, n)
  local p, z2 = correct / n, Z * Z
  local middle = (p + z2 / (2 * n)) / (1 + z2 / n)
  local half = Z * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n)
  return middle - half, middle + half
end

-- Rows by a field, with the sums of their counts, in the order of first use.
local function group_by(rows, field)
  local groups, by_key = {}, {}
  for _, row in ipairs(rows) do
    local key = row[field]
    local group = by_key[key]
    if not group then
      group = { key = key, asked = 0, correct = 0, failed = 0, rows = {} }
      by_key[key] = group
      groups[#groups + 1] = group
    end
    group.asked, group.correct, group.failed = group.asked + row.asked, group.correct + row.correct, group.failed + row.failed
    group.rows[#group.rows + 1] = row
  end
  return groups
end

-- { asked, correct, failed, accuracy?, ci95? } of a group.
local function share(group)
  local out = { asked = group.asked, correct = group.correct, failed = group.failed }
  local n = group.asked - group.failed
  if n > 0 then
    out.accuracy = group.correct / n
    out.ci95 = { report_mmlu.wilson(group.correct, n) }
  end
  return out
end

local function compute_night(group)
  local night = share(group)
  night.day, night.subjects = group.key, {}
  for i, subject in ipairs(group_by(group.rows, "subject")) do
    night.subjects[i] = share(subject)
    night.subjects[i].subject = subject.key
  end
  return night
end

--- The report document's `mmlu`; nil if no run was checked.
---@param results table the document of host/sim/results.h
---@return table|nil list of { condition, nights = { { day, asked, correct, failed, accuracy, ci95, subjects } } }
function report_mmlu.compute(results)
  if not results.mmlu or #results.mmlu == 0 then return nil end
  local out = {}
  for i, condition in ipairs(group_by(results.mmlu, "condition")) do
    local nights = group_by(condition.rows, "day")
    table.sort(nights, function(a, b) return a.key < b.key end)
    out[i] = { condition = condition.key, nights = {} }
    for j, night in ipairs(nights) do out[i].nights[j] = compute_night(night) end
  end
  return out
end

local function percent(x) return string.format("%.0f", 100 * x) end

-- "26 [22, 30]"
local function share_text(s)
  if not s or not s.accuracy then return "–" end
  return string.format("%s [%s, %s]", percent(s.accuracy), percent(s.ci95[1]), percent(s.ci95[2]))
end

local function subject_of(night, name)
  for _, subject in ipairs(night.subjects) do
    if subject.subject == name then return subject end
  end
end

local WIDTH = 12 -- "100 [96, 100]" is the longest cell; it is rare

local function columns_of(condition)
  local columns = {
    tables.column("night", 5, 0, function(night) return tostring(night.day) end),
    tables.column("all", WIDTH, 1, share_text),
  }
  for i, subject in ipairs(condition.nights[1].subjects) do
    columns[#columns + 1] = tables.column(tables.fit(subject.subject, WIDTH, "left"):match("^(.-)%s*$"), WIDTH + 1, 1,
      function(night) return share_text(subject_of(night, subject.subject)) end, { leave = 100 - i, leaves_as = subject.subject })
  end
  return columns
end

local ABOUT = "Nightly questions: share of right answers in percent [95 %, Wilson], over all runs, in the night before the day "
  .. "of that number; day 1 comes before any learning. Guessing gives 25."

local function failed_text(condition)
  local failed = 0
  for _, night in ipairs(condition.nights) do failed = failed + night.failed end
  return failed > 0 and string.format("%d questions of %s were not answered and are in no share.", failed, condition.condition)
end

--- The part of the terminal report; nothing if there was no check.
---@param out string[]
---@param data table the report's document
---@param opts table
---@return string[] columns that did not fit
function report_mmlu.text(out, data, opts)
  local left = {}
  for _, condition in ipairs(data.mmlu or {}) do
    tables.heading(out, "What it knows: " .. condition.condition, opts.width)
    local columns, gone = tables.choose(columns_of(condition), opts.width)
    tables.add_all(left, gone)
    tables.add_all(out, tables.lines(columns, condition.nights))
    tables.add_all(out, tables.wrap(ABOUT, opts.width))
    local failed = failed_text(condition)
    if failed then tables.add_all(out, tables.wrap(failed, opts.width)) end
  end
  return left
end

local function html_row(cells, tag)
  local out = {}
  for i, cell in ipairs(cells) do out[i] = string.format("<%s>%s</%s>", tag, escape(cell), tag) end
  return "<tr>" .. table.concat(out) .. "</tr>\n"
end

local function html_table(condition)
  local out, head = {}, { "Night", "All" }
  for _, subject in ipairs(condition.nights[1].subjects) do head[#head + 1] = (subject.subject:gsub("_", " ")) end
  for _, night in ipairs(condition.nights) do
    local cells = { tostring(night.day), share_text(night) }
    for _, subject in ipairs(condition.nights[1].subjects) do
      cells[#cells + 1] = share_text(subject_of(night, subject.subject))
    end
    out[#out + 1] = html_row(cells, "td")
  end
  local failed = failed_text(condition)
  return string.format("<h3>%s</h3><table><thead>%s</thead><tbody>%s</tbody></table>%s", escape(condition.condition),
    html_row(head, "th"), table.concat(out), failed and "<p class='warn'>" .. escape(failed) .. "</p>" or "")
end

--- The part of the page; "" if there was no check.
---@param data table the report's document
---@return string
function report_mmlu.html(data)
  if not data.mmlu then return "" end
  local out = { "<h2>What it knows</h2><p>", escape(ABOUT), "</p>" }
  for _, condition in ipairs(data.mmlu) do out[#out + 1] = html_table(condition) end
  return table.concat(out)
end

return report_mmlu

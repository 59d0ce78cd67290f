--- Tables of characters that fit a width: columns leave in a stated order until the rest fits.

local report_table = {}

local function width_of(text) return utf8.len(text) or #text end

--- Cuts or fills a text to a width. align: "left" or "right".
function report_table.fit(text, width, align)
  local len = width_of(text)
  if len > width then return text:sub(1, utf8.offset(text, width) - 1) .. "…" end
  local space = string.rep(" ", width - len)
  return align == "left" and text .. space or space .. text
end

--- Breaks a text into lines of at most `width` characters, at spaces.
---@param text string
---@param width integer
---@param indent string|nil what lines after the first begin with
---@return string[]
function report_table.wrap(text, width, indent)
  local out, line = {}, ""
  for word in text:gmatch("%S+") do
    local longer = line == "" and word or line .. " " .. word
    if line ~= "" and width_of(longer) > width then
      out[#out + 1], longer = line, (indent or "") .. word
    end
    line = longer
  end
  out[#out + 1] = line
  return out
end

--- Appends all lines.
function report_table.add_all(out, lines)
  for _, line in ipairs(lines) do out[#out + 1] = line end
end

--- Appends an underlined heading after an empty line.
function report_table.heading(out, text, width)
  out[#out + 1] = ""
  report_table.add_all(out, report_table.wrap(text, width))
  out[#out + 1] = string.rep("─", math.min(width, utf8.len(text)))
end

--- A column; `more` adds to or replaces its fields, see `choose` and `lines`.
---@param name string
---@param width integer
---@param gap integer spaces before it
---@param value fun(row: table): string
---@param more table|nil
---@return table
function report_table.column(name, width, gap, value, more)
  local c = { name = name, width = width, gap = gap, value = value }
  for key, v in pairs(more or {}) do c[key] = v end
  return c
end

--- The width of the widest cell of these rows, at least `least`.
---@param rows table[]
---@param value fun(row: table): string
---@param least integer
---@return integer
function report_table.widest(rows, value, least)
  local width = least
  for _, row in ipairs(rows) do width = math.max(width, width_of(value(row))) end
  return width
end

local function total_width(columns)
  local width = 0
  for i, column in ipairs(columns) do width = width + column.width + (i > 1 and column.gap or 0) end
  return width
end

--- The columns that fit, and the names of those left out. A column with `leave` may go, the lowest number first;
--- columns of one group that is named as a whole (`leaves_as`) share a number.
---@param columns table[] list of { name, width, gap, align, group, leave, leaves_as, narrow = width to shrink to }
---@param width integer
---@return table[] kept
---@return string[] left_out
function report_table.choose(columns, width)
  local kept, left_out = columns, {}
  while total_width(kept) > width do
    local next_leave
    for _, column in ipairs(kept) do
      if column.leave and (not next_leave or column.leave < next_leave) then next_leave = column.leave end
    end
    if not next_leave then break end
    local rest, named = {}, false
    for _, column in ipairs(kept) do
      if column.leave ~= next_leave then
        rest[#rest + 1] = column
      elseif not named then
        left_out[#left_out + 1], named = column.leaves_as, true
      end
    end
    kept = rest
  end
  return kept, left_out
end

-- The line of group names: each over its columns, in the longest form that fits.
local function group_line(columns)
  local out, i = {}, 1
  while i <= #columns do
    local group, width, last = columns[i].group, columns[i].width, i
    while group and columns[last + 1] and columns[last + 1].group == group do
      last = last + 1
      width = width + columns[last].gap + columns[last].width
    end
    local name = ""
    for _, form in ipairs(group or {}) do
      if name == "" and width_of(form) <= width then name = form end
    end
    out[#out + 1] = string.rep(" ", i > 1 and columns[i].gap or 0) .. report_table.fit(name, width, "left")
    i = last + 1
  end
  return (table.concat(out):gsub(" +$", ""))
end

--- The lines of a table: group names (if there are any), column names, rows.
---@param columns table[] as chosen; each has `value(row)`, which gives text
---@param rows table[]
---@return string[]
function report_table.lines(columns, rows)
  local out = { group_line(columns) }
  if out[1] == "" then out[1] = nil end
  local function add(cell)
    local line = {}
    for i, column in ipairs(columns) do
      line[#line + 1] = string.rep(" ", i > 1 and column.gap or 0)
      line[#line + 1] = report_table.fit(cell(column), column.width, column.align or "right")
    end
    out[#out + 1] = (table.concat(line):gsub(" +$", ""))
  end
  add(function(column) return column.name end)
  for _, row in ipairs(rows) do add(function(column) return column.value(row) end) end
  return out
end

return report_table

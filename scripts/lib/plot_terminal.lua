--- Plots of characters: sparks, and lines in braille with their names at the ends.

local plot = require "propersim.plot"

local plot_terminal = {}

local BLOCKS = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" }
local GAP = "·"

-- Bits of a braille cell by dot row (0..3) and column (0..1).
local DOTS = { [0] = { [0] = 0x01, 0x08 }, { [0] = 0x02, 0x10 }, { [0] = 0x04, 0x20 }, { [0] = 0x40, 0x80 } }

-- ANSI colours (of 256) nearest to the plots' colours on a page.
local COLOURS = { 32, 166, 36, 175, 178, 74, 250 }

--- At most `most` of the numbers 1..n, evenly, the first and the last among them.
---@param n integer
---@param most integer 2 or more
---@return integer[]
function plot_terminal.thin(n, most)
  local out = {}
  if n <= most then
    for i = 1, n do out[i] = i end
  else
    for i = 0, most - 1 do out[i + 1] = 1 + (i * (n - 1) + (most - 1) // 2) // (most - 1) end
  end
  return out
end

--- One character a value, from `low` to `high`; a dot where there is none.
---@param values table by day; nil is no value
---@param n integer number of days
---@param low number
---@param high number
---@param most integer longest spark; longer series are thinned
---@return string
function plot_terminal.spark(values, n, low, high, most)
  local out = {}
  for i, day in ipairs(plot_terminal.thin(n, most)) do
    local v = values[day]
    local level = v and 1 + math.floor((v - low) / (high - low) * #BLOCKS)
    out[i] = v and BLOCKS[math.max(1, math.min(#BLOCKS, level))] or GAP
  end
  return table.concat(out)
end

--- Puts the text into the colour of the i-th condition.
function plot_terminal.paint(text, i, color)
  if not color then return text end
  return string.format("\27[38;5;%dm%s\27[0m", COLOURS[(i - 1) % #COLOURS + 1], text)
end

local function set_dot(canvas, x, y, owner)
  local row, column = y // 4, x // 2
  local cell = canvas[row][column] or { bits = 0 }
  cell.bits, cell.owner = cell.bits | DOTS[y % 4][x % 2], owner
  canvas[row][column] = cell
end

-- All dots between two points, both included.
local function draw_line(canvas, x0, y0, x1, y1, owner)
  local steps = math.max(math.abs(x1 - x0), math.abs(y1 - y0), 1)
  for i = 0, steps do
    set_dot(canvas, x0 + (i * (x1 - x0) + steps // 2) // steps, y0 + (i * (y1 - y0) + steps // 2) // steps, owner)
  end
end

local function new_canvas(rows)
  local canvas = {}
  for row = 0, rows - 1 do canvas[row] = {} end
  return canvas
end

-- Draws a series and returns the dot row of its last point.
local function draw_series(canvas, series, n, place_x, place_y, owner)
  local last_x, last_y, end_y
  for day = 1, n do
    local v = series.values[day]
    if v then
      local x, y = place_x(day), place_y(v)
      draw_line(canvas, last_x or x, last_y or y, x, y, owner)
      last_x, last_y, end_y = x, y, y
    else
      last_x, last_y = nil, nil
    end
  end
  return end_y
end

local function cells(canvas_row, columns, color)
  local out = {}
  for column = 0, columns - 1 do
    local cell = canvas_row[column]
    out[#out + 1] = cell and plot_terminal.paint(utf8.char(0x2800 + cell.bits), cell.owner, color) or " "
  end
  return table.concat(out)
end

-- Which series is named on which row: as near as possible to its end, one name a row.
local function place_names(series, ends, rows)
  local order, wanted, out = {}, {}, {}
  for i = 1, #series do
    if ends[i] then order[#order + 1] = i end
  end
  table.sort(order, function(a, b)
    if ends[a] ~= ends[b] then return ends[a] < ends[b] end
    return a < b
  end)
  for k, i in ipairs(order) do wanted[k] = ends[i] // 4 end
  for k, row in ipairs(plot.spread(wanted, 1, 0, rows - 1)) do out[math.floor(row + 0.5)] = order[k] end
  return out
end

local function names_width(series)
  local width = 0
  for _, s in ipairs(series) do width = math.max(width, utf8.len(s.label)) end
  return width
end

local function day_axis(n, columns, place_x, indent)
  local out, at = {}, 0
  for _, day in ipairs(plot.day_ticks(n, columns // 5)) do
    local label = tostring(day)
    local column = math.max(0, math.min(columns - #label, place_x(day) // 2))
    if column >= at then
      out[#out + 1] = string.rep(" ", column - at) .. label
      at = column + #label
    end
  end
  return string.rep(" ", indent) .. table.concat(out) .. " day"
end

--- Lines of a plot of values from 0 to `high`; nothing for fewer than two days.
---@param spec table { series = { { label, values (by day) } }, days, high, width, color }
---@return string[]
function plot_terminal.lines(spec)
  local n, series = spec.days, spec.series
  if n < 2 then return {} end
  local rows = math.max(9, #series + #series // 2)
  local columns = spec.width - 3 - 1 - names_width(series) - 4
  if columns < 10 then return {} end
  columns = math.min(columns, 64)
  local canvas, ends = new_canvas(rows), {}
  local function place_x(day) return ((day - 1) * (2 * columns - 1)) // (n - 1) end
  local function place_y(v)
    local share = math.max(0, math.min(1, v / spec.high))
    return math.floor((1 - share) * (4 * rows - 1) + 0.5)
  end
  for i, s in ipairs(series) do ends[i] = draw_series(canvas, s, n, place_x, place_y, i) end
  local names, ticks, out = place_names(series, ends, rows), {}, {}
  for v = 0, spec.high do ticks[place_y(v) // 4] = tostring(v) end
  for row = 0, rows - 1 do
    local i = names[row]
    local line = string.format("%2s %s%s", ticks[row] or "", ticks[row] and "┤" or "│",
      cells(canvas[row], columns, spec.color))
    if i then line = line .. " " .. plot_terminal.paint(series[i].label, i, spec.color) end
    out[#out + 1] = (line:gsub(" +$", ""))
  end
  out[#out + 1] = day_axis(n, columns, place_x, 4)
  return out
end

return plot_terminal

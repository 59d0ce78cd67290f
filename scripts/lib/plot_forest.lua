--- Differences with their intervals, one row each, on tracks that share their rows: right of zero is better.

local plot = require "propersim.plot"

local plot_forest = {}

local ROW, TOP, BOTTOM = 24, 44, 28

--- Height of a figure with this many rows.
function plot_forest.height(rows) return TOP + rows * ROW + BOTTOM end

-- A round number that is at least as large as all bounds of a track.
local function extent(rows, t)
  local most = 0
  for _, row in ipairs(rows) do
    local d = row.differences[t]
    if d then most = math.max(most, math.abs(d.low or d.mean), math.abs(d.high or d.mean)) end
  end
  local ticks = plot.ticks(most)
  return ticks[#ticks]
end

local function axis(title, left, right, place, most, bottom, first)
  local out = { plot.text("small strong", left, 12, "start", title) }
  for _, v in ipairs { -most, 0, most } do
    local x = place(v)
    out[#out + 1] = plot.line(v == 0 and "lead" or "grid", x, TOP - 8, x, bottom)
    out[#out + 1] = plot.text("small soft", x, bottom + 16, v == 0 and "middle" or v < 0 and "start" or "end",
      string.format(v > 0 and "+%g" or "%g", v))
  end
  if first then
    out[#out + 1] = plot.text("small soft", left, TOP - 14, "start", "← worse")
    out[#out + 1] = plot.text("small soft", right, TOP - 14, "end", "better →")
  end
  return table.concat(out)
end

-- The noise floor as a soft band around zero, the interval as a bar, the difference as a mark: filled if it is sure.
local function difference(d, index, place, y)
  local out = {}
  if d.floor then
    out[1] = string.format("<rect class='noise' x='%s' y='%s' width='%s' height='%s'/>", plot.number(place(-d.floor)),
      plot.number(y - 8), plot.number(place(d.floor) - place(-d.floor)), plot.number(16))
  end
  if d.low then out[#out + 1] = plot.line("bar", place(d.low), y, place(d.high), y) end
  out[#out + 1] = plot.mark(index, place(d.mean), y, 4, d.sure and "mark" or "hollow", d.title)
  return table.concat(out)
end

--- The inside of an SVG.
---
--- spec: tracks = list of titles, rows = list of { label, index (of the condition that stands beside the other),
--- differences = by track { mean, low, high, floor, sure, title } or nil }.
---@param spec table
---@param size table { width, label_width }
---@return string
function plot_forest.draw(spec, size)
  local out, gap, count = {}, 22, #spec.tracks
  local width = (size.width - size.label_width - 10 - (count - 1) * gap) / count
  local bottom = TOP + #spec.rows * ROW - 4
  for i, row in ipairs(spec.rows) do
    out[#out + 1] = plot.text("small", size.label_width - 12, TOP + (i - 0.5) * ROW, "end",
      plot.cut(row.label, math.floor((size.label_width - 12) / (11 * 0.56))))
  end
  for t, title in ipairs(spec.tracks) do
    local left, most = size.label_width + (t - 1) * (width + gap), extent(spec.rows, t)
    local function place(v) return left + width / 2 + math.max(-1, math.min(1, v / most)) * (width / 2 - 6) end
    out[#out + 1] = axis(title, left, left + width, place, most, bottom, width > 130)
    for i, row in ipairs(spec.rows) do
      local d = row.differences[t]
      if d then
        out[#out + 1] = string.format("<g class='%s'>%s</g>", plot.class(row.index),
          difference(d, row.index, place, TOP + (i - 0.5) * ROW - 4))
      end
    end
  end
  return table.concat(out)
end

return plot_forest

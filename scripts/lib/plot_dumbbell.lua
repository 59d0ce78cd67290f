--- First and last value of each row on a common scale: a hollow mark, a bar, a filled mark.

local plot = require "propersim.plot"

local plot_dumbbell = {}

local ROW, TOP, BOTTOM = 19, 44, 26

--- Height of a figure with this many rows.
function plot_dumbbell.height(rows) return TOP + rows * ROW + BOTTOM end

local function axis(spec, track, place, bottom)
  local out = { plot.text("small strong", track.left, 12, "start", track.title) }
  for _, v in ipairs(spec.ticks) do
    local x = place(v)
    out[#out + 1] = plot.line("grid", x, TOP - 8, x, bottom)
    out[#out + 1] = plot.text("small soft", x, TOP - 14, "middle", tostring(v))
    out[#out + 1] = plot.text("small soft", x, bottom + 16, "middle", tostring(v))
  end
  return table.concat(out)
end

local function pair(spec, ends, place, y)
  local out = {}
  if ends.first and ends.last then
    out[1] = plot.line("bar", place(ends.first), y, place(ends.last), y)
  end
  if ends.first and not spec.one_day then
    out[#out + 1] = plot.mark(spec.index, place(ends.first), y, 3.6, "hollow", ends.first_title)
  end
  if ends.last then out[#out + 1] = plot.mark(spec.index, place(ends.last), y, 4.2, "mark", ends.last_title) end
  return table.concat(out)
end

--- The inside of an SVG.
---
--- spec: index (of the condition), ticks, one_day (only the last is drawn), tracks = list of { title }, rows = list of
--- { label, ends = one for each track: { first, last, first_title, last_title } }.
---@param spec table
---@param size table { width, label_width }
---@return string
function plot_dumbbell.draw(spec, size)
  local out, gap = {}, 26
  local count = #spec.tracks
  local width = (size.width - size.label_width - 10 - (count - 1) * gap) / count
  local bottom = TOP + #spec.rows * ROW - 6
  local top = spec.ticks[#spec.ticks]
  for i, row in ipairs(spec.rows) do
    out[#out + 1] = plot.text("small", size.label_width - 12, TOP + (i - 0.5) * ROW, "end",
      plot.cut(row.label, math.floor((size.label_width - 12) / (11 * 0.56))))
  end
  for t, track in ipairs(spec.tracks) do
    local left = size.label_width + (t - 1) * (width + gap)
    local function place(v) return left + 6 + math.max(0, math.min(1, v / top)) * (width - 12) end
    out[#out + 1] = axis(spec, { title = track.title, left = left }, place, bottom)
    out[#out + 1] = "<g class='" .. plot.class(spec.index) .. "'>"
    for i, row in ipairs(spec.rows) do
      out[#out + 1] = pair(spec, row.ends[t], place, TOP + (i - 0.5) * ROW - 4)
    end
    out[#out + 1] = "</g>"
  end
  return table.concat(out)
end

return plot_dumbbell

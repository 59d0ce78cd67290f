--- A figure of lines by day, with intervals as bands and names at the ends of the lines.

local plot = require "propersim.plot"

local plot_lines = {}

local number, text_width = plot.number, plot.text_width

-- Runs of days that have a value: { from, to } each.
local function stretches(points, n)
  local out, from = {}, nil
  for day = 1, n + 1 do
    local p = day <= n and points[day]
    if p and not from then from = day end
    if not p and from then
      out[#out + 1], from = { from, day - 1 }, nil
    end
  end
  return out
end

local function path(place, days, value)
  local out = {}
  for i, day in ipairs(days) do
    local x, y = place(day, value(day))
    out[i] = (i == 1 and "M" or "L") .. number(x) .. "," .. number(y)
  end
  return table.concat(out)
end

local function range(from, to, step)
  local out = {}
  for day = from, to, step do out[#out + 1] = day end
  return out
end

-- A band where neighbouring days have intervals, a bar where a day stands alone.
local function intervals(place, s, n)
  local bounded, out = {}, {}
  for day = 1, n do bounded[day] = s.points[day] and s.points[day].low and s.points[day] end
  for _, stretch in ipairs(stretches(bounded, n)) do
    local from, to = stretch[1], stretch[2]
    local function low(day) return bounded[day].low end
    local function high(day) return bounded[day].high end
    if from == to then
      local x, y0 = place(from, low(from))
      local _, y1 = place(from, high(from))
      out[#out + 1] = plot.line("bar", x, y0, x, y1)
    else
      out[#out + 1] = string.format("<path class='band' d='%s%sZ'/>", path(place, range(from, to, 1), high),
        (path(place, range(to, from, -1), low):gsub("^M", "L")))
    end
  end
  return table.concat(out)
end

local function lines(place, s, n, class)
  local out = {}
  for _, stretch in ipairs(stretches(s.points, n)) do
    if stretch[1] < stretch[2] then
      out[#out + 1] = string.format("<path class='%s' d='%s'/>", class,
        path(place, range(stretch[1], stretch[2], 1), function(day) return s.points[day].mean end))
    end
  end
  return table.concat(out)
end

-- All days have marks while there is room; then only the last, so that the line can be told by its mark.
local function marks(place, s, n, size)
  local out, last = {}, 0
  local gap = size.width / math.max(1, n - 1)
  for day = 1, n do
    if s.points[day] then last = day end
  end
  for day = 1, n do
    local p = s.points[day]
    if p and (gap >= 9 and not size.small or day == last) then
      local x, y = place(day, p.mean)
      out[#out + 1] = plot.mark(s.index, x, y, size.small and 2.5 or 3.2, "mark", p.title)
    end
  end
  return table.concat(out), last
end

-- A guide's points up to the last day of the figure; where a stretch crosses it, the place at which it does.
local function within(points, days)
  local out = {}
  for i, p in ipairs(points) do
    local before = points[i - 1]
    if p.day <= days then
      out[#out + 1] = p
    elseif before and before.day < days then
      local share = (days - before.day) / (p.day - before.day)
      out[#out + 1] = { day = days, value = before.value + share * (p.value - before.value) }
    end
  end
  return out
end

-- Published values: grey dashes through their points. Returns where each ends, too.
local function guides(place, spec)
  local out, ends = {}, {}
  for _, guide in ipairs(spec.guides or {}) do
    local points, steps = within(guide.points, spec.days), {}
    for k, p in ipairs(points) do
      local x, y = place(p.day, p.value)
      steps[k] = (k == 1 and "M" or "L") .. number(x) .. "," .. number(y)
    end
    if #points > 0 then
      local x, y = place(points[#points].day, points[#points].value)
      ends[#ends + 1] = { guide = guide, x = x, y = y }
      if #points == 1 then steps[2] = "h-12" end -- a single value is a short stroke
      out[#out + 1] = string.format("<path class='guide' d='%s'><title>%s</title></path>", table.concat(steps),
        plot.escape(guide.label .. " (" .. guide.source .. ")"))
    end
  end
  return table.concat(out), ends
end

-- The mark and the name of one line, right of the frame.
local function name_at(o, x, y, chars)
  if o.guide then
    return plot.line("guide", x - 5, y, x + 5, y) .. plot.text("soft", x + 7, y + 4, "start", plot.cut(o.guide.label, chars))
  end
  return string.format("<g class='%s'>%s</g>", plot.class(o.s.index), plot.mark(o.s.index, x, y, 3.2, "mark"))
    .. plot.text("end", x + 7, y + 4, "start", plot.cut(o.s.label, chars))
end

-- Names at the ends of the lines and of the guides, apart from each other, with a thin line where a name had to move.
local function names(place, spec, ends, guide_ends, frame)
  local order, wanted, out = {}, {}, {}
  for i, s in ipairs(spec.series) do
    if ends[i] > 0 then
      local x, y = place(ends[i], s.points[ends[i]].mean)
      order[#order + 1] = { s = s, x = x, y = y, i = i }
    end
  end
  for i, e in ipairs(guide_ends) do order[#order + 1] = { guide = e.guide, x = e.x, y = e.y, i = #spec.series + i } end
  table.sort(order, function(a, b)
    if a.y ~= b.y then return a.y < b.y end
    return a.i < b.i
  end)
  for k, o in ipairs(order) do wanted[k] = o.y end
  for k, y in ipairs(plot.spread(wanted, 14, frame.top + 2, frame.bottom - 2)) do
    local o = order[k]
    if math.abs(y - o.y) > 3 then out[#out + 1] = plot.line("lead", o.x + 5, o.y, frame.right + 9, y) end
    out[#out + 1] = name_at(o, frame.right + 15, y, frame.label_chars)
  end
  return table.concat(out)
end

-- Days on which something changes: a thin upright line, named at its foot, each name on a line of its own.
local function marked_days(place, spec, frame, size)
  local out = {}
  for i, mark in ipairs(spec.marked_days or {}) do
    if mark.day <= spec.days then
      local x = place(mark.day, 0)
      local fits = x + 4 + text_width(mark.label, 11) < frame.right
      out[#out + 1] = plot.line("guide", x, frame.top, x, frame.bottom)
      if not size.small then
        out[#out + 1] = plot.text("small soft", fits and x + 4 or x - 4, frame.bottom - 6 - (i - 1) % 3 * 13,
          fits and "start" or "end", mark.label)
      end
    end
  end
  return table.concat(out)
end

local function axes(spec, frame, place, size)
  local out = {}
  for _, v in ipairs(spec.ticks) do
    local _, y = place(1, v)
    out[#out + 1] = plot.line("grid", frame.left, y, frame.right, y)
    out[#out + 1] = plot.text("small soft", frame.left - 6, y + 4, "end", spec.tick_text(v))
  end
  local room = size.no_days and 0 or math.max(2, (frame.right - frame.left) // (size.small and 26 or 22))
  for _, day in ipairs(room > 0 and plot.day_ticks(spec.days, room) or {}) do
    out[#out + 1] = plot.text("small soft", (place(day, 0)), frame.bottom + 16, "middle", tostring(day))
  end
  out[#out + 1] = plot.text("small soft", 0, frame.top - 12, "start", spec.unit)
  if not size.small then
    out[#out + 1] = plot.text("small soft", (frame.left + frame.right) / 2, frame.bottom + 32, "middle", "simulated day")
  end
  return table.concat(out)
end

local function tick_width(spec)
  local width = 0
  for _, v in ipairs(spec.ticks) do width = math.max(width, text_width(spec.tick_text(v), 12.5)) end
  return width
end

local function name_width(spec, most)
  local width = 0
  for _, guide in ipairs(spec.guides or {}) do width = math.max(width, text_width(guide.label, 12)) end
  for _, s in ipairs(spec.series) do width = math.max(width, text_width(s.label, 12)) end
  return math.min(most, width)
end

local function frame_of(spec, size)
  local named = spec.named and name_width(spec, size.width * 0.28) or 0
  return {
    left = tick_width(spec) + 8, top = size.small and 22 or 26,
    bottom = size.height - (size.no_days and 6 or size.small and 20 or 38),
    right = size.width - (spec.named and named + 26 or 8),
    label_chars = math.max(4, math.floor(named / (12 * 0.56) + 0.5)),
  }
end

-- Where a day and a value stand. With one day only, the series stand side by side: `dodge` is their distance from the
-- middle in pixels.
local function placer(spec, size, frame)
  local top = spec.ticks[#spec.ticks]
  local inset = spec.days == 1 and (frame.right - frame.left) / 2 or size.small and 4 or 8
  return function(day, value, dodge)
    local x = frame.left + inset
    if spec.days > 1 then
      x = x + (day - 1) / (spec.days - 1) * (frame.right - frame.left - 2 * inset)
    else
      x = x + (dodge or 0)
    end
    return x, frame.bottom - math.max(0, math.min(1, value / top)) * (frame.bottom - frame.top)
  end
end

local function series_placer(place, i, n, frame)
  local dodge = (i - (n + 1) / 2) * math.min(24, (frame.right - frame.left) / (n + 1))
  return function(day, value) return place(day, value, dodge) end
end

--- The inside of an SVG.
---
--- spec: series = list of { label, index (of the condition), points = by day { mean, low, high, title } }, days, ticks
--- (from 0 up; the axis ends with the last), tick_text, unit, named (names at the ends), guides = list of { label,
--- source, points = list of { day, value } }, marked_days = list of { day, label }. Values outside of the axis are
--- drawn at its end.
---@param spec table
---@param size table { width, height, small = no marks but the last, no_days = no names on the axis of days }
---@return string
function plot_lines.draw(spec, size)
  local frame, n = frame_of(spec, size), #spec.series
  local place = placer(spec, size, frame)
  local dashes, guide_ends = guides(place, spec)
  local out, ends, any = { axes(spec, frame, place, size), marked_days(place, spec, frame, size), dashes }, {}, false
  for i, s in ipairs(spec.series) do
    if not size.small then
      out[#out + 1] = string.format("<g class='%s'>%s</g>", plot.class(s.index),
        intervals(series_placer(place, i, n, frame), s, spec.days))
    end
  end
  for i, s in ipairs(spec.series) do
    local own = series_placer(place, i, n, frame)
    local drawn, last = marks(own, s, spec.days, size)
    ends[i], any = last, any or last > 0
    out[#out + 1] = string.format("<g class='%s'>%s%s</g>", plot.class(s.index),
      lines(own, s, spec.days, size.small and "line thin" or "line"), drawn)
  end
  if spec.named then out[#out + 1] = names(place, spec, ends, guide_ends, frame) end
  if not any then
    out[#out + 1] = plot.text("small soft", (frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2, "middle",
      "no values")
  end
  return table.concat(out)
end

return plot_lines

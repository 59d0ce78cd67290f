--- What all plots share: scales, ticks, places for labels, colours and marks, and the pieces of SVG.
---
--- A figure is drawn with classes only. On the page they get their colours from its variables, so that one drawing
--- serves light and dark; a figure that is saved brings the same rules with plain colours (`plot.rules`).

local plot = {}

--- Okabe & Ito's colours that are dark enough for lines on white; the last is the ink itself. A condition has the
--- same number, so the same colour and mark, everywhere.
plot.COLOURS = { "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9" }
plot.CYCLE = 7
plot.FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"

local ENTITIES = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;", ["'"] = "&#39;" }

--- Text for HTML and SVG. Control characters, which XML does not allow, become U+FFFD.
---@param text string
---@return string
function plot.escape(text)
  return (tostring(text):gsub("[&<>\"']", ENTITIES):gsub("[\0-\8\11\12\14-\31\127]", "\u{FFFD}"))
end

--- A coordinate: at most one decimal.
---@param x number
---@return string
function plot.number(x)
  local text = string.format("%.1f", x):gsub("%.0$", "")
  return text == "-0" and "0" or text
end

--- The text cut to at most `most` characters.
function plot.cut(text, most)
  local len = utf8.len(text) or #text
  if len <= most then return text end
  return text:sub(1, (utf8.offset(text, most) or most) - 1) .. "…"
end

--- Width of a text in pixels, roughly, at this font size.
function plot.text_width(text, size) return (utf8.len(text) or #text) * size * 0.56 end

--- Round numbers from 0 to the first that is `high` or more: four to six of them.
---@param high number
---@return number[]
function plot.ticks(high)
  if high <= 0 then return { 0, 1 } end
  local power = 10 ^ math.floor(math.log(high / 5, 10) + 1e-9)
  for _, step in ipairs { 1, 2, 2.5, 5, 10, 20 } do
    local n = math.ceil(high / (step * power) - 1e-9)
    if n <= 5 then
      local out = {}
      for i = 0, n do out[i + 1] = i * step * power end
      return out
    end
  end
  error("no ticks up to " .. tostring(high))
end

--- The days to name on an axis of n days: all, or the first and whole weeks (or several weeks), at most `most`.
---@param n integer
---@param most integer
---@return integer[]
function plot.day_ticks(n, most)
  local out = {}
  if n <= most then
    for day = 1, n do out[day] = day end
    return out
  end
  local step = 7
  while n // step + 1 > math.max(most, 2) do step = step * 2 end
  out[1] = 1
  for day = step, n, step do out[#out + 1] = day end
  if #out == 1 then out[2] = n end
  return out
end

--- Moves places apart so that neighbours are at least `gap` apart and all lie within low..high (where they fit),
--- each as near to its wanted place as the others allow (isotonic regression by pooling neighbours).
---@param wanted number[] in rising order
---@param gap number
---@param low number
---@param high number
---@return number[]
function plot.spread(wanted, gap, low, high)
  local pools, out = {}, {}
  for i, y in ipairs(wanted) do
    local pool = { sum = y - (i - 1) * gap, n = 1 }
    while #pools > 0 and pools[#pools].sum / pools[#pools].n >= pool.sum / pool.n do
      local before = table.remove(pools)
      pool = { sum = before.sum + pool.sum, n = before.n + pool.n }
    end
    pools[#pools + 1] = pool
  end
  local most = high - (#wanted - 1) * gap
  for _, pool in ipairs(pools) do
    local place = math.max(low, math.min(most, pool.sum / pool.n))
    for _ = 1, pool.n do out[#out + 1] = place + #out * gap end
  end
  return out
end

--- The class of the i-th condition: its colour, and from the eighth on its dashes too.
function plot.class(i)
  local round = (i - 1) // plot.CYCLE
  return "c" .. (i - 1) % plot.CYCLE + 1 .. (round > 0 and " d" .. (round - 1) % 2 + 1 or "")
end

local function polygon(class, points)
  for i, p in ipairs(points) do points[i] = plot.number(p[1]) .. "," .. plot.number(p[2]) end
  return string.format("<path class='%s' d='M%sZ'", class, table.concat(points, "L"))
end

-- The marks of the conditions: they differ in form, so that a print in grey can be read.
local FORMS = {
  function(class, x, y, r)
    return string.format("<circle class='%s' cx='%s' cy='%s' r='%s'", class, plot.number(x), plot.number(y),
      plot.number(r))
  end,
  function(class, x, y, r)
    r = r * 0.9
    return polygon(class, { { x - r, y - r }, { x + r, y - r }, { x + r, y + r }, { x - r, y + r } })
  end,
  function(class, x, y, r)
    return polygon(class, { { x, y - r * 1.2 }, { x + r * 1.15, y + r * 0.85 }, { x - r * 1.15, y + r * 0.85 } })
  end,
  function(class, x, y, r)
    r = r * 1.25
    return polygon(class, { { x, y - r }, { x + r, y }, { x, y + r }, { x - r, y } })
  end,
  function(class, x, y, r)
    return polygon(class, { { x, y + r * 1.2 }, { x + r * 1.15, y - r * 0.85 }, { x - r * 1.15, y - r * 0.85 } })
  end,
}

--- The mark of the i-th condition at a place, with what a pointer shows there.
---@param i integer
---@param x number
---@param y number
---@param r number
---@param class string "mark", or "hollow"
---@param title string|nil
---@return string
function plot.mark(i, x, y, r, class, title)
  local open = FORMS[(i - 1) % #FORMS + 1](class, x, y, r)
  return title and open .. "><title>" .. plot.escape(title) .. "</title></" .. open:match("^<(%a+)") .. ">" or open .. "/>"
end

--- A line of text. anchor: "start", "middle" or "end".
function plot.text(class, x, y, anchor, text)
  return string.format("<text class='%s' x='%s' y='%s' text-anchor='%s'>%s</text>", class, plot.number(x),
    plot.number(y), anchor, plot.escape(text))
end

--- A straight line.
function plot.line(class, x0, y0, x1, y1)
  return string.format("<line class='%s' x1='%s' y1='%s' x2='%s' y2='%s'/>", class, plot.number(x0), plot.number(y0),
    plot.number(x1), plot.number(y1))
end

--- The rules that give a figure its colours.
---@param scope string what stands before each selector
---@param theme table { paper, ink, soft, grid, guide, band = opacity, [1..7] }
---@return string
function plot.rules(scope, theme)
  local out = {}
  local function add(selector, rule) out[#out + 1] = scope .. selector .. "{" .. rule .. "}" end
  add("text", "font-family:" .. plot.FONT .. ";font-size:12px;fill:" .. theme.ink)
  add(".small", "font-size:11px")
  add(".soft", "fill:" .. theme.soft)
  add(".strong", "font-weight:600")
  add(".title", "font-size:15px;font-weight:600")
  add(".grid", "stroke:" .. theme.grid .. ";stroke-width:1")
  add(".lead", "stroke:" .. theme.soft .. ";stroke-width:.75")
  add(".guide", "stroke:" .. theme.guide .. ";stroke-width:1.5;stroke-dasharray:5 4;fill:none")
  add(".line", "fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round")
  add(".thin", "stroke-width:1.5")
  add(".band", "opacity:" .. theme.band .. ";stroke:none")
  add(".noise", "fill:" .. theme.soft .. ";opacity:.14;stroke:none")
  add(".bar", "stroke-width:2.5;fill:none")
  add(".mark", "stroke-width:1;stroke:" .. theme.paper)
  add(".hollow", "stroke-width:1.75;fill:" .. theme.paper)
  for i = 1, plot.CYCLE do
    local class = ".c" .. i .. " "
    add(class .. ".line," .. scope .. class .. ".bar," .. scope .. class .. ".hollow", "stroke:" .. theme[i])
    add(class .. ".mark," .. scope .. class .. ".band", "fill:" .. theme[i])
  end
  add(".d1 .line", "stroke-dasharray:7 4")
  add(".d2 .line", "stroke-dasharray:2 4")
  return table.concat(out, "\n")
end

--- The theme of figures that are saved: black on white, for paper.
function plot.paper_theme()
  local theme = { paper = "#ffffff", ink = "#1c1b19", soft = "#5b5853", grid = "#e3e0d9", guide = "#8a867f", band = ".16",
    [plot.CYCLE] = "#1c1b19" }
  for i, colour in ipairs(plot.COLOURS) do theme[i] = colour end
  return theme
end

return plot

--- A figure of the page: its drawings for wide and narrow screens, its caption, and links that save it as SVG and its
--- numbers as CSV. The links hold what they save, so that the page asks nobody for anything.

local plot = require "propersim.plot"

local report_figure = {}

local escape, number = plot.escape, plot.number

local CHUNK = 65536 -- bytes; patterns take no text of any length

--- A data: link's content.
---@param bytes string
---@return string
function report_figure.encode(bytes)
  local out = {}
  for from = 1, #bytes, CHUNK do
    out[#out + 1] = bytes:sub(from, from + CHUNK - 1):gsub("[^%w%-._~!*'();:@=+$,/?]",
      function(c) return string.format("%%%02X", c:byte()) end)
  end
  return table.concat(out)
end

--- An SVG element of the page. drawing: { width, height, body }.
---@param drawing table
---@param class string
---@param label string what it shows, for those who cannot see it
---@return string
function report_figure.svg(drawing, class, label)
  return string.format("<svg class='plot %s' viewBox='0 0 %s %s' role='img' aria-label='%s'>%s</svg>", class,
    number(drawing.width), number(drawing.height), escape(label), drawing.body)
end

--- A drawing as a file of its own: with its colours, its title, and its caption as description.
---@param drawing table
---@param title string
---@param caption string
---@return string
function report_figure.file(drawing, title, caption)
  local margin, head = 16, 34
  local width, height = drawing.width + 2 * margin, drawing.height + head + 2 * margin
  return table.concat {
    string.format("<svg xmlns='http://www.w3.org/2000/svg' width='%s' height='%s' viewBox='0 0 %s %s'>", number(width),
      number(height), number(width), number(height)),
    "<title>", escape(title), "</title><desc>", escape(caption), "</desc><style>", plot.rules("", plot.paper_theme()),
    string.format("</style><rect width='%s' height='%s' fill='#ffffff'/>", number(width), number(height)),
    plot.text("title", margin, margin + 14, "start", title),
    string.format("<g transform='translate(%d,%d)'>%s</g></svg>\n", margin, margin + head, drawing.body),
  }
end

local function save_link(name, kind, mime, content)
  return string.format("<a download='%s.%s' href=\"data:%s,%s\">%s</a>", escape(name), kind, mime,
    report_figure.encode(content), kind:upper())
end

--- Links that save a figure and its data.
---@param name string of the files
---@param svg string|nil the file's content
---@param csv string
---@return string
function report_figure.links(name, svg, csv)
  return "<span class='save'>" .. (svg and save_link(name, "svg", "image/svg+xml;charset=utf-8", svg) or "")
    .. save_link(name, "csv", "text/csv;charset=utf-8", csv) .. "</span>"
end

--- A figure. f: { name (of its files), title, caption, wide, narrow = drawings (narrow may be nil), csv }.
---@param f table
---@return string
function report_figure.html(f)
  local label = f.title .. " " .. f.caption
  return table.concat {
    "<figure><h3>", escape(f.title), "</h3>",
    report_figure.svg(f.wide, f.narrow and "wide" or "", label),
    f.narrow and report_figure.svg(f.narrow, "narrow", label) or "",
    "<figcaption>", escape(f.caption), " ", report_figure.links(f.name, report_figure.file(f.wide, f.title, f.caption), f.csv),
    "</figcaption></figure>\n",
  }
end

--- The mark of the i-th condition with its line, as in the figures.
function report_figure.swatch(i)
  return string.format("<svg class='plot' viewBox='0 0 16 12' aria-hidden='true'><g class='%s'><path class='line' d='M0,6H16'/>%s"
    .. "</g></svg>", plot.class(i), plot.mark(i, 8, 6, 3.6, "mark"))
end

--- The names of the lines, for figures whose lines have no room for them.
---@param names string[]
---@return string
function report_figure.key(names)
  local out = {}
  for i, name in ipairs(names) do out[i] = "<li>" .. report_figure.swatch(i) .. escape(name) .. "</li>" end
  return "<ul class='key'>" .. table.concat(out) .. "</ul>\n"
end

-- The same key inside of a drawing; returns it and its height.
local function drawn_key(names, width)
  local out, x, y = {}, 0, 8
  for i, name in ipairs(names) do
    local wide = plot.text_width(name, 12) + 36
    if x > 0 and x + wide > width then x, y = 0, y + 18 end
    out[#out + 1] = string.format("<g class='%s' transform='translate(%s,%s)'><path class='line' d='M0,0H16'/>%s</g>",
      plot.class(i), number(x), number(y), plot.mark(i, 8, 0, 3.6, "mark"))
    out[#out + 1] = plot.text("", x + 21, y + 4, "start", name)
    x = x + wide
  end
  return table.concat(out), y + 22
end

--- Small multiples: panels in a grid that follows the screen, saved as one sheet.
--- f: { name, title, caption, panels = drawings with `label`, columns (of the sheet), class, names, csv }.
---@param f table
---@return string
function report_figure.panels(f)
  local shown, sheet = {}, {}
  local gap, width, height = 20, f.panels[1].width, f.panels[1].height
  local columns = math.min(f.columns, #f.panels)
  local sheet_width = columns * (width + gap) - gap
  local key, key_height = "", 0
  if #f.names > 1 then key, key_height = drawn_key(f.names, sheet_width) end
  for i, panel in ipairs(f.panels) do
    local x, y = (i - 1) % columns * (width + gap), key_height + (i - 1) // columns * (height + gap)
    shown[i] = report_figure.svg(panel, "", panel.label)
    sheet[i] = string.format("<g transform='translate(%s,%s)'>%s</g>", number(x), number(y), panel.body)
  end
  local rows = (#f.panels + columns - 1) // columns
  local drawing = { width = sheet_width, height = key_height + rows * (height + gap) - gap, body = key .. table.concat(sheet) }
  return table.concat {
    "<figure><h3>", escape(f.title), "</h3>", #f.names > 1 and report_figure.key(f.names) or "",
    "<div class='panels ", f.class, "'>", table.concat(shown), "</div><figcaption>", escape(f.caption), " ",
    report_figure.links(f.name, report_figure.file(drawing, f.title, f.caption), f.csv), "</figcaption></figure>\n",
  }
end

return report_figure

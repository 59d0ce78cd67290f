-- A canvas collects SVG shapes. Colours are names of palette.json; an unknown name raises, so that no
-- picture can use a colour that is not in the file. Lengths are pixels of a 32 px tile.
local json = require("json")

local canvas = {}
canvas.__index = canvas

local function number(v)
  return (("%.3f"):format(v):gsub("%.?0+$", ""))
end

---@param palette_path string
function canvas.new(palette_path)
  local palette = json.read(palette_path)
  local count = 0
  for _ in pairs(palette.colours) do
    count = count + 1
  end
  assert(count <= 32, "palette.json holds more than 32 colours")
  return setmetatable({ palette = palette, out = {} }, canvas)
end

function canvas:raw(...)
  self.out[#self.out + 1] = table.concat({ ... })
end

function canvas:colour(name)
  local hex = self.palette.colours[name]
  if not hex then
    error("colour '" .. tostring(name) .. "' is not in palette.json", 3)
  end
  return hex
end

function canvas:paint(fill, opacity)
  local hex = self:colour(fill)
  if opacity and opacity < 1 then
    return ('fill="%s" fill-opacity="%s"'):format(hex, number(opacity))
  end
  return ('fill="%s"'):format(hex)
end

-- r: corner radius, 0 when left out.
function canvas:rect(x, y, w, h, fill, r, opacity)
  local round = (r and r > 0) and (' rx="%s"'):format(number(r)) or ""
  self:raw(('<rect x="%s" y="%s" width="%s" height="%s"%s %s/>'):format(
    number(x), number(y), number(w), number(h), round, self:paint(fill, opacity)))
end

function canvas:ellipse(cx, cy, rx, ry, fill, opacity)
  self:raw(('<ellipse cx="%s" cy="%s" rx="%s" ry="%s" %s/>'):format(
    number(cx), number(cy), number(rx), number(ry), self:paint(fill, opacity)))
end

function canvas:circle(cx, cy, r, fill, opacity)
  self:ellipse(cx, cy, r, r, fill, opacity)
end

-- d: an SVG path, absolute or relative.
function canvas:path(d, fill, opacity)
  self:raw(('<path d="%s" %s/>'):format(d, self:paint(fill, opacity)))
end

-- A path that is drawn as a line with round ends.
function canvas:stroke(d, colour, width, opacity)
  local o = (opacity and opacity < 1) and (' stroke-opacity="%s"'):format(number(opacity)) or ""
  self:raw(('<path d="%s" fill="none" stroke="%s" stroke-width="%s"%s stroke-linecap="round" '
    .. 'stroke-linejoin="round"/>'):format(d, self:colour(colour), number(width), o))
end

function canvas:line(x1, y1, x2, y2, colour, width, opacity)
  self:stroke(("M%s %sL%s %s"):format(number(x1), number(y1), number(x2), number(y2)), colour, width,
    opacity)
end

-- The one shadow tone, as a rounded rectangle. Light comes from the upper left, so callers move it
-- right and down.
function canvas:shade(x, y, w, h, r)
  self:rect(x, y, w, h, self.palette.shadow.colour, r, self.palette.shadow.opacity)
end

function canvas:shade_ellipse(cx, cy, rx, ry)
  self:ellipse(cx, cy, rx, ry, self.palette.shadow.colour, self.palette.shadow.opacity)
end

-- A piece of furniture: the shadow on the floor, a front face of height `front`, a top, a light edge.
function canvas:box(x, y, w, h, front, top, face, r)
  r = r or 3
  self:shade(x + 2, y + 4, w + 1, h - 1, r)
  self:rect(x, y + 2, w, h - 2, face, r)
  self:rect(x, y, w, h - front, top, r)
  self:rect(x + 1.5, y + 1, w - 3, 1.5, "linen", 0.75, 0.35)
end

-- Everything drawn by `draw` is cut to the box and moved to it.
function canvas:inside(x, y, w, h, draw)
  self:raw(('<svg x="%d" y="%d" width="%d" height="%d" viewBox="0 0 %d %d">'):format(x, y, w, h, w, h))
  draw(self)
  self:raw("</svg>")
end

function canvas:flipped(width, draw)
  self:raw(('<g transform="translate(%d 0) scale(-1 1)">'):format(width))
  draw(self)
  self:raw("</g>")
end

function canvas:save(path, width, height)
  local file = assert(io.open(path, "wb"))
  file:write(('<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d">\n')
    :format(width, height, width, height))
  file:write(table.concat(self.out, "\n"), "\n</svg>\n")
  assert(file:close())
end

-- Numbers in [0, 1) that are the same on every machine (Lehmer, modulus 2^31 - 1).
function canvas.random(seed)
  local state = seed
  return function()
    state = state * 48271 % 2147483647
    return state / 2147483647
  end
end

return canvas

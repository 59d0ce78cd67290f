-- Draws people.svg: layers of one figure, stacked from top to bottom of the sheet. Each layer holds
-- 5 x 4 frames of 32 x 48: rows look down, left, right, up; columns are step, stand, step, sit, and
-- lie (down: asleep, left: asleep a breath later; the other two are empty).
-- Layers that take a colour are drawn in near-white with one shadow tone, to be multiplied by a colour
-- of palette.json ("people"). Run through build.sh, in this folder.
local canvas = require("canvas")

local W, H = 32, 48
local rows = { "down", "left", "right", "up" }
local columns = { -1, 0, 1, "sit", "lie" }

local LIGHT = "linen"

-- Where the parts of a body are: y of the head's middle and of the shoulders, sway of the legs.
local function body(pose)
  if pose == "sit" then
    return { head = 17, neck = 24, hip = 37, step = 0, sits = true }
  end
  local bob = pose == 0 and 0 or -1
  return { head = 14 + bob, neck = 21 + bob, hip = 34 + bob, step = pose }
end

local function turned(g, degrees, x, y, draw)
  g:raw(('<g transform="rotate(%g %g %g)">'):format(degrees, x, y))
  draw()
  g:raw("</g>")
end

local layers = {}
local function layer(name, draw, lie)
  layers[#layers + 1] = { name = name, draw = draw, lie = lie }
end

-- Ground shadow and shoes -------------------------------------------------------------------------
local function shoe(g, x, y, w)
  g:rect(x, y, w, 4, "bark", 1.8)
  g:rect(x, y + 2.8, w, 1.2, "ink", 0.6)
end

layer("shoes", function(g, dir, b)
  g:shade_ellipse(16, 44.5, 9, 2.8)
  if dir == "left" then
    if b.sits then
      shoe(g, 6.5, 41.5, 6.5)
    else
      shoe(g, 11 + b.step * 4.5, 41.5 - (b.step < 0 and 0 or b.step), 6.5)
      shoe(g, 12 - b.step * 4.5, 41.5 + (b.step < 0 and b.step or 0), 6.5)
    end
    return
  end
  shoe(g, 10.3, 41.5 - (b.step > 0 and 2 or 0), 5)
  shoe(g, 16.7, 41.5 - (b.step < 0 and 2 or 0), 5)
end)

-- Skin --------------------------------------------------------------------------------------------
local function arm_down(g, b, x, swing, skin)
  local y, length = b.neck + 1.2, b.sits and 10.8 or 12.8
  if skin then
    g:circle(x + 2, y + length + swing - 0.5, 2.3, LIGHT)
  else
    g:rect(x, y, 4.2, length - 1 + swing, LIGHT, 2.1)
    g:rect(x + (x > 16 and 0 or 3.2), y + 2, 1, length - 4 + swing, "ink", 0.5, 0.18)
  end
end

local function arm_side(g, b, skin)
  local y = b.neck + 3
  turned(g, b.sits and 48 or b.step * 26, 16.5, y, function()
    if skin then
      g:circle(16.5, y + 11, 2.3, LIGHT)
    else
      g:rect(14.4, y - 1, 4.2, 11.5, LIGHT, 2.1)
      g:stroke(("M18.2 %gv8"):format(y + 1), "ink", 0.9, 0.18)
    end
  end)
end

layer("skin", function(g, dir, b)
  g:rect(14, b.head + 5, 4, 6, LIGHT)
  g:shade(14, b.head + 7.5, 4, 2.5)
  g:ellipse(16, b.head, 8, 8.2, LIGHT)
  if dir == "down" then
    g:circle(8.2, b.head + 1.5, 1.8, LIGHT)
    g:circle(23.8, b.head + 1.5, 1.8, LIGHT)
    g:path(("M24 %ga8 8.2 0 0 1 -14.5 5a9.5 9.5 0 0 0 14.5 -5z"):format(b.head), "ink", 0.1)
  elseif dir == "left" then
    g:circle(8.2, b.head + 1.6, 1.3, LIGHT)
    g:circle(18.5, b.head + 1.5, 1.9, LIGHT)
    g:stroke(("M18.8 %gq1 1 0 1.8"):format(b.head + 0.8), "ink", 0.8, 0.18)
    arm_side(g, b, true)
  end
  if dir ~= "left" then
    arm_down(g, b, 6.4, -b.step * 1.2, true)
    arm_down(g, b, 21.4, b.step * 1.2, true)
  end
end, function(g, breath)
  g:circle(8.2, 13, 1.8, LIGHT)
  g:circle(23.8, 13, 1.8, LIGHT)
  g:ellipse(16, 12, 8, 8.2, LIGHT)
  g:rect(14, 18, 4, 5, LIGHT)
  g:circle(7.5, 26 - breath, 2.3, LIGHT)
end)

-- Trousers and skirt ------------------------------------------------------------------------------
local function leg(g, x, top, length)
  g:rect(x, top, 5.2, length, LIGHT, 1.8)
  g:rect(x + 3.8, top + 2, 1.4, length - 2.5, "ink", 0.6, 0.16)
end

layer("trousers", function(g, dir, b)
  if dir == "left" then
    if b.sits then
      g:rect(8, 34.5, 13, 5.5, LIGHT, 2.6)
      g:shade(10, 38.5, 10, 1.5, 0.7)
      leg(g, 8, 36, 6.5)
      return
    end
    for _, side in ipairs({ 1, -1 }) do
      turned(g, -b.step * side * 26, 16, b.hip, function()
        leg(g, 13.4, b.hip - 2, 43 - b.hip)
        if side == 1 and b.step ~= 0 then
          g:shade(13.4, b.hip - 2, 5.2, 43 - b.hip, 1.8)
        end
      end)
    end
    g:rect(12, b.hip - 3, 8.5, 5, LIGHT, 2)
    return
  end
  if b.sits and dir == "down" then
    g:rect(9.5, 34, 13, 5, LIGHT, 2)
    leg(g, 9.8, 35.5, 7)
    leg(g, 17, 35.5, 7)
    g:rect(9.8, 35, 5.2, 3, LIGHT, 1.5)
    g:shade(9.8, 38, 12.4, 1.2, 0.6)
    return
  end
  g:rect(9.8, b.hip - 3, 12.4, 5, LIGHT, 2)
  leg(g, 9.9, b.hip - 2, 44 - b.hip - (b.step > 0 and 2 or 0))
  leg(g, 16.9, b.hip - 2, 44 - b.hip - (b.step < 0 and 2 or 0))
end)

layer("skirt", function(g, dir, b)
  local low = b.sits and 40 or 39 + (b.step ~= 0 and -0.5 or 0)
  if dir == "left" and b.sits then
    g:path("M8 36q0-2 2-2h9.5q2 0 2 2v4.5q-7 1.5-13.5 1z", LIGHT)
    g:path("M9 39.5q6 1 12.5 0v1.2q-7 1.3-13.5 .8z", "ink", 0.16)
    return
  end
  local half = dir == "left" and 6 or 7.5
  local sway = dir == "left" and math.abs(b.step) * 1.5 or math.abs(b.step) * 0.5
  g:path(("M%g %gh%gl%g %gq-%g 2 -%g 0z"):format(16 - half + 2, b.hip - 3, half * 2 - 4, 2 + sway,
    low - b.hip + 3, half, half * 2 + sway * 2), LIGHT)
  g:path(("M%g %gl%g %gq-1.5 .6 -3 .8l-1-%gz"):format(16 + half - 2, b.hip - 3, 2 + sway, low - b.hip + 3,
    low - b.hip + 3), "ink", 0.16)
end)

-- Shirt -------------------------------------------------------------------------------------------
layer("shirt", function(g, dir, b)
  local height = b.hip - b.neck
  if dir == "left" then
    g:rect(11, b.neck, 10, height, LIGHT, 4)
    g:rect(11, b.neck + 5, 10, height - 5, LIGHT, 2)
    g:rect(18.5, b.neck + 3, 2.5, height - 4, "ink", 1, 0.16)
    arm_side(g, b, false)
    return
  end
  arm_down(g, b, 6.4, -b.step * 1.2, false)
  arm_down(g, b, 21.4, b.step * 1.2, false)
  g:rect(8, b.neck, 16, height, LIGHT, 5)
  g:rect(9.2, b.neck + 5, 13.6, height - 5, LIGHT, 2)
  g:rect(19.8, b.neck + 4, 3, height - 5, "ink", 1.2, 0.16)
  if dir == "down" then
    g:path(("M12.5 %gq3.5 4.5 7 0z"):format(b.neck), "ink", 0.22)
  end
end, function(g, breath)
  g:rect(7, 20 - breath * 0.5, 18, 10, LIGHT, 5)
  g:path("M12.5 20.5q3.5 4 7 0z", "ink", 0.2)
end)

-- Face --------------------------------------------------------------------------------------------
layer("face", function(g, dir, b)
  local y = b.head
  if dir == "down" then
    for _, x in ipairs({ 12.6, 19.4 }) do
      g:ellipse(x, y + 1.3, 1.25, 1.7, "ink")
      g:circle(x - 0.4, y + 0.7, 0.45, "linen")
    end
    g:circle(10.8, y + 4, 1.6, "red", 0.3)
    g:circle(21.2, y + 4, 1.6, "red", 0.3)
    g:stroke(("M14.7 %gq1.3 1.1 2.6 0"):format(y + 4.6), "bark", 0.9)
  elseif dir == "left" then
    g:ellipse(11, y + 1.3, 1.15, 1.7, "ink")
    g:circle(10.6, y + 0.7, 0.4, "linen")
    g:circle(11.8, y + 4, 1.6, "red", 0.3)
    g:stroke(("M9.6 %gq1 .9 2 .3"):format(y + 4.8), "bark", 0.9)
  end
end, function(g, breath)
  for _, x in ipairs({ 12.4, 19.6 }) do
    g:stroke(("M%g 13q1.5 1.3 3 0"):format(x - 1.5), "ink", 1)
  end
  g:circle(10.8, 16, 1.6, "red", 0.3)
  g:circle(21.2, 16, 1.6, "red", 0.3)
  g:ellipse(16, 17, 1.1, 0.7 + breath * 0.4, "bark")
  -- A light blanket; in our beds the map's own blanket lies over it.
  g:rect(4.5, 26 - breath, 23, 22 + breath, "blue", 4)
  g:rect(4.5, 25 - breath, 23, 5, "linen", 2.5)
  g:stroke("M12 33q1.5 6 0 12M20 32q-1.5 6 0 13", "ink", 1.1, 0.14)
end)

-- Glasses, beard, hair ----------------------------------------------------------------------------
layer("glasses", function(g, dir, b)
  local y = b.head + 1.4
  if dir == "down" then
    g:stroke(("M9.8 %ga2.7 2.6 0 1 0 5.4 0a2.7 2.6 0 1 0 -5.4 0M16.8 %ga2.7 2.6 0 1 0 5.4 0"
      .. "a2.7 2.6 0 1 0 -5.4 0M15.2 %gh1.6"):format(y, y, y), "slate", 0.9)
  elseif dir == "left" then
    g:stroke(("M8.8 %ga2.4 2.6 0 1 0 4.8 0a2.4 2.6 0 1 0 -4.8 0M13.6 %gh4"):format(y, y),
      "slate", 0.9)
  end
end)

layer("beard", function(g, dir, b)
  local y = b.head
  if dir == "down" then
    g:path(("M8.3 %gq1.2 2.8 4 2q3.7 -1.4 7.4 0q2.8 .8 4 -2q.6 8.5 -7.7 8.5t-7.7 -8.5z"):format(
      y + 2.2), LIGHT)
    g:path(("M23 %gq-.8 5.5 -7 5.8q6.8 2 7.5 -5.8z"):format(y + 4.5), "ink", 0.14)
    g:stroke(("M14.4 %gh3.2"):format(y + 5.4), "bark", 1)
  elseif dir == "left" then
    g:path(("M8.2 %gq2.5 1 4 .2q4 .5 5.8 -4.2q1.2 9.5 -5.8 10q-4 -.6 -4 -6z"):format(y + 3.4), LIGHT)
  end
end, function(g)
  g:path("M8.3 14.2q1.2 2.8 4 2q3.7 -1.4 7.4 0q2.8 .8 4 -2q.6 8.5 -7.7 8.5t-7.7 -8.5z", LIGHT)
  g:ellipse(16, 17.4, 1.3, 0.8, "bark")
end)

local function shine(g, y, dir)
  local x = dir == "left" and 13 or 12
  g:stroke(("M%g %gq2 -2.5 5 -2.8"):format(x - 2, y - 4.5), "linen", 1.2, 0.55)
end

-- The part that all styles share: the crown of the head, with the fringe named.
local function crown(g, dir, y, fringe)
  if dir == "up" then
    g:ellipse(16, y - 0.3, 8.9, 9, LIGHT)
    g:path(("M24.9 %ga8.9 9 0 0 1 -13 8.2a10.5 10 0 0 0 13 -8.2z"):format(y - 0.3), "ink", 0.14)
  elseif dir == "left" then
    g:path(("M8 %gq-1.5 -8.5 8.5 -9.5q9.5 .5 8.7 9.5q-.2 4.5 -2.7 6.5q-2.8 .3 -3.3 -1.5q-.2 -5.5 "
      .. "-2.6 -6.2q-4.6 .6 -8.6 1.2z"):format(y), LIGHT)
    g:path(("M25.2 %gq.2 6 -2.7 8.3l-2.2 -.2q4 -2.6 4.2 -9z"):format(y - 1), "ink", 0.14)
  elseif fringe == "straight" then
    g:path(("M7.2 %gq-.8 -10.5 8.8 -10.5t8.8 10.5l-.6 1q-1.4 -2 -1.7 -3.5h-13q-.3 1.5 -1.7 3.5z"):format(
      y + 1), LIGHT)
    g:stroke(("M10 %gh12"):format(y - 2.6), "ink", 0.9, 0.18)
  else
    g:path(("M7.2 %gq-.8 -10.5 8.8 -10.5t8.8 10.5l-.8 1.5q-.9 -3.7 -2.8 -5q-4.7 .8 -8.2 -1.7"
      .. "q-2.8 2.5 -4.5 3.2q-.5 1.2 -.5 3.5z"):format(y + 1), LIGHT)
  end
end

local function hair(name, draw)
  layer("hair " .. name, function(g, dir, b)
    draw(g, dir, b.head)
    shine(g, b.head, dir)
  end, function(g)
    draw(g, "down", 12, true)
    shine(g, 12, "down")
  end)
end

hair("short", function(g, dir, y)
  crown(g, dir, y)
end)

hair("bob", function(g, dir, y)
  if dir == "up" then
    g:rect(7, y - 3, 18, 13, LIGHT, 4)
  elseif dir == "left" then
    g:path(("M13.5 %gq6 -2 11.5 0q1.5 7 -.5 11.2h-8q-2 -5 -3 -11.2z"):format(y - 1.5), LIGHT)
  else
    g:rect(6.3, y - 3, 4, 12.5, LIGHT, 2)
    g:rect(21.7, y - 3, 4, 12.5, LIGHT, 2)
  end
  crown(g, dir, y, "straight")
end)

hair("long", function(g, dir, y)
  if dir == "up" then
    g:path(("M7 %gh18q1.5 10 -.8 18q-8.2 3 -16.4 0q-2.3 -8 -.8 -18z"):format(y), LIGHT)
    g:stroke(("M11.5 %gv5M20.5 %gv5M16 %gv6"):format(y + 12, y + 12, y + 11.5), "ink", 0.9, 0.12)
  elseif dir == "left" then
    g:path(("M14 %gq6 -2 11 0q2 10 .3 19.5q-4 1.5 -7 .3q-1 -9 -4.3 -19.8z"):format(y - 1.5), LIGHT)
  else
    g:path(("M6.6 %gh3.6q.3 10 -.6 17.5q-2 .6 -3.8 -.3q-.8 -9 .8 -17.2z"):format(y - 2), LIGHT)
    g:path(("M25.4 %gh-3.6q-.3 10 .6 17.5q2 .6 3.8 -.3q.8 -9 -.8 -17.2z"):format(y - 2), LIGHT)
    g:path(("M25.4 %gh-1.2q-.1 10 .9 17.6l1.1 -.4q.8 -9 -.8 -17.2z"):format(y - 2), "ink", 0.14)
  end
  crown(g, dir, y)
end)

hair("bun", function(g, dir, y)
  local x = dir == "left" and 20 or 16
  g:circle(x, y - 9, 4, LIGHT)
  g:path(("M%g %ga4 4 0 0 1 -6.5 3a5 5 0 0 0 6.5 -3z"):format(x + 4, y - 9), "ink", 0.14)
  crown(g, dir, y)
end)

hair("tail", function(g, dir, y)
  if dir == "left" then
    g:path(("M23 %gq5.5 .5 5 7.5q-.5 4.5 -2.5 6q-2.5 -3.5 -1.5 -7.5q.2 -3 -2 -4z"):format(y - 4), LIGHT)
  elseif dir == "up" then
    crown(g, dir, y)
    g:path(("M11.8 %gq4.2 -2.5 8.4 0q2.4 9 -1.8 17q-2.2 1 -4.8 0q-4.2 -8 -1.8 -17z"):format(y - 1),
      "ink", 0.16)
    g:path(("M13 %gq3 -2 6 0q2.2 8 -1 15.5q-2 1 -4 0q-3.2 -7.5 -1 -15.5z"):format(y - 1), LIGHT)
    g:rect(13.5, y - 1.8, 5, 2, "ink", 1, 0.4)
    return
  else
    g:path(("M23 %gq4.5 2 3.6 9q-.4 3.5 -2.2 5q-1.5 -4 -.8 -8z"):format(y - 2), LIGHT)
  end
  crown(g, dir, y)
end)

hair("curly", function(g, dir, y)
  local around = { { 8, 0 }, { 8.3, -5 }, { 11.5, -8 }, { 16, -9.3 }, { 20.5, -8 }, { 23.7, -5 }, { 24, 0 } }
  if dir == "left" then
    around = { { 9.5, -4.5 }, { 12, -8 }, { 16.5, -9.3 }, { 21, -8 }, { 24.2, -4.5 }, { 24.8, 0.5 }, { 23, 5 },
      { 19.8, -3 } }
  end
  for _, p in ipairs(around) do
    g:circle(p[1], y + p[2], 3.7, LIGHT)
  end
  crown(g, dir, y)
  if dir == "up" then
    for _, p in ipairs({ { 9, 5 }, { 14, 8 }, { 19, 8 }, { 23, 5 } }) do
      g:circle(p[1], y + p[2], 3.4, LIGHT)
    end
  end
  for i, p in ipairs(around) do
    if i % 2 == 0 then
      g:stroke(("M%g %ga1.6 1.6 0 0 0 2.8 0"):format(p[1] - 1.4, y + p[2] + 0.5), "ink", 0.8, 0.18)
    end
  end
end)

-- The sheet ---------------------------------------------------------------------------------------
local function frame(g, part, dir, pose)
  if pose == "lie" then
    local breath = dir == "down" and 0 or (dir == "left" and 1 or nil)
    if breath and part.lie then
      part.lie(g, breath)
    end
  elseif dir == "right" then
    g:flipped(W, function()
      part.draw(g, "left", body(pose))
    end)
  else
    part.draw(g, dir, body(pose))
  end
end

local g = canvas.new("palette.json")
for i, part in ipairs(layers) do
  g:raw("<!-- ", part.name, " -->")
  for r, dir in ipairs(rows) do
    for c, pose in ipairs(columns) do
      g:inside((c - 1) * W, ((i - 1) * #rows + r - 1) * H, W, H, function()
        frame(g, part, dir, pose)
      end)
    end
  end
end
g:save("people.svg", #columns * W, #layers * #rows * H)

-- palette.json names the layers in the order of the sheet; a list that went stale is a fault.
local named = g.palette.people.layers
for i, part in ipairs(layers) do
  assert(named[i] == part.name, "palette.json: layer " .. i .. " should be called " .. part.name)
end
assert(#named == #layers, "palette.json names more layers than people.lua draws")
print(("people.svg: %d layers of %d x %d frames"):format(#layers, #columns, #rows))

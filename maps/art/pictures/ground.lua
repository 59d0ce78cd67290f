-- Grounds and floors. Wood and grass repeat every 4 x 4 tiles, the others every tile.
local canvas = require("canvas")

local function wood(g)
  local random = canvas.random(20)
  g:rect(0, 0, 128, 128, "floor")
  for row = 0, 15 do
    local y = row * 8
    local x = -random() * 50
    local first = x
    while x < 128 do
      local w = 44 + random() * 40
      if first + 128 - (x + w) < 30 then
        w = first + 128 - x
      end
      local tone, strength = "floor_lt", 0.15 + random() * 0.5
      if random() < 0.3 then
        tone, strength = "floor_dk", 0.1 + random() * 0.22
      end
      local grain, gy = x + w * (0.15 + random() * 0.4), y + 2.5 + random() * 3
      for _, dx in ipairs({ 0, 128 }) do
        g:rect(x + dx, y, w, 8, tone, 0, strength)
        g:rect(x + dx, y, 0.8, 8, "floor_dk", 0, 0.8)
        g:line(grain + dx, gy, grain + dx + w * 0.25, gy, "floor_dk", 0.6, 0.35)
      end
      x = x + w
      if x >= first + 128 then
        break
      end
    end
    g:rect(0, y, 128, 0.8, "floor_dk", 0, 0.7)
  end
end

local function wrapped(x, y, draw)
  for dy = -128, 128, 128 do
    for dx = -128, 128, 128 do
      draw(x + dx, y + dy)
    end
  end
end

local function grass(g)
  local random = canvas.random(11)
  g:rect(0, 0, 128, 128, "grass")
  for _ = 1, 9 do
    local x, y, rx, ry = random() * 128, random() * 128, 10 + random() * 14, 6 + random() * 9
    wrapped(x, y, function(cx, cy)
      g:ellipse(cx, cy, rx, ry, "grass_dk", 0.55)
      g:ellipse(cx + rx * 0.6, cy + ry * 0.5, rx * 0.6, ry * 0.7, "grass_dk", 0.55)
    end)
  end
  for i = 1, 46 do
    local x, y, tall = random() * 128, random() * 128, 2 + random() * 2
    local tone = i % 3 == 0 and "grass" or "leaf"
    wrapped(x, y, function(cx, cy)
      g:stroke(("M%.2f %.2fl-1.6 -%.2fM%.2f %.2fl.2 -%.2fM%.2f %.2fl1.8 -%.2f"):format(
        cx, cy, tall, cx, cy, tall + 1, cx, cy, tall * 0.9), tone, 0.8, 0.55)
    end)
  end
  for i = 1, 7 do
    local x, y = random() * 128, random() * 128
    local tone = i % 2 == 0 and "linen" or "mustard"
    wrapped(x, y, function(cx, cy)
      g:circle(cx, cy, 1.3, tone, 0.9)
      g:circle(cx, cy, 0.5, i % 2 == 0 and "mustard" or "oak")
    end)
  end
end

local function bath_floor(g)
  g:rect(0, 0, 32, 32, "tile")
  g:rect(16, 0, 16, 16, "tile_dk", 0, 0.28)
  g:rect(0, 16, 16, 16, "tile_dk", 0, 0.28)
  for _, at in ipairs({ 0, 16 }) do
    g:rect(at, 0, 1, 32, "tile_dk", 0, 0.8)
    g:rect(0, at, 32, 1, "tile_dk", 0, 0.8)
  end
end

local function kitchen_floor(g)
  g:rect(0, 0, 32, 32, "cream")
  g:rect(0, 0, 16, 16, "cream_dk", 0, 0.75)
  g:rect(16, 16, 16, 16, "cream_dk", 0, 0.75)
  for _, at in ipairs({ 0, 16 }) do
    g:rect(at, 0, 0.8, 32, "stone_dk", 0, 0.4)
    g:rect(0, at, 32, 0.8, "stone_dk", 0, 0.4)
  end
end

local function half(draw, left)
  return function(g)
    g:inside(left and 0 or 16, 0, 16, 32, draw)
  end
end

local function slab(g, x, y, w, h, tone)
  g:rect(x, y + 1, w, h, "stone_dk", 3)
  g:rect(x, y, w, h - 0.5, tone, 3)
  g:rect(x + 2, y + 1, w - 5, 1.2, "linen", 0.6, 0.5)
end

-- Four paving patterns that join: slabs keep 1 px of joint on every side.
local pavings = {
  { { 1, 1, 14, 14 }, { 17, 1, 14, 14 }, { 1, 17, 30, 14 } },
  { { 1, 1, 30, 14 }, { 1, 17, 14, 14 }, { 17, 17, 14, 14 } },
  { { 1, 1, 14, 30 }, { 17, 1, 14, 14 }, { 17, 17, 14, 14 } },
  { { 1, 1, 14, 14 }, { 1, 17, 14, 14 }, { 17, 1, 14, 30 } },
}

local function paving(slabs)
  return function(g)
    g:rect(0, 0, 32, 32, "stone_dk")
    g:rect(0, 0, 32, 32, "leaf", 0, 0.18)
    for i, s in ipairs(slabs) do
      slab(g, s[1], s[2], s[3], s[4], "stone")
      if i == 2 then
        g:rect(s[1], s[2], s[3], s[4] - 0.5, "cream_dk", 3, 0.6)
      end
    end
  end
end

local function stones(list)
  return function(g)
    for _, s in ipairs(list) do
      g:shade_ellipse(s[1] + 1.5, s[2] + 2, s[3], s[4])
      g:ellipse(s[1], s[2] + 1, s[3], s[4], "stone_dk")
      g:ellipse(s[1], s[2], s[3], s[4] - 0.5, "stone")
      g:ellipse(s[1] - 1.5, s[2] - 1.5, s[3] * 0.55, s[4] * 0.4, "cream", 0.7)
    end
  end
end

-- Light that falls in through a window above.
local function sunbeam(g)
  g:path("M4 0H28L44 40H20Z", "linen", 0.3)
  g:path("M36 0H60L76 40H52Z", "linen", 0.3)
end

local list = {}

local function add(name, w, h, draw)
  list[#list + 1] = { name = name, w = w, h = h, draw = draw }
end

add("grass", 4, 4, grass)
add("wood", 4, 4, wood)
add("bath floor", 1, 1, bath_floor)
add("bath floor left", 1, 1, half(bath_floor, true))
add("bath floor right", 1, 1, half(bath_floor, false))
add("kitchen floor", 1, 1, kitchen_floor)
add("kitchen floor left", 1, 1, half(kitchen_floor, true))
add("kitchen floor right", 1, 1, half(kitchen_floor, false))
for i, slabs in ipairs(pavings) do
  add("paving " .. i, 1, 1, paving(slabs))
end
add("stones 1", 1, 1, stones({ { 11, 10, 8, 6 }, { 22, 23, 7, 5.5 } }))
add("stones 2", 1, 1, stones({ { 21, 9, 8, 6 }, { 10, 22, 7.5, 6 } }))
add("stones 3", 1, 1, stones({ { 9, 15, 6.5, 6 }, { 24, 17, 6, 6.5 } }))
add("sunbeam", 3, 2, sunbeam)

return list

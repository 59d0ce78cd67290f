-- Common room: table, shelf, sofa, armchair, plants, lamp, rugs.
local canvas = require("canvas")
local list = {}

local function add(name, w, h, draw, solid)
  list[#list + 1] = { name = name, w = w, h = h, draw = draw, solid = solid }
end

local function plate(g, x, y)
  g:shade_ellipse(x + 1, y + 1.5, 7, 5.5)
  g:ellipse(x, y, 7, 5.5, "linen")
  g:ellipse(x, y, 4.6, 3.5, "stone", 0.55)
  g:line(x - 9.5, y - 3, x - 9.5, y + 3.5, "steel", 1.1)
  g:line(x + 9.5, y - 3, x + 9.5, y + 3.5, "steel", 1.1)
end

add("table", 3, 2, function(g)
  g:shade(6, 14, 88, 48, 5)
  for _, x in ipairs({ 6, 84 }) do
    g:rect(x, 44, 6, 16, "oak_dk", 1.5)
  end
  g:rect(2, 5, 92, 49, "oak", 5)
  g:rect(2, 3, 92, 44, "oak_lt", 5)
  g:rect(5, 4.5, 86, 1.5, "linen", 0.7, 0.4)
  for _, y in ipairs({ 17.5, 32 }) do
    g:rect(4, y, 88, 0.8, "oak", 0, 0.6)
  end
  g:rect(34, 3, 28, 44, "cream", 0)
  g:rect(36, 3, 2, 44, "red", 0, 0.55)
  g:rect(58, 3, 2, 44, "red", 0, 0.55)
  g:rect(34, 47, 28, 7, "cream_dk", 2)
  for _, x in ipairs({ 18, 78 }) do
    plate(g, x, 12)
    plate(g, x, 38)
  end
  g:shade_ellipse(50, 27, 9, 5)
  g:ellipse(48, 26, 9, 5.5, "blue_dk")
  g:ellipse(48, 24, 9, 5, "blue")
  g:circle(44, 22.5, 3.6, "red")
  g:circle(51.5, 22.5, 3.6, "mustard")
  g:circle(48, 20, 3.6, "leaf")
  g:circle(47, 18.8, 1, "linen", 0.6)
end, "###\n###")

local spines = { "red", "blue", "mustard", "leaf", "plum", "cream", "blue_dk", "pink", "leaf_dk", "red_dk" }

add("shelf", 2, 2, function(g)
  local random = canvas.random(3)
  g:shade(3, 8, 62, 55, 3)
  g:rect(1, 2, 62, 60, "oak", 3)
  g:rect(1, 2, 62, 8, "oak_lt", 3)
  g:rect(2.5, 3, 59, 1.5, "linen", 0.7, 0.45)
  for row = 0, 2 do
    local y, h = 12 + row * 16, 13
    g:rect(4, y, 56, h, "bark", 1)
    local x, i = 5, row * 3
    while x < 58 do
      local w, tall = 2.6 + random() * 2.6, h - 2.5 - random() * 3.5
      if x + w > 59 then
        break
      end
      i = i + 1
      if (row == 1 and x > 34 and x < 48) or (row == 2 and x < 18) then
        x = x + 1
      else
        g:rect(x, y + h - tall, w, tall, spines[i % #spines + 1], 0.6)
        g:rect(x + w * 0.25, y + h - tall + 2, w * 0.5, 1, "linen", 0, 0.5)
        x = x + w + 0.3
      end
    end
    g:rect(3, y + h, 58, 3, "oak_lt", 0.8)
  end
  g:path("M37 41l1.4-5h6l1.4 5z", "cream")
  g:circle(39.5, 34.5, 2.6, "leaf")
  g:circle(43.4, 34.5, 2.6, "leaf")
  g:circle(41.5, 32.5, 2.6, "grass")
  g:circle(11, 52, 4.5, "tile_dk")
  g:circle(9.8, 50.6, 1.4, "linen", 0.8)
end, "##\n##")

-- Sofa. One sits on the middle and the right seat; the left one is closed, so that no way leads across.
add("sofa", 3, 2, function(g)
  g:shade(4, 24, 92, 39, 5)
  g:rect(8, 58, 6, 5, "oak_dk", 1)
  g:rect(82, 58, 6, 5, "oak_dk", 1)
  g:rect(2, 12, 92, 30, "leaf_dk", 6)
  g:rect(2, 10, 92, 12, "leaf", 6)
  g:rect(6, 11.5, 84, 1.6, "linen", 0.8, 0.35)
  g:rect(6, 32, 84, 28, "leaf_dk", 4)
  for i = 0, 2 do
    local x = 10 + i * 25.6
    g:rect(x, 20, 24.8, 17, "leaf", 4)
    g:rect(x, 34, 24.8, 19, "leaf", 4)
    g:rect(x + 3, 35.5, 19, 1.6, "grass", 0.8, 0.7)
    g:rect(x + 1, 33.4, 23, 1, "ink", 0.5, 0.18)
  end
  for _, x in ipairs({ 1, 85 }) do
    g:rect(x, 28, 10, 33, "leaf_dk", 4)
    g:rect(x, 24, 10, 28, "leaf", 4)
    g:rect(x + 1.5, 25.5, 7, 1.6, "grass", 0.8, 0.7)
  end
  g:raw('<g transform="rotate(-10 21 30)">')
  g:rect(13, 23, 15, 14, "mustard", 4)
  g:rect(15, 24.5, 10, 1.4, "linen", 0.7, 0.6)
  g:raw("</g>")
  g:raw('<g transform="rotate(12 76 30)">')
  g:rect(68, 23, 15, 14, "red", 4)
  g:rect(70, 24.5, 10, 1.4, "pink", 0.7, 0.8)
  g:raw("</g>")
end, "###\n#..")

add("low table", 2, 1, function(g)
  g:shade(6, 10, 56, 20, 5)
  g:rect(7, 20, 4, 9, "oak_dk", 1)
  g:rect(53, 20, 4, 9, "oak_dk", 1)
  g:rect(3, 5, 58, 20, "oak", 6)
  g:rect(3, 3, 58, 17, "oak_lt", 6)
  g:rect(8, 4.5, 48, 1.4, "linen", 0.7, 0.4)
  g:rect(10, 9, 13, 8, "blue", 1)
  g:rect(11, 8, 13, 8, "cream", 1)
  g:rect(13, 10, 8, 1.2, "red", 0.5)
  g:ellipse(38, 12, 4, 3, "stone_dk")
  g:circle(38, 10.5, 3.6, "linen")
  g:circle(38, 10.2, 2.4, "bark")
  g:path("M49 13l1-4h5l1 4q-3.5 2-7 0z", "red")
  g:circle(50.5, 7, 2.4, "leaf")
  g:circle(53.6, 7, 2.4, "leaf_dk")
  g:circle(52, 5, 2.4, "leaf")
end, "##")

add("armchair", 1, 1, function(g)
  g:shade(3, 8, 29, 23, 5)
  g:rect(2, 1, 28, 17, "red_dk", 6)
  g:rect(2, 0, 28, 9, "red", 5)
  g:rect(5, 12, 22, 18, "red_dk", 3)
  g:rect(7, 8, 18, 11, "red", 3)
  g:rect(6, 15, 20, 11, "red", 4)
  g:rect(8, 16, 16, 1.5, "pink", 0.7, 0.8)
  for _, x in ipairs({ 0.5, 24.5 }) do
    g:rect(x, 9, 7, 21, "red_dk", 3)
    g:rect(x, 8, 7, 16, "red", 3)
    g:rect(x + 1.2, 9, 4.4, 1.4, "pink", 0.7, 0.7)
  end
end)

add("armchair right", 1, 1, function(g)
  g:shade(4, 8, 28, 23, 5)
  g:rect(1, 1, 12, 29, "red_dk", 5)
  g:rect(1, 0, 10, 25, "red", 5)
  g:rect(6, 9, 24, 20, "red_dk", 3)
  g:rect(9, 9, 21, 13, "red", 4)
  g:rect(12, 10, 15, 1.5, "pink", 0.7, 0.8)
  g:rect(4, 1, 25, 9, "red_dk", 3)
  g:rect(4, 1, 25, 6, "red", 3)
  g:rect(6, 2, 20, 1.4, "pink", 0.7, 0.7)
  g:rect(4, 20, 25, 10, "red_dk", 3)
  g:rect(4, 19, 25, 6, "red", 3)
  g:rect(6, 20, 20, 1.4, "pink", 0.7, 0.7)
end)

add("rug red", 4, 3, function(g)
  g:rect(2, 4, 124, 90, "red_dk", 3, 0.35)
  g:rect(2, 3, 124, 89, "cream", 3)
  for x = 4, 122, 4 do
    g:rect(x, 1, 1.2, 3, "cream_dk")
    g:rect(x, 91, 1.2, 3, "cream_dk")
  end
  g:rect(5, 6, 118, 83, "red", 2)
  g:rect(10, 11, 108, 73, "cream", 2)
  g:rect(13, 14, 102, 67, "red", 2, 0.82)
  for i = 0, 6 do
    local x = 22 + i * 14
    g:path(("M%d 47.5l6-9l6 9l-6 9z"):format(x - 6), i % 2 == 0 and "mustard" or "cream", 0.85)
  end
  for i = 0, 7 do
    g:circle(22 + i * 12, 23, 2, "cream", 0.8)
    g:circle(22 + i * 12, 72, 2, "cream", 0.8)
  end
end)

local function pot(g, x, y, tone, dark)
  g:shade_ellipse(x + 3, y + 11, 10, 4)
  g:path(("M%g %gh16l-2.5 12q-5.5 2.5 -11 0z"):format(x - 8, y), dark)
  g:path(("M%g %gh6l-1 13q-2 0-2.5-1z"):format(x - 8, y), tone)
  g:rect(x - 9, y - 2.5, 18, 5, tone, 2)
  g:rect(x - 7.5, y - 1.8, 11, 1.2, "linen", 0.6, 0.4)
end

local function fan(g, x, y, count, len, tones)
  for i = 1, count do
    local a = math.pi * (0.04 + 0.92 * (i - 1) / (count - 1))
    local dx, dy = math.cos(a) * len, -math.sin(a) * len * 1.15
    local nx, ny = -dy * 0.2, dx * 0.2
    g:path(("M%.2f %.2fQ%.2f %.2f %.2f %.2fQ%.2f %.2f %.2f %.2fZ"):format(x, y,
      x + dx * 0.55 + nx, y + dy * 0.6 + ny, x + dx, y + dy,
      x + dx * 0.55 - nx, y + dy * 0.6 - ny, x, y), tones[i % #tones + 1])
  end
end

-- Tall plants are two tiles high: the pot stands in the lower one.
add("plant tall", 1, 2, function(g)
  pot(g, 16, 48, "red", "red_dk")
  fan(g, 16, 47, 9, 15.5, { "leaf_dk", "leaf" })
  fan(g, 16, 40, 7, 14.5, { "leaf", "grass_dk" })
  g:stroke("M16 46V24", "leaf_dk", 1.2)
  fan(g, 16, 31, 6, 12.5, { "leaf", "leaf_dk" })
end, ".\n#")
add("plant", 1, 1, function(g)
  pot(g, 16, 18, "blue", "blue_dk")
  for i, p in ipairs({ { 9, 12 }, { 23, 12 }, { 16, 13 }, { 12, 7 }, { 20, 7 }, { 16, 4.5 } }) do
    g:circle(p[1], p[2], 5.6, i % 2 == 0 and "leaf" or "leaf_dk")
    g:circle(p[1] - 1.5, p[2] - 1.8, 2.2, "grass_dk", 0.8)
  end
end, "#")
add("floor lamp", 1, 2, function(g)
  g:shade_ellipse(18, 59, 8, 3.5)
  g:ellipse(16, 58, 7, 3.2, "slate")
  g:rect(15, 20, 2, 38, "slate")
  g:circle(16, 13.5, 13.5, "mustard", 0.2)
  g:path("M6 21l4-15h12l4 15q-10 4-20 0z", "mustard")
  g:path("M6 21l4-15h4l-2 16.5q-4 0-6-1.5z", "linen", 0.55)
end, ".\n#")

add("sideboard", 2, 1, function(g)
  g:box(1, 1, 62, 30, 17, "oak_lt", "oak", 3)
  for _, x in ipairs({ 4, 34 }) do
    g:rect(x, 17, 26, 11, "oak_lt", 1.5, 0.7)
    g:circle(x + 13, 22.5, 1.4, "mustard")
  end
  g:path("M12 11q-3-5 0-8h5q3 3 0 8z", "tile_dk")
  g:stroke("M14.5 4q-4-3-5-2M14.5 4q3-3 5-2", "leaf", 1.6)
  g:rect(26, 6, 16, 8, "bark", 1.5)
  g:circle(30.5, 10, 2.4, "steel")
  g:circle(37.5, 10, 2.4, "steel")
  g:rect(49, 3, 8, 10, "linen", 1)
  g:rect(50.5, 4.5, 5, 7, "pink")
end, "##")

add("doormat", 2, 1, function(g)
  g:shade(8, 9, 50, 17, 3)
  g:rect(7, 7, 50, 17, "oak", 3)
  g:rect(9, 9, 46, 13, "oak_lt", 2)
  for x = 14, 50, 6 do
    g:rect(x, 11, 1.5, 9, "oak", 0.6)
  end
end)

return list

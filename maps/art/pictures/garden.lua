-- Garden: hedge, flowers, vegetable beds, trees, bench, pond.
local canvas = require("canvas")
local list = {}

local function add(name, w, h, draw, solid)
  list[#list + 1] = { name = name, w = w, h = h, draw = draw, solid = solid }
end

local function clump(g, cx, cy)
  g:circle(cx + 0.3, cy + 0.6, 3.4, "leaf_dk", 0.4)
  g:circle(cx - 0.6, cy - 0.8, 3, "leaf")
  g:circle(cx - 1.2, cy - 1.6, 1.4, "grass_dk", 0.75)
end

-- Clipped hedge, 26 px wide, its front 8 px high; it goes on to the sides named (n, e, s, w).
local function hedge(n, e, s, w, seed)
  return function(g)
    local random = canvas.random(seed)
    local x1, x2, y1 = w and 0 or 3, e and 32 or 29, n and 0 or 4
    local foot = s and 32 or 30
    if not s then
      g:shade(x1, 30, x2 - x1, 2)
    end
    if not e then
      g:shade(29, n and 0 or 8, 3, s and 32 or 24)
    elseif s then
      g:shade(29, 30, 3, 2)
    end
    g:rect(x1, 4, x2 - x1, 26, "leaf_dk")
    g:rect(3, y1, 26, foot - y1, "leaf_dk")
    -- The top, lighter; the front of the arms and of the middle stays dark.
    g:rect(x1, 4, x2 - x1, 18, "leaf", 0, 0.7)
    if n then
      g:rect(3, 0, 26, 4, "leaf", 0, 0.7)
    end
    if s then
      g:rect(3, 22, 26, foot - 22, "leaf", 0, 0.7)
    end
    for i = 0, 6 do
      for j = 0, 6 do
        local x, y = 3 + i * 4.6 + random() * 2.4, 3 + j * 4.6 + random() * 2.4
        local middle = x > 6 and x < 27
        local top = y > 7 and y < 21 and x > x1 + 2 and x < x2 - 2
        if (top or (middle and ((y <= 7 and n) or (y >= 21 and s)))) and random() < 0.72 then
          clump(g, x, y)
        end
      end
    end
    if not s then
      for x = x1 + 3, x2 - 2, 5 do
        g:circle(x, 25 + (x % 2) * 2, 2.1, "leaf", 0.35)
      end
    end
  end
end

local shapes = { "ew", "ns", "es", "sw", "ne", "nw", "e", "w", "n", "s" }
for i, shape in ipairs(shapes) do
  local function has(side)
    return shape:find(side, 1, true) ~= nil
  end
  add("hedge " .. shape, 1, 1, hedge(has("n"), has("e"), has("s"), has("w"), 5 + i), "#")
end
add("hedge ew 2", 1, 1, hedge(false, true, false, true, 40), "#")
add("hedge ns 2", 1, 1, hedge(true, false, true, false, 41), "#")

add("gate", 2, 1, function(g)
  g:shade(4, 22, 60, 9, 2)
  for _, x in ipairs({ 0, 58 }) do
    g:rect(x, 0, 6, 30, "oak", 2)
    g:rect(x, 0, 6, 4, "oak_lt", 2)
  end
  for i = 0, 6 do
    local x = 7.5 + i * 7.2
    g:rect(x, 6 - math.sin(i / 6 * math.pi) * 3, 5.6, 23, "linen", 2)
    g:rect(x + 4.2, 8, 1.4, 20, "stone_dk", 0.5, 0.7)
  end
  g:rect(6, 11, 52, 3, "cream_dk", 1)
  g:rect(6, 22, 52, 3, "cream_dk", 1)
  g:circle(33, 17, 1.8, "slate")
end, "##")

local function flower(g, x, y, tone, size)
  g:line(x, y + 5, x, y, "leaf_dk", 1)
  for k = 0, 4 do
    local a = k * 2 * math.pi / 5 - 0.4
    g:circle(x + math.cos(a) * size, y + math.sin(a) * size, size * 0.82, tone)
  end
  g:circle(x, y, size * 0.7, tone == "mustard" and "oak_dk" or "mustard")
end

local function flower_bed(tones, seed)
  return function(g)
    local random = canvas.random(seed)
    g:shade(2, 5, 62, 27, 4)
    g:rect(1, 3, 62, 28, "stone_dk", 4)
    g:rect(1, 2, 62, 27, "stone", 4)
    g:rect(4, 5, 56, 22, "bark", 3)
    for i = 1, 22 do
      g:circle(7 + random() * 50, 8 + random() * 16, 3, i % 2 == 0 and "leaf_dk" or "leaf")
    end
    for i = 0, 10 do
      flower(g, 8 + i * 4.9, 10 + (i % 3) * 5 + random() * 2, tones[i % #tones + 1], 2)
    end
  end
end

add("flower bed warm", 2, 1, flower_bed({ "red", "mustard", "pink" }, 7), "##")
add("flower bed cool", 2, 1, flower_bed({ "plum", "linen", "pink", "blue" }, 9), "##")

-- Vegetable bed in a wooden frame, 4 x 2: two rows of plants.
local function bed(kinds)
  return function(g)
    g:shade(3, 6, 124, 57, 3)
    g:rect(1, 3, 126, 60, "oak_dk", 3)
    g:rect(1, 1, 126, 55, "oak", 3)
    g:rect(1, 1, 126, 2, "oak_lt", 1)
    g:rect(5, 5, 118, 47, "bark", 2)
    g:shade(5, 5, 118, 4, 1)
    for row = 0, 1 do
      local y = 20 + row * 21
      g:rect(9, y + 3, 110, 6, "ink", 3, 0.25)
      g:rect(9, y + 1, 110, 6, "oak_dk", 3, 0.55)
      kinds[row + 1](g, y)
    end
    for _, x in ipairs({ 1, 121 }) do
      g:rect(x, 1, 6, 60, "oak_dk", 1.5)
      g:rect(x, 0, 6, 5, "oak_lt", 1.5)
    end
  end
end

local function lettuce(g, y)
  for i = 0, 6 do
    local x = 17 + i * 15.7
    g:shade_ellipse(x + 1.5, y + 3, 7, 4.5)
    for k = 0, 6 do
      local a = k * 2 * math.pi / 7
      g:circle(x + math.cos(a) * 4, y + math.sin(a) * 3.2, 3.2, k % 2 == 0 and "leaf" or "grass_dk")
    end
    g:circle(x, y - 0.5, 3.2, "grass")
  end
end

local function tomatoes(g, y)
  for i = 0, 5 do
    local x = 19 + i * 18
    g:shade_ellipse(x + 2, y + 5, 7, 3)
    g:line(x, y + 4, x, y - 15, "oak_lt", 1.6)
    for k, p in ipairs({ { -4, 0 }, { 4, -2 }, { -3, -7 }, { 3.5, -9 }, { 0, -12 } }) do
      g:circle(x + p[1], y + p[2], 4, k % 2 == 0 and "leaf" or "leaf_dk")
    end
    g:circle(x - 3.5, y - 1, 2.4, "red")
    g:circle(x + 4, y - 5, 2.4, i % 2 == 0 and "red" or "mustard")
    g:circle(x - 1.5, y - 9.5, 2, "red")
  end
end

local function carrots(g, y)
  for i = 0, 9 do
    local x = 15 + i * 10.9
    g:ellipse(x, y + 3.5, 2.4, 1.8, "red")
    g:ellipse(x, y + 3, 2.4, 1.6, "mustard", 0.7)
    g:stroke(("M%g %gq-1-6-4-8M%g %gq0-6 0-10M%g %gq1-6 4-8"):format(x, y + 2, x, y + 2, x, y + 2), "leaf", 1.4)
    g:stroke(("M%g %gq0-6 0-10"):format(x, y + 2), "grass", 1.1)
  end
end

local function sunflowers(g, y)
  for i = 0, 4 do
    local x = 20 + i * 22
    g:line(x, y + 4, x, y - 10, "leaf_dk", 1.8)
    g:ellipse(x - 4, y - 1, 4, 2, "leaf")
    g:ellipse(x + 4, y - 4, 4, 2, "leaf")
    for k = 0, 8 do
      local a = k * 2 * math.pi / 9
      g:circle(x + math.cos(a) * 4.4, y - 11 + math.sin(a) * 4.4, 1.9, "mustard")
    end
    g:circle(x, y - 11, 3.3, "oak_dk")
  end
end

add("vegetable bed 1", 4, 2, bed({ tomatoes, lettuce }), "####\n####")
add("vegetable bed 2", 4, 2, bed({ sunflowers, carrots }), "####\n####")
add("mulch", 1, 1, function(g)
  local random = canvas.random(23)
  g:rect(0, 4, 32, 24, "oak_dk", 0, 0.35)
  g:rect(0, 5, 32, 22, "floor_dk")
  for i = 1, 16 do
    local x, y = 3 + random() * 24, 8 + random() * 15
    g:rect(x, y, 4, 1.6, i % 2 == 0 and "oak" or "floor_lt", 0.8, 0.8)
  end
end)

-- Tree: crown 3 x 3 (layer "above"), trunk 1 x 1 in the tile under the middle of the crown's lowest row.
add("trunk", 1, 1, function(g)
  g:shade_ellipse(18, 24, 15, 6)
  g:path("M10 0h12q0 14 4 25-4 3-10 3t-10-3q4-11 4-25z", "bark")
  g:path("M10 0h4q-1 16-3 26.5l-5-1.5q4-11 4-25z", "oak_dk")
end, "#")
local function crown(fruit, seed)
  return function(g)
    local random = canvas.random(seed)
    local puffs = {
      { 30, 58, 22 }, { 64, 62, 22 }, { 20, 38, 18 }, { 76, 40, 18 }, { 48, 66, 22 }, { 34, 26, 20 },
      { 62, 26, 20 }, { 48, 44, 28 },
    }
    g:rect(42, 70, 12, 26, "bark")
    g:rect(42, 70, 4, 26, "oak_dk")
    for _, p in ipairs(puffs) do
      g:circle(p[1] + 1, p[2] + 4, p[3], "leaf_dk")
    end
    for _, p in ipairs(puffs) do
      g:circle(p[1] - 1, p[2] - 1, p[3] - 2, "leaf")
    end
    for _, p in ipairs({ { 34, 22, 13 }, { 58, 22, 11 }, { 22, 38, 10 }, { 46, 38, 15 }, { 68, 40, 9 }, { 34, 54, 9 } }) do
      g:circle(p[1] - 3, p[2] - 3, p[3], "grass_dk", 0.55)
    end
    for _ = 1, 40 do
      local x, y = 14 + random() * 68, 14 + random() * 62
      g:stroke(("M%.1f %.1fq2-2.5 4 0"):format(x, y), random() < 0.5 and "leaf_dk" or "grass", 1, 0.55)
    end
    if fruit then
      for _, p in ipairs({ { 30, 34 }, { 54, 24 }, { 66, 48 }, { 44, 58 }, { 24, 58 }, { 72, 66 }, { 48, 42 } }) do
        g:circle(p[1] + 0.8, p[2] + 1.2, 3.4, "leaf_dk", 0.7)
        g:circle(p[1], p[2], 3.2, fruit)
        g:circle(p[1] - 1, p[2] - 1, 1, "linen", 0.7)
      end
    end
  end
end
add("crown", 3, 3, crown(nil, 31))
add("crown apples", 3, 3, crown("red", 32))

add("bush", 1, 1, function(g)
  g:shade_ellipse(18, 23, 13, 7)
  for _, p in ipairs({ { 10, 19, 8 }, { 22, 19, 8 }, { 16, 13, 9 } }) do
    g:circle(p[1] + 0.5, p[2] + 2, p[3], "leaf_dk")
    g:circle(p[1], p[2], p[3] - 1, "leaf")
    g:circle(p[1] - 2, p[2] - 2.5, p[3] * 0.45, "grass_dk", 0.7)
  end
  for _, p in ipairs({ { 9, 17 }, { 16, 10 }, { 22, 18 }, { 15, 20 } }) do
    g:circle(p[1], p[2], 2, "pink")
    g:circle(p[1] - 0.5, p[2] - 0.5, 0.8, "linen", 0.9)
  end
end, "#")

add("bench", 2, 1, function(g)
  g:shade(5, 14, 58, 15, 3)
  for _, x in ipairs({ 6, 54 }) do
    g:rect(x, 16, 4, 13, "oak_dk", 1)
  end
  g:rect(3, 2, 58, 4, "oak_lt", 1.5)
  g:rect(3, 6.5, 58, 4, "oak", 1.5)
  g:rect(8, 2, 3, 14, "oak_dk", 1)
  g:rect(53, 2, 3, 14, "oak_dk", 1)
  g:rect(2, 13, 60, 10, "oak", 2)
  g:rect(2, 12, 60, 4, "oak_lt", 1.5)
  g:rect(2, 17, 60, 3.5, "oak_lt", 1.5)
end, "##")

add("pond", 3, 2, function(g)
  g:ellipse(48, 34, 45, 28, "stone_dk")
  for i = 0, 19 do
    local a = i * 2 * math.pi / 20
    local x, y = 48 + math.cos(a) * 41, 31 + math.sin(a) * 25
    g:ellipse(x, y + 1.5, 6, 4.5, "stone_dk")
    g:ellipse(x, y, 6, 4.2, i % 3 == 0 and "cream_dk" or "stone")
    g:ellipse(x - 1.5, y - 1.2, 3, 1.6, "linen", 0.5)
  end
  g:ellipse(48, 32, 37, 21, "blue_dk")
  g:ellipse(48, 34, 36, 19, "blue")
  g:ellipse(44, 37, 26, 11, "glass", 0.4)
  for _, p in ipairs({ { 30, 28, 6 }, { 64, 40, 7 }, { 70, 30, 4.5 } }) do
    g:path(("M%g %gl%g -2a%g %g 0 1 1 -1 -2z"):format(p[1], p[2], p[3], p[3], p[3] * 0.65), "leaf")
  end
  g:circle(62, 36.5, 2.6, "pink")
  g:circle(62, 35.8, 1.2, "linen")
  g:path("M40 37q5-4 10 0q-5 4-10 0l-4-3v6z", "red")
  g:path("M52 30q4-3 8 0q-4 3-8 0l-3-2.5v5z", "mustard")
  g:stroke("M24 35q5-2 9 0M46 45q5-2 9 0", "linen", 1, 0.6)
end, "###\n###")

add("laundry", 3, 2, function(g)
  g:shade_ellipse(12, 60, 7, 3)
  g:shade_ellipse(90, 60, 7, 3)
  g:shade(20, 55, 60, 4, 2)
  for _, x in ipairs({ 8, 86 }) do
    g:rect(x, 6, 3, 54, "oak_dk", 1)
    g:rect(x - 5, 6, 13, 3, "oak", 1)
  end
  g:stroke("M9 10Q48 18 88 10", "slate", 1)
  g:path("M16 12l24 2.5v30l-24-1z", "linen")
  g:path("M16 36l24 1v3l-24-1z", "blue", 0.6)
  g:path("M16 12l6 .6v31l-6-.3z", "stone", 0.4)
  g:path("M46 15l5-.3q3 3 6 0l5-.4 6 6-4 4-3-2v20l-14 .3v-20l-3 2.3-4-4z", "red")
  g:path("M74 13l8-1.2v16l-2 8-5-1 1-6z", "mustard")
  for _, x in ipairs({ 18, 37, 48, 60, 76, 81 }) do
    g:rect(x, 11, 1.5, 4, "oak_lt", 0.5)
  end
end, "...\n#.#")

add("garden chair", 1, 1, function(g)
  g:shade_ellipse(18, 25, 11, 4)
  g:rect(6, 3, 20, 13, "stone_dk", 3)
  g:rect(6, 2, 20, 12, "linen", 3)
  for x = 10, 20, 4 do
    g:rect(x, 5, 1.4, 9, "stone_dk", 0.5)
  end
  for _, x in ipairs({ 7, 23 }) do
    g:rect(x, 20, 2.5, 9, "stone_dk", 1)
  end
  g:rect(5, 13, 22, 11, "stone_dk", 3)
  g:rect(5, 12, 22, 9, "linen", 3)
  g:rect(8, 13, 16, 6, "leaf", 3)
end)

add("watering can", 1, 1, function(g)
  g:shade_ellipse(18, 25, 10, 4)
  g:stroke("M21 14q8-2 7 5t-6 5", "blue_dk", 2)
  g:path("M10 20L3 11", "blue")
  g:stroke("M11 21L4 12", "blue_dk", 2.4)
  g:line(1.5, 13, 5.5, 9.5, "blue_dk", 2.4)
  g:rect(9, 12, 14, 15, "blue_dk", 3)
  g:rect(9, 12, 9, 14, "blue", 3)
  g:ellipse(16, 13, 7, 3, "glass")
  g:ellipse(16, 13.3, 5, 1.9, "slate")
end)

add("garden table", 1, 1, function(g)
  g:shade_ellipse(18, 24, 14, 7)
  g:rect(14.5, 16, 3, 12, "slate", 1)
  g:ellipse(16, 14, 14, 10, "stone_dk")
  g:ellipse(16, 12, 14, 10, "linen")
  g:ellipse(16, 12, 10, 7, "stone", 0.35)
  g:ellipse(12, 11, 3, 2.2, "red")
  g:ellipse(12, 10.4, 2.2, 1.5, "bark")
  g:rect(18, 7, 4, 6, "glass", 1)
  g:circle(20, 6, 2.6, "pink")
end, "#")

return list

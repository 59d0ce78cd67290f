-- What a town has and a house has not: streets, counters, goods, a bar, a school, a workshop, a fountain.
local list = {}

local function add(name, w, h, draw, solid)
  list[#list + 1] = { name = name, w = w, h = h, draw = draw, solid = solid }
end

-- Grounds -----------------------------------------------------------------------------------------

-- Cobbles of a street, four stones to a tile side, their rows shifted by half a stone.
add("cobbles", 2, 2, function(g)
  g:rect(0, 0, 64, 64, "stone_dk")
  for row = 0, 7 do
    for col = -1, 7 do
      local x, y = col * 8 + (row % 2) * 4, row * 8
      local light = (col * 5 + row * 3) % 4 == 0
      g:rect(x + 0.7, y + 0.7, 6.6, 6.6, light and "cream_dk" or "stone", 2)
    end
  end
end)

local function kerb(x, y, w, h)
  return function(g)
    g:rect(x, y, w, h, "stone_dk", 1)
    g:rect(x, y, w > h and w or w * 0.5, h > w and h or h * 0.5, "cream_dk", 1)
  end
end
add("kerb north", 1, 1, kerb(0, 0, 32, 5))
add("kerb south", 1, 1, kerb(0, 27, 32, 5))

add("tiles red", 2, 2, function(g)
  g:rect(0, 0, 64, 64, "cream_dk")
  for i = 0, 3 do
    for j = 0, 3 do
      g:rect(i * 16 + 0.8, j * 16 + 0.8, 14.4, 14.4, "red", 1.5, (i + j) % 2 == 0 and 0.5 or 0.34)
    end
  end
end)
add("tiles blue", 2, 2, function(g)
  g:rect(0, 0, 64, 64, "tile")
  for i = 0, 3 do
    for j = 0, 3 do
      g:rect(i * 16 + 0.8, j * 16 + 0.8, 14.4, 14.4, "tile_dk", 1.5, (i + j) % 2 == 0 and 0.75 or 0.4)
    end
  end
end)

-- Counters ----------------------------------------------------------------------------------------

local function counter(g, w, top, face)
  g:box(1, 3, w - 2, 28, 12, top, face, 3)
  for x = 6, w - 18, 18 do
    g:rect(x, 21, 13, 8, top, 1.5, 0.45)
  end
end

local function till(g, x, y)
  g:rect(x, y + 4, 15, 9, "slate", 2)
  g:rect(x + 2, y, 11, 6, "steel", 1.5)
  g:rect(x + 3.5, y + 1.2, 8, 3, "glass", 0.8)
  for i = 0, 3 do
    g:rect(x + 2 + i * 3, y + 8, 2, 2, "linen", 0.5)
  end
end

add("shop counter", 3, 1, function(g)
  counter(g, 96, "oak_lt", "oak")
  till(g, 68, 2)
  g:rect(12, 6, 20, 9, "linen", 1.5)
  g:circle(18, 10, 3, "red")
  g:circle(25, 9.5, 3, "mustard")
  g:rect(42, 7, 14, 7, "leaf", 1.5)
end, "###")

add("cafe counter", 4, 1, function(g)
  counter(g, 128, "oak_dk", "bark")
  till(g, 104, 2)
  g:rect(8, 0, 26, 15, "steel", 2)
  g:rect(11, 2, 20, 4, "slate", 1)
  g:circle(15, 10, 2, "mustard")
  g:circle(22, 10, 2, "red")
  g:rect(44, 4, 34, 12, "glass", 2, 0.9)
  for i = 0, 3 do
    g:ellipse(49 + i * 8, 12, 3.3, 2.4, i % 2 == 0 and "oak_lt" or "pink")
  end
  g:rect(44, 4, 34, 2, "linen", 1)
  for i = 0, 2 do
    g:circle(86 + i * 5, 9, 2, "linen")
  end
end, "####")

add("bakery counter", 4, 1, function(g)
  counter(g, 128, "cream", "cream_dk")
  till(g, 106, 2)
  g:rect(6, 3, 92, 13, "glass", 2, 0.75)
  for i = 0, 7 do
    g:ellipse(14 + i * 11, 11, 4.6, 3, i % 3 == 0 and "oak_lt" or i % 3 == 1 and "mustard" or "oak")
    g:stroke(("M%g 10l3 2"):format(12 + i * 11), "oak_dk", 0.8)
  end
  g:rect(6, 3, 92, 2, "linen", 1)
end, "####")

add("bar", 4, 1, function(g)
  counter(g, 128, "oak", "oak_dk")
  for i = 0, 2 do
    local x = 40 + i * 10
    g:rect(x, 0, 3, 12, "mustard", 1)
    g:rect(x - 1.5, 0, 6, 3, i == 1 and "red" or "leaf_dk", 1)
  end
  for i = 0, 3 do
    g:rect(80 + i * 9, 6, 5, 7, "mustard", 1)
    g:rect(80 + i * 9, 5, 5, 2.4, "linen", 1)
  end
  g:rect(10, 8, 18, 5, "linen", 1, 0.8)
end, "####")

add("bar shelf", 3, 2, function(g)
  g:shade(3, 8, 94, 55, 3)
  g:rect(1, 4, 94, 58, "oak_dk", 3)
  g:rect(3, 6, 90, 40, "bark", 2)
  local tones = { "leaf_dk", "mustard", "red_dk", "glass", "oak_lt", "blue_dk", "plum" }
  for row = 0, 1 do
    local y = 10 + row * 19
    for i = 0, 12 do
      local tone = tones[(i * 3 + row * 2) % #tones + 1]
      g:rect(6 + i * 6.7, y + 4, 4.2, 11, tone, 1.2)
      g:rect(7.3 + i * 6.7, y, 1.7, 5, tone, 0.6)
    end
    g:rect(3, y + 15, 90, 2.5, "oak_lt")
  end
  g:rect(1, 47, 94, 15, "oak", 3)
  for x = 5, 65, 30 do
    g:rect(x, 49, 26, 11, "oak_dk", 1.5, 0.5)
  end
end, "###\n###")

add("goods", 2, 2, function(g)
  g:shade(3, 8, 62, 55, 3)
  g:rect(1, 4, 62, 58, "oak", 3)
  g:rect(3, 6, 58, 54, "oak_dk", 2)
  local tones = { "red", "mustard", "blue", "leaf", "cream", "plum", "pink", "glass" }
  for row = 0, 2 do
    local y = 8 + row * 17
    for i = 0, 6 do
      local tall = 8 + (i * 5 + row * 3) % 4
      g:rect(5 + i * 7.9, y + 13 - tall, 6.4, tall, tones[(i * 3 + row * 5) % #tones + 1], 1)
      g:rect(6 + i * 7.9, y + 15 - tall, 4.4, 2, "linen", 0.5, 0.7)
    end
    g:rect(3, y + 13, 58, 3, "oak_lt")
  end
end, "##\n##")

add("crates", 2, 1, function(g)
  local function crate(x, tone, dark)
    g:shade(x + 2, 8, 27, 22, 2)
    g:rect(x, 6, 28, 23, "oak", 2)
    g:rect(x + 2, 8, 24, 11, "oak_dk", 1)
    for i = 0, 9 do
      g:circle(x + 5 + i % 5 * 4.5, 10 + i // 5 * 5, 3, i % 3 == 0 and dark or tone)
    end
    for y = 20, 26, 4 do
      g:rect(x + 1, y, 26, 2, "oak_lt", 1)
    end
  end
  crate(1, "red", "red_dk")
  crate(33, "leaf", "leaf_dk")
end, "##")

add("oven", 2, 2, function(g)
  g:shade(3, 8, 62, 55, 3)
  g:rect(1, 2, 62, 60, "red_dk", 3)
  for row = 0, 6 do
    for x = (row % 2) * 6 - 6, 60, 12 do
      g:rect(math.max(2, x + 1.5), 4 + row * 8.2, math.min(10, 61 - x), 7, "red", 1, 0.55)
    end
  end
  g:path("M14 50V34Q32 14 50 34V50Z", "ink")
  g:path("M18 50V37Q32 22 46 37V50Z", "red_dk")
  g:path("M22 50Q24 40 28 44Q31 33 35 43Q39 38 42 50Z", "mustard")
  g:rect(10, 49, 44, 5, "stone", 1.5)
end, "##\n##")

-- Tables ------------------------------------------------------------------------------------------

local function cup(g, x, y)
  g:ellipse(x, y + 1, 4.4, 3, "linen")
  g:circle(x, y, 2.6, "cream_dk")
  g:circle(x, y, 1.8, "bark")
end

add("cafe table", 1, 1, function(g)
  g:shade_ellipse(18, 21, 13, 10)
  g:rect(14.5, 18, 3, 11, "oak_dk", 1)
  g:ellipse(16, 16, 14, 11.5, "oak")
  g:ellipse(16, 14.4, 14, 11, "oak_lt")
  cup(g, 11, 14)
  cup(g, 21, 15)
  g:circle(16, 9, 2, "red")
  g:circle(18.4, 9.6, 1.7, "pink")
end, "#")

add("pub table", 2, 1, function(g)
  g:box(2, 3, 60, 26, 8, "oak", "oak_dk", 3)
  for _, at in ipairs({ { 14, 8 }, { 30, 11 }, { 46, 7 } }) do
    g:rect(at[1], at[2], 6, 8, "mustard", 1.2)
    g:rect(at[1], at[2] - 1.5, 6, 3, "linen", 1.2)
  end
end, "##")

add("long table", 4, 1, function(g)
  g:box(2, 3, 124, 27, 8, "oak_lt", "oak", 3)
  for x = 12, 100, 30 do
    g:rect(x, 8, 16, 10, "linen", 1, 0.95)
    g:rect(x + 2, 10, 11, 1.2, "steel", 0.5)
    g:rect(x + 2, 13, 8, 1.2, "steel", 0.5)
  end
  g:rect(64, 6, 10, 6, "blue", 1)
  g:rect(65, 4, 10, 6, "red", 1)
end, "####")

add("pupil desk", 1, 1, function(g)
  g:box(3, 4, 26, 22, 7, "floor_lt", "oak", 2)
  g:rect(8, 7, 11, 8, "linen", 1)
  g:line(10, 10, 16, 10, "blue", 0.8)
  g:line(21, 7, 24, 13, "red", 1.3)
end, "#")

add("blackboard", 3, 1, function(g)
  g:shade(4, 5, 90, 24, 2)
  g:rect(2, 2, 92, 25, "oak_dk", 2)
  g:rect(5, 5, 86, 18, "leaf_dk", 1)
  g:stroke("M12 11h18M12 15h12M44 17q6-10 12 0t12 0", "linen", 1.2, 0.85)
  g:circle(80, 12, 3, "mustard", 0.8)
  g:rect(10, 24, 10, 2, "linen", 1)
end)

add("notice board", 2, 1, function(g)
  g:shade(4, 5, 58, 22, 2)
  g:rect(2, 2, 60, 23, "oak_dk", 2)
  g:rect(4, 4, 56, 19, "floor", 1)
  for i, tone in ipairs({ "linen", "mustard", "glass", "pink", "linen" }) do
    g:rect(-3 + i * 11, 6 + i % 2 * 3, 8, 10, tone, 0.8)
    g:circle(1 + i * 11, 7 + i % 2 * 3, 1, "red")
  end
end)

add("workbench", 3, 1, function(g)
  g:box(1, 2, 94, 29, 10, "floor", "oak_dk", 2)
  g:rect(8, 7, 30, 5, "oak_lt", 1)
  g:rect(44, 5, 16, 7, "steel", 1.5)
  g:path("M60 6l18 2v3l-18 1z", "steel")
  g:rect(78, 8, 10, 4, "red", 1.5)
  g:rect(14, 14, 40, 3, "oak_lt", 1)
end, "###")

add("tools", 2, 1, function(g)
  g:rect(2, 2, 60, 22, "oak", 2)
  g:rect(2, 2, 60, 3, "oak_lt", 1)
  g:stroke("M12 8v12M26 8v12M40 8v11", "oak_dk", 2)
  g:rect(8, 7, 9, 4, "steel", 1)
  g:path("M22 12l8-5v9z", "steel")
  g:rect(38, 6, 5, 8, "red", 1.5)
  g:circle(54, 13, 5.5, "slate")
  g:circle(54, 13, 3.2, "steel")
end)

add("treatment bed", 1, 2, function(g)
  g:shade(5, 8, 26, 52, 4)
  g:rect(4, 4, 24, 54, "steel", 3)
  g:rect(5, 3, 22, 50, "linen", 3)
  g:rect(8, 6, 16, 10, "tile_dk", 4)
  g:rect(5, 30, 22, 22, "glass", 2, 0.8)
end, "#\n.")

add("cabinet", 1, 1, function(g)
  g:box(3, 0, 26, 31, 22, "steel", "slate", 2)
  for y = 11, 23, 9 do
    g:rect(6, y, 20, 7, "steel", 1)
    g:rect(13, y + 2.4, 6, 1.8, "ink", 0.8)
  end
end, "#")

add("piano", 2, 2, function(g)
  g:shade(4, 14, 60, 46, 3)
  g:rect(2, 6, 60, 46, "ink", 3)
  g:rect(2, 6, 60, 10, "bark", 3)
  g:rect(4, 30, 56, 12, "bark", 1)
  g:rect(5, 33, 54, 9, "linen", 1)
  for i = 0, 14 do
    if i % 7 ~= 2 and i % 7 ~= 6 then
      g:rect(7.5 + i * 3.5, 33, 2, 5, "ink")
    end
  end
  g:rect(22, 20, 20, 9, "cream", 1)
  g:line(25, 23, 38, 23, "ink", 0.7)
  g:line(25, 26, 38, 26, "ink", 0.7)
end, "##\n##")

-- Outdoors ----------------------------------------------------------------------------------------

add("street lamp", 1, 2, function(g)
  g:shade_ellipse(19, 59, 7, 3)
  g:rect(12, 54, 8, 6, "ink", 2)
  g:rect(14.6, 18, 2.8, 40, "slate", 1)
  g:circle(16, 11, 12, "mustard", 0.18)
  g:path("M10 16l2-10h8l2 10z", "mustard")
  g:path("M10 16l2-10h3l-1.5 10z", "linen", 0.6)
  g:rect(9, 15, 14, 2.6, "slate", 1)
  g:rect(11, 3.5, 10, 3, "slate", 1)
end, ".\n#")

add("fountain", 3, 3, function(g)
  g:shade_ellipse(51, 56, 44, 36)
  g:ellipse(48, 52, 44, 38, "stone_dk")
  g:ellipse(48, 49, 44, 38, "stone")
  g:ellipse(48, 49, 37, 31, "blue")
  g:ellipse(46, 46, 34, 27, "glass", 0.6)
  g:ellipse(48, 46, 13, 9, "stone_dk")
  g:rect(43, 26, 10, 20, "stone", 2)
  g:ellipse(48, 26, 16, 8, "stone_dk")
  g:ellipse(48, 24, 16, 8, "stone")
  g:ellipse(48, 24, 12, 5, "glass")
  for _, d in ipairs({ -1, 1 }) do
    g:stroke(("M48 20q%d -14 %d 18"):format(10 * d, 20 * d), "linen", 1.6, 0.85)
    g:stroke(("M48 20q%d -18 %d 30"):format(16 * d, 30 * d), "linen", 1.4, 0.7)
  end
  g:stroke("M48 24V8", "linen", 2, 0.9)
end, "###\n###\n###")

local function awning(tone)
  return function(g)
    g:rect(2, 2, 92, 4, "oak_dk", 1)
    for i = 0, 7 do
      local x = 3 + i * 11.3
      g:path(("M%g 5h11.3v15q-5.6 7-11.3 0z"):format(x), i % 2 == 0 and tone or "linen")
    end
    g:rect(3, 20, 90, 1, "ink", 0, 0.15)
  end
end
add("awning red", 3, 1, awning("red"))
add("awning blue", 3, 1, awning("blue"))
add("awning green", 3, 1, awning("leaf"))

-- A board over a door; the picture tells the trade.
local function sign(draw)
  return function(g)
    g:shade(6, 6, 24, 20, 3)
    g:rect(4, 3, 24, 20, "oak_dk", 3)
    g:rect(6, 5, 20, 16, "cream", 2)
    draw(g)
  end
end
add("sign cup", 1, 1, sign(function(g)
  g:rect(10, 10, 9, 7, "red", 2)
  g:stroke("M19 11q4 2 0 5M12 8q1-2 0-3M16 8q1-2 0-3", "red", 1.2)
end))
add("sign basket", 1, 1, sign(function(g)
  g:path("M9 12h14l-2 7h-10z", "oak")
  g:stroke("M11 12q5-8 10 0", "oak_dk", 1.4)
  g:circle(14, 11, 2, "red")
  g:circle(18, 11, 2, "leaf")
end))
add("sign book", 1, 1, sign(function(g)
  g:path("M8 8q4-1.5 8 0.6q4-2.1 8-0.6v10q-4-1.5-8 0.6q-4-2.1-8-0.6z", "blue")
  g:rect(15.4, 8.4, 1.2, 10, "linen")
end))
add("sign lantern", 1, 1, sign(function(g)
  g:path("M12 18l1.5-9h5l1.5 9z", "mustard")
  g:rect(11, 17, 10, 2.4, "ink", 1)
  g:rect(13, 7, 6, 2, "ink", 1)
end))
add("sign loaf", 1, 1, sign(function(g)
  g:ellipse(16, 14, 7.5, 4.6, "oak_lt")
  g:stroke("M12 11l2 4M16 10.5l2 4.4M20 11l1 3", "oak_dk", 1)
end))
add("sign hammer", 1, 1, sign(function(g)
  g:stroke("M12 18l7-8", "oak_dk", 2.2)
  g:path("M16 7l7 6l-2 2l-7-6z", "slate")
end))
add("sign pen", 1, 1, sign(function(g)
  g:stroke("M11 18l9-10", "blue_dk", 2.4)
  g:path("M10 19.5l0.6-3l2 2z", "ink")
end))
add("sign heart", 1, 1, sign(function(g)
  g:rect(13.8, 7, 4.4, 12, "red", 1)
  g:rect(10, 10.8, 12, 4.4, "red", 1)
end))
add("sign letter", 1, 1, sign(function(g)
  g:rect(9, 8.5, 14, 10, "linen", 1)
  g:stroke("M9 9l7 5.5l7-5.5", "red_dk", 1.2)
end))
add("sign bell", 1, 1, sign(function(g)
  g:path("M11 17q2-1.5 2-5q0-4 3-4t3 4q0 3.5 2 5z", "mustard")
  g:circle(16, 18.4, 1.5, "oak_dk")
end))

add("swings", 3, 2, function(g)
  g:shade(8, 54, 84, 6, 3)
  g:stroke("M10 58L16 10H80L86 58M22 58L16 10M74 58L80 10", "red_dk", 3)
  for _, x in ipairs({ 34, 60 }) do
    g:stroke(("M%g 11V44M%g 11V44"):format(x - 5, x + 5), "slate", 1.1)
    g:rect(x - 7, 43, 14, 4, "mustard", 2)
  end
end, "...\n#.#")

add("stall", 3, 2, function(g)
  g:shade(6, 30, 88, 32, 3)
  g:rect(6, 32, 84, 28, "oak", 3)
  g:rect(6, 32, 84, 8, "oak_lt", 2)
  for i = 0, 9 do
    g:circle(12 + i * 8, 36, 3.4, ({ "red", "leaf", "mustard" })[i % 3 + 1])
  end
  for _, x in ipairs({ 6, 87 }) do
    g:rect(x, 8, 3, 50, "oak_dk", 1)
  end
  for i = 0, 7 do
    local x = 2 + i * 11.5
    g:path(("M%g 4h11.5v16q-5.7 6-11.5 0z"):format(x), i % 2 == 0 and "leaf" or "linen")
  end
end, "...\n###")

return list

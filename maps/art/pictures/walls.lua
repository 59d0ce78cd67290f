-- Walls. A wall is 12 px thick and 32 px high. On the ground it fills the middle column (or one side,
-- for outer walls) and the lowest 12 px of its tile. Its top, seen from above, lies one tile further
-- up: put "cap" pictures into the layer "above", one row above the wall tile whose shape they name.
-- The front face fills the wall tile itself and goes into the layer "walls".
local T = 12 -- thickness
local TOP = 32 - T

local list = {}

local function add(name, w, h, draw, solid)
  list[#list + 1] = { name = name, w = w, h = h, draw = draw, solid = solid }
end

local function cap_shape(x, n, e, s, w)
  return function(g)
    local x2 = x + T
    local left, right = w and 0 or x, e and 32 or x2
    g:rect(left, TOP, right - left, T, "cap")
    if n then
      g:rect(x, 0, T, TOP, "cap")
    end
    local light = function(rx, ry, rw, rh)
      g:rect(rx, ry, rw, rh, "cap_lt")
    end
    if n then
      light(left, TOP, x - left, 2)
      light(x2, TOP, right - x2, 2)
    else
      light(left, TOP, right - left, 2)
    end
    if n then
      light(x, 0, 2, w and TOP + 2 or 32)
    end
    if not w then
      light(x, TOP, 2, T)
    end
    if s then
      g:rect(left, 31, x - left, 1, "ink", 0, 0.35)
      g:rect(x2, 31, right - x2, 1, "ink", 0, 0.35)
      if w then
        light(x, 30, 2, 2)
      end
    else
      g:rect(left, 31, right - left, 1, "ink", 0, 0.35)
    end
    if n then
      g:rect(x2 - 1, 0, 1, TOP, "ink", 0, 0.35)
    end
    if not e then
      g:rect(x2 - 1, TOP, 1, T, "ink", 0, 0.35)
    end
  end
end

local places = { { "cap", 10 }, { "cap west", 20 }, { "cap east", 0 } }

local function letters(n, e, s, w)
  local name = (n and "n" or "") .. (e and "e" or "") .. (s and "s" or "") .. (w and "w" or "")
  return name == "" and "0" or name
end

for _, place in ipairs(places) do
  for mask = 0, 15 do
    local n, e, s, w = mask & 1 ~= 0, mask & 2 ~= 0, mask & 4 ~= 0, mask & 8 ~= 0
    -- Outer walls stand at one side of their tile: nothing joins from that side.
    if not (place[2] == 20 and w) and not (place[2] == 0 and e) then
      add(place[1] .. " " .. letters(n, e, s, w), 1, 1, cap_shape(place[2], n, e, s, w))
    end
  end
end

-- Front faces, one drawing per room so that rooms have their own colour.
local materials = {}

local function plaster(tint, strength)
  return function(g)
    g:rect(0, 0, 32, 32, "cream")
    if tint then
      g:rect(0, 0, 32, 32, tint, 0, strength)
    end
    g:shade(0, 0, 32, 3)
    g:rect(0, 26, 32, 6, "linen")
    g:rect(0, 26, 32, 1, "stone_dk", 0, 0.7)
    g:rect(0, 31, 32, 1, "stone_dk")
  end
end

materials.plain = plaster()
materials.blue = plaster("glass", 0.62)
materials.green = plaster("leaf", 0.38)

function materials.bath(g)
  g:rect(0, 0, 32, 32, "linen")
  g:rect(0, 10, 32, 22, "tile_dk", 0, 0.75)
  for y = 10, 26, 8 do
    g:rect(0, y, 32, 0.8, "linen", 0, 0.8)
  end
  for x = 0, 24, 8 do
    g:rect(x, 10, 0.8, 22, "linen", 0, 0.8)
  end
  g:rect(0, 9, 32, 2, "blue", 0, 0.65)
  g:shade(0, 0, 32, 3)
  g:rect(0, 31, 32, 1, "stone_dk")
end

function materials.kitchen(g)
  g:rect(0, 0, 32, 32, "cream")
  g:rect(0, 0, 32, 32, "mustard", 0, 0.2)
  g:rect(0, 8, 32, 24, "linen")
  for row = 0, 3 do
    g:rect(0, 8 + row * 6, 32, 0.8, "stone_dk", 0, 0.55)
    for x = (row % 2) * 4, 32, 8 do
      g:rect(x, 8 + row * 6, 0.8, 6, "stone_dk", 0, 0.55)
    end
  end
  g:shade(0, 0, 32, 3)
  g:rect(0, 31, 32, 1, "stone_dk")
end

function materials.outside(g)
  g:rect(0, 0, 32, 32, "cream")
  for y = 5, 23, 6 do
    g:rect(0, y, 32, 1, "cream_dk", 0, 0.8)
  end
  g:shade(0, 0, 32, 4)
  g:rect(0, 25, 32, 7, "stone_dk")
  g:rect(0, 25, 32, 1.5, "stone")
  g:rect(10, 26, 0.8, 6, "slate", 0, 0.35)
  g:rect(26, 26, 0.8, 6, "slate", 0, 0.35)
end

local order = { "plain", "blue", "green", "bath", "kitchen", "outside" }

local function part(draw, x, w)
  return function(g)
    g:raw(('<svg x="%d" y="0" width="%d" height="32" viewBox="%d 0 %d 32">'):format(x, w, x, w))
    draw(g)
    g:raw("</svg>")
  end
end

for _, name in ipairs(order) do
  add("face " .. name, 1, 1, materials[name], "#")
  add("face " .. name .. " post", 1, 1, function(g)
    g:shade(22, 12, 6, 20, 2)
    part(materials[name], 10, T)(g)
  end, "#")
end
for _, a in ipairs(order) do
  for _, b in ipairs(order) do
    if a ~= b and a ~= "outside" and b ~= "outside" then
      add("face " .. a .. " " .. b, 1, 1, function(g)
        part(materials[a], 0, 16)(g)
        part(materials[b], 16, 16)(g)
      end, "#")
    end
  end
end
add("face outside west", 1, 1, part(materials.outside, 20, T), "#")
add("face outside east", 1, 1, function(g)
  g:shade(T, 0, 8, 32)
  part(materials.outside, 0, T)(g)
end, "#")

-- What lies under a wall that runs up and down: its foot and the shadow to its right.
add("foot", 1, 1, function(g)
  g:rect(10, 0, T, 32, "cap")
  g:shade(22, 0, 7, 32)
end, "#")
add("foot west", 1, 1, function(g)
  g:rect(20, 0, T, 32, "cap")
end, "#")
add("foot east", 1, 1, function(g)
  g:rect(0, 0, T, 32, "cap")
  g:shade(T, 0, 8, 32)
end, "#")

-- Shadows that walls throw on the floor beside them; people walk through them.
add("shade top", 1, 1, function(g)
  g:shade(0, 0, 32, 7)
end)
add("shade left", 1, 1, function(g)
  g:shade(0, 0, 7, 32)
end)
add("shade corner", 1, 1, function(g)
  g:path("M0 0H32V7H7V32H0Z", "ink", 0.18)
end)

-- Door of a room: the sill and the frame in the wall tile, the open leaf one tile further up.
add("doorway", 1, 1, function(g)
  g:shade(4, 0, 6, 20)
  g:rect(0, TOP, 32, T, "oak")
  g:rect(0, TOP, 32, 1.5, "oak_lt")
  g:rect(0, 31, 32, 1, "oak_dk")
  g:rect(0, 0, 4, 32, "linen")
  g:rect(3, 0, 1, 32, "stone_dk")
  g:rect(28, 0, 4, 32, "linen")
  g:rect(28, 0, 1, 32, "stone_dk")
end)
add("door leaf", 1, 1, function(g)
  g:rect(0, TOP, 4, T, "cap")
  g:rect(0, TOP, 4, 2, "cap_lt")
  g:rect(3, TOP, 1, T, "ink", 0, 0.35)
  g:rect(28, TOP, 4, T, "cap")
  g:rect(28, TOP, 4, 2, "cap_lt")
  g:rect(28, TOP, 1, T, "cap_lt")
  g:shade(7, 2, 6, 30)
  g:rect(1, 0, 6, TOP + 2, "oak_dk", 1.5)
  g:rect(1, 0, 5, TOP + 1, "oak", 1.5)
  g:rect(1.5, 0.5, 1.5, TOP, "oak_lt", 0.7)
  g:circle(8, 5, 1.8, "mustard")
end)

-- Door to the garden, 2 wide, between two sliding panes of glass that cover the wall beside it.
add("garden door", 2, 1, function(g)
  g:rect(0, TOP, 64, T, "stone")
  g:rect(0, TOP, 64, 1.5, "linen")
  g:rect(0, 29, 64, 3, "stone_dk")
  g:rect(0, 24, 64, 1, "slate", 0, 0.5)
  for _, x in ipairs({ 0, 60 }) do
    g:rect(x, 0, 4, 32, "linen")
    g:rect(x == 0 and 3 or 60, 0, 1, 32, "stone_dk")
  end
end)
add("garden door top", 2, 1, function(g)
  for _, x in ipairs({ 0, 60 }) do
    g:rect(x, TOP, 4, T, "cap")
    g:rect(x, TOP, 4, 2, "cap_lt")
  end
end)
add("garden pane", 1, 1, function(g)
  g:shade(4, 5, 28, 25, 2)
  g:rect(1, 2, 30, 28, "linen", 2)
  g:rect(4, 5, 24, 21, "glass", 1)
  g:path("M4 20L18 5H25L4 26Z", "linen", 0.45)
  g:rect(15, 5, 1.5, 21, "linen")
  g:rect(27, 14, 2, 6, "slate", 1)
end)

local function glass(g, x, y, w, h)
  g:rect(x, y, w, h, "glass", 1)
  g:path(("M%g %gL%g %gH%gL%g %gZ"):format(
    x, y + h, x + w * 0.55, y, x + w * 0.95, x + w * 0.4, y + h), "linen", 0.5)
end

-- Seen from inside, with curtains; curtain colour by name.
local function window(curtain)
  return function(g)
    g:rect(6, 3, 52, 22, "linen", 2)
    glass(g, 9, 6, 22, 15)
    glass(g, 33, 6, 22, 15)
    g:rect(5, 22, 54, 4, "linen", 1.5)
    g:rect(5, 25, 54, 1.2, "stone_dk")
    for _, x in ipairs({ 3, 50 }) do
      g:rect(x, 2, 11, 24, curtain, 2)
      g:rect(x + 3, 3, 1.2, 22, "ink", 0.5, 0.18)
      g:rect(x + 7, 3, 1.2, 22, "ink", 0.5, 0.18)
    end
    g:rect(1, 1, 62, 2, "oak_dk", 1)
  end
end

add("window blue", 2, 1, window("blue_dk"))
add("window green", 2, 1, window("leaf_dk"))
add("window red", 2, 1, window("red"))
add("window small", 1, 1, function(g)
  g:rect(5, 3, 22, 19, "linen", 2)
  glass(g, 8, 6, 16, 12)
  g:rect(15.3, 6, 1.4, 12, "linen")
  g:rect(4, 19, 24, 3, "linen", 1)
  g:rect(4, 21.5, 24, 1, "stone_dk")
end)

-- Seen from outside, with shutters and a flower box.
add("window outside", 2, 1, function(g)
  for _, x in ipairs({ 2, 51 }) do
    g:rect(x, 3, 11, 20, "blue_dk", 1.5)
    g:rect(x, 3, 11, 20, "blue", 1.5, 0.6)
    for y = 6, 19, 3 do
      g:rect(x + 2, y, 7, 1.2, "blue_dk", 0.5)
    end
  end
  g:rect(13, 2, 38, 22, "linen", 1.5)
  glass(g, 15, 4, 16, 16)
  glass(g, 33, 4, 16, 16)
  g:rect(12, 22, 42, 8, "ink", 2, 0.18)
  g:rect(11, 20, 42, 8, "oak", 2)
  g:rect(11, 20, 42, 2, "oak_lt", 1)
  for i = 0, 7 do
    g:circle(14 + i * 5.1, 19.5 - (i % 2), 3.2, i % 2 == 0 and "leaf" or "leaf_dk")
  end
  for i, tone in ipairs({ "red", "pink", "linen", "red", "mustard", "pink" }) do
    g:circle(8.5 + i * 6.6, 17.6 + (i % 2) * 1.5, 2, tone)
    g:circle(8.2 + i * 6.6, 17.2 + (i % 2) * 1.5, 0.7, "linen", 0.7)
  end
end)

add("picture hills", 1, 1, function(g)
  g:shade(7, 7, 22, 16, 1)
  g:rect(5, 5, 22, 16, "oak_dk", 1)
  g:rect(7, 7, 18, 12, "glass")
  g:path("M7 19V15Q11 10 15 15Q19 9 25 14V19Z", "leaf")
  g:circle(20.5, 10, 2, "mustard")
end)
add("picture pair", 1, 1, function(g)
  for i, x in ipairs({ 4, 17 }) do
    g:shade(x + 2, 7, 11, 14, 1)
    g:rect(x, 5, 11, 14, "linen", 1)
    g:rect(x + 1.5, 6.5, 8, 11, i == 1 and "pink" or "tile")
    g:stroke(("M%g 16v-6m0 4q-3 0-3-3m3 1q3 0 3-3"):format(x + 5.5), i == 1 and "leaf_dk" or "red_dk", 1.2)
  end
end)
add("clock", 1, 1, function(g)
  g:shade(10, 6, 15, 15, 7.5)
  g:circle(16, 12, 7.5, "oak_dk")
  g:circle(16, 12, 6, "linen")
  g:stroke("M16 8.2V12l2.8 1.6", "ink", 1.2)
end)

return list

-- Beds, desks, closets, bedside things.
local list = {}

local function add(name, w, h, draw, solid)
  list[#list + 1] = { name = name, w = w, h = h, draw = draw, solid = solid }
end

local function pillow(g, x, y, w, h)
  g:shade(x + 1, y + 2, w, h, 5)
  g:rect(x, y, w, h, "linen", 5)
  g:rect(x + 3, y + h - 4, w - 6, 2, "stone", 1, 0.55)
end

local function head_board(g, w)
  g:shade(3, 6, w, 84, 3)
  g:rect(1, 0, w - 2, 14, "oak_dk", 3)
  g:rect(1, 0, w - 2, 5, "oak_lt", 2.5)
  g:rect(3, 1, w - 6, 1.3, "linen", 0.6, 0.4)
end

-- Blanket from y down to `bottom`, folded back at its upper edge; stripes along the foot.
local function blanket(g, w, y, bottom, tone, dark, stripe)
  g:rect(1, y, w - 2, bottom - y, dark, 4)
  g:rect(1, y, w - 2, bottom - y - 8, tone, 4)
  g:rect(1, y + 10, w - 2, 3, "ink", 0, 0.1)
  g:rect(0.5, y, w - 1, 10, "linen", 3)
  g:rect(0.5, y + 6, w - 1, 4, stripe, 2, 0.55)
  g:rect(1, bottom - 22, w - 2, 4, stripe, 0, 0.8)
  g:rect(1, bottom - 16, w - 2, 1.5, stripe, 0, 0.8)
  g:stroke(("M%g %gq3 10 -1 20M%g %gq-4 9 1 18"):format(w * 0.3, y + 16, w * 0.68, y + 14), "ink",
    1.4, 0.1)
end

local function bed(width, height, pillows, tone, dark, stripe)
  local bottom = height - 5
  return function(g)
    head_board(g, width)
    g:shade(4, bottom - 6, width - 2, 9, 3)
    g:rect(2, bottom - 4, 5, 8, "oak_dk", 1)
    g:rect(width - 7, bottom - 4, 5, 8, "oak_dk", 1)
    g:rect(2, 10, width - 4, bottom - 10, "stone", 3)
    g:rect(2, 10, width - 4, bottom - 14, "linen", 3)
    local w = (width - 4 - 4 * (pillows + 1)) / pillows
    for i = 1, pillows do
      pillow(g, 2 + 4 * i + w * (i - 1), 14, w, height > 64 and 17 or 13)
    end
    blanket(g, width, height > 64 and 38 or 31, bottom, tone, dark, stripe)
  end
end

local double = bed(64, 96, 2, "blue", "blue_dk", "tile")
local single = bed(42, 96, 1, "red", "red_dk", "mustard")

local function upper(draw, y, h, width)
  return function(g)
    g:raw(('<svg x="0" y="0" width="%d" height="%d" viewBox="0 %d %d %d">'):format(width, h, y, width, h))
    draw(g)
    g:raw("</svg>")
  end
end

local function books(g, x, y, tones)
  for i, tone in ipairs(tones) do
    g:rect(x + (i % 2), y - i * 2.4, 11, 2.4, tone, 0.6)
  end
end

local function table_lamp(g, x, y)
  g:ellipse(x, y + 5, 4, 2, "oak_dk")
  g:rect(x - 0.8, y - 2, 1.6, 7, "oak_dk")
  g:path(("M%g %gl3 -9h6l3 9q-6 2.5 -12 0z"):format(x - 6, y), "mustard")
  g:path(("M%g %gl3 -9h2l-1 10z"):format(x - 6, y), "linen", 0.6)
end

-- In a bed one lies in the middle row, right column. One comes from the right into the double bed
-- and from the left into the single one; the other side is closed, so that no way leads across. The
-- blanket of that row is a picture of its own for the layer "above": who lies in bed is under it.
add("bed double", 2, 3, double, "##\n#.\n##")
add("bed double blanket", 2, 1, function(g)
  g:inside(0, 6, 64, 26, upper(double, 38, 26, 64))
end)
-- One wide, at the right; a nightstand fills the left.
add("bed single", 2, 3, function(g)
  g:box(1, 5, 19, 25, 11, "oak_lt", "oak", 3)
  g:rect(3, 21, 15, 6, "oak_lt", 1.5)
  g:circle(10.5, 24, 1.3, "mustard")
  table_lamp(g, 10.5, 11)
  g:raw('<g transform="translate(22 0)">')
  single(g)
  g:raw("</g>")
  g:shade_ellipse(10, 55, 5.5, 3)
  g:ellipse(8, 53, 2.6, 5, "plum")
  g:ellipse(14, 54, 2.6, 5, "plum")
  g:ellipse(8, 51, 1.6, 2, "pink")
  g:ellipse(14, 52, 1.6, 2, "pink")
end, "##\n..\n##")
add("bed single blanket", 2, 1, function(g)
  g:inside(22, 6, 42, 26, upper(single, 38, 26, 42))
end)

add("nightstand lamp", 1, 1, function(g)
  g:box(5, 5, 22, 25, 11, "oak_lt", "oak", 3)
  g:rect(7, 21, 18, 6, "oak_lt", 1.5)
  g:circle(16, 24, 1.3, "mustard")
  table_lamp(g, 16, 11)
end, "#")
add("nightstand books", 1, 1, function(g)
  g:box(5, 5, 22, 25, 11, "oak_lt", "oak", 3)
  g:rect(7, 21, 18, 6, "oak_lt", 1.5)
  g:circle(16, 24, 1.3, "mustard")
  books(g, 8, 16, { "red", "blue", "mustard" })
  g:rect(20, 8, 4, 5, "glass", 1)
end, "#")

local function laptop(g, x, y)
  g:rect(x + 1, y + 11, 20, 8, "steel", 1.5)
  g:rect(x + 3, y + 12.5, 16, 3, "slate", 0.8)
  g:rect(x + 1, y, 20, 12, "slate", 1.5)
  g:rect(x + 2.5, y + 1.5, 17, 8.5, "glass", 0.8)
  g:rect(x + 4, y + 3, 8, 1.2, "linen", 0.4)
  g:rect(x + 4, y + 5.4, 11, 1.2, "linen", 0.4)
end

-- One sits at the right half, where the laptop is.
add("desk", 2, 1, function(g)
  g:box(1, 2, 62, 29, 11, "oak_lt", "oak", 3)
  g:rect(3, 20, 18, 9, "oak_dk", 1.5, 0.5)
  g:rect(4, 21, 16, 7, "oak_lt", 1.5)
  g:circle(12, 24.5, 1.3, "mustard")
  g:rect(35, 21, 26, 10, "ink", 2, 0.35)
  laptop(g, 37, 0)
  table_lamp(g, 10, 9)
  g:rect(21, 8, 11, 9, "linen", 0.8)
  g:line(23, 10.5, 29.5, 10.5, "steel", 0.8)
  g:line(23, 13, 28, 13, "steel", 0.8)
  g:line(31, 7, 34, 13, "red", 1.4)
end, "##")

local function desk_side(g)
  g:box(3, 3, 28, 60, 13, "oak_lt", "oak", 3)
  g:rect(5, 52, 24, 8, "oak_dk", 1.5, 0.4)
  table_lamp(g, 20, 16)
  g:rect(5, 35, 9, 16, "steel", 1.5)
  g:rect(6.5, 36.5, 4, 13, "slate", 0.8)
  g:path("M14 34h4q2 0 2 2v14q0 2-2 2h-4z", "slate")
  g:path("M15 36h2.5v14H17z", "glass")
  books(g, 8, 12, { "leaf", "plum" })
  g:circle(25, 32, 3, "red")
  g:circle(25, 31.4, 2, "bark")
end

-- Desks against a side wall; one sits beside the lower tile.
add("desk right", 1, 2, desk_side, "#\n#")
add("desk left", 1, 2, function(g)
  g:flipped(32, desk_side)
end, "#\n#")

local function chair_legs(g, y)
  g:shade_ellipse(18, y + 6, 11, 4.5)
  for _, x in ipairs({ 7, 22 }) do
    g:rect(x, y, 3, 9, "oak_dk", 1)
  end
end

local function chair_seat(g, y)
  g:rect(5, y + 1, 22, 13, "oak", 3)
  g:rect(5, y, 22, 11.5, "oak_lt", 3)
  g:rect(7.5, y + 1.5, 17, 8, "red", 3)
  g:rect(9, y + 2, 12, 1.5, "pink", 0.7, 0.8)
end

local function chair_back(g, y)
  g:rect(6, y, 20, 4.5, "oak_dk", 2)
  g:rect(6, y - 0.5, 20, 3, "oak_lt", 1.5)
  g:rect(6, y + 9, 20, 2.5, "oak", 1)
  for x = 6, 24, 5.8 do
    g:rect(x, y + 1, 2.6, 12, "oak", 1)
  end
end

local function chair_down(g)
  chair_legs(g, 20)
  chair_back(g, 1)
  chair_seat(g, 10)
end

-- Seen from behind: the cushion shows between the bars of the back.
local function chair_up(g)
  chair_legs(g, 21)
  chair_seat(g, 5)
  chair_back(g, 12)
end

local function chair_right(g)
  chair_legs(g, 20)
  chair_seat(g, 10)
  g:rect(3, 2, 6, 21, "oak_dk", 2.5)
  g:rect(3, 1, 5.5, 20, "oak", 2.5)
  g:rect(3, 1, 5.5, 3.5, "oak_lt", 1.8)
end

add("chair up", 1, 1, chair_up)
add("chair down", 1, 1, chair_down)
add("chair right", 1, 1, chair_right)
add("chair left", 1, 1, function(g)
  g:flipped(32, chair_right)
end)

local function closet(tone, panel)
  return function(g)
    g:shade(3, 8, 62, 55, 3)
    g:rect(1, 4, 62, 58, panel, 3)
    g:rect(1, 4, 62, 12, tone, 3)
    g:rect(2.5, 5, 59, 1.5, "linen", 0.7, 0.45)
    for _, x in ipairs({ 4, 33 }) do
      g:rect(x, 18, 27, 40, tone, 2, 0.55)
      g:rect(x + 3, 21, 21, 15, panel, 1.5)
      g:rect(x + 3, 39, 21, 16, panel, 1.5)
    end
    g:rect(31.4, 17, 1.2, 43, "ink", 0, 0.35)
    g:rect(28, 35, 1.8, 7, "mustard", 0.9)
    g:rect(34.2, 35, 1.8, 7, "mustard", 0.9)
  end
end

add("closet", 2, 2, closet("oak_lt", "oak"), "##\n##")
add("closet white", 2, 2, closet("linen", "cream_dk"), "##\n##")

add("rug blue", 4, 3, function(g)
  g:rect(2, 3, 124, 90, "blue_dk", 3, 0.35)
  g:rect(2, 2, 124, 90, "tile", 3)
  g:rect(6, 6, 116, 82, "blue", 2, 0.7)
  g:rect(9, 9, 110, 76, "tile", 2)
  for x = 16, 112, 12 do
    for y = 16, 78, 12 do
      g:path(("M%d %dl3 3l-3 3l-3-3z"):format(x, y - 3), "blue", 0.45)
    end
  end
end)

add("rug round", 2, 2, function(g)
  g:ellipse(32, 34, 30, 28, "leaf_dk", 0.3)
  g:ellipse(32, 32, 30, 28, "cream")
  g:ellipse(32, 32, 25, 23, "leaf", 0.65)
  g:ellipse(32, 32, 20, 18.4, "cream")
  g:ellipse(32, 32, 11, 10, "mustard", 0.75)
end)

add("toys", 1, 1, function(g)
  g:shade(6, 14, 22, 15, 3)
  g:rect(4, 12, 22, 16, "oak", 3)
  g:rect(4, 11, 22, 5, "oak_lt", 2)
  g:circle(10, 10, 4.5, "red")
  g:circle(9, 8.6, 1.3, "linen", 0.7)
  g:rect(15, 5, 8, 8, "blue", 1.5)
  g:rect(15, 5, 8, 2, "glass", 1, 0.7)
end, "#")

return list

-- Lays out the town and writes maps/town.tmj. Run through build.sh, after draw.lua, in this folder.
-- Tiles are counted from 0, columns to the right, rows down. From north to south: homes, North Street, cafe to school with
-- the park between, High Street, pub to town hall, South Street, homes, Brook Lane.
local sheet = require("sheet")
local tiled = require("tiled")
local homes = require("town_homes")
local houses = require("town_houses")
local canvas = require("canvas")

local WIDTH, HEIGHT = 120, 88
local map = tiled.new(WIDTH, HEIGHT, sheet.read("town.index"))
local walls = require("walls").new(map)
local random = canvas.random(7)

map:pattern("ground", "grass", 0, 0, WIDTH, HEIGHT)
map:set("world", "Lindenbrook")

-- Streets -----------------------------------------------------------------------------------------
map:place("sectors", "Streets", 1, 18, 118, 4)
map:place("sectors", "Streets", 1, 22, 3, 18)
map:place("sectors", "Streets", 116, 22, 3, 18)
map:place("sectors", "Streets", 1, 40, 118, 4)
map:place("sectors", "Streets", 1, 44, 3, 18)
map:place("sectors", "Streets", 116, 44, 3, 18)
map:place("sectors", "Streets", 1, 62, 118, 4)
map:place("sectors", "Streets", 113, 66, 6, 18)
map:place("sectors", "Streets", 1, 84, 118, 3)

local function street(name, x, y, w, h)
  map:pattern("ground", "cobbles", x, y, w, h)
  map:place("arenas", name, x, y, w, h)
  if w > h then
    map:fill("floor", "kerb north", x, y, w, 1)
    map:fill("floor", "kerb south", x, y + h - 1, w, 1)
  end
end
street("North Street", 1, 18, 118, 4)
street("High Street", 1, 40, 118, 4)
street("South Street", 1, 62, 118, 4)
street("Brook Lane", 1, 84, 118, 3)
street("West Lane", 1, 22, 3, 18)
street("West Lane", 1, 44, 3, 18)
street("East Lane", 116, 22, 3, 18)
street("East Lane", 116, 44, 3, 18)
map:place("arenas", "Brook Green", 113, 66, 6, 18)
map:paving(115, 66, 2, 18)

-- What is left of a plot around its building is one arena.
local function yard(name, x, y, w, h, bx, by, bw, bh)
  local rects = { { x, y, w, by - y }, { x, by, bx - x, bh }, { bx + bw, by, x + w - bx - bw, bh },
    { x, by + bh, w, y + h - by - bh } }
  for _, r in ipairs(rects) do
    if r[3] > 0 and r[4] > 0 then map:place("arenas", name, r[1], r[2], r[3], r[4]) end
  end
end

local function tree(col, row, apples)
  map:put("furniture", "trunk", col, row)
  map:put("above", apples and "crown apples" or "crown", col - 1, row - 3)
end

-- Homes -------------------------------------------------------------------------------------------

-- A plot with its hedge: on the right, and at `front` with a gate before the door.
local function plot(name, people, x, y, h, front)
  local width = homes.width(#people) + 3
  local hx, hy = x + 1, y + (h == 17 and 1 or 2)
  map:place("sectors", name, x, y, width, h)
  local door = homes.build(map, walls, hx, hy, people, name)
  yard("garden", x, y, width, h, hx, hy, width - 3, homes.height)
  for row = y, front - 1 do map:put("furniture", row % 2 == 0 and "hedge ns" or "hedge ns 2", x + width - 1, row) end
  for col = x, x + width - 1 do
    if col ~= door and col ~= door + 1 then
      local ends = col == door - 1 and "hedge w" or col == door + 2 and "hedge e"
      map:put("furniture", ends or col % 2 == 0 and "hedge ew" or "hedge ew 2", col, front)
    end
  end
  local yard_row = hy + homes.height
  map:paving(door, yard_row, 2, front - yard_row + 1)
  map:put("furniture", "flower bed warm", door - 3, yard_row)
  map:put("furniture", "flower bed cool", door + 3, yard_row)
  map:place("objects", "flower beds", door - 3, yard_row, 2, 1)
  map:place("objects", "flower beds", door + 3, yard_row, 2, 1)
  map:put("furniture", "bench", x + 2, yard_row + 1)
  map:place("objects", "bench", x + 2, yard_row + 1, 2, 1)
  if #people == 3 then
    tree(x + 7, yard_row + 2, random() < 0.5)
    map:put("furniture", "vegetable bed " .. (x % 2 + 1), x + 19, yard_row + 1)
    map:place("objects", "vegetable bed", x + 19, yard_row + 1, 4, 2)
  else
    map:put("furniture", "bush", x + 6, yard_row + 2)
    map:put("furniture", "garden table", x + 15, yard_row + 2)
    map:put("furniture", "garden chair", x + 14, yard_row + 2)
  end
  return x + width
end

local north = {
  { "Mill House", { "Ada", "Tom", "Ida" } }, { "Rose Cottage", { "Walter", "Greta" } },
  { "Harbour House", { "Nadia", "Jonas", "Priya" } }, { "Ivy Cottage", { "Clara", "Mateo" } },
  { "Oak House", { "Samuel", "Ruth", "Leo" } },
}
local south = {
  { "Fern Cottage", { "Yusuf", "Amina" } }, { "Willow House", { "Elsa", "Henrik", "Mira" } },
  { "Lark Cottage", { "Oscar", "Bea" } }, { "Brook House", { "Lena", "Dario", "Finn" } },
  { "Moss Cottage", { "Vera", "Paul" } },
}
local x = 1
for _, home in ipairs(north) do x = plot(home[1], home[2], x, 1, 17, 17) end
x = 1
for _, home in ipairs(south) do x = plot(home[1], home[2], x, 66, 18, 83) end
map:fill("furniture", "hedge ew", 1, 66, 112, 1)

-- Public houses -----------------------------------------------------------------------------------
local function public(sector, build, px, py, width, look, front)
  local bx, by, bw = px + 1, py + 2, width - 2
  map:place("sectors", sector, px, py, width, 18)
  local door = houses.shell(map, walls, bx, by, bw, look)
  build(map, bx, by, walls)
  yard(front or "forecourt", px, py, width, 18, bx, by, bw, houses.height)
  map:paving(px + 1, by + houses.height, width - 2, 3)
  map:put("furniture", "doormat", door, by + houses.height)
  map:put_split("street lamp", px, by + houses.height)
  return by + houses.height
end

local row = public("Copper Kettle", houses.cafe, 4, 22, 18, { floor = "tiles red", face = "kitchen", sign = "sign cup",
  awning = "awning red" }, "terrace")
for _, col in ipairs({ 6, 9, 16, 19 }) do
  map:put("furniture", "cafe table", col, row + 1)
  map:put("furniture", "garden chair", col - 1, row + 1)
  map:place("objects", "terrace table", col - 1, row + 1, 2, 1)
end
row = public("Corner Shop", houses.shop, 22, 22, 18, { floor = "tiles blue", face = "green", sign = "sign basket",
  awning = "awning green" })
map:put("furniture", "crates", 26, row)
public("Library", houses.library, 76, 22, 18, { floor = "wood", face = "green", sign = "sign book" })
row = public("School", houses.school, 94, 22, 22, { floor = "wood", face = "plain", sign = "sign bell", door = 6 },
  "school yard")
map:put("furniture", "swings", 108, row)
public("The Lantern", houses.pub, 4, 44, 20, { floor = "wood", face = "plain", sign = "sign lantern" }, "terrace")
public("Morning Loaf", houses.bakery, 24, 44, 16, { floor = "tiles red", face = "kitchen", sign = "sign loaf",
  awning = "awning blue", door = 5 })
public("Joinery", houses.joinery, 40, 44, 20, { floor = "wood", face = "plain", sign = "sign hammer" })
public("Drawing Office", houses.office, 60, 44, 20, { floor = "wood", face = "blue", sign = "sign pen" })
public("Clinic", houses.clinic, 80, 44, 18, { floor = "tiles blue", face = "bath", sign = "sign heart" })
public("Town Hall", houses.hall, 98, 44, 18, { floor = "wood", face = "blue", sign = "sign letter" })

-- The park ----------------------------------------------------------------------------------------
map:place("sectors", "Linden Park", 40, 22, 36, 18)
map:place("arenas", "park", 40, 22, 36, 18)
map:paving(57, 22, 2, 7)
map:paving(57, 33, 2, 7)
map:paving(40, 30, 15, 2)
map:paving(61, 30, 15, 2)
map:paving(55, 28, 6, 6)
map:put("furniture", "fountain", 56, 29)
map:place("objects", "fountain", 56, 29, 3, 3)
map:put("furniture", "pond", 66, 35)
map:place("objects", "pond", 66, 35, 3, 2)
for _, at in ipairs({ { 47, 29 }, { 51, 29 }, { 63, 29 }, { 68, 29 }, { 47, 33 }, { 68, 33 } }) do
  map:put("furniture", "bench", at[1], at[2])
  map:place("objects", "park bench", at[1], at[2], 2, 1)
end
for i, at in ipairs({ { 43, 26 }, { 50, 25 }, { 62, 26 }, { 72, 26 }, { 43, 37 }, { 52, 38 }, { 62, 38 }, { 73, 38 } }) do
  tree(at[1], at[2], i == 4)
end
for _, at in ipairs({ { 54, 26 }, { 60, 26 }, { 54, 35 }, { 60, 35 } }) do
  map:put("furniture", at[1] == 54 and "flower bed warm" or "flower bed cool", at[1], at[2])
  map:place("objects", "flower beds", at[1], at[2], 2, 1)
end
map:put("furniture", "stall", 44, 34)
map:place("objects", "market stall", 44, 34, 3, 2)
map:put("furniture", "garden table", 46, 25)
map:put("furniture", "garden chair", 45, 25)
map:put("furniture", "garden chair", 47, 25)
map:place("objects", "chess table", 45, 25, 3, 1)

-- Lanes and border --------------------------------------------------------------------------------
map:hedge(0, 0, WIDTH, HEIGHT, {})
for _, col in ipairs({ 21, 93 }) do
  tree(col, 27)
  tree(col, 33)
end
for i, col in ipairs({ 23, 39, 59, 79, 97 }) do
  tree(col, 49)
  tree(col, 55, i == 2)
end
for i, col in ipairs({ 10, 30, 50, 70, 90, 110 }) do -- trees and flowers along the streets
  tree(col, 21, i == 3)
  map:put("furniture", i % 2 == 0 and "flower bed warm" or "flower bed cool", col - 4, 19)
  map:put("furniture", "bench", col + 4, 43)
  tree(col + 1, 65, i == 5)
  map:put("furniture", i % 2 == 0 and "flower bed cool" or "flower bed warm", col - 4, 63)
end
for _, r in ipairs({ 70, 76, 82 }) do tree(118, r) end
map:put("furniture", "bench", 113, 73)
map:place("objects", "bench", 113, 73, 2, 1)
walls:draw()

map:save("../town.tmj", "tiles/town.png")

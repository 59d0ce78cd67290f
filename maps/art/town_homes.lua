-- Homes of the town: a house with two or three bedrooms, a bathroom, kitchen and living room, in its own garden.
-- Bedrooms bear the names of those who sleep in them. How a room is furnished follows the house (house.lua).
local homes = {}

local HEIGHT = 12 -- of a house, walls included
local FACES = { "blue", "green", "plain" }
local CLOSETS = { "closet", "closet white", "closet" }

-- Where things of a house stand, counted from its upper left corner.
local KINDS = {
  [3] = { width = 23, bedrooms = { 1, 7, 17 }, doors = { 5, 11, 17 }, bath = 13, inner = { 6, 12, 16 },
    kitchen = { 1, 12 }, living = { 13, 9 }, sink = 7, table = 8, door = 14, sofa = 18, shelf = 14, windows = { 2, 6, 18 } },
  [2] = { width = 17, bedrooms = { 1, 11 }, doors = { 5, 11 }, bath = 7, inner = { 6, 10 },
    kitchen = { 1, 9 }, living = { 10, 6 }, sink = 8, table = 3, door = 10, sofa = 13, windows = { 2, 5 } },
}

--- The width of a house with so many bedrooms.
function homes.width(rooms)
  return KINDS[rooms].width
end

local function bedroom(map, col, row, number, who, sector)
  local arena = who .. "'s room"
  map:put("furniture", CLOSETS[number], col, row)
  map:put("furniture", number == 2 and "picture hills" or "window small", col + 2, row)
  map:put("furniture", "desk left", col, row + 2)
  map:put("furniture", "chair left", col + 1, row + 3)
  map:put("furniture", "bed single", col + 3, row + 1)
  map:put("above", "bed single blanket", col + 3, row + 2)
  map:put("floor", "rug round", col + 1, row + 1)
  map:place("arenas", arena, col, row, 5, 6)
  map:place("objects", "closet", col, row, 2, 2)
  map:place("objects", "desk", col, row + 2, 1, 2)
  map:place("objects", "desk", col + 1, row + 3, 1, 1)
  map:place("objects", "bed", col + 4, row + 1, 1, 3)
  map:place("spawns", sector .. ", " .. who, col + 2, row + 3, 1, 1)
end

local function bathroom(map, col, row)
  map:put("furniture", "toilet", col, row)
  map:put("furniture", "bathroom sink", col + 2, row)
  map:put("furniture", "shower", col + 1, row + 3)
  map:put("above", "shower glass", col + 1, row + 4)
  map:place("arenas", "bathroom", col, row, 3, 6)
  map:place("objects", "toilet", col, row + 1, 1, 1)
  map:place("objects", "bathroom sink", col + 2, row + 1, 1, 1)
  map:place("objects", "shower", col + 1, row + 3, 2, 2)
end

local function kitchen(map, x, row, kind)
  map:put("furniture", "refrigerator", x + 1, row)
  map:put("furniture", "cooking area", x + 2, row)
  map:put("furniture", "kitchen sink", x + kind.sink, row + 1)
  map:put("furniture", "wall cupboard", x + kind.sink, row)
  local at = x + kind.table
  map:put("furniture", "table", at, row + 3)
  for _, dx in ipairs({ 0, 2 }) do
    map:put("furniture", "chair down", at + dx, row + 2)
    map:put("furniture", "chair up", at + dx, row + 5)
    map:place("objects", "kitchen table", at + dx, row + 2, 1, 1)
    map:place("objects", "kitchen table", at + dx, row + 5, 1, 1)
  end
  map:place("arenas", "kitchen", x + kind.kitchen[1], row + 1, kind.kitchen[2], 5)
  map:place("objects", "refrigerator", x + 1, row + 1, 1, 1)
  map:place("objects", "cooking area", x + 2, row + 1, 2, 1)
  map:place("objects", "kitchen sink", x + kind.sink, row + 1, 2, 1)
  map:place("objects", "kitchen table", at, row + 3, 3, 2)
end

local function living(map, x, row, kind)
  map:put("floor", "rug red", x + kind.sofa - 1, row + 3)
  map:put("furniture", "sofa", x + kind.sofa, row + 1)
  map:put("furniture", "low table", x + kind.sofa, row + 4)
  map:place("objects", "sofa", x + kind.sofa, row + 1, 3, 2)
  if kind.shelf then
    map:put("furniture", "shelf", x + kind.shelf, row)
    map:place("objects", "shelf", x + kind.shelf, row + 1, 2, 1)
    map:put("furniture", "armchair right", x + kind.sofa - 2, row + 4)
  end
  map:put("furniture", "plant", x + kind.width - 2, row + 5)
  map:place("arenas", "living room", x + kind.living[1], row + 1, kind.living[2], 6)
end

local function shell(map, walls, x, y, kind)
  local right, bottom, middle = x + kind.width - 1, y + HEIGHT - 1, y + 5
  map:pattern("ground", "wood", x + 1, y, kind.width - 2, HEIGHT)
  map:fill("ground", "bath floor", x + kind.bath, y, 3, 6)
  walls:line("plain", x, y, right, y)
  for i, col in ipairs(kind.bedrooms) do walls:line(FACES[i], x + col, y, x + col + 4, y) end
  walls:line("bath", x + kind.bath, y, x + kind.bath + 2, y)
  walls:line("west", x, y, x, bottom)
  walls:line("east", right, y, right, bottom)
  walls:line("plain", x + 1, middle, right - 1, middle)
  walls:line("kitchen", x + 1, middle, x + 4, middle)
  for _, col in ipairs(kind.inner) do walls:line("plain", x + col, y, x + col, middle) end
  walls:line("outside", x + 1, bottom, right - 1, bottom)
  for _, col in ipairs(kind.doors) do walls:door(x + col, middle) end
  walls:door(x + kind.bath, middle)
  walls:garden_door(x + kind.door, bottom)
  for _, col in ipairs(kind.windows) do map:put("furniture", "window outside", x + col, bottom) end
end

--- Builds a house for those who are named, one bedroom each; x, y is its upper left corner.
---@return integer column of its door, which is two tiles wide
function homes.build(map, walls, x, y, people, sector)
  local kind = KINDS[#people]
  shell(map, walls, x, y, kind)
  for i, who in ipairs(people) do bedroom(map, x + kind.bedrooms[i], y, i, who, sector) end
  bathroom(map, x + kind.bath, y)
  kitchen(map, x, y + 5, kind)
  living(map, x, y + 5, kind)
  return x + kind.door
end

homes.height = HEIGHT

return homes

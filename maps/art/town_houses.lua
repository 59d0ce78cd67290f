-- The town's public houses. Each has one room, with what its trade needs; x, y is the upper left corner of the building.
-- Rows count from the back wall (0); 1 to 11 are the room, 12 is the front wall with the door.
local houses = {}

local HEIGHT = 13
houses.height = HEIGHT

-- Four walls, a floor, a door of two tiles in the front wall, windows, a sign and awnings.
---@return integer column of the door
function houses.shell(map, walls, x, y, width, look)
  local right, bottom = x + width - 1, y + HEIGHT - 1
  local door = x + (look.door or width // 2 - 1)
  map:pattern("ground", look.floor, x + 1, y, width - 2, HEIGHT)
  walls:line(look.face, x, y, right, y)
  walls:line("west", x, y, x, bottom)
  walls:line("east", right, y, right, bottom)
  walls:line("outside", x + 1, bottom, right - 1, bottom)
  walls:garden_door(door, bottom)
  map:put("furniture", look.sign, door - 2, bottom)
  map:put("furniture", look.sign, door + 3, bottom)
  for _, col in ipairs({ x + 2, right - 4 }) do
    map:put("furniture", look.awning or "window outside", col, bottom)
  end
  return door
end

-- A table for four or more: `seats` are offsets of chairs, each with the picture of a chair.
local function group(map, name, picture, col, row, w, seats)
  map:put("furniture", picture, col, row)
  map:place("objects", name, col, row, w, 1)
  for _, seat in ipairs(seats) do
    map:put("furniture", seat[3], col + seat[1], row + seat[2])
    map:place("objects", name, col + seat[1], row + seat[2], 1, 1)
  end
end

local AROUND = { { -1, 0, "chair right" }, { 1, 0, "chair left" } } -- a small table
local LONG = { { 0, -1, "chair down" }, { 2, -1, "chair down" }, { 1, 1, "chair up" }, { 3, 1, "chair up" } }

-- What stands against the back wall, from a column on: { picture, width, name or nil }.
local function along_wall(map, col, y, things)
  for _, thing in ipairs(things) do
    map:put("furniture", thing[1], col, y + (thing.down or 0))
    if thing[3] then map:place("objects", thing[3], col, y + 1, thing[2], 1) end
    col = col + thing[2] + (thing.gap or 0)
  end
end

function houses.cafe(map, x, y)
  map:place("arenas", "cafe", x + 1, y, 14, 13)
  along_wall(map, x + 1, y, { { "cooking area", 2, "stove" }, { "kitchen sink", 2, "sink", down = 1 },
    { "refrigerator", 1, "fridge", gap = 1 }, { "picture pair", 1 }, { "shelf", 2, "shelf", gap = 1 }, { "clock", 1 } })
  map:put("furniture", "cafe counter", x + 2, y + 4)
  map:place("objects", "counter", x + 2, y + 4, 4, 1)
  for _, at in ipairs({ { 9, 3 }, { 13, 3 }, { 9, 6 }, { 13, 6 }, { 3, 8 }, { 3, 10 }, { 12, 9 } }) do
    group(map, "cafe table", "cafe table", x + at[1], y + at[2], 1, { { -1, 0, "chair right" },
      at[1] < 13 and { 1, 0, "chair left" } or nil })
  end
  map:put("floor", "rug round", x + 9, y + 9)
  map:put("furniture", "sofa", x + 6, y + 9)
  map:place("objects", "sofa corner", x + 6, y + 9, 3, 2)
  map:put("furniture", "plant", x + 1, y + 6)
  map:put_split("plant tall", x + 14, y + 10)
end

function houses.shop(map, x, y)
  map:place("arenas", "shop", x + 1, y, 14, 13)
  along_wall(map, x + 1, y, { { "goods", 2, "shelves" }, { "goods", 2, "shelves" }, { "goods", 2, "shelves", gap = 1 },
    { "notice board", 2, gap = 1 }, { "refrigerator", 1, "cold shelf" }, { "refrigerator", 1, "cold shelf" } })
  map:put("furniture", "shop counter", x + 10, y + 8)
  map:place("objects", "counter", x + 10, y + 8, 3, 1)
  for _, at in ipairs({ { 2, 4 }, { 5, 4 }, { 2, 8 }, { 5, 8 } }) do
    map:put("furniture", "goods", x + at[1], y + at[2])
    map:place("objects", "shelves", x + at[1], y + at[2], 2, 2)
  end
  map:put("furniture", "crates", x + 9, y + 4)
  map:put("furniture", "crates", x + 12, y + 4)
  map:place("objects", "fruit crates", x + 9, y + 4, 2, 1)
  map:place("objects", "fruit crates", x + 12, y + 4, 2, 1)
  map:put("floor", "rug round", x + 9, y + 9)
  map:put("furniture", "crates", x + 1, y + 11)
  map:put("furniture", "watering can", x + 9, y + 6)
  map:put_split("plant tall", x + 14, y + 10)
  map:put("furniture", "stool", x + 13, y + 9)
end

function houses.library(map, x, y)
  map:place("arenas", "reading room", x + 1, y, 14, 13)
  along_wall(map, x + 1, y, { { "shelf", 2, "bookshelves" }, { "shelf", 2, "bookshelves" }, { "window green", 2 },
    { "shelf", 2, "bookshelves" }, { "shelf", 2, "bookshelves" }, { "clock", 1, gap = 1 }, { "shelf", 2, "bookshelves" } })
  map:put("furniture", "desk", x + 11, y + 9)
  map:put("furniture", "chair up", x + 12, y + 10)
  map:place("objects", "front desk", x + 11, y + 9, 2, 1)
  map:place("objects", "front desk", x + 12, y + 10, 1, 1)
  group(map, "library table", "long table", x + 3, y + 5, 4, LONG)
  group(map, "library table", "long table", x + 9, y + 5, 4, LONG)
  map:put("floor", "rug red", x + 1, y + 8)
  for _, col in ipairs({ 2, 4 }) do
    map:put("furniture", "armchair", x + col, y + 9)
    map:place("objects", "armchairs", x + col, y + 9, 1, 1)
  end
  map:put("furniture", "plant", x + 1, y + 11)
  map:put_split("floor lamp", x + 5, y + 8)
  map:put("furniture", "low table", x + 2, y + 11)
  for _, row in ipairs({ 3, 5 }) do
    map:put("furniture", "shelf", x + 13, y + row)
    map:place("objects", "bookshelves", x + 13, y + row + 1, 2, 1)
  end
end

function houses.school(map, x, y, walls)
  walls:line("plain", x + 13, y, x + 13, y + 11)
  walls:line("green", x + 14, y, x + 18, y)
  walls:split("plain", "green", x + 13, y)
  for row = y + 6, y + 8 do walls:open(x + 13, row) end
  map:place("arenas", "classroom", x + 1, y, 13, 13)
  map:place("arenas", "staff room", x + 14, y, 5, 13)
  map:put("furniture", "blackboard", x + 4, y)
  map:put("furniture", "picture hills", x + 9, y)
  map:place("objects", "blackboard", x + 4, y, 3, 1)
  map:put("furniture", "desk", x + 9, y + 2)
  map:put("furniture", "chair up", x + 10, y + 3)
  map:place("objects", "teacher's desk", x + 9, y + 2, 2, 1)
  map:place("objects", "teacher's desk", x + 10, y + 3, 1, 1)
  for row = 4, 8, 2 do
    for col = 2, 10, 2 do
      map:put("furniture", "pupil desk", x + col, y + row)
      map:put("furniture", "stool", x + col, y + row + 1)
      map:place("objects", "pupils' desks", x + col, y + row, 1, 2)
    end
  end
  map:put("furniture", "shelf", x + 14, y)
  map:place("objects", "bookshelf", x + 14, y + 1, 2, 1)
  map:put("furniture", "cooking area", x + 17, y)
  map:place("objects", "kettle", x + 17, y + 1, 2, 1)
  group(map, "staff table", "cafe table", x + 16, y + 5, 1, AROUND)
  map:put("furniture", "sofa", x + 15, y + 8)
  map:place("objects", "sofa", x + 15, y + 8, 3, 2)
end

function houses.pub(map, x, y)
  map:place("arenas", "taproom", x + 1, y, 16, 13)
  along_wall(map, x + 1, y, { { "cooking area", 2, "stove" }, { "kitchen sink", 2, "sink", down = 1 },
    { "bar shelf", 3, "bottles", gap = 2 }, { "window red", 2, gap = 1 }, { "picture pair", 1 }, { "clock", 1, gap = 1 } })
  map:put("furniture", "bar", x + 3, y + 4)
  map:place("objects", "bar", x + 3, y + 4, 4, 1)
  for col = 3, 6 do
    map:put("furniture", "stool", x + col, y + 5)
    map:place("objects", "bar", x + col, y + 5, 1, 1)
  end
  map:put("furniture", "piano", x + 15, y + 1)
  map:place("objects", "piano", x + 15, y + 1, 2, 2)
  for _, at in ipairs({ { 10, 3 }, { 10, 6 }, { 14, 6 }, { 3, 9 }, { 13, 9 } }) do
    group(map, "pub table", "pub table", x + at[1], y + at[2], 2, { { 0, -1, "chair down" }, { 1, -1, "chair down" },
      { 0, 1, "chair up" }, { 1, 1, "chair up" } })
  end
  map:put("floor", "rug red", x + 12, y + 1)
  map:put_split("plant tall", x + 16, y + 10)
  map:put("furniture", "plant", x + 1, y + 11)
  map:put_split("floor lamp", x + 1, y + 6)
end

function houses.bakery(map, x, y)
  map:place("arenas", "bakery", x + 1, y, 12, 13)
  along_wall(map, x + 1, y, { { "oven", 2, "oven" }, { "oven", 2, "oven" }, { "kitchen sink", 2, "sink", down = 1, gap = 1 },
    { "shelf", 2, "flour shelf", gap = 1 }, { "clock", 1 } })
  map:put("furniture", "workbench", x + 3, y + 4)
  map:place("objects", "kneading table", x + 3, y + 4, 3, 1)
  map:put("furniture", "crates", x + 9, y + 4)
  map:put("furniture", "bakery counter", x + 3, y + 7)
  map:place("objects", "counter", x + 3, y + 7, 4, 1)
  for _, at in ipairs({ { 11, 7 }, { 11, 10 }, { 3, 10 } }) do
    group(map, "bench table", "cafe table", x + at[1], y + at[2], 1, AROUND)
  end
  map:put("furniture", "crates", x + 7, y + 4)
  map:put("furniture", "sideboard", x + 11, y + 1)
  map:put("furniture", "plant", x + 12, y + 11)
end

function houses.joinery(map, x, y)
  map:place("arenas", "workshop", x + 1, y, 16, 13)
  along_wall(map, x + 1, y, { { "tools", 2 }, { "tools", 2, gap = 1 }, { "goods", 2, "paint shelf", gap = 1 },
    { "window red", 2, gap = 1 }, { "tools", 2 } })
  for _, at in ipairs({ { 2, 3 }, { 7, 3 }, { 12, 3 }, { 2, 7 } }) do
    map:put("furniture", "workbench", x + at[1], y + at[2])
    map:place("objects", "workbench", x + at[1], y + at[2], 3, 1)
  end
  map:put("furniture", "desk", x + 12, y + 8)
  map:put("furniture", "chair up", x + 13, y + 9)
  map:place("objects", "drawing desk", x + 12, y + 8, 2, 1)
  map:place("objects", "drawing desk", x + 13, y + 9, 1, 1)
  map:put("furniture", "cabinet", x + 16, y + 1)
  map:put("furniture", "crates", x + 7, y + 7)
  map:put("furniture", "crates", x + 1, y + 11)
  map:put("furniture", "stool", x + 6, y + 10)
  map:put("furniture", "goods", x + 15, y + 6)
  map:put("floor", "mulch", x + 3, y + 9)
  map:put("floor", "mulch", x + 4, y + 9)
  map:put("furniture", "plant", x + 16, y + 11)
end

function houses.office(map, x, y)
  map:place("arenas", "office", x + 1, y, 16, 13)
  along_wall(map, x + 1, y, { { "cabinet", 1, down = 1 }, { "cabinet", 1, down = 1, gap = 1 }, { "window blue", 2, gap = 1 },
    { "shelf", 2, "shelf", gap = 1 }, { "window blue", 2, gap = 1 }, { "cooking area", 2, "coffee machine", gap = 1 } })
  for i, at in ipairs({ { 2, 4 }, { 6, 4 }, { 10, 4 }, { 14, 4 }, { 2, 8 }, { 6, 8 } }) do
    map:put("furniture", "desk", x + at[1], y + at[2])
    map:put("furniture", "chair up", x + at[1] + 1, y + at[2] + 1)
    map:place("objects", "desk " .. i, x + at[1], y + at[2], 2, 1)
    map:place("objects", "desk " .. i, x + at[1] + 1, y + at[2] + 1, 1, 1)
  end
  group(map, "meeting table", "long table", x + 11, y + 8, 4, LONG)
  map:put_split("plant tall", x + 16, y + 10)
  map:put("floor", "rug blue", x + 11, y + 7)
  map:put("furniture", "armchair", x + 2, y + 11)
  map:put("furniture", "low table", x + 3, y + 11)
  map:put("furniture", "plant", x + 1, y + 11)
  map:put("furniture", "plant", x + 5, y + 1)
end

function houses.clinic(map, x, y)
  map:place("arenas", "practice", x + 1, y, 14, 13)
  along_wall(map, x + 1, y, { { "closet white", 2, "medicine cabinet", gap = 1 }, { "window small", 1, gap = 1 },
    { "cabinet", 1, down = 1 }, { "cabinet", 1, down = 1, gap = 1 }, { "picture hills", 1, gap = 1 }, { "clock", 1 } })
  map:put("furniture", "bathroom sink", x + 13, y)
  map:place("objects", "sink", x + 13, y + 1, 1, 1)
  for _, col in ipairs({ 3, 7 }) do
    map:put("furniture", "treatment bed", x + col, y + 4)
    map:place("objects", "treatment bed", x + col, y + 4, 1, 2)
  end
  map:put("furniture", "desk", x + 10, y + 4)
  map:put("furniture", "chair up", x + 11, y + 5)
  map:place("objects", "doctor's desk", x + 10, y + 4, 2, 1)
  map:place("objects", "doctor's desk", x + 11, y + 5, 1, 1)
  map:put("furniture", "desk", x + 11, y + 8)
  map:put("furniture", "chair up", x + 12, y + 9)
  map:place("objects", "reception desk", x + 11, y + 8, 2, 1)
  map:place("objects", "reception desk", x + 12, y + 9, 1, 1)
  for col = 2, 5 do
    map:put("furniture", "chair down", x + col, y + 9)
    map:place("objects", "waiting chairs", x + col, y + 9, 1, 1)
  end
  for col = 2, 5 do
    map:put("furniture", "chair up", x + col, y + 11)
    map:place("objects", "waiting chairs", x + col, y + 11, 1, 1)
  end
  map:put("furniture", "low table", x + 3, y + 10)
  map:put("floor", "rug blue", x + 9, y + 4)
  map:put("furniture", "nightstand lamp", x + 2, y + 4)
  map:put("furniture", "nightstand books", x + 6, y + 4)
  map:put("furniture", "plant", x + 14, y + 11)
  map:put("furniture", "plant", x + 1, y + 2)
end

function houses.hall(map, x, y)
  map:place("arenas", "hall", x + 1, y, 14, 13)
  along_wall(map, x + 1, y, { { "notice board", 2, gap = 1 }, { "window red", 2, gap = 1 }, { "cabinet", 1, down = 1 },
    { "cabinet", 1, down = 1, gap = 1 }, { "picture pair", 1, gap = 1 }, { "clock", 1 } })
  map:put("furniture", "shop counter", x + 2, y + 3)
  map:place("objects", "post counter", x + 2, y + 3, 3, 1)
  map:put("furniture", "desk", x + 10, y + 3)
  map:put("furniture", "chair up", x + 11, y + 4)
  map:place("objects", "mayor's desk", x + 10, y + 3, 2, 1)
  map:place("objects", "mayor's desk", x + 11, y + 4, 1, 1)
  group(map, "council table", "long table", x + 4, y + 8, 4, LONG)
  map:put("floor", "rug red", x + 4, y + 7)
  map:put("floor", "rug blue", x + 10, y + 3)
  map:put("furniture", "sofa", x + 11, y + 7)
  map:place("objects", "visitors' sofa", x + 11, y + 7, 3, 2)
  map:put("furniture", "low table", x + 11, y + 10)
  map:put("furniture", "crates", x + 6, y + 1)
  map:put_split("plant tall", x + 1, y + 10)
  map:put("furniture", "plant", x + 14, y + 11)
  map:put_split("plant tall", x + 14, y + 1)
end

return houses

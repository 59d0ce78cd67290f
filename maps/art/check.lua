-- Checks a map without the program: every object can be reached on foot from every spawn, every free
-- tile too, and all of them lie in an arena. `propersim check` is stricter about the file, and does
-- not mind unused corners.
-- Usage, in this folder: lua5.4 check.lua ../house.tmj
local json = require("json")

local path = arg[1] or "../house.tmj"
local map = json.read(path)
local faults = 0

local function fault(...)
  faults = faults + 1
  io.stderr:write(path, ": ", string.format(...), "\n")
end

local function collides(properties)
  for _, p in ipairs(properties or {}) do
    if (p.name == "collides" or p.name == "collision") and p.value == true then
      return true
    end
  end
  return false
end

local solid = {}
for _, set in ipairs(map.tilesets) do
  for _, tile in ipairs(set.tiles or {}) do
    solid[set.firstgid + tile.id] = collides(tile.properties)
  end
end

local W, H, blocked, places = map.width, map.height, {}, {}
for _, layer in ipairs(map.layers) do
  if layer.type == "tilelayer" then
    if type(layer.data) ~= "table" then
      error(path .. ": layer " .. layer.name .. " is compressed: save its data as CSV", 0)
    end
    local all = layer.name == "collision" or collides(layer.properties)
    for i, gid in ipairs(layer.data) do
      blocked[i - 1] = blocked[i - 1] or solid[gid & 0x1fffffff] or (all and gid ~= 0)
    end
  else
    places[layer.name] = layer.objects
  end
end

local function tiles_of(rect)
  local list = {}
  for row = rect.y // 32, (rect.y + rect.height) // 32 - 1 do
    for col = rect.x // 32, (rect.x + rect.width) // 32 - 1 do
      list[#list + 1] = math.tointeger(row * W + col)
    end
  end
  return list
end

local arena_of = {}
for _, rect in ipairs(places.arenas) do
  for _, tile in ipairs(tiles_of(rect)) do
    if arena_of[tile] and arena_of[tile] ~= rect.name then
      fault("tile %d, %d lies in %s and in %s", tile % W, tile // W, arena_of[tile], rect.name)
    end
    arena_of[tile] = rect.name
  end
end

local function neighbours(tile)
  local list, col, row = {}, tile % W, tile // W
  list[#list + 1] = row > 0 and tile - W or nil
  list[#list + 1] = col > 0 and tile - 1 or nil
  list[#list + 1] = col < W - 1 and tile + 1 or nil
  list[#list + 1] = row < H - 1 and tile + W or nil
  return list
end

local function distances(start)
  local far, queue, head = { [start] = 0 }, { start }, 1
  while queue[head] do
    local tile = queue[head]
    head = head + 1
    for _, next_tile in ipairs(neighbours(tile)) do
      if not blocked[next_tile] and not far[next_tile] then
        far[next_tile] = far[tile] + 1
        queue[#queue + 1] = next_tile
      end
    end
  end
  return far
end

local objects, order = {}, {}
for _, rect in ipairs(places.objects) do
  local cx, cy = rect.x + rect.width / 2, rect.y + rect.height / 2
  local arena = arena_of[math.tointeger(cy // 32 * W + cx // 32)]
  if not arena then
    fault("object %s at %d, %d lies in no arena", rect.name, rect.x, rect.y)
  else
    local key = arena .. ":" .. rect.name
    if not objects[key] then
      objects[key] = { tiles = {}, arena = arena }
      order[#order + 1] = key
    end
    table.move(tiles_of(rect), 1, #tiles_of(rect), #objects[key].tiles + 1, objects[key].tiles)
  end
end

local function targets(object)
  local free, beside = {}, {}
  for _, tile in ipairs(object.tiles) do
    if not blocked[tile] then
      free[#free + 1] = tile
    end
    for _, next_tile in ipairs(neighbours(tile)) do
      if not blocked[next_tile] and arena_of[next_tile] == object.arena then
        beside[#beside + 1] = next_tile
      end
    end
  end
  return #free > 0 and free or beside
end

for _, spawn in ipairs(places.spawns) do
  local start = math.tointeger((spawn.y // 32) * W + spawn.x // 32)
  if blocked[start] then
    fault("spawn %s is blocked", spawn.name)
  end
  local far, count = distances(start), 0
  for tile = 0, W * H - 1 do
    if not blocked[tile] and not far[tile] then
      fault("tile %d, %d is free but cannot be reached from %s", tile % W, tile // W, spawn.name)
    end
    if far[tile] then
      count = count + 1
      if not arena_of[tile] then
        fault("tile %d, %d can be walked on but lies in no arena", tile % W, tile // W)
      end
    end
  end
  print(("from %s: %d tiles"):format(spawn.name, count))
  for _, key in ipairs(order) do
    local nearest
    for _, tile in ipairs(targets(objects[key])) do
      nearest = math.min(nearest or math.huge, far[tile] or math.huge)
    end
    if not nearest or nearest == math.huge then
      fault("%s cannot be reached from %s", key, spawn.name)
    else
      print(("  %-40s %3d steps, %d target tiles"):format(key, nearest, #targets(objects[key])))
    end
  end
end
for row = 0, H - 1 do
  local line = {}
  for col = 0, W - 1 do
    line[#line + 1] = blocked[row * W + col] and "#" or "."
  end
  print(table.concat(line))
end
os.exit(faults == 0)

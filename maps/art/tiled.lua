-- Builds a map in memory and writes it as a Tiled JSON map with its tile set embedded.
local tiled = {}
tiled.__index = tiled

local TILE = 32
local tile_layers = { "ground", "floor", "walls", "furniture", "above" }
local object_layers = { "sectors", "arenas", "objects", "spawns" }
local colours = { sectors = "#808080", arenas = "#6a91b3", objects = "#cc6b4f", spawns = "#e5b44f" }

function tiled.new(width, height, sheet)
  local map = { width = width, height = height, sheet = sheet, layers = {}, places = {}, properties = {} }
  for _, name in ipairs(tile_layers) do
    local cells = {}
    for i = 1, width * height do
      cells[i] = 0
    end
    map.layers[name] = cells
  end
  for _, name in ipairs(object_layers) do
    map.places[name] = {}
  end
  return setmetatable(map, tiled)
end

function tiled:picture(name)
  return self.sheet.pictures[name] or error("no picture is called '" .. name .. "'", 3)
end

function tiled:cell(layer, col, row, gid)
  if col < 0 or row < 0 or col >= self.width or row >= self.height then
    error(("tile %d, %d is outside of the map"):format(col, row), 3)
  end
  self.layers[layer][row * self.width + col + 1] = gid
end

function tiled:free(layer, col, row)
  return self.layers[layer][row * self.width + col + 1] == 0
end

local function gid(self, p, dx, dy)
  return (p.row + dy) * self.sheet.columns + p.col + dx + 1
end

-- Puts a whole picture; col, row is its upper left tile.
function tiled:put(layer, name, col, row)
  local p = self:picture(name)
  for dy = 0, p.h - 1 do
    for dx = 0, p.w - 1 do
      self:cell(layer, col + dx, row + dy, gid(self, p, dx, dy))
    end
  end
end

-- A picture two tiles high that people can walk behind: its upper tile is drawn over them.
function tiled:put_split(name, col, row)
  local p = self:picture(name)
  self:cell("above", col, row, gid(self, p, 0, 0))
  self:cell("furniture", col, row + 1, gid(self, p, 0, 1))
end

function tiled:fill(layer, name, col, row, w, h)
  for y = row, row + h - 1 do
    for x = col, col + w - 1 do
      self:put(layer, name, x, y)
    end
  end
end

-- Fills with a picture that repeats, such as wood, so that its tiles meet.
function tiled:pattern(layer, name, col, row, w, h)
  local p = self:picture(name)
  for y = row, row + h - 1 do
    for x = col, col + w - 1 do
      self:cell(layer, x, y, gid(self, p, x % p.w, y % p.h))
    end
  end
end

function tiled:paving(col, row, w, h)
  for y = row, row + h - 1 do
    for x = col, col + w - 1 do
      self:put("floor", "paving " .. (x * 7 + y * 5 + x * y) % 4 + 1, x, y)
    end
  end
end

-- A hedge along the border of a rectangle; `gap`: columns left out of its lower side.
function tiled:hedge(col, row, w, h, gap)
  local right, bottom = col + w - 1, row + h - 1
  for x = col + 1, right - 1 do
    local name = x % 2 == 0 and "hedge ew" or "hedge ew 2"
    self:put("furniture", name, x, row)
    if gap[x + 1] then
      self:put("furniture", gap[x] and name or "hedge w", x, bottom)
    elseif gap[x - 1] and not gap[x] then
      self:put("furniture", "hedge e", x, bottom)
    elseif not gap[x] then
      self:put("furniture", name, x, bottom)
    end
  end
  for y = row + 1, bottom - 1 do
    local name = y % 2 == 0 and "hedge ns" or "hedge ns 2"
    self:put("furniture", name, col, y)
    self:put("furniture", name, right, y)
  end
  self:put("furniture", "hedge es", col, row)
  self:put("furniture", "hedge sw", right, row)
  self:put("furniture", "hedge ne", col, bottom)
  self:put("furniture", "hedge nw", right, bottom)
end

function tiled:place(layer, name, col, row, w, h)
  local list = self.places[layer]
  list[#list + 1] = { name = name, col = col, row = row, w = w, h = h }
end

-- A property of the map; values are strings.
function tiled:set(name, value)
  self.properties[#self.properties + 1] = { name = name, value = value }
end

local function property_list(list, pad)
  local out = {}
  for i, p in ipairs(list) do
    out[i] = ('%s{ "name": "%s", "type": "string", "value": "%s" }'):format(pad, p.name, p.value)
  end
  return table.concat(out, ",\n")
end

local function tile_layer(self, id, name)
  local rows, cells = {}, self.layers[name]
  for row = 0, self.height - 1 do
    rows[#rows + 1] = "        " .. table.concat(cells, ", ", row * self.width + 1, (row + 1) * self.width)
  end
  return ('    { "id": %d, "name": "%s", "type": "tilelayer", "x": 0, "y": 0, "width": %d, "height": %d,\n'
    .. '      "opacity": 1, "visible": true, "data": [\n%s\n      ] }'):format(
    id, name, self.width, self.height, table.concat(rows, ",\n"))
end

local function object_layer(self, id, name, next_object)
  local out = {}
  for i, p in ipairs(self.places[name]) do
    out[i] = ('        { "id": %d, "name": "%s", "type": "", "x": %d, "y": %d, "width": %d, "height": %d, '
      .. '"rotation": 0, "visible": true }'):format(
      next_object, p.name, p.col * TILE, p.row * TILE, p.w * TILE, p.h * TILE)
    next_object = next_object + 1
  end
  return ('    { "id": %d, "name": "%s", "type": "objectgroup", "draworder": "topdown", "color": "%s",\n'
    .. '      "x": 0, "y": 0, "opacity": 1, "visible": true, "objects": [\n%s\n      ] }'):format(
    id, name, colours[name], table.concat(out, ",\n")), next_object
end

local function solid_tiles(sheet)
  local ids = {}
  for _, p in pairs(sheet.pictures) do
    for i = 0, #p.solid - 1 do
      if p.solid:sub(i + 1, i + 1) == "#" then
        ids[#ids + 1] = (p.row + i // p.w) * sheet.columns + p.col + i % p.w
      end
    end
  end
  table.sort(ids)
  for i, id in ipairs(ids) do
    ids[i] = ('        { "id": %d, "properties": [{ "name": "collides", "type": "bool", "value": true }] }')
      :format(id)
  end
  return table.concat(ids, ",\n")
end

local function tileset(sheet, image)
  return ('    { "firstgid": 1, "name": "%s", "tilewidth": %d, "tileheight": %d, "tilecount": %d,\n'
    .. '      "columns": %d, "margin": 0, "spacing": 0, "image": "%s", "imagewidth": %d, "imageheight": %d,\n'
    .. '      "tiles": [\n%s\n      ] }'):format(sheet.name, TILE, TILE, sheet.columns * sheet.rows,
    sheet.columns, image,
    sheet.columns * TILE, sheet.rows * TILE, solid_tiles(sheet))
end

---@param path string
---@param image string path of the tile picture as seen from the map
function tiled:save(path, image)
  local layers, next_object = {}, 1
  for _, name in ipairs(tile_layers) do
    layers[#layers + 1] = tile_layer(self, #layers + 1, name)
  end
  for _, name in ipairs(object_layers) do
    layers[#layers + 1], next_object = object_layer(self, #layers + 1, name, next_object)
  end
  local file = assert(io.open(path, "wb"))
  file:write(('{ "type": "map", "version": "1.8", "tiledversion": "1.8.2", "orientation": "orthogonal",\n'
    .. '  "renderorder": "right-down", "infinite": false, "compressionlevel": -1,\n'
    .. '  "width": %d, "height": %d, "tilewidth": %d, "tileheight": %d,\n'
    .. '  "nextlayerid": %d, "nextobjectid": %d,\n'
    .. '  "properties": [\n%s\n  ],\n  "tilesets": [\n%s\n  ],\n  "layers": [\n%s\n  ] }\n'):format(
    self.width, self.height, TILE, TILE, #layers + 1, next_object, property_list(self.properties, "    "),
    tileset(self.sheet, image), table.concat(layers, ",\n")))
  assert(file:close())
end

return tiled

-- Works out which wall picture belongs where: faces and feet in the layer "walls", tops one row
-- further up in "above", shadows beside them. How walls are drawn is told in pictures/walls.lua.
local walls = {}
walls.__index = walls

function walls.new(map)
  return setmetatable({ map = map, cells = {}, doors = {} }, walls)
end

local function key(col, row)
  return row * 1000 + col
end

function walls:at(col, row)
  return self.cells[key(col, row)]
end

-- face: a face of pictures/walls.lua, or "west" / "east" for outer walls that run up and down.
function walls:line(face, c1, r1, c2, r2)
  for row = r1, r2 do
    for col = c1, c2 do
      self.cells[key(col, row)] = face
    end
  end
end

function walls:split(left, right, col, row)
  self.cells[key(col, row)] = left .. " " .. right
end

-- An opening as wide as a tile, without a door.
function walls:open(col, row)
  self.cells[key(col, row)] = nil
end

function walls:door(col, row)
  self.cells[key(col, row)] = nil
  self.doors[key(col, row)] = "door"
end

function walls:garden_door(col, row)
  for c = col, col + 1 do
    self.cells[key(c, row)] = nil
    self.doors[key(c, row)] = "garden"
  end
  self.map:put("walls", "garden door", col, row)
  self.map:put("above", "garden door top", col, row - 1)
  self.map:put("furniture", "garden pane", col - 1, row)
  self.map:put("furniture", "garden pane", col + 2, row)
end

function walls:joins(col, row)
  return self:at(col, row) ~= nil or self.doors[key(col, row)] ~= nil
end

local function letters(n, e, s, w)
  local name = (n and "n" or "") .. (e and "e" or "") .. (s and "s" or "") .. (w and "w" or "")
  return name == "" and "0" or name
end

function walls:draw_cell(col, row, face)
  local side = (face == "west" or face == "east") and face or nil
  local n, s = self:at(col, row - 1) ~= nil, self:at(col, row + 1) ~= nil
  local e = side ~= "east" and self:joins(col + 1, row)
  local w = side ~= "west" and self:joins(col - 1, row)
  self.map:put("above", "cap " .. (side and side .. " " or "") .. letters(n, e, s, w), col, row - 1)
  if side then
    self.map:put("walls", s and "foot " .. side or "face outside " .. side, col, row)
  elseif e or w then
    self.map:put("walls", "face " .. face, col, row)
    if not self:joins(col, row + 1) then
      self:shade_below(col, row + 1)
    end
  else
    self.map:put("walls", s and "foot" or "face " .. face .. " post", col, row)
  end
end

function walls:shade_below(col, row)
  local corner = self:at(col - 1, row) == "west"
  self.map:put("walls", corner and "shade corner" or "shade top", col, row)
end

function walls:draw()
  local map = self.map
  for row = 0, map.height - 1 do
    for col = 0, map.width - 1 do
      local face, door = self:at(col, row), self.doors[key(col, row)]
      if face then
        self:draw_cell(col, row, face)
      elseif door == "door" then
        map:put("walls", "doorway", col, row)
        map:put("above", "door leaf", col, row - 1)
      elseif self:at(col - 1, row) == "west" and map:free("walls", col, row) then
        map:put("walls", "shade left", col, row)
      end
    end
  end
end

return walls

-- Prints a map in which every tile of the frame of the arena "bathroom" is blocked, so that what is inside cannot be reached:
-- lua5.4 wall_in.lua MAP.tmj
local text = assert(io.open(arg[1])):read("a")
local width, height = tonumber(text:match('"width":%s*(%d+)')), tonumber(text:match('"height":%s*(%d+)'))
local x, y, w, h = text:match('"name":%s*"bathroom",%s*"type":%s*"",%s*"x":%s*(%d+),%s*"y":%s*(%d+),%s*"width":%s*(%d+),%s*"height":%s*(%d+)')
x, y, w, h = x // 32, y // 32, w // 32, h // 32

local data = {}
for i = 1, width * height do
  local column, row = (i - 1) % width, (i - 1) // width
  local inside = column >= x - 1 and column <= x + w and row >= y - 1 and row <= y + h
  local within = column > x - 1 and column < x + w and row > y - 1 and row < y + h
  data[i] = inside and not within and 1 or 0
end
local layer = string.format('{"id":99,"name":"collision","type":"tilelayer","visible":true,"opacity":1,"x":0,"y":0,' ..
  '"width":%d,"height":%d,"data":[%s]},', width, height, table.concat(data, ","))
io.write((text:gsub('"layers":%s*%[', function(head) return head .. layer end, 1)))

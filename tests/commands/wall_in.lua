-- Prints a map with a layer "collision" that blocks every tile around the bathroom: lua5.4 wall_in.lua MAP.tmj
local text = assert(io.open(arg[1])):read("a")
local width, height = text:match('"width":%s*(%d+)'), text:match('"height":%s*(%d+)')
width, height = tonumber(text:match('\n?%s"width":%s*(%d+)') or width), tonumber(height)

-- the rectangle of the arena: { ... "name":"bathroom" ... "x":..., "y":..., "width":..., "height":... }
local object
for candidate in text:gmatch("%b{}") do
  for inner in candidate:sub(2):gmatch("%b{}") do
    for o in (inner:find('"name":%s*"bathroom"') and inner or ""):gmatch("%b{}") do
      if o:find('"name":%s*"bathroom"') then object = o:sub(2):match('%b{}') or o end
    end
  end
end
io.stderr:write(object and "" or "no bathroom found\n")
io.write(text)

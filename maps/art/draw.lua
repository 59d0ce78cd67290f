-- Draws a tile sheet, NAME.svg, and NAME.index with one line per picture: column, row, width, height, solid cells, name.
-- Run through build.sh, in this folder: lua5.4 draw.lua NAME FILE..., the files being those of pictures/.
local canvas = require("canvas")

local COLUMNS = 16
local name = arg[1]
local files = table.move(arg, 2, #arg, 1, {})

-- New pictures go to the end of their group's last shelf only if nothing else moves; whoever inserts
-- one elsewhere rebuilds the maps, because the numbers of the tiles after it change.
local function pack(pictures)
  local col, row, shelf = 0, 0, 0
  for _, p in ipairs(pictures) do
    if col + p.w > COLUMNS or p.new_row then
      col, row, shelf = 0, row + shelf, 0
    end
    p.col, p.row = col, row
    col, shelf = col + p.w, math.max(shelf, p.h)
  end
  return row + shelf
end

local function collect()
  local pictures, seen = {}, {}
  for _, file in ipairs(files) do
    for i, p in ipairs(require("pictures." .. file)) do
      assert(not seen[p.name], "two pictures are called " .. p.name)
      seen[p.name] = true
      p.new_row = i == 1
      pictures[#pictures + 1] = p
    end
  end
  return pictures
end

local pictures = collect()
local rows = pack(pictures)
local g = canvas.new("palette.json")
for _, p in ipairs(pictures) do
  g:raw("<!-- ", p.name, " -->")
  g:inside(p.col * 32, p.row * 32, p.w * 32, p.h * 32, p.draw)
end
g:save(name .. ".svg", COLUMNS * 32, rows * 32)

local index = assert(io.open(name .. ".index", "wb"))
for _, p in ipairs(pictures) do
  local solid = (p.solid or ("."):rep(p.w * p.h)):gsub("\n", "")
  assert(#solid == p.w * p.h, p.name .. ": one cell per tile expected in 'solid'")
  index:write(("%d %d %d %d %s %s\n"):format(p.col, p.row, p.w, p.h, solid, p.name))
end
assert(index:close())
print(("%s.svg: %d pictures, %d x %d tiles"):format(name, #pictures, COLUMNS, rows))

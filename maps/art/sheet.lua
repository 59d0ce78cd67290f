-- Reads the index that draw.lua writes: which tiles of the sheet hold which picture.
local sheet = {}

---@param path string
---@return table<string, table> pictures, integer columns, integer rows
function sheet.read(path)
  local pictures, rows = {}, 0
  for line in io.lines(path) do
    local col, row, w, h, solid, name = line:match("^(%d+) (%d+) (%d+) (%d+) ([.#]+) (.+)$")
    assert(col, path .. ": line not understood: " .. line)
    local p = { name = name, col = tonumber(col), row = tonumber(row), w = tonumber(w), h = tonumber(h) }
    p.solid = solid
    rows = math.max(rows, p.row + p.h)
    pictures[name] = p
  end
  return { name = path:match("([^/]+)%.index$"), pictures = pictures, columns = 16, rows = rows }
end

return sheet

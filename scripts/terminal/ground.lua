--- Showing the map: tiles, what goes on there, and ways.

local map = require "map"
local names = require "terminal.names"

local ground = {}

-- A tile from "X Y", "X,Y" or somebody's name; nil and what is wrong.
local function tile_of(h, rest)
  local x, y = rest:match("^(%d+)[,%s]%s*(%d+)$")
  if not x then
    local r, more = names.take(h, rest)
    if not r then return nil, more end
    if more ~= "" then return nil, string.format("say a name, or a tile such as 5 7, not %q", rest) end
    x, y = r.state.x, r.state.y
  end
  local column, row = math.tointeger(x), math.tointeger(y)
  local tile = column and row and map.tile(column, row)
  if not tile then return nil, string.format("tile %s, %s is not on the map", x, y) end
  x, y = column, row
  tile.x, tile.y = x, y
  return tile
end

local function event_lines(events)
  local lines = {}
  for i, event in ipairs(events) do
    lines[i] = string.format("  %s  (%s, %s, %s)", event.description, event.subject, event.predicate, event.object)
  end
  return #lines > 0 and table.concat(lines, "\n") or "  nothing goes on here"
end

--- The events on a tile.
---@param h household
---@param rest string NAME or X Y
function ground.events(h, rest)
  local tile, problem = tile_of(h, rest)
  if not tile then return nil, problem end
  return string.format("events at %d, %d:\n%s", tile.x, tile.y, event_lines(tile.events))
end

--- All about a tile.
---@param h household
---@param rest string NAME or X Y
function ground.tile(h, rest)
  local tile, problem = tile_of(h, rest)
  if not tile then return nil, problem end
  local here = {}
  for _, r in ipairs(h.residents) do
    if r.state.x == tile.x and r.state.y == tile.y then here[#here + 1] = r.name end
  end
  return string.format("tile %d, %d\nplace: %s\n%s\nhere: %s\nevents:\n%s", tile.x, tile.y,
    tile.address ~= "" and tile.address or "none", tile.blocked and "blocked: a wall or a thing" or "free to walk on",
    #here > 0 and table.concat(here, ", ") or "nobody", event_lines(tile.events))
end

-- All addresses of the map with the names of their parts, outer ones first.
local function all_places()
  local out, world = {}, map.world()
  for _, sector in ipairs(map.sectors()) do
    out[#out + 1] = world .. ":" .. sector
    for _, arena in ipairs(map.arenas(sector)) do
      out[#out + 1] = table.concat({ world, sector, arena }, ":")
      for _, object in ipairs(map.objects(sector, arena)) do
        out[#out + 1] = table.concat({ world, sector, arena, object }, ":")
      end
    end
  end
  return out
end

-- The one place whose address ends with these parts.
local function find_place(wanted)
  if map.find(wanted) then return map.find(wanted) end
  local found, tail = {}, ":" .. wanted:lower()
  for _, address in ipairs(all_places()) do
    if address:lower():sub(-#tail) == tail then found[#found + 1] = address end
  end
  if #found == 1 then return found[1] end
  if #found == 0 then return nil, string.format("the map has no place %q; `places NAME` lists what somebody knows",
    names.cut(wanted)) end
  return nil, string.format("%q is more than one place: %s", wanted, table.concat(found, "; "))
end

local WORDS = { R = "right", L = "left", U = "up", D = "down" }

local function in_words(path)
  local parts = {}
  for letter, count in path:gmatch("(%a)(%d+)") do parts[#parts + 1] = count .. " " .. WORDS[letter] end
  return table.concat(parts, ", ")
end

--- The way from somebody to a place.
---@param h household
---@param rest string NAME PLACE
function ground.path(h, rest)
  local r, wanted = names.take(h, rest)
  if not r then return nil, wanted end
  if wanted == "" then return nil, "the way to where? path NAME PLACE" end
  local address, problem = find_place(wanted)
  if not address then return nil, problem end
  local x, y, path = map.walk(r.state.x, r.state.y, address, 1 << 20)
  if not x then return string.format("%s cannot get to %s", r.first_name, address) end
  if path == "" then return string.format("%s is there already: %s", r.first_name, address) end
  local tiles = map.distance(r.state.x, r.state.y, address)
  return string.format("from %d, %d to %d, %d (%s): %d tiles\n%s", r.state.x, r.state.y, x, y, address, tiles, in_words(path))
end

return ground

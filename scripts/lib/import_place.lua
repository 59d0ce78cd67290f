--- Where an imported activity is done: a place "arena:object" of what the person knows of their home.
local lexicon = require "propersim.lexicon"

local M = {}

local MAX_BYTES = 120 -- of a place
local KITCHEN = { "cooking area", "kitchen sink", "refrigerator" } -- of the original's house, and of ours

---@class propersim.ImportPlaces
---@field home string arena of the bed
---@field list { arena: string, object: string, rank: integer }[]

local function sorted_keys(t)
  local keys = {}
  for key in pairs(t) do
    if type(key) == "string" then keys[#keys + 1] = key end
  end
  table.sort(keys)
  return keys
end

local function usable(name)
  return type(name) == "string" and #name > 0 and #name * 2 < MAX_BYTES and not name:find("[:%c]")
end

-- The own bedroom first, then the rooms of all, then the bedrooms of others.
local function rank_of(arena, home)
  if arena == home then return 1 end
  return (arena:lower():find("bedroom", 1, true) or arena:find("'s ", 1, true)) and 3 or 2
end

local function add_arena(places, arena, objects)
  for _, object in ipairs(objects) do
    if usable(arena) and usable(object) then
      places.list[#places.list + 1] = { arena = arena, object = object, rank = rank_of(arena, places.home) }
    end
  end
end

local function child(t, key)
  local value = type(t) == "table" and t[key] or nil
  return type(value) == "table" and value or nil
end

--- The places that a person knows at home, from the original's tree world > sector > arena > objects.
---@param tree table<string, table>
---@param living_area string "world:sector:arena"
---@return propersim.ImportPlaces
---@return string[] remarks
function M.home(tree, living_area)
  local world, sector, arena = living_area:match("^([^:]*):([^:]*):([^:]*)")
  local remarks = {}
  if not arena then
    arena = living_area:match("([^:]*)$")
    if living_area:find(":", 1, true) or arena == "" then
      remarks[1] = "living_area: is no \"world:sector:arena\""
    end
  end
  if arena == "" then arena = "bedroom" end
  local places, kitchen = { home = arena, list = {} }, false
  local arenas = child(child(tree, world), sector) or {}
  for _, name in ipairs(sorted_keys(arenas)) do
    if type(arenas[name]) == "table" then add_arena(places, name, arenas[name]) end
    kitchen = kitchen or name:lower():find("kitchen", 1, true) ~= nil
  end
  if #places.list == 0 then
    remarks[#remarks + 1] = "spatial_memory: nothing of the living area's house is known; assumed a bedroom, a common room, "
      .. "a bathroom and a kitchen"
    add_arena(places, arena, { "bed", "desk", "closet" })
    add_arena(places, "common room", { "common room table", "shelf" })
    add_arena(places, "bathroom", { "shower", "toilet", "bathroom sink" })
  end
  if not kitchen then
    add_arena(places, "kitchen", KITCHEN)
    if #remarks == 0 then
      remarks[1] = "spatial_memory: no kitchen is known; assumed one with " .. table.concat(KITCHEN, ", ")
    end
  end
  return places, remarks
end

-- The best place whose object (else whose arena) is called so: the same name before one that contains it.
local function find(places, word)
  local best, best_rank = nil, math.huge
  for _, place in ipairs(places.list) do
    local object, arena = place.object:lower(), place.arena:lower()
    local how = (object == word and 0) or (object:find(word, 1, true) and 10) or (arena:find(word, 1, true) and 20)
    if how and how + place.rank < best_rank then best, best_rank = place, how + place.rank end
  end
  return best
end

-- Places that the lexicon offers for want of better ones; with a table in the house they come last.
local AWKWARD = { bed = true, shelf = true, garden = true, closet = true }

-- Would the activity be odd at this place, unless it names it?
local function awkward(word, activity, kind)
  if kind == "sleep" or kind == "garden" or activity:find(word, 1, true) then return false end
  if AWKWARD[word] and kind ~= "exercise" then return true end
  return kind == "chores" and word == "kitchen sink" and not activity:find("dish", 1, true) and not activity:find("wash", 1, true)
end

--- "arena:object" where an activity is done.
---@param places propersim.ImportPlaces
---@param activity string
---@param kind string
---@return string
function M.of(places, activity, kind)
  local found, second = nil, nil
  -- "Listening to music while making breakfast" is for the kitchen, whatever else it is
  if activity:find("making breakfast", 1, true) or activity:find("cooking", 1, true) then found = find(places, "cooking area") end
  for _, word in ipairs(lexicon.place_words(activity)) do
    local place = find(places, word)
    if awkward(word, activity, kind) then second = second or place else found = found or place end
  end
  found = found or find(places, "table") or second or places.list[1]
  return found.arena .. ":" .. found.object
end

return M

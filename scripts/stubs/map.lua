---@meta map
--- The places of the household's map, ways between them, and what goes on there. Addresses are written
--- world:sector:arena:object; the world may be left out. Tiles count from 0, x to the right, y downwards.
--- Errors: a tile that is not on the map, a place that the map does not have.

---@class map
local map = {}

---@return string name of the world
function map.world() end

---@return string what the map's author says of all who live here ("planning to stay at home all day ...")
function map.constraint() end

---@return string[] names of the sectors, in the order of the map
function map.sectors() end

---@param sector string
---@return string[] names of its arenas
function map.arenas(sector) end

---@param sector string
---@param arena string
---@return string[] names of its objects
function map.objects(sector, arena) end

--- The deepest place that a tile belongs to.
---@param x integer
---@param y integer
---@return string address
function map.address(x, y) end

---@param address string
---@return string|nil address the full address; nil if there is no such place
function map.find(address) end

--- Where somebody starts: a spawn of this name or in the place of this name, else a tile of that place, else the first spawn.
---@param name string
---@return integer x
---@return integer y
function map.spawn(name) end

--- How many people a place has room for: its free tiles, or those beside it.
---@param address string
---@return integer
function map.room(address) end

--- Walks towards a place, at most `moves` tiles, by a shortest way.
---@param x integer
---@param y integer
---@param address string
---@param moves integer at least 1
---@param seat integer|nil which of the place's tiles to go to, 1 to map.room(address); nil: the nearest
---@return integer|nil x where the walk ends; nil if the place cannot be reached
---@return integer|string y or "unreachable"
---@return string path the moves, run-length: "R3D2"; "" if there already
---@return boolean arrived
function map.walk(x, y, address, moves, seat) end

--- Walks up to somebody's tile by a shortest way, at most `moves` tiles, and stops on the tile before it.
---@param x integer
---@param y integer
---@param to_x integer
---@param to_y integer
---@param moves integer at least 1
---@return integer|nil x where the walk ends; nil if the tile cannot be reached
---@return integer|string y or "unreachable"
---@return string path as of map.walk
function map.walk_up(x, y, to_x, to_y, moves) end

---@param x integer
---@param y integer
---@param address string
---@return integer|nil moves of a shortest way; nil if there is none
function map.distance(x, y, address) end

--- Shows what somebody does at a tile, in place of what they were shown to do before.
---@param who string the name; `map.leave` takes away all that this name causes
---@param x integer
---@param y integer
---@param subject string
---@param predicate string
---@param object string
---@param description string
function map.act(who, x, y, subject, predicate, object, description) end

--- Shows the state of an object that somebody uses.
---@param who string
---@param address string of an object
---@param state string
---@param description string
function map.use(who, address, state, description) end

--- Takes away everything that somebody causes; objects that nobody uses are idle again.
---@param who string
function map.leave(who) end

---@class percept
---@field owner string the name of who causes it; "" for an idle object
---@field subject string
---@field predicate string
---@field object string
---@field description string
---@field address string

--- What a resident perceives from a tile: events in the same room, the nearest first.
---@param x integer
---@param y integer
---@param radius integer tiles in each direction, 0 to 1024
---@param most integer events, 0 to 100
---@param who integer the resident's number
---@param always boolean|nil tell it even if nothing has changed since this resident's last look
---@return percept[]|nil events nil if nothing has changed
function map.perceive(x, y, radius, most, who, always) end

--- The addresses of all places with a tile near by, walls or not: what a spatial memory learns.
---@param x integer
---@param y integer
---@param radius integer
---@return string[]
function map.places_seen(x, y, radius) end

--- What there is on a tile; nil if it is not on the map.
---@param x integer
---@param y integer
---@return { address: string, blocked: boolean, events: { subject: string, predicate: string, object: string, description: string }[] }|nil
function map.tile(x, y) end

return map

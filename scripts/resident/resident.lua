--- A resident: a persona, its plain state, and its memory stream.

local memory = require "memory"
local identity = require "propersim.persona_identity"
local map = require "map"

local resident = {}

---@class resident
---@field who integer index in the household, from 1
---@field persona persona
---@field name string full name
---@field options table config.resident
---@field state table plain data of this person, part of `h.state`
---@field memory memory_stream what the person has perceived, done and thought

local function first_state(r)
  local x, y = map.spawn(r.persona.living_area)
  return {
    x = x, y = y, asleep = true, walking = false,
    schedule = {},        -- blocks from now on, see resident.plan
    currently = "",       -- what is on their mind, revised each midnight
    knows = {},           -- spatial memory, a tree: world -> sector -> arena -> object
    importance_left = r.options.importance_trigger,
    since_reflection = 0, -- memories since the last reflection
  }
end

-- Name -> what that person is to them.
local function relations(p)
  local out = {}
  for _, other in ipairs(p.relations or {}) do out[other.name] = other.is end
  return out
end

-- How readily somebody seeks company, 0 to 1: what the offline answers to questions about it go by.
local function sociable(big_five)
  local value = 0.15
  if big_five.extraversion == "high" then value = value + 0.55 end
  if big_five.agreeableness == "high" then value = value + 0.3 end
  return value
end

--- Does the study give this resident an assistant?
---@param h household
---@param id string persona id
---@return boolean
function resident.has_assistant(h, id)
  local who = h.config.assistants
  if type(who) == "string" then return who == "all" end
  for _, given in ipairs(who) do
    if given == id then return true end
  end
  return false
end

--- A saved state with what it lacks: runs that were imported know only a part of it.
---@param state table|nil
---@param first table what somebody begins with
---@return table
function resident.fill(state, first)
  if not state then return first end
  for key, value in pairs(first) do
    if state[key] == nil then state[key] = value end
  end
  return state
end

--- Puts a persona and its saved state together.
---@param h household
---@param who integer
---@param p persona
---@return resident
function resident.open(h, who, p)
  local r = {
    who = who,
    persona = p,
    name = p.first_name .. " " .. p.last_name,
    first_name = p.first_name,
    options = h.config.resident,
    base_identity = identity.identity(p),
    memory = memory.stream("resident", who),
    relations = relations(p),
    sociable = sociable(p.big_five),
    seen = {},   -- addresses of places that are among what they know
    passed = {}, -- whom they have decided not to speak to, while both do what they did then
  }
  h.state.residents[who] = resident.fill(h.state.residents[who], first_state(r))
  r.state = h.state.residents[who]
  resident.refresh_identity(r)
  return r
end

--- The identity stable set: who the person is, and what is on their mind.
---@param r resident
function resident.refresh_identity(r)
  r.identity = r.base_identity
  if r.state.currently ~= "" then
    r.identity = r.base_identity .. "\nCurrently: " .. r.state.currently
  end
end

return resident

--- Perceiving: what happens near by becomes memory, and places that are seen become known.

local llm = require "llm"
local map = require "map"
local record = require "record"

local perceive = {}

-- The last `retention` events of the memory stream, as a set of texts.
local function still_in_mind(r)
  local set = {}
  for _, id in ipairs(r.memory:latest(r.options.retention, "event")) do set[r.memory:text(id)] = true end
  return set
end

local PLAIN = 1 -- importance of what nobody uses, and of what the model failed to judge

-- The importance of each event, in their order.
local function importances(r, events)
  local questions, asked, values = {}, {}, {}
  for i, event in ipairs(events) do
    values[i] = PLAIN
    if event.object ~= "idle" then
      local text = event.description
      questions[#questions + 1] = { "resident/importance_event",
        { identity = r.identity, first_name = r.first_name, text = text }, { key = text } }
      asked[#asked + 1] = i
    end
  end
  local answers = llm.all(questions)
  for n, i in ipairs(asked) do values[i] = answers[n] and answers[n].importance or PLAIN end
  return values
end

--- Adds one perceived event to the memory stream and to what has come in since the last reflection.
local function remember(r, event, value)
  local text = event.description
  r.memory:add {
    type = "event", subject = event.subject, predicate = event.predicate, object = event.object, text = text,
    importance = value, keywords = { event.subject, event.object },
  }
  record.event { who = r.who, address = event.address, subject = event.subject, predicate = event.predicate,
    object = event.object, description = text }
  r.state.importance_left = r.state.importance_left - value
  r.state.since_reflection = r.state.since_reflection + 1
end

local function learn_place(tree, address)
  for part in address:gmatch("[^:]+") do
    tree[part] = tree[part] or {}
    tree = tree[part]
  end
end

-- `r.seen` only saves looking up again what is in the tree already.
local function learn_places(r)
  local seen = r.seen
  for _, address in ipairs(map.places_seen(r.state.x, r.state.y, r.options.vision_r)) do
    if not seen[address] then
      learn_place(r.state.knows, address)
      seen[address] = true
    end
  end
end

-- The names of the people who cause some events, the nearest first.
local function people_in(h, events)
  local names = {}
  for _, event in ipairs(events) do
    if h.by_name[event.owner] then names[#names + 1] = event.owner end
  end
  return names[1] and names or nil
end

--- Looks around. Nothing that is still in mind is noticed again.
---@param h household
---@param r resident
---@return string[]|nil names of the people who were just noticed doing something, the nearest first; nil: nobody
function perceive.step(h, r)
  local s, options = r.state, r.options
  local forgets = options.retention < options.att_bandwidth
  local events = map.perceive(s.x, s.y, options.vision_r, options.att_bandwidth, r.who, forgets)
  if not events then return end -- the same scene as a step ago: all of it is still in mind
  local known, new = still_in_mind(r), {}
  for _, event in ipairs(events) do
    if not known[event.description] then new[#new + 1] = event end
  end
  if #new > 0 then
    local values = importances(r, new)
    for i, event in ipairs(new) do remember(r, event, values[i]) end
  end
  learn_places(r)
  return h.social and people_in(h, new) or nil
end

return perceive

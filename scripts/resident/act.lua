--- Acting: when one task ends, the next is begun: where, with what, how it looks; then the way there is walked.

local llm = require "llm"
local clock = require "clock"
local map = require "map"
local record = require "record"
local plan = require "resident.plan"
local react = require "resident.react"

local act = {}

-- One question at a time: sector, then arena, then object. A single option needs no question.
local function choose(prompt, options, inputs)
  if #options == 1 then return options[1] end
  inputs.options = options
  local answer = llm.ask(prompt, inputs)
  return answer and answer.choice or options[1]
end

local function choose_address(r, task)
  local inputs = {
    identity = r.identity, first_name = r.first_name, task = task.activity, place = task.place or "",
    at = map.address(r.state.x, r.state.y),
  }
  if task.sleep then inputs.place = r.persona.living_area .. ":bed" end
  local sector = choose("resident/sector", map.sectors(), inputs)
  local arena = choose("resident/arena", map.arenas(sector), inputs)
  local objects = map.objects(sector, arena)
  local parts = { map.world(), sector, arena }
  if #objects > 0 then parts[4] = choose("resident/object", objects, inputs) end
  return table.concat(parts, ":"), parts[4] or arena, #parts < 4
end

-- How a task looks to others. What the model failed to say (which is on record) is said as plainly as can be.
local function describe(r, task, object)
  local inputs = { name = r.name, task = task.activity, object = object }
  local answers = llm.all {
    { "resident/emoji", inputs }, { "resident/event_triple", inputs }, { "resident/object_state", inputs },
  }
  local emoji, triple, state = answers[1], answers[2], answers[3]
  return emoji and emoji.emoji or "", triple or { subject = r.name, predicate = "is", object = task.activity },
    state and state.state or "being used"
end

-- Where others live too, everybody has a place of their own at a thing: the first that nobody is at or on the way to.
local function choose_seat(h, r, address)
  if not h.social then return nil end
  local room, taken = map.room(address), {}
  for _, other in ipairs(h.residents) do
    local doing = other.state.doing
    if other ~= r and doing and doing.address == address and doing.seat then taken[doing.seat] = true end
  end
  for i = 0, room - 1 do
    local seat = (r.who + i) % room + 1
    if not taken[seat] then return seat end
  end
  return r.who % room + 1
end

local function begin(h, r, task, block)
  local address, object, bare = choose_address(r, task)
  local emoji, triple, object_state = describe(r, task, object)
  map.leave(r.name) -- what they used is idle again
  r.state.activity_seq = (r.state.activity_seq or 0) + 1
  r.state.doing = {
    start = task.start, activity = task.activity, sleep = task.sleep, address = address, emoji = emoji,
    subject = triple.subject, predicate = triple.predicate, object = triple.object, object_state = object_state,
    thing = object, seat = choose_seat(h, r, address),
    bare = bare or nil, -- a room without anything in it to use
  }
  r.state.walking, r.state.wait = true, nil
  r.state.asleep = false
  record.activity {
    who = r.who, seq = r.state.activity_seq, start = clock.now(), minutes = task.minutes, description = block.activity,
    task = task.activity, address = address, emoji = emoji, subject = triple.subject, predicate = triple.predicate,
    object = triple.object, object_state = object_state,
  }
end

-- What others, and the person, can see of the task.
local function show(r)
  local s, doing = r.state, r.state.doing
  map.act(r.name, s.x, s.y, doing.subject, doing.predicate, doing.object, r.name .. " is " .. doing.activity)
  if not doing.bare then map.use(r.name, doing.address, doing.object_state, doing.thing .. " is " .. doing.object_state) end
end

-- Something that is seen of them but is not their task: walking, talking, waiting.
local function show_only(r, predicate, object, what)
  map.leave(r.name)
  map.act(r.name, r.state.x, r.state.y, r.name, predicate, object, r.name .. " is " .. what)
end

local function arrive(r)
  r.state.walking = false
  r.state.asleep = r.state.doing.sleep or false
  show(r)
end

--- Begins a conversation: until `stop` they talk; then they go on with what they were doing.
---@param r resident
---@param other resident
---@param stop integer simulated second
---@param walks_up boolean|nil has spoken to the other, and walks up to them meanwhile
function act.talk(r, other, stop, walks_up)
  local s = r.state
  local text = "talking with " .. other.name
  s.doing.seq = s.doing.seq or s.activity_seq
  s.activity_seq = s.activity_seq + 1
  s.talk = { with = other.name, stop = stop, seq = s.activity_seq, text = text, walks_up = walks_up }
  r.on_the_way, r.due = false, nil
  show_only(r, "talk with", other.name, text)
  record.activity {
    who = r.who, seq = s.activity_seq, start = clock.now(), minutes = math.max(1, (stop - clock.now()) // 60),
    description = text, task = text, address = map.address(s.x, s.y), emoji = "💬", subject = r.name,
    predicate = "talk with", object = other.name, object_state = "",
  }
end

--- After the state was restored: shows again what the person is in the middle of.
---@param r resident
function act.resume(r)
  map.leave(r.name)
  local s = r.state
  if s.talk then
    show_only(r, "talk with", s.talk.with, s.talk.text)
  elseif s.doing and not s.walking then
    show(r)
  end
end

-- Tiles that they walk in a step at most.
local function reach(r)
  return math.max(1, math.floor(r.options.walk_tiles_per_second * clock.step_seconds()))
end

-- Goes on towards the task's place. A place that cannot be reached is done where they stand.
local function walk(h, r)
  local s, tiles = r.state, reach(r)
  local x, y, path, arrived = map.walk(s.x, s.y, s.doing.address, tiles, s.doing.seat)
  if not x and s.doing.seat then -- closed in by others' furniture: any other place there will do
    s.doing.seat = nil
    x, y, path, arrived = map.walk(s.x, s.y, s.doing.address, tiles)
  end
  r.path = nil
  if not x then
    arrived = true
  else
    s.x, s.y = x, y
    if path ~= "" then r.path = path end
  end
  r.on_the_way = r.path ~= nil
  if arrived and not r.on_the_way then -- the step in which they walk shows them walking
    if not react.waits(h, r) then arrive(r) end
  elseif h.social and r.on_the_way then
    show_only(r, "walk to", s.doing.thing, "walking")
  end
end

--- What an onlooker, and so the assistant, sees the person do.
---@param r resident
---@return string
function act.text(r)
  local s = r.state
  if s.talk then return s.talk.text end
  if r.on_the_way then return r.first_name .. " is walking." end
  if s.wait then return "waiting for the " .. s.doing.thing end
  return s.doing.activity
end

-- Walks up to whom they talk with, as far as there is a way.
local function walk_up(h, r)
  local s, other = r.state, h.by_name[r.state.talk.with].state
  local x, y, path = map.walk_up(s.x, s.y, other.x, other.y, reach(r))
  if not x or path == "" then return end
  s.x, s.y, r.path = x, y, path
  s.walking = true -- back to their place, when the conversation is over
  show_only(r, "talk with", s.talk.with, s.talk.text)
end

-- Is the conversation still going on? When it is over, they are seen doing again what they did before.
local function still_talks(h, r)
  local s = r.state
  if not s.talk then return false end
  if clock.now() < s.talk.stop then
    if s.talk.walks_up then walk_up(h, r) end
    return true
  end
  s.talk = nil
  if s.walking then map.leave(r.name) else show(r) end
  return false
end

--- Moves the person one step on: ends a task whose time is over, begins the next, walks.
---@param h household
---@param r resident
function act.step(h, r)
  local s = r.state
  r.path, r.on_the_way = nil, false
  if r.due and clock.now() < r.due and not s.walking and not s.talk then return end
  if still_talks(h, r) then return end
  plan.look_ahead(r)
  local task, block = plan.task_now(r)
  local doing = s.doing
  if not doing or doing.start ~= task.start or doing.activity ~= task.activity then begin(h, r, task, block) end
  if s.walking then walk(h, r) end
  r.due = plan.next_due(r)
end

--- Writes the step to the run file.
---@param r resident
function act.record(r)
  local s = r.state
  record.step {
    who = r.who, x = s.x, y = s.y, path = r.path, asleep = s.asleep, walking = r.on_the_way, action = act.text(r),
    activity = s.talk and s.talk.seq or s.doing.seq or s.activity_seq,
  }
end

return act

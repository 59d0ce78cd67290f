--- Reacting to others: speak to somebody, wait until they are done, or go on.

local llm = require "llm"
local clock = require "clock"
local map = require "map"
local plan = require "resident.plan"

local react = {}

local ABOUT = 5          -- memories of the other that are in mind when deciding
local LONGEST_WAIT = 30  -- minutes; then they go on beside the other

-- Steps since two people last talked; nil if they never have.
local function steps_since_talk(r, other)
  local last = r.state.talked and r.state.talked[other.persona.id]
  return last and clock.step() - last.step
end

--- When the two talked last, in words.
---@param r resident
---@param other resident
---@return string
function react.last_talk(r, other)
  local last = r.state.talked and r.state.talked[other.persona.id]
  return last and last.when .. ", " .. last.about or "never"
end

--- What somebody is to the person: as their persona says, else an acquaintance.
---@param r resident
---@param other resident
---@return string
function react.relation(r, other)
  return r.relations[other.name] or "an acquaintance"
end

--- What the person does, as others would say it: "eating breakfast", "walking to the refrigerator".
---@param r resident
---@return string
function react.doing(r)
  return r.state.walking and "walking to the " .. r.state.doing.thing or r.state.doing.activity
end

--- Memories that matter for a focal point, as texts, best first.
---@param r resident
---@param focal string
---@param most integer
---@return string[]
function react.recall(r, focal, most)
  local texts = r.memory:retrieve(focal, most) or {} -- a failed embedding, on record, brings nothing to mind
  for i, id in ipairs(texts) do texts[i] = r.memory:text(id) end
  return texts
end

local function may_talk(r, other)
  local since = steps_since_talk(r, other)
  return not other.state.asleep and not other.state.talk and other.state.doing
    and (not since or since >= r.options.talk.cooldown)
end

-- Who has decided not to speak is asked again only when one of the two does something else.
local function already_passed(r, other)
  local seen = r.state.activity_seq .. " " .. other.state.activity_seq
  if r.passed[other.who] == seen then return true end
  r.passed[other.who] = seen
  return false
end

local function wants_to_talk(r, other)
  local memories = react.recall(r, other.name, ABOUT)
  local answer = llm.ask("resident/decide_to_talk", {
    identity = r.identity, first_name = r.first_name, other_name = other.name, relation = react.relation(r, other),
    time = clock.date() .. ", " .. clock.time(), doing = react.doing(r), other_doing = react.doing(other),
    last_talk = react.last_talk(r, other), memory = #memories > 0 and table.concat(memories, "\n") or "Nothing.",
    sociable = r.sociable,
  }, { key = other.name })
  return answer ~= nil and answer.talk
end

--- The first of those just noticed whom the person wants to speak to now; nil if there is none.
---@param h household
---@param r resident
---@param noticed string[] full names, the nearest first
---@return resident|nil
function react.whom_to_talk_to(h, r, noticed)
  if not r.options.talk.enabled or r.state.talk then return nil end
  for _, name in ipairs(noticed) do
    local other = h.by_name[name]
    if other ~= r and may_talk(r, other) and not already_passed(r, other) and wants_to_talk(r, other) then return other end
  end
  return nil
end

-- Those who are at a thing now, in the household's order.
local function users_of(h, r, address)
  local users = {}
  for _, other in ipairs(h.residents) do
    local s = other.state
    if other ~= r and s.doing and s.doing.address == address and not s.walking then users[#users + 1] = other end
  end
  return users
end

local function minutes_left(other)
  local task = plan.task_now(other)
  return math.max(0, math.ceil(task.start + task.minutes - (clock.day() - 1) * 1440 - clock.minute()))
end

local function wants_to_wait(r, other)
  local s = r.state
  local answer = llm.ask("resident/decide_to_react", {
    identity = r.identity, first_name = r.first_name, other_name = other.name, time = clock.date() .. ", " .. clock.time(),
    task = s.doing.activity, object = s.doing.thing, other_doing = react.doing(other), minutes_left = minutes_left(other),
  })
  return answer ~= nil and answer.choice == "wait"
end

--- Somebody has come to their thing: do they have to wait, because others leave no room at it and they decide to?
---@param h household
---@param r resident
---@return boolean
function react.waits(h, r)
  if not h.social then return false end
  local s = r.state
  local users = users_of(h, r, s.doing.address)
  if #users == 0 or #users < map.room(s.doing.address) then
    s.wait = nil
    return false
  end
  if not s.wait then
    if s.doing.asked then return false end
    s.doing.asked = true
    if not wants_to_wait(r, users[1]) then return false end
    s.wait = { stop = clock.now() + math.min(minutes_left(users[1]), LONGEST_WAIT) * 60 }
  end
  if clock.now() < s.wait.stop then return true end
  s.wait = nil
  return false
end

return react

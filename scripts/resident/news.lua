--- How far a piece of news went: who knows it at the end of each day, and who came to the place at its time.
---
--- Somebody knows it once one of their thoughts holds all of its words: what they were told and found worth remembering, or
--- what they plan. Having seen others there is not knowing. Somebody came who was in the place in some step of its time.

local clock = require "clock"
local map = require "map"
local record = require "record"
local times = require "propersim.persona_time"

local news = {}

local function state_of(h, item)
  h.state.news = h.state.news or {}
  h.state.news[item.name] = h.state.news[item.name] or { knows = {}, came = {}, seen = {} }
  return h.state.news[item.name]
end

local function holds(text, words)
  for _, word in ipairs(words) do
    if not text:find(word:lower(), 1, true) then return false end
  end
  return true
end

-- Looks at what has come into somebody's memory since the last look.
local function knows(r, item, s)
  local key = r.persona.id
  if s.knows[key] then return end
  local fresh = r.memory:count() - (s.seen[key] or 0)
  s.seen[key] = r.memory:count()
  for _, id in ipairs(r.memory:latest(fresh, "thought")) do
    if id > r.memory:count() - fresh and holds(r.memory:text(id):lower(), item.words) then
      s.knows[key] = clock.day()
      return
    end
  end
end

local function count(set)
  local n = 0
  for _ in pairs(set) do n = n + 1 end
  return n
end

--- Midnight: what of the study's news happens today.
---@param h household
function news.begin_day(h)
  h.happening = {}
  for _, item in ipairs(h.config.news) do
    if item.day == clock.day() and item.place then
      local midnight = clock.start() + (clock.day() - 1) * 86400
      h.happening[#h.happening + 1] = { item = item, place = map.world() .. ":" .. item.place .. ":",
        from = midnight + times.minutes(item.from) * 60, to = midnight + times.minutes(item.to) * 60 }
    end
  end
end

--- Notes who is there while it happens.
---@param h household
function news.step(h)
  if #h.happening == 0 then return end
  local now = clock.now()
  for _, happening in ipairs(h.happening) do
    if now >= happening.from and now < happening.to then
      local s = state_of(h, happening.item)
      for _, r in ipairs(h.residents) do
        local at = map.address(r.state.x, r.state.y)
        if (at .. ":"):sub(1, #happening.place) == happening.place and not r.on_the_way then s.came[r.persona.id] = true end
      end
    end
  end
end

--- The end of the day: writes down how many know, and after its day how many came.
---@param h household
function news.end_day(h)
  for _, item in ipairs(h.config.news) do
    local s = state_of(h, item)
    for _, r in ipairs(h.residents) do knows(r, item, s) end
    record.measure { name = item.name .. ": know", value = count(s.knows) }
    if item.place and clock.day() == item.day then
      local invited = 0
      for id in pairs(s.came) do
        if s.knows[id] then invited = invited + 1 end
      end
      record.measure { name = item.name .. ": came", value = count(s.came) }
      record.measure { name = item.name .. ": came and knew", value = invited }
    end
  end
end

return news

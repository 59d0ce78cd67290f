--- What the terminal shows of residents: where they are, what they plan, remember and know.
---
--- Each function gets the household and what was typed after the command, and returns a text, or nil and what is wrong.

local clock = require "clock"
local map = require "map"
local names = require "terminal.names"
local times = require "propersim.persona_time"

local look = {}

local DAY = 1440

-- "Thu 07:30" of simulated seconds.
local WEEKDAYS = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" }
local function short_time(seconds)
  return WEEKDAYS[clock.weekday(seconds)] .. " " .. clock.time(seconds)
end

--- The time of the next step.
function look.time()
  local per_day = DAY * 60 // clock.step_seconds()
  return string.format("%s, %s: day %d, step %d of %d (%d of the run)", clock.date(), clock.time(), clock.day(),
    clock.step() % per_day, per_day, clock.step())
end

local function doing(r)
  local s = r.state
  if not s.doing then return "not up yet: the first day has not begun" end
  if s.walking then return "walking to the " .. s.doing.thing .. ": " .. s.doing.activity end
  return s.doing.activity
end

--- Who lives here, where they are and what they do.
---@param h household
function look.people(h)
  local lines, widest = {}, 0
  for _, r in ipairs(h.residents) do widest = math.max(widest, utf8.len(r.name)) end
  for i, r in ipairs(h.residents) do
    lines[i] = string.format("%2d  %s%s  %s  %3d,%3d  %s  (%s)", r.who, r.name, (" "):rep(widest - utf8.len(r.name)),
      r.persona.id, r.state.x, r.state.y, doing(r), map.address(r.state.x, r.state.y))
  end
  return table.concat(lines, "\n")
end

local MANY = 6

--- The time, and what people do: what is shown after steps.
---@param h household
function look.now(h)
  local lines = { short_time(clock.now()) }
  if #h.residents <= MANY then
    for _, r in ipairs(h.residents) do lines[#lines + 1] = r.name .. ": " .. doing(r) end
  end
  return table.concat(lines, "  ")
end

--- Who somebody is, as prompts are told.
---@param h household
---@param rest string
function look.person(h, rest)
  local r, problem = names.only(h, rest)
  if not r then return nil, problem end
  return r.identity
end

local function schedule_line(item, indent)
  local finish = item.start + item.minutes
  return string.format("%s%s-%s  %s%s", indent, times.text(item.start % DAY),
    item.minutes < DAY and times.text(finish % DAY) or "     ", item.activity, item.place and "  (" .. item.place .. ")" or "")
end

--- The schedule from now on: blocks, and the tasks of those that are broken down already.
---@param h household
---@param rest string NAME [hourly|tasks]
function look.schedule(h, rest)
  local r, which = names.take(h, rest)
  if not r then return nil, which end
  if which ~= "" and which ~= "hourly" and which ~= "tasks" then
    return nil, string.format("schedule shows hourly or tasks, not %q", names.cut(which))
  end
  local lines = {}
  for _, block in ipairs(r.state.schedule) do
    if which ~= "tasks" or not block.tasks then lines[#lines + 1] = schedule_line(block, "") end
    if which ~= "hourly" then
      for _, task in ipairs(block.tasks and block.tasks[1] ~= block and block.tasks or {}) do
        lines[#lines + 1] = schedule_line(task, which == "tasks" and "" or "    ")
      end
    end
  end
  if #lines == 0 then return "nothing is planned yet" end
  return table.concat(lines, "\n")
end

local function tree_lines(tree, depth, lines)
  local keys = {}
  for key in pairs(tree) do keys[#keys + 1] = key end
  for _, key in ipairs(keys) do
    lines[#lines + 1] = ("  "):rep(depth) .. key
    tree_lines(tree[key], depth + 1, lines)
  end
  return lines
end

--- The places that somebody knows.
---@param h household
---@param rest string
function look.places(h, rest)
  local r, problem = names.only(h, rest)
  if not r then return nil, problem end
  local lines = tree_lines(r.state.knows, 0, {})
  return #lines > 0 and table.concat(lines, "\n") or "no place yet: nothing has been seen"
end

-- Whom somebody talked with, in the order of the household.
local function talks(h, r)
  local out = {}
  for _, other in ipairs(h.residents) do
    local last = (r.state.talked or {})[other.persona.id]
    if last then out[#out + 1] = { name = other.name, step = last.step, about = last.about } end
  end
  return out
end

--- With whom somebody talked last, and when they may again.
---@param h household
---@param rest string
function look.cooldowns(h, rest)
  local r, problem = names.only(h, rest)
  if not r then return nil, problem end
  local lines, cooldown = {}, r.options.talk and r.options.talk.cooldown or 0
  for _, talk in ipairs(talks(h, r)) do
    local left = talk.step + cooldown - clock.step()
    lines[#lines + 1] = string.format("%s: talked at %s (%s); %s", talk.name,
      short_time(clock.start() + talk.step * clock.step_seconds()), talk.about,
      left > 0 and "may again in " .. left .. " steps" or "may again now")
  end
  return #lines > 0 and table.concat(lines, "\n") or r.first_name .. " has talked with nobody"
end

look.short_time = short_time

return look

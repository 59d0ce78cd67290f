--- The commands of the terminal that look at the household, by name; the host has the others.

local ground = require "terminal.ground"
local heard = require "terminal.heard"
local look = require "terminal.look"
local names = require "terminal.names"
local recall = require "terminal.recall"
local when = require "terminal.when"

local commands = {}

local BY_NAME = {
  time = look.time, people = look.people, person = look.person, schedule = look.schedule, places = look.places,
  cooldowns = look.cooldowns, memory = recall.memory, tile = ground.tile, events = ground.events, path = ground.path,
}

--- Runs one.
---@param h household
---@param name string
---@param rest string what was typed after it
---@return string|nil text
---@return string|nil problem
function commands.run(h, name, rest)
  return BY_NAME[name](h, rest)
end

--- The time, and what people do.
---@param h household
---@return string
function commands.now(h)
  return look.now(h)
end

--- Steps from now until a time, as text.
---@param text string
---@return string|nil
---@return string|nil problem
function commands.steps_until(_, text)
  local steps, problem = when.steps_until(text)
  return steps and tostring(steps), problem
end

--- The number of the resident with exactly this name (or the beginning of one), as text.
---@param h household
---@param name string
---@return string|nil
---@return string|nil problem
function commands.who(h, name)
  local r, problem = names.find(h, name)
  return r and tostring(r.who), problem
end

--- What a whisper to a resident will come to, after "NAME will think of it at the next step".
---@param h household
---@param who string the resident's number
---@param text string
---@return string
function commands.heard(h, who, text)
  return heard.say(h, h.residents[math.tointeger(who)], text)
end

--- Splits "NAME TEXT" into the resident's number and the text: "2 Mara\ntext".
---@param h household
---@param rest string
---@return string|nil
---@return string|nil problem
function commands.split(h, rest)
  local r, more = names.take(h, rest)
  if not r then return nil, more end
  return r.who .. " " .. r.first_name .. "\n" .. more
end

--- What may be typed as a name or place, one a line, for completion.
---@param h household
---@return string
function commands.words(h)
  local out, seen = {}, {}
  for _, r in ipairs(h.residents) do
    for _, name in ipairs { r.first_name, r.name } do
      if not seen[name] then out[#out + 1], seen[name] = name, true end
    end
  end
  return table.concat(out, "\n")
end

return commands

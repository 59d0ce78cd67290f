--- Offline answer: groups what happened, among the memories, by kind of activity and says how much of it each kind makes up.

local kinds = require "offline.kinds"
local lexicon = require "propersim.lexicon"

local MOST = "%s's days turn around %s"
local MUCH = "%s gives a good part of the day to %s"
local SOME = "%s makes some room for %s"
local QUIET = "%s's days are quiet"

-- What the person may have concluded before, as a set.
local function conclusions(first_name)
  local out = { [QUIET:format(first_name)] = true }
  for _, kind in pairs(kinds) do
    for _, form in ipairs { MOST, MUCH, SOME } do out[form:format(first_name, kind)] = true end
  end
  return out
end

-- The numbers of the statements by kind, and how many statements tell what happened.
local function group(statements, own)
  local groups, count = {}, 0
  for number, statement in ipairs(statements) do
    local happened = not own[statement]
    local kind = happened and lexicon.kind_of(statement)
    if happened then count = count + 1 end
    if kind then
      groups[kind] = groups[kind] or {}
      table.insert(groups[kind], number)
    end
  end
  return groups, count
end

local function sentence(first_name, kind, share)
  local form = share >= 0.5 and MOST or share >= 0.2 and MUCH or SOME
  return form:format(first_name, kinds[kind])
end

return function(inputs)
  local groups, count = group(inputs.statements, conclusions(inputs.first_name))
  local insights = {}
  for _, kind in ipairs(lexicon.kinds) do
    local evidence = groups[kind]
    if evidence and #insights < inputs.count then
      insights[#insights + 1] = {
        text = sentence(inputs.first_name, kind, #evidence / count),
        evidence = table.move(evidence, 1, math.min(#evidence, 10), 1, {}),
      }
    end
  end
  if #insights == 0 then
    insights[1] = { text = QUIET:format(inputs.first_name), evidence = { 1 } }
  end
  return { insights = insights }
end

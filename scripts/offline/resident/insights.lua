--- Offline answer: groups the memories by kind of activity and says how much of them each makes up.

local lexicon = require "propersim.lexicon"

local function group(statements)
  local groups = {}
  for number, statement in ipairs(statements) do
    local kind = lexicon.kind_of(statement)
    if kind then
      groups[kind] = groups[kind] or {}
      table.insert(groups[kind], number)
    end
  end
  return groups
end

local function sentence(first_name, kind, share)
  if share >= 0.5 then return first_name .. "'s days turn around " .. kind end
  if share >= 0.2 then return first_name .. " gives a good part of the day to " .. kind end
  return first_name .. " makes some room for " .. kind
end

return function(inputs)
  local groups, insights = group(inputs.statements), {}
  for _, kind in ipairs(lexicon.kinds) do
    local evidence = groups[kind]
    if evidence and #insights < inputs.count then
      insights[#insights + 1] = {
        text = sentence(inputs.first_name, kind, #evidence / #inputs.statements),
        evidence = table.move(evidence, 1, math.min(#evidence, 10), 1, {}),
      }
    end
  end
  if #insights == 0 then
    insights[1] = { text = inputs.first_name .. "'s days are quiet", evidence = { 1 } }
  end
  return { insights = insights }
end

--- Offline answer: asks about what was noticed most often lately.

local kinds = require "offline.kinds"
local lexicon = require "propersim.lexicon"

local FORMS = {
  "How much of %s's time goes into %s?",
  "What does %s want to change about %s?",
  "How does %s feel about %s?",
}

-- Kinds of activity by how often they occur in the memories, most often first; ties in the lexicon's order.
local function common_kinds(text)
  local counts = {}
  for line in text:gmatch("[^\n]+") do
    local kind = lexicon.kind_of(line)
    if kind then counts[kind] = (counts[kind] or 0) + 1 end
  end
  local common = {}
  for order, kind in ipairs(lexicon.kinds) do
    if counts[kind] then common[#common + 1] = { kind = kind, count = counts[kind], order = order } end
  end
  table.sort(common, function(a, b)
    if a.count ~= b.count then return a.count > b.count end
    return a.order < b.order
  end)
  return common
end

return function(inputs)
  local common, questions = common_kinds(inputs.memory), {}
  for i = 1, math.min(inputs.count, #FORMS) do
    local kind = common[i] or common[#common]
    questions[i] = FORMS[i]:format(inputs.first_name, kind and kinds[kind.kind] or "the day")
  end
  return { questions = questions }
end

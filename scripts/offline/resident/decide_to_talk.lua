--- Offline answer: sociable people talk more, to those who are close more, and less while somebody works or is on the way.

local lexicon = require "propersim.lexicon"

local STRANGER = 0.04
local CLOSE = 0.2      -- added for somebody whom they know well
local SOCIABLE = 0.16  -- added for the most sociable
local BUSY = 0.5       -- factor while either works or studies
local NEVER = { sleep = true, hygiene = true }
local WORKING = { work = true, study = true }

return function(inputs, rng)
  local mine, theirs = lexicon.kind_of(inputs.doing), lexicon.kind_of(inputs.other_doing)
  local chance = STRANGER + SOCIABLE * inputs.sociable
  if inputs.relation ~= "an acquaintance" then chance = chance + CLOSE end
  if WORKING[mine] or WORKING[theirs] then chance = chance * BUSY end
  if NEVER[mine] or NEVER[theirs] then chance = 0 end
  return { talk = rng:chance(chance) }
end

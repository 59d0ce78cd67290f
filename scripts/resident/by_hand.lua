--- What a person at the terminal tells residents: thoughts that they have in this step.

local intervention = require "intervention"
local whisper = require "resident.whisper"

local by_hand = {}

--- Tells what is due in this step.
---@param h household
function by_hand.step(h)
  local due = intervention.due()
  if not due then return end
  for _, item in ipairs(due) do whisper.tell(h.residents[item.who], item.text) end
end

return by_hand

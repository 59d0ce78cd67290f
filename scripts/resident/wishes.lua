--- What the person wishes today: what their persona says, or from a day on something else (`change` in a study): another
--- persona's wishes, or some of their own that are different now. The assistant is not told.

local clock = require "clock"
local rng = require "rng"
local persona_identity = require "propersim.persona_identity"

local wishes = {}

---@class wishes
---@field preferences table
---@field rubric table
---@field identity string|nil who the rater stands for, if that is another persona

local function with(base, overrides)
  if not overrides then return base end
  local out = {}
  for key, value in pairs(base) do out[key] = value end
  for key, value in pairs(overrides) do out[key] = value end
  return out
end

-- How much of the change has come about, 0 to 1: all of it on its day, or by equal steps over `gradual_days` more days.
local function progress(change, day)
  if change.day == 0 or day < change.day then return 0 end
  if change.until_day > 0 and day >= change.until_day then return 0 end
  return math.min(1, (day - change.day + 1) / (change.gradual_days + 1))
end

local function other(change)
  return change.to and require("personas." .. change.to)
end

-- Computed once a day: a resident is put together anew each midnight.
local function of_today(change, r)
  local p = r.persona
  local today = { before = { preferences = p.preferences, rubric = p.rubric }, share = progress(change, clock.day()) }
  if today.share > 0 then
    local to = other(change)
    today.after = {
      preferences = with((to or p).preferences, change.preferences), rubric = with((to or p).rubric, change.rubric),
      identity = to and persona_identity.identity(to),
    }
  end
  return today
end

--- The wishes by which the person judges this step. While a change is under way they go now by the old ones, now by the new.
---@param h household
---@param r resident
---@return wishes
function wishes.now(h, r)
  local today = r.wishes_today or of_today(h.config.change, r)
  r.wishes_today = today
  if today.share == 0 then return today.before end
  if today.share == 1 or rng.stream("change", clock.step()):unit() < today.share then return today.after end
  return today.before
end

--- The persona as it lives today: with the other one's routine, if the change says so (`change.routine`).
---@param change table config.change
---@param p persona
---@return persona
function wishes.persona(change, p)
  if not change.routine or progress(change, clock.day()) == 0 then return p end
  return with(p, { routine = other(change).routine })
end

return wishes

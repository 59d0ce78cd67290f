--- Policies that know nothing of the person: never speak, always speak, speak at a fixed rate or at random. What they say
--- when they speak is up to the model.

local clock = require "clock"
local rng = require "rng"

local rates = {}

local HOUR_SECONDS = 3600

rates.silent = { speaks = function() return false end }

rates.always = { speaks = function() return true end }

-- Every 1/rate hours, counted from the last time it spoke; at once after getting up.
rates.fixed_rate = {
  speaks = function(_, r)
    local rate, mine = r.assistant.options.rate, r.state.assistant
    if rate == 0 then return false end
    local now = clock.now()
    if mine.rate_step ~= clock.step() then -- both offers of a step have the same answer
      mine.rate_step = clock.step()
      mine.rate_due = not mine.rate_last or now - mine.rate_last >= HOUR_SECONDS / rate
      if mine.rate_due then mine.rate_last = now end
    end
    return mine.rate_due
  end,
}

-- In each step with the same probability.
rates.random_rate = {
  speaks = function(_, r)
    local chance = r.assistant.options.rate * clock.step_seconds() / HOUR_SECONDS
    return rng.stream("random_rate", clock.step()):unit() < chance
  end,
}

return rates

--- The identity stable set of a persona: the block of text that nearly every prompt begins with.
local M = {}

local TRAITS = { "extraversion", "agreeableness", "conscientiousness", "openness", "neuroticism" }
local TRAIT_WORDS = {
  extraversion = { high = "outgoing, talkative and lively", low = "quiet, reserved and content alone" },
  agreeableness = { high = "kind, trusting and helpful", low = "blunt, critical and competitive" },
  conscientiousness = { high = "organised, thorough and punctual", low = "spontaneous, careless and easily distracted" },
  openness = { high = "curious, imaginative and fond of the new", low = "practical, conventional and fond of the familiar" },
  neuroticism = { high = "anxious, sensitive and easily upset", low = "calm, even-tempered and hard to upset" },
}

local function traits(big_five)
  local out = {}
  for i, trait in ipairs(TRAITS) do
    local level = big_five[trait]
    out[i] = string.format("%s in %s (%s)", level, trait, TRAIT_WORDS[trait][level])
  end
  return table.concat(out, "; ")
end

local function weekly(list)
  local out = {}
  for i, fixture in ipairs(list) do
    out[i] = string.format("%s on %s at %s", fixture.activity, table.concat(fixture.on, ", "), fixture.at)
  end
  return table.concat(out, "; ")
end

local function relations(list)
  local out = {}
  for i, other in ipairs(list) do out[i] = string.format("%s (%s)", other.name, other.is) end
  return table.concat(out, ", ")
end

--- Who the person is: the block of text that nearly every prompt begins with. It does not change from day to day unless
--- the person's own view of themselves does.
---@param t propersim.Persona
---@return string text several lines, no line break at the end
function M.identity(t)
  local lines = {
    string.format("Name: %s %s", t.first_name, t.last_name),
    string.format("Age: %d", t.age),
    "Traits: " .. traits(t.big_five),
    "Background: " .. t.background,
    "Interests: " .. t.current_interests,
    "Lifestyle: " .. t.lifestyle,
    "Goals: " .. t.long_term_goals,
    "Every day should contain: " .. t.daily_plan_req,
    "Sleeps in: " .. t.living_area,
  }
  if t.routine.weekly then lines[#lines + 1] = "Every week: " .. weekly(t.routine.weekly) end
  if t.relations then lines[#lines + 1] = "Knows: " .. relations(t.relations) end
  return table.concat(lines, "\n")
end

return M

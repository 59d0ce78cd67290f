--- Offline answer: a greeting, what is new and still to come (if they remember it and nobody has said it yet), what they are
--- doing, and a good-bye. What they tell is among the memories that they were given, and nothing else.

local appointment = require "offline.appointment"

local TELLS = 0.35 -- chance that somebody to whose mind news comes tells it, each time that it is their turn

local TELL = { "Have you heard: %s.", "Did you know: %s.", "By the way: %s." }
local ASK = { "How is it going with %s, %s?", "You are %s, I see. All well, %s?", "Still %s, %s?" }
local ME = { "I am %s today.", "For me it is %s just now.", "I keep myself busy with %s." }
local BYE = { "I must go on. See you, %s!", "Good to see you, %s. Until soon!", "Let us talk again soon, %s. Bye!" }
local GLAD = { "That is good to know, thank you.", "Oh, I had no idea. Thank you for telling me.", "Then I will think about it." }

local function greeting(now, name)
  local part = now.minute < 660 and "Good morning" or now.minute < 1020 and "Hello" or "Good evening"
  return part .. ", " .. name .. "!"
end

local function first_of(name)
  return name:match("^%S+")
end

return function(inputs, rng)
  local now, lines = appointment.now(inputs.time), appointment.lines(inputs.lines)
  local other = first_of(inputs.other_name)
  if inputs.turn == 1 then
    return { line = greeting(now, other) .. " " .. rng:pick(ASK):format(inputs.other_doing, other), ends = false }
  end
  local last = appointment.parse(lines[#lines] or "")
  for _, piece in ipairs(appointment.coming(inputs.memory, now)) do
    if not appointment.is_among(piece.said, lines) and rng:chance(TELLS) then
      return { line = rng:pick(TELL):format(piece.text), ends = false }
    end
  end
  if last then return { line = rng:pick(GLAD), ends = false } end
  if inputs.turn == 2 then
    return { line = greeting(now, other) .. " " .. rng:pick(ME):format(inputs.doing), ends = false }
  end
  if inputs.turn == 3 then return { line = rng:pick(ME):format(inputs.doing), ends = false } end
  return { line = rng:pick(BYE):format(other), ends = true }
end

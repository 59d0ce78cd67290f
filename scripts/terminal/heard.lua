--- What a whisper will come to: offline people understand announcements of some forms, and only remember everything else.

local clock = require "clock"
local appointment = require "offline.appointment"
local whisper = require "resident.whisper"

local heard = {}

local NEEDED = "an event, a place that %s knows, a day and a time"

--- What follows "NAME will think of it at the next step"; nothing if a language model will decide.
---@param h household
---@param r resident
---@param text string one or more thoughts with ";" between them
---@return string
function heard.say(h, r, text)
  if h.config.models.resident ~= "offline" then return "" end
  local thoughts, now = {}, appointment.now(clock.date() .. ", " .. clock.time())
  for thought in text:gmatch("[^;]+") do thoughts[#thoughts + 1] = thought end
  local coming = appointment.coming(thoughts, now, whisper.places(r))
  if #coming == 0 then return " and remember it; nothing to go to is in it (" .. NEEDED:format(r.first_name) .. ")" end
  for i, piece in ipairs(coming) do coming[i] = appointment.text(piece.said) end
  return ", remember it, and may go to " .. table.concat(coming, ", to ")
end

return heard

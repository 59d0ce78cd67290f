--- Times and windows of a persona: "HH:MM" of 24 hours, windows as pairs of them that may cross midnight.
local M = {}

M.DAY = 1440

-- "07:30" -> 450 and 450 -> "07:30", of those that were asked for: the same few are, in every step.
local MINUTES, TEXTS = {}, {}

--- The days of the week in order, Monday first.
M.weekdays = { "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday" }

local WEEKDAYS = {}
for number, name in ipairs(M.weekdays) do WEEKDAYS[name] = number end

--- The number of a day of the week, as clock.weekday() has it: 1 is Monday.
---@param name string
---@return integer|nil
function M.weekday(name)
  return WEEKDAYS[name]
end

--- "HH:MM" to minutes after midnight.
---@param text any
---@return integer|nil minutes 0 to 1439; nil if `text` is no such time
function M.minutes(text)
  local known = MINUTES[text]
  if known or type(text) ~= "string" then return known end
  local hours, minutes = text:match("^(%d%d):([0-5]%d)$")
  if not hours or hours > "23" then return nil end
  known = math.tointeger(hours * 60 + minutes)
  MINUTES[text] = known
  return known
end

--- Minutes after midnight to "HH:MM"; any number, taken modulo a day.
---@param minutes number
---@return string
function M.text(minutes)
  local whole = minutes // 1 % M.DAY
  local known = TEXTS[whole]
  if not known then
    known = string.format("%02d:%02d", whole // 60, whole % 60)
    TEXTS[whole] = known
  end
  return known
end

--- Minutes from one time to the next occurrence of another: 0 to 1439.
---@param from integer
---@param to integer
---@return integer
function M.span(from, to)
  return (to - from) % M.DAY
end

--- Windows of texts as pairs of minutes. The windows must be well formed.
---@param windows string[][]
---@return integer[][]
function M.parse(windows)
  local out = {}
  for i, window in ipairs(windows) do
    out[i] = { M.minutes(window[1]), M.minutes(window[2]) }
  end
  return out
end

--- Does a minute of the day lie in one of the windows (end excluded)?
---@param parsed integer[][] from `parse`
---@param minute number
---@return boolean
function M.within(parsed, minute)
  for _, window in ipairs(parsed) do
    if (minute - window[1]) % M.DAY < M.span(window[1], window[2]) then return true end
  end
  return false
end

--- Which share of one window is covered by others? Sampled every five minutes.
---@param window integer[] a pair of minutes
---@param parsed integer[][]
---@return number share 0 to 1; 0 for an empty window
function M.share(window, parsed)
  local hits, all = 0, 0
  for offset = 0, M.span(window[1], window[2]) - 1, 5 do
    all = all + 1
    if M.within(parsed, window[1] + offset) then hits = hits + 1 end
  end
  return all == 0 and 0 or hits / all
end

--- The windows in which a condition holds, from a test of every five minutes of the day. A window may cross midnight.
---@param holds fun(minute: integer): boolean
---@return integer[][]
function M.collect(holds)
  local on, first = {}, nil
  for slot = 0, M.DAY - 1, 5 do
    on[slot] = holds(slot)
    if not on[slot] and not first then first = slot end
  end
  if not first then return { { 0, M.DAY - 1 } } end
  local out, start = {}, nil
  for offset = 0, M.DAY, 5 do
    local slot = (first + offset) % M.DAY
    if on[slot] and not start then start = slot end
    if not on[slot] and start then
      out[#out + 1] = { start, slot }
      start = nil
    end
  end
  table.sort(out, function(a, b) return a[1] < b[1] end)
  return out
end

--- A window as people read it: "21:00-22:30".
---@param window integer[]
---@return string
function M.label(window)
  return M.text(window[1]) .. "-" .. M.text(window[2])
end

return M

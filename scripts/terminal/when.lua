--- Times as a person types them: "08:30", "tomorrow 07:00", "day 3 12:00", "2025-02-15 08:30", "midnight".

local clock = require "clock"

local when = {}

local DAY = 86400
local MOST_DIGITS = 9 -- of the number of a day
local FORMS = "say a time such as 08:30, midnight, tomorrow 07:00, day 3 12:00 or 2025-02-15 08:30"

local function seconds_of(hour, minute)
  hour, minute = tonumber(hour), tonumber(minute)
  if not hour or hour > 23 or minute > 59 then return nil end
  return hour * 3600 + minute * 60
end

-- The first second of today.
local function today()
  local c = clock.civil()
  return clock.now() - c.hour * 3600 - c.minute * 60 - c.second
end

-- "" is midnight.
local function time_of_day(text)
  if text == "" then return 0 end
  return seconds_of(text:match("^(%d%d?):(%d%d)$"))
end

local function target(text)
  local seconds = seconds_of(text:match("^(%d%d?):(%d%d)$"))
  if seconds then -- the next such time
    local at = today() + seconds
    return at > clock.now() and at or at + DAY
  end
  if text == "midnight" then return today() + DAY end
  local rest = text:match("^tomorrow%s*(.*)$")
  if rest then
    local later = time_of_day(rest)
    return later and today() + DAY + later
  end
  local day, of_day = text:match("^day%s+(%d+)%s*(.*)$")
  if day then
    local later = time_of_day(of_day)
    return later and #day <= MOST_DIGITS and clock.start() + (math.tointeger(day) - 1) * DAY + later
  end
  local date, of_date = text:match("^(%d%d%d%d%-%d%d%-%d%d)%s*(.*)$")
  local first, later = date and clock.parse(date), date and time_of_day(of_date)
  return first and later and first + later
end

--- How many steps from now until the step that begins at this time, or just after it.
---@param text string
---@return integer|nil steps
---@return string|nil problem
function when.steps_until(text)
  local at = target(text:lower():match("^%s*(.-)%s*$"))
  if not at then return nil, string.format("%q is no time; %s", text, FORMS) end
  if at <= clock.now() then return nil, clock.stamp(math.floor(at)) .. " is over; it is " .. clock.stamp() end
  return math.ceil((at - clock.now()) / clock.step_seconds())
end

return when

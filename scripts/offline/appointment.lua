--- What plain sentences say about something that happens at a certain place and time: "Lena is giving a summer party at the
--- Lantern on Saturday, February 15, from 18:00 to 21:00". The offline residents tell each other such sentences, and go there.

local appointment = {}

local WEEKDAYS = { monday = 1, tuesday = 2, wednesday = 3, thursday = 4, friday = 5, saturday = 6, sunday = 7 }
local MONTHS = { january = 1, february = 2, march = 3, april = 4, may = 5, june = 6, july = 7, august = 8, september = 9,
  october = 10, november = 11, december = 12 }
local EVENTS = { party = true, concert = true, festival = true, wedding = true, exhibition = true, meeting = true,
  picnic = true, quiz = true, match = true, market = true, dance = true, reading = true, funeral = true, dinner = true,
  barbecue = true, fair = true, workshop = true, debate = true, film = true }
local NOT_OF_THE_EVENT = { a = true, an = true, the = true, giving = true, of = true, his = true, her = true, their = true,
  my = true, our = true, at = true, is = true, to = true, ["for"] = true, big = true }
local USUAL_MINUTES = 120
local LONGEST = 400 -- bytes of a sentence that is looked at

-- "18:00", "6 pm": minutes since midnight.
local function clock(text, init)
  local first, last, hour, minute = text:find("%f[%d](%d%d?):(%d%d)%f[%D]", init)
  if first then return tonumber(hour) * 60 + tonumber(minute), first, last end
  local half
  first, last, hour, half = text:find("%f[%d](%d%d?) ?([ap])m%f[%A]", init)
  if not first then return nil end
  return (tonumber(hour) % 12 + (half == "p" and 12 or 0)) * 60, first, last
end

-- The longest of `places` that stands after "at" or "in", whatever its case: "in the garden".
local function known_place(text, places)
  local best
  text = text:lower() .. " "
  for _, place in ipairs(places) do
    local name = place:gsub("^[Tt]he ", "")
    for _, before in ipairs { " at ", " at the ", " in ", " in the " } do
      local _, last = text:find(before .. name:lower(), 1, true)
      if last and text:find("^[^%w]", last + 1) and (not best or #name > #best) then best = name end
    end
  end
  return best
end

-- What a plan of planning_thought names as its place; it may begin with a small letter.
local function planned_place(text)
  return text:match(" to go to the [^,.;:!?]- at the ([^,.;:!?]-) on %u")
end

-- The proper name after "at" or "in": "the Lantern", "Birch House".
local function named_place(text)
  for name in text:gmatch("%f[%a][aAiI][tn] t?h?e? ?(%u[%w'%-]+[^,.;:!?]*)") do
    local words = {}
    for word in name:gmatch("%S+") do
      if not word:find("^%u") then break end
      words[#words + 1] = word
    end
    local whole = table.concat(words, " ")
    if not MONTHS[whole:lower()] and not WEEKDAYS[whole:lower()] then return whole end
  end
  return nil
end

local function place_of(text, places)
  return planned_place(text) or named_place(text) or known_place(text, places)
end

-- "summer party": the event with the plain words before it.
local function event_of(text)
  local words = {}
  for word in text:gmatch("[%a'%-]+") do
    words[#words + 1] = word
    if EVENTS[word:lower()] then
      local from = #words
      while from > 1 and not NOT_OF_THE_EVENT[words[from - 1]:lower()] and words[from - 1]:find("^%l") do from = from - 1 end
      return table.concat(words, " ", from)
    end
  end
  return nil
end

local function day_of(text)
  local weekday, month, date
  for word in text:gmatch("%a+") do
    weekday = weekday or WEEKDAYS[word:lower()]
    if MONTHS[word:lower()] and not month then
      month = MONTHS[word:lower()]
      date = tonumber(text:match(word .. " (%d%d?)%f[%D]"))
    end
  end
  if not date then month = nil end
  return weekday, month, date
end

local DAYS = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 } -- of a month

-- The day after that of `now`.
local function tomorrow(now)
  local leap = now.month == 2 and now.year and now.year % 4 == 0 and (now.year % 100 ~= 0 or now.year % 400 == 0)
  local weekday = now.weekday and now.weekday % 7 + 1
  if not now.date then return weekday end
  if now.date < DAYS[now.month] + (leap and 1 or 0) then return weekday, now.month, now.date + 1 end
  return weekday, now.month % 12 + 1, 1
end

-- What "today", "tonight" and "tomorrow" mean to who hears it now.
local function day_from(text, now)
  for word in text:lower():gmatch("%a+") do
    if word == "today" or word == "tonight" then return now.weekday, now.month, now.date end
    if word == "tomorrow" then return tomorrow(now) end
  end
  return nil
end

---@class appointment
---@field what string "summer party"
---@field place string "Lantern"
---@field weekday integer|nil 1 is Monday
---@field month integer|nil
---@field date integer|nil day of the month
---@field from integer minute of the day
---@field minutes integer

--- What a sentence announces; nil if it does not say what, where, on which day and when.
---@param text string
---@param now table|nil from `now`, if it is heard now: then it may be for today, tonight or tomorrow
---@param places string[]|nil names that need not begin with a capital letter
---@return appointment|nil
function appointment.parse(text, now, places)
  text = text:sub(1, LONGEST)
  local what, place = event_of(text), place_of(text, places or {})
  if not what or not place then return nil end
  local weekday, month, date = day_of(text)
  if now and not weekday and not date then weekday, month, date = day_from(text, now) end
  local from, _, last = clock(text, 1)
  if not from or not (weekday or date) then return nil end
  local to = clock(text, last + 1)
  return { what = what, place = place, weekday = weekday, month = month, date = date, from = from,
    minutes = to and (to - from) % 1440 or USUAL_MINUTES }
end

--- A date as prompts show it, "Thursday February 13, 2025, 10:30", taken apart; the time may be missing.
---@param text string
---@return { weekday: integer|nil, year: integer|nil, month: integer|nil, date: integer|nil, minute: integer }
function appointment.now(text)
  local weekday, month, date = day_of(text)
  local year = tonumber(text:match("%f[%d]%d%d%d%d%f[%D]"))
  return { weekday = weekday, year = year, month = month, date = date, minute = (clock(text, 1)) or 0 }
end

--- Is an appointment on the day of `now`?
function appointment.is_today(a, now)
  if a.date then return a.date == now.date and a.month == now.month end
  return a.weekday == now.weekday
end

local BEFORE = { 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334 } -- days of the year before a month
local HALF_A_YEAR = 182

--- Is it over? One without a date is for the coming such weekday, so it never is, except today.
function appointment.is_over(a, now)
  if a.date and now.date then
    local days = (BEFORE[a.month] + a.date) - (BEFORE[now.month] + now.date)
    if days < -HALF_A_YEAR then days = days + 365 end
    if days ~= 0 then return days < 0 end
    return a.from + a.minutes <= now.minute
  end
  return a.weekday == now.weekday and a.from + a.minutes <= now.minute
end

--- Do two sentences announce the same?
function appointment.same(a, b)
  return a.from == b.from and a.place:lower() == b.place:lower() and (a.date or a.weekday) == (b.date or b.weekday)
end

--- Does one of the lines announce the same?
---@param said appointment
---@param lines string[]
---@return boolean
function appointment.is_among(said, lines)
  for _, line in ipairs(lines) do
    local other = appointment.parse(line)
    if other and appointment.same(other, said) then return true end
  end
  return false
end

--- What of a memory is the announcement: "Ana Silva told Max Roth: there is a party ..." -> "there is a party ...".
---@param text string
---@return string
function appointment.core(text)
  local from = text:match("^.*: ()%a") or 1
  return (text:sub(from):gsub("[.!]+$", ""))
end

--- All lines that announce something still to come, in their order, each only once.
---@param lines string[]
---@param now table from `now`
---@param places string[]|nil given if the lines are heard now; see `parse`
---@return { text: string, said: appointment }[]
function appointment.coming(lines, now, places)
  local out = {}
  for _, line in ipairs(lines) do
    local said = appointment.parse(line, places and now, places)
    local known = not said or appointment.is_over(said, now)
    for _, other in ipairs(out) do known = known or appointment.same(other.said, said) end
    if not known then out[#out + 1] = { text = appointment.core(line), said = said } end
  end
  return out
end

local NAMES = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" }
local MONTH_NAMES = { "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
  "November", "December" }

local function time_text(minute)
  return string.format("%02d:%02d", minute // 60 % 24, minute % 60)
end

local function day_text(said)
  local weekday = said.weekday and NAMES[said.weekday]
  local date = said.date and MONTH_NAMES[said.month] .. " " .. said.date
  return weekday and date and weekday .. ", " .. date or weekday or date
end

--- In words that `parse` understands on any day: "the party at the Lantern on Saturday, February 15 from 18:00 to 21:00".
---@param said appointment
---@return string
function appointment.text(said)
  return string.format("the %s at the %s on %s from %s to %s", said.what, said.place, day_text(said), time_text(said.from),
    time_text(said.from + said.minutes))
end

--- The lines of a text.
---@param text string
---@return string[]
function appointment.lines(text)
  local out = {}
  for line in text:gmatch("[^\n]+") do out[#out + 1] = line end
  return out
end

return appointment

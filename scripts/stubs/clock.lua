---@meta clock
--- Simulated time, in seconds since 1970-01-01 00:00:00 on a calendar without time zones. There is no other clock.
--- What takes a time takes now if none is given. Not in main chunks of modules, unless a time is given.

---@class clock
local clock = {}

---@class civil
---@field year integer
---@field month integer 1 to 12
---@field day integer 1 to 31
---@field hour integer
---@field minute integer
---@field second integer
---@field weekday integer Monday is 1

--- Now.
---@return integer seconds
function clock.now() end

--- When the study began.
---@return integer seconds
function clock.start() end

--- The step, from 0.
---@return integer
function clock.step() end

--- How long a step is.
---@return integer seconds
function clock.step_seconds() end

--- The day of the study, from 1.
---@return integer
function clock.day() end

--- Minutes since midnight; with a fraction where the time is between two minutes.
---@param time integer|nil
---@return number
function clock.minute(time) end

--- The day of the week; Monday is 1.
---@param time integer|nil
---@return integer
function clock.weekday(time) end

--- The parts of a time.
---@param time integer|nil
---@return civil
function clock.civil(time) end

--- "07:30"
---@param time integer|nil
---@return string
function clock.time(time) end

--- "Thursday February 13, 2025"
---@param time integer|nil
---@return string
function clock.date(time) end

--- "2025-02-13 07:30:00"
---@param time integer|nil
---@return string
function clock.stamp(time) end

--- Reads "2025-02-13" or "2025-02-13 07:30:00".
---@param text string
---@return integer|nil seconds
---@return string|nil err
function clock.parse(text) end

return clock

---@meta log
--- Messages to the household's log, with the place that they come from. Values are joined by spaces; a message is cut
--- at 16 KiB. print(...) is log.info with tabs.

---@class log
local log = {}

--- For whoever writes the script.
---@param ... any
function log.debug(...) end

--- What is good to know.
---@param ... any
function log.info(...) end

--- What may be wrong.
---@param ... any
function log.warn(...) end

--- What is wrong, although the script goes on.
---@param ... any
function log.error(...) end

return log

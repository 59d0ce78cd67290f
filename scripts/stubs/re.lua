---@meta re
--- Patterns of PCRE2, for text that a model wrote: all work is bounded. A search that would take too long is an error,
--- never "no match". Flags: i (upper and lower case are the same), m (^ and $ at every line), s (. matches line ends),
--- x (white space and # comments in the pattern do not count). Pattern: at most 4,096 bytes; subject: at most 1 MiB.

---@class re
local re = {}

--- [0] is all that matched, [1] and on are the groups, named groups have their names too. A group that took no part is
--- false.
---@class match
---@field [integer|string] string|false

--- The first match.
---@param pattern string
---@param text string
---@param flags string|nil
---@return match|nil
function re.match(pattern, text, flags) end

--- Where the first match is, in bytes.
---@param pattern string
---@param text string
---@param flags string|nil
---@return integer|nil first
---@return integer|nil last
function re.find(pattern, text, flags) end

--- All matches, from left to right, none overlapping.
---@param pattern string
---@param text string
---@param flags string|nil
---@return match[]
function re.all(pattern, text, flags) end

--- The parts between the matches.
---@param pattern string must not match empty text
---@param text string
---@param flags string|nil
---@return string[]
function re.split(pattern, text, flags) end

--- Replaces all matches. In a replacement that is text, $0 to $9 stand for groups and $$ for a dollar. A function gets
--- the match and returns text; it must not wait.
---@param pattern string
---@param text string
---@param replacement string|fun(m: match): string
---@param flags string|nil
---@return string text
---@return integer count
function re.replace(pattern, text, replacement, flags) end

--- The text as a pattern that matches just this text.
---@param text string
---@return string
function re.escape(text) end

return re

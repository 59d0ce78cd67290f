---@meta text
--- How far apart two texts are.

---@class text
local text = {}

--- Levenshtein distance in characters.
---@param a string at most 4096 bytes
---@param b string at most 4096 bytes
---@param limit integer|nil a larger distance is given as limit + 1
---@return integer
function text.distance(a, b, limit) end

--- The name that a word is probably meant to be; nil if none is close.
---@param word string
---@param names string[] at most 500
---@return string|nil
function text.nearest(word, names) end

return text

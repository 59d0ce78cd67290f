---@meta json
--- JSON, exactly: what is written and read back is the same data. Integers stay integers, floats stay floats.

---@class json
---@field null lightuserdata stands for null inside of tables; it counts as true
local json = {}

---@class json_options
---@field pretty boolean|nil one entry a line

--- Writes plain data: nil only as json.null; booleans, finite numbers, UTF-8 text, lists (1..n) and records (text as
--- keys) without a metatable, at most 100 deep. Keys are sorted. An empty table is `{}`, with the array mark `[]`.
--- Errors: the data is not plain; the message names the place.
---@param value any
---@param options json_options|nil
---@return string
function json.encode(value, options) end

--- Reads a document, strictly. Lists get the array mark.
---@param text string
---@return any value nil if the text is not JSON
---@return string|nil err "line 1, column 4: ..."
function json.decode(text) end

--- Gives a table the mark of a list, so that it is `[]` when it is empty. Makes one if there is none.
---@param list table|nil
---@return table list the same table
function json.array(list) end

return json

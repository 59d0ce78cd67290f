--- What a Lua file of the user's is, and what is wrong with it: for `propersim check`.

local persona = require "propersim.persona"
local study = require "propersim.study"

local check = {}

--- Looks at a file: a study, or else a persona.
---@param module string the file, as for require
---@param id string the file's name without .lua
---@return string kind "study" or "persona"
---@return string ... problems
function check.file(module, id)
  local value = require(module)
  if study.is_study(value) then return "study" end
  return "persona", table.unpack(persona.check(value, id))
end

return check

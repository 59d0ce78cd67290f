---@meta llm
--- Questions to the models behind the roles. A prompt file (prompts/WHO/WHAT.lua) says what is asked and of which role.

---@class llm
local llm = {}

---@class ask_options
---@field draw integer|nil tells repeated draws of one question apart
---@field key string|integer|nil tells questions of one prompt in one step apart

--- Asks a question. Looks synchronous; may wait. The answerer gets the inputs that the prompt declares, and no others.
--- Errors: an input that is missing; an offline answer that is not as the prompt wants it.
---@param name string the prompt, "rater/timing"
---@param inputs table
---@param options ask_options|nil
---@return table|nil answer nil if the model failed for good
---@return string|nil err why
function llm.ask(name, inputs, options) end

--- Is a role answered by the offline model?
---@param role "resident"|"rater"|"assistant"|"summary"
---@return boolean
function llm.is_offline(role) end

--- From here on it is this resident whom questions and random streams belong to, until the next turn or the next step.
---@param who integer the resident's number
function llm.turn(who) end

return llm

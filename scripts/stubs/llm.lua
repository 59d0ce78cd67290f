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
---@return string|nil failure why, in one word: "unreachable", "refused", "unusable", ...
function llm.ask(name, inputs, options) end

--- Asks several questions at once, and waits for all of them: for questions that do not need each other's answers.
---@param questions table[] each { prompt, inputs, options }, as for llm.ask
---@return table[] answers by the number of the question; nil where the model failed for good
---@return string[] failures why, by the number of the question
function llm.all(questions) end

--- Calls `fn(context, item)` for every item of a list. Where one waits for a model the next goes on, then all wait together; they
--- go on in the order of the list, whichever answer came first, each with their own turn. So they must not need what the others
--- do, nor yield. An error ends all of them.
---@param list any[] at most 1000
---@param fn fun(context: any, item: any)
---@param context any
function llm.together(list, fn, context) end

--- Is a role answered by the offline model: here, or by a server that uses the offline answerers (`mock = true`)?
---@param role "resident"|"rater"|"assistant"|"summary"|"embedding"
---@return boolean
function llm.is_offline(role) end

--- From here on it is this resident whom questions and random streams belong to, until the next turn or the next step.
---@param who integer the resident's number
function llm.turn(who) end

return llm

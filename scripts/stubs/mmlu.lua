---@meta mmlu
--- The questions of the nightly check of an assistant (option `mmlu`).

---@class mmlu
local mmlu = {}

--- The questions of this household, the same each night; nil if the study asks for no check. `answer` counts from 0.
---@return { subject: string, question: string, choices: string[], answer: integer }[]|nil
function mmlu.questions() end

return mmlu

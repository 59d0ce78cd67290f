---@meta intervention
--- What somebody tells residents by hand while a run goes on (propersim repl: whisper, load-history). It is an input of the run,
--- kept in the run file: a resume tells it again at the same step.

---@class intervention
local intervention = {}

--- What is to be told in this step, in order; nil if nothing is.
---@return { who: integer, kind: "whisper"|"history", text: string }[]|nil
function intervention.due() end

return intervention

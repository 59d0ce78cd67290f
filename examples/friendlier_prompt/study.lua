-- Overrides a prompt: prompts/assistant/suggest.lua beside this study takes the place of the installed one. Language
-- models read the new text; the offline model does not read texts, so offline only the recorded version changes.
local study = require "propersim.study"

return study {
  name = "friendlier_prompt",
  days = 2,
  personas = { "p02" },
}

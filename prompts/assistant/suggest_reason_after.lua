-- The question of assistant/suggest, with a reason that is written after the suggestion (assistant.reason = "after").
-- Servers that hold a model to a schema let it write the keys in the schema's order, which is that of the alphabet: so the
-- reason is called "why" here.
local suggest = require "prompts.assistant.suggest"

return {
  version = 1,
  role = "assistant",
  inputs = suggest.inputs,
  offline = suggest.offline,
  draws_as = "assistant/suggest", -- offline the same suggestions, with a reason
  system = suggest.system,
  user = [[[MEMORY]
{{memory}}

[ACTION] {{time}}: {{action}}

What do you recommend to {{first_name}} now? One or two sentences, or "No Recommendation"; then say in one sentence why.
Answer as JSON: {"suggestion": "...", "why": "..."}.]],
  answer = {
    type = "object", required = { "suggestion", "why" }, additionalProperties = false,
    properties = {
      suggestion = { type = "string", maxLength = 600 },
      why = { type = "string", minLength = 1, maxLength = 400 },
    },
  },
}

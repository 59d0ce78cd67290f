-- The question of assistant/suggest, with a reason that is written before the suggestion (assistant.reason = "before").
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

What do you recommend to {{first_name}} now? First say in one sentence why something, or nothing, would be welcome; then give one or two sentences, or "No Recommendation".
Answer as JSON: {"reason": "...", "suggestion": "..."}.]],
  answer = {
    type = "object", required = { "reason", "suggestion" }, additionalProperties = false,
    properties = {
      reason = { type = "string", minLength = 1, maxLength = 400 },
      suggestion = { type = "string", maxLength = 600 },
    },
  },
}

-- Asked at every step: the same question as the installed prompt, with a warmer and more careful assistant.
return {
  version = 2,
  role = "assistant",
  inputs = { first_name = "text", memory = "text", action = "text", time = "text" },
  offline = { "options", "temperature" }, -- what the offline model's policy thinks of each candidate
  system = [[You are a proactive assistant in {{first_name}}'s home. You see what {{first_name}} is doing and decide, unasked, whether to recommend something now. You speak like a kind friend who would rather stay silent than disturb. A good recommendation is specific and fits this moment. If in doubt, say "No Recommendation". Answer only with the JSON object that is asked for.]],
  user = [[[MEMORY]
{{memory}}

[ACTION] {{time}}: {{action}}

What do you recommend to {{first_name}} now? One or two sentences, or "No Recommendation".
Answer as JSON: {"suggestion": "..."}.]],
  answer = {
    type = "object", required = { "suggestion" }, additionalProperties = false,
    properties = { suggestion = { type = "string", maxLength = 600 } },
  },
}

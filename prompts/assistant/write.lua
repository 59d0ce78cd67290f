-- Asked when it is settled that the assistant speaks: by assistant/decide, by a policy (assistant.policy), or to explore.
return {
  version = 1,
  role = "assistant",
  inputs = { first_name = "text", persona = "text", memory = "text", action = "text", time = "text" },
  offline = { "options", "temperature" },
  system = [[You are a proactive assistant in {{first_name}}'s home. You see what {{first_name}} is doing and have decided to recommend something now, unasked. A good recommendation is specific, fits this moment, and is welcome.{{persona}} Answer only with the JSON object that is asked for.]],
  user = [[[MEMORY]
{{memory}}

[ACTION] {{time}}: {{action}}

What do you recommend to {{first_name}} now? One or two sentences.
Answer as JSON: {"suggestion": "..."}.]],
  answer = {
    type = "object", required = { "suggestion" }, additionalProperties = false,
    properties = { suggestion = { type = "string", minLength = 7, maxLength = 600 } },
  },
}

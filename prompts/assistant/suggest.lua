-- Asked at every step while the person is awake: say something, or stay silent?
-- suggest_reason_before and suggest_reason_after ask for a reason too (assistant.reason); each of the three is asked with
-- the person's rubric or without (assistant.persona_given): the field {{persona}} is then empty.
return {
  version = 2,
  role = "assistant",
  inputs = { first_name = "text", persona = "text", memory = "text", action = "text", time = "text" },
  offline = { "options", "temperature" }, -- what the offline model's policy thinks of each candidate
  system = [[You are a proactive assistant in {{first_name}}'s home. You see what {{first_name}} is doing and decide, unasked, whether to recommend something now. A good recommendation is specific, fits this moment, and is welcome. If nothing would be, say "No Recommendation".{{persona}} Answer only with the JSON object that is asked for.]],
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

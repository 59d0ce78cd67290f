-- The person rewrites a suggestion that they rated below 4 (assistant.revision), from the score and the reason.
return {
  version = 1,
  role = "rater",
  inputs = {
    identity = "text", first_name = "text", time = "text", action = "text", suggestion = "text", score = "number", reason = "text",
  },
  offline = { "preferences", "recent", "minute" },
  system = [[You stand in for one particular person and say what an assistant should have said instead. Answer only with the JSON object that is asked for.]],
  user = [[{{identity}}

It is {{time}}. You are: {{action}}
The assistant said: "{{suggestion}}"
You gave it {{score}} of 4 points, because: {{reason}}

Write what it should have said to you at this moment: one or two sentences, or "No Recommendation" if silence would have been right.
Answer as JSON: {"suggestion": "..."}.]],
  answer = {
    type = "object", required = { "suggestion" }, additionalProperties = false,
    properties = { suggestion = { type = "string", maxLength = 600 } },
  },
}

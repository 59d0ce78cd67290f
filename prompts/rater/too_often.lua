-- Frequency, first question: does the assistant speak too often?
return {
  version = 1,
  role = "rater",
  inputs = {
    identity = "text", memory = "text", recent_text = "text", time = "text", action = "text", suggestion = "text",
    rubric_frequency = "text",
  },
  offline = { "preferences", "recent", "minute", "inconsistency" },
  system = [[You stand in for one particular person and judge an assistant strictly by that person's own standards. Answer only with the JSON object that is asked for.]],
  user = [[{{identity}}

What the assistant has said lately, and what you were doing:
{{memory}}
{{recent_text}}

It is {{time}}. You are: {{action}}
The assistant now says: "{{suggestion}}"

Your standard:
{{rubric_frequency}}

Does the assistant, with this, speak too often for you? 0 if it is too often, 1 if it is not. "No Recommendation" is never too often.
Answer as JSON: {"value": 0 or 1, "reason": "one short sentence"}.]],
  answer = {
    type = "object", required = { "value", "reason" }, additionalProperties = false,
    properties = {
      value = { type = "integer", minimum = 0, maximum = 1 },
      reason = { type = "string", minLength = 1, maxLength = 400 },
    },
  },
}

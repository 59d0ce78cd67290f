-- Timing: is this a moment at which the person wants to hear from the assistant?
return {
  version = 1,
  role = "rater",
  inputs = {
    identity = "text", memory = "text", recent_text = "text", time = "text", action = "text", suggestion = "text",
    rubric_timing = "text",
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
{{rubric_timing}}

Is this a good moment for it? 1 if it is, 0 if it is not. "No Recommendation" is well timed while you are busy or want quiet, and badly timed when you are free and have waited longer than you like.
Answer as JSON: {"value": 0 or 1, "reason": "one short sentence"}.]],
  answer = {
    type = "object", required = { "value", "reason" }, additionalProperties = false,
    properties = {
      value = { type = "integer", minimum = 0, maximum = 1 },
      reason = { type = "string", minLength = 1, maxLength = 400 },
    },
  },
}

-- All four criteria in one question (the rater mode "all").
return {
  version = 1,
  role = "rater",
  inputs = {
    identity = "text", memory = "text", recent_text = "text", time = "text", action = "text", suggestion = "text",
    rubric_preference = "text", rubric_timing = "text", rubric_frequency = "text", rubric_communication = "text",
  },
  offline = { "preferences", "recent", "minute", "inconsistency" },
  system = [[You stand in for one particular person and judge an assistant strictly by that person's own standards. Answer only with the JSON object that is asked for.]],
  user = [[{{identity}}

What the assistant has said lately, and what you were doing:
{{memory}}
{{recent_text}}

It is {{time}}. You are: {{action}}
The assistant now says: "{{suggestion}}"

Your standards:
preference: {{rubric_preference}}
timing: {{rubric_timing}}
frequency: {{rubric_frequency}}
communication: {{rubric_communication}}

Start from 4 points and take one off for each standard that is not met: preference (it does not fit what you like in what you are doing), timing (not a good moment), frequency (too often, or you have waited too long and hear nothing), communication (tone, wording, boundaries). "No Recommendation" meets all four while nothing is due.
Answer as JSON: {"score": 0-4, "deducted": ["timing", ...], "reason": "one short sentence"}.]],
  answer = {
    type = "object", required = { "score", "deducted", "reason" }, additionalProperties = false,
    properties = {
      score = { type = "integer", minimum = 0, maximum = 4 },
      deducted = { type = "array", maxItems = 4, items = { type = "string",
        enum = { "preference", "timing", "frequency", "communication" } } },
      reason = { type = "string", minLength = 1, maxLength = 400 },
    },
  },
  check = function(answer)
    if answer.score ~= 4 - #answer.deducted then
      return false, "score must be 4 minus the number of deducted criteria"
    end
    return true
  end,
}

-- Asked when enough has come in since the last reflection: what should be thought about?
return {
  version = 1,
  role = "resident",
  inputs = { first_name = "text", memory = "text", count = "number" },
  offline = {},
  system = [[Answer only with the JSON object that is asked for.]],
  user = [[What {{first_name}} noticed and thought lately:
{{memory}}

From this alone: which {{count}} questions about {{first_name}}'s life could be answered best, the broadest first?
Answer as JSON: {"questions": ["...?"]}.]],
  answer = {
    type = "object", required = { "questions" }, additionalProperties = false,
    properties = { questions = {
      type = "array", minItems = 1, maxItems = 5, items = { type = "string", minLength = 5, maxLength = 200 },
    } },
  },
}

-- Asked when four hours have closed: one summary instead of four.
return {
  version = 1,
  role = "summary",
  inputs = { first_name = "text", range = "text", summaries = "list", recommendations = "number" },
  offline = {},
  system = [[You keep the long-term memory of an assistant. Answer only with the JSON object that is asked for.]],
  user = [[Four hours with {{first_name}}, hour by hour:
{{summaries}}

Make one summary of at most 100 words of it: what {{first_name}} did, what was recommended, and how it was received if that is noted. Do not mention dates. Begin with "{{range}}, {{recommendations}} recommendations:".
Answer as JSON: {"summary": "..."}.]],
  answer = {
    type = "object", required = { "summary" }, additionalProperties = false,
    properties = { summary = { type = "string", minLength = 5, maxLength = 900 } },
  },
}

-- Asked when an hour closes: what happened in it, for a long memory?
return {
  version = 1,
  role = "summary",
  inputs = { first_name = "text", range = "text", events = "list", recommendations = "number" },
  offline = {},
  system = [[You keep the long-term memory of an assistant. Answer only with the JSON object that is asked for.]],
  user = [[What happened with {{first_name}} from {{range}}, in order:
{{events}}

Summarise it in at most 100 words for later: what {{first_name}} did, what was recommended, and how it was received if that is noted. Do not mention dates. Begin with "{{range}}, {{recommendations}} recommendations:".
Answer as JSON: {"summary": "..."}.]],
  answer = {
    type = "object", required = { "summary" }, additionalProperties = false,
    properties = { summary = { type = "string", minLength = 5, maxLength = 900 } },
  },
}

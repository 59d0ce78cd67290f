-- Asked after a conversation: what was it about, in one sentence?
return {
  version = 1,
  role = "resident",
  inputs = { name = "text", other_name = "text", lines = "text" },
  offline = {},
  system = [[Answer only with the JSON object that is asked for.]],
  user = [[A conversation between {{name}} and {{other_name}}:
{{lines}}

Say in one sentence what they talked about, beginning with "{{name}} and {{other_name}} talked about". Keep places, days and times that were named.
Answer as JSON: {"summary": "..."}.]],
  answer = {
    type = "object", required = { "summary" }, additionalProperties = false,
    properties = { summary = { type = "string", minLength = 10, maxLength = 600 } },
  },
}

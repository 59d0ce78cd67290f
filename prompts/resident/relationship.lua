-- Asked before a conversation: how do these two stand, from what the one remembers of the other?
return {
  version = 1,
  role = "resident",
  inputs = { first_name = "text", other_name = "text", relation = "text", statements = "list", last_talk = "text" },
  offline = {},
  system = [[Answer only with the JSON object that is asked for.]],
  user = [[{{other_name}} is, to {{first_name}}: {{relation}}. They talked last: {{last_talk}}.
What {{first_name}} remembers of {{other_name}}:
{{statements}}

In one or two sentences, third person: how does {{first_name}} stand to {{other_name}}, and what is between them now?
Answer as JSON: {"summary": "..."}.]],
  answer = {
    type = "object", required = { "summary" }, additionalProperties = false,
    properties = { summary = { type = "string", minLength = 5, maxLength = 400 } },
  },
}

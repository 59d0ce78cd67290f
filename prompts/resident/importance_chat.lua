-- Asked after a conversation: how much does it matter to the person, from 1 to 10?
return {
  version = 1,
  role = "resident",
  inputs = { identity = "text", first_name = "text", text = "text" },
  offline = {},
  system = [[Answer only with the JSON object that is asked for.]],
  user = [[{{identity}}

{{first_name}} has just had a conversation: "{{text}}"
How much does this matter to {{first_name}}, on a scale from 1 (greeting a neighbour) to 10 (ending a marriage)?
Answer as JSON: {"importance": 1-10}.]],
  answer = {
    type = "object", required = { "importance" }, additionalProperties = false,
    properties = { importance = { type = "integer", minimum = 1, maximum = 10 } },
  },
}

-- Asked when the person has had a thought: how much does it matter to them, from 1 to 10?
return {
  version = 1,
  role = "resident",
  inputs = { identity = "text", first_name = "text", text = "text" },
  offline = {},
  system = [[Answer only with the JSON object that is asked for.]],
  user = [[{{identity}}

{{first_name}} has just had a thought: "{{text}}"
How much does this matter to {{first_name}}, on a scale from 1 (everyday routine, such as making the bed) to 10 (life-changing, such as losing a friend)?
Answer as JSON: {"importance": 1-10}.]],
  answer = {
    type = "object", required = { "importance" }, additionalProperties = false,
    properties = { importance = { type = "integer", minimum = 1, maximum = 10 } },
  },
}

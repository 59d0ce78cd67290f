-- Asked of each side after a conversation: what of it is worth remembering?
return {
  version = 1,
  role = "resident",
  inputs = { identity = "text", name = "text", other_name = "text", lines = "text" },
  offline = {},
  system = [[You are simulating the everyday life of one person. Answer only with the JSON object that is asked for.]],
  user = [[{{identity}}

{{name}} has talked with {{other_name}}:
{{lines}}

What in it will {{name}} remember, because it is new, useful or touching? One sentence, third person, with places, days and times if there are any. Empty text if there is nothing.
Answer as JSON: {"memo": "..."}.]],
  answer = {
    type = "object", required = { "memo" }, additionalProperties = false,
    properties = { memo = { type = "string", maxLength = 400 } },
  },
}

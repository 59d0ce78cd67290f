-- Asked at midnight from the second day on: what is on the person's mind, given what they remember of yesterday?
return {
  version = 1,
  role = "resident",
  inputs = { identity = "text", first_name = "text", date = "text", memory = "text" },
  offline = {},
  system = [[You are simulating the everyday life of one person. Answer only with the JSON object that is asked for.]],
  user = [[{{identity}}

What {{first_name}} remembers of the last day:
{{memory}}

It is the night before {{date}}. In at most three sentences, third person: what is on {{first_name}}'s mind, and what follows from yesterday for today?
Answer as JSON: {"currently": "..."}.]],
  answer = {
    type = "object", required = { "currently" }, additionalProperties = false,
    properties = { currently = { type = "string", minLength = 10, maxLength = 800 } },
  },
}

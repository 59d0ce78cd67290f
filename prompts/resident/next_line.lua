-- Asked for each line of a conversation: what does the person say next, and is that the end of it?
return {
  version = 1,
  role = "resident",
  inputs = {
    identity = "text", first_name = "text", other_name = "text", relationship = "text", time = "text", at = "text",
    doing = "text", other_doing = "text", memory = "list", lines = "text", turn = "number", most = "number",
  },
  offline = {},
  system = [[You are simulating the everyday life of one person. Answer only with the JSON object that is asked for.]],
  user = [[{{identity}}

{{first_name}} and {{other_name}}: {{relationship}}
What {{first_name}} remembers:
{{memory}}

It is {{time}}, at {{at}}. {{first_name}} was {{doing}}, {{other_name}} was {{other_doing}}. They talk:
{{lines}}

What does {{first_name}} say next (line {{turn}} of at most {{most}})? One or two spoken sentences, as people talk; only what {{first_name}} can know. `ends` is true if the conversation is over with it.
Answer as JSON: {"line": "...", "ends": false}.]],
  answer = {
    type = "object", required = { "line", "ends" }, additionalProperties = false,
    properties = {
      line = { type = "string", minLength = 1, maxLength = 600 },
      ends = { type = "boolean" },
    },
  },
}

-- Asked when two people see each other and have not talked lately: does the one speak to the other now?
return {
  version = 1,
  role = "resident",
  inputs = {
    identity = "text", first_name = "text", other_name = "text", relation = "text", time = "text", doing = "text",
    other_doing = "text", last_talk = "text", memory = "text",
  },
  offline = { "sociable" },
  system = [[You are simulating the everyday life of one person. Answer only with the JSON object that is asked for.]],
  user = [[{{identity}}

It is {{time}}. {{first_name}} is {{doing}} and sees {{other_name}}, who is {{other_doing}}.
{{other_name}} is, to {{first_name}}: {{relation}}. They talked last: {{last_talk}}.
What {{first_name}} has in mind:
{{memory}}

Would {{first_name}} begin a conversation with {{other_name}} now? People who are busy, or have just talked, mostly do not.
Answer as JSON: {"talk": true or false}.]],
  answer = {
    type = "object", required = { "talk" }, additionalProperties = false,
    properties = { talk = { type = "boolean" } },
  },
}

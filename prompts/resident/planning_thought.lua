-- Asked of each side after a conversation, and after a thought that comes from outside: what do they want to do because of it?
return {
  version = 1,
  role = "resident",
  inputs = { identity = "text", name = "text", time = "text", heard = "text", plans = "text" },
  offline = { "sociable", "places" },
  system = [[You are simulating the everyday life of one person. Answer only with the JSON object that is asked for.]],
  user = [[{{identity}}

It is {{time}}. {{name}} has on their mind:
{{heard}}

What {{name}} plans already:
{{plans}}

Does {{name}} want to do something new because of it, at a certain time and place? Then write it as one sentence that begins with "{{name}} plans to", with the place, the day with its date, and the time from and to. If {{name}} decides against it, begin with "{{name}} does not plan to" instead. Empty text if nothing follows, or it is decided already.
Answer as JSON: {"thought": "..."}.]],
  answer = {
    type = "object", required = { "thought" }, additionalProperties = false,
    properties = { thought = { type = "string", maxLength = 400 } },
  },
}

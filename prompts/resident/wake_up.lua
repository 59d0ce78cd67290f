-- Asked at midnight: when does the person get up today?
return {
  version = 1,
  role = "resident",
  inputs = { identity = "text", first_name = "text", date = "text" },
  offline = { "routine", "weekend" },
  system = [[You are simulating the everyday life of one person. Answer only with the JSON object that is asked for.]],
  user = [[{{identity}}

Today is {{date}}. At what time does {{first_name}} get up today?
Answer as JSON: {"hour": 0-23, "minute": 0-59}.]],
  answer = {
    type = "object", required = { "hour", "minute" }, additionalProperties = false,
    properties = {
      hour = { type = "integer", minimum = 0, maximum = 23 },
      minute = { type = "integer", minimum = 0, maximum = 59 },
    },
  },
}

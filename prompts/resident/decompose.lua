-- Asked about two hours ahead for each block of an hour or more: which smaller tasks is it made of?
return {
  version = 1,
  role = "resident",
  inputs = { identity = "text", first_name = "text", activity = "text", minutes = "number", from = "text", to = "text" },
  offline = { "routine" },
  system = [[You are simulating the everyday life of one person. Answer only with the JSON object that is asked for.]],
  user = [[{{identity}}

From {{from}} to {{to}} ({{minutes}} minutes) {{first_name}} is {{activity}}.
Break this down into tasks of 5 to 30 minutes, in order, that add up to {{minutes}} minutes. Describe each in plain words, without the name.
Answer as JSON: {"tasks": [{"task": "...", "minutes": 15}]}.]],
  answer = {
    type = "object", required = { "tasks" }, additionalProperties = false,
    properties = { tasks = { type = "array", minItems = 1, maxItems = 60, items = {
      type = "object", required = { "task", "minutes" }, additionalProperties = false,
      properties = {
        task = { type = "string", minLength = 3, maxLength = 200 },
        minutes = { type = "integer", minimum = 5, maximum = 30 },
      },
    } } },
  },
}

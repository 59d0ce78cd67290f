-- Asked when somebody comes to a thing at which others leave no room: do they wait, or go on with something else there?
return {
  version = 1,
  role = "resident",
  inputs = {
    identity = "text", first_name = "text", other_name = "text", time = "text", task = "text", object = "text",
    other_doing = "text", minutes_left = "number",
  },
  offline = {},
  system = [[You are simulating the everyday life of one person. Answer only with the JSON object that is asked for.]],
  user = [[{{identity}}

It is {{time}}. {{first_name}} wants to go on with {{task}}, but the {{object}} is taken: {{other_name}} is {{other_doing}} there, for about {{minutes_left}} more minutes.
Does {{first_name}} wait until {{other_name}} is done, or go on beside them without waiting?
Answer as JSON: {"choice": "wait"} or {"choice": "go on"}.]],
  answer = {
    type = "object", required = { "choice" }, additionalProperties = false,
    properties = { choice = { type = "string", enum = { "wait", "go on" } } },
  },
}

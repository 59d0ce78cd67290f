-- Asked when a task begins: which emoji stands for it on the map?
return {
  version = 1,
  role = "resident",
  inputs = { task = "text" },
  offline = {},
  system = [[Answer only with the JSON object that is asked for.]],
  user = [[Which one or two emoji show best that somebody is {{task}}?
Answer as JSON: {"emoji": "..."}.]],
  answer = {
    type = "object", required = { "emoji" }, additionalProperties = false,
    properties = { emoji = { type = "string", minLength = 1, maxLength = 8 } },
  },
}

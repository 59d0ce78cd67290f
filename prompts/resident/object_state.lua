-- Asked when a task begins: what does an onlooker see of the object that is used?
return {
  version = 1,
  role = "resident",
  inputs = { name = "text", task = "text", object = "text" },
  offline = {},
  system = [[Answer only with the JSON object that is asked for.]],
  user = [[{{name}} is {{task}}, at or with the {{object}}.
In at most six words: in what state is the {{object}} meanwhile? Example: a stove while somebody cooks: "hot with a pot on it".
Answer as JSON: {"state": "..."}.]],
  answer = {
    type = "object", required = { "state" }, additionalProperties = false,
    properties = { state = { type = "string", minLength = 1, maxLength = 80 } },
  },
}

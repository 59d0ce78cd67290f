-- Asked when a task begins: the task as subject, predicate, object for the memory stream.
return {
  version = 1,
  role = "resident",
  inputs = { name = "text", task = "text" },
  offline = {},
  system = [[Answer only with the JSON object that is asked for.]],
  user = [[Turn the sentence into subject, predicate and object. Example: "Ana Silva is making tea" -> {"subject": "Ana Silva", "predicate": "make", "object": "tea"}.
Sentence: "{{name}} is {{task}}."
Answer as JSON: {"subject": "...", "predicate": "...", "object": "..."}.]],
  answer = {
    type = "object", required = { "subject", "predicate", "object" }, additionalProperties = false,
    properties = {
      subject = { type = "string", minLength = 1, maxLength = 120 },
      predicate = { type = "string", minLength = 1, maxLength = 120 },
      object = { type = "string", minLength = 1, maxLength = 200 },
    },
  },
}

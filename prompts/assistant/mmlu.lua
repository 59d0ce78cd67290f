-- Asked each night if the study says so (option `mmlu`): does learning hurt what the assistant knows?
return {
  version = 1,
  role = "assistant",
  inputs = { subject = "text", question = "text", a = "text", b = "text", c = "text", d = "text" },
  offline = {},
  system = [[You answer multiple-choice questions about {{subject}}. One of the four answers is right. Answer only with the JSON object that is asked for.]],
  user = [[{{question}}
A. {{a}}
B. {{b}}
C. {{c}}
D. {{d}}

Answer as JSON: {"choice": "A"}, with the letter of the right answer.]],
  answer = {
    type = "object", required = { "choice" }, additionalProperties = false,
    properties = {
      choice = { type = "string", enum = { "A", "B", "C", "D" } },
      comment = { type = "string", maxLength = 200 },
    },
  },
}

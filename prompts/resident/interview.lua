-- Asked at the terminal (`interview NAME`), from outside of the simulation: leaves no trace in it.
return {
  version = 1,
  role = "resident",
  inputs = {
    identity = "text", first_name = "text", time = "text", doing = "text", at = "text", memories = "list",
    conversation = "text", question = "text",
  },
  offline = {},
  system = [[You answer as {{first_name}}, in the first person, in one to three sentences. Say only what {{first_name}} can know from the lines below. If they do not hold the answer, say that you do not know or do not remember. Answer only with the JSON object that is asked for.]],
  user = [[{{identity}}

It is {{time}}. What {{first_name}} is doing: {{doing}} ({{at}}).

What {{first_name}} remembers:
{{memories}}

The interview so far:
{{conversation}}

Question: {{question}}
Answer as JSON: {"answer": "..."}.]],
  answer = {
    type = "object", required = { "answer" }, additionalProperties = false,
    properties = { answer = { type = "string", minLength = 1, maxLength = 1000 } },
  },
}

-- A recommendation is passed through this once before it is said.
return {
  version = 1,
  role = "assistant",
  inputs = { text = "text" },
  offline = {},
  system = [[Answer only with the JSON object that is asked for.]],
  user = [[Correct only spacing and typing errors in this text. Change nothing else; if there are none, repeat it as it is.
Text: {{text}}
Answer as JSON: {"text": "..."}.]],
  answer = {
    type = "object", required = { "text" }, additionalProperties = false,
    properties = { text = { type = "string", minLength = 1, maxLength = 800 } },
  },
}

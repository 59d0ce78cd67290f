-- Asked for each focal question: what follows from the memories that belong to it?
return {
  version = 1,
  role = "resident",
  inputs = { first_name = "text", question = "text", statements = "list", count = "number" },
  offline = {},
  system = [[Answer only with the JSON object that is asked for.]],
  user = [[Numbered memories of {{first_name}}:
{{statements}}

With "{{question}}" in mind, draw up to {{count}} conclusions about {{first_name}}. Give with each the numbers of the memories that it rests on.
Answer as JSON: {"insights": [{"text": "...", "evidence": [1, 4]}]}.]],
  answer = {
    type = "object", required = { "insights" }, additionalProperties = false,
    properties = { insights = { type = "array", minItems = 1, maxItems = 5, items = {
      type = "object", required = { "text", "evidence" }, additionalProperties = false,
      properties = {
        text = { type = "string", minLength = 5, maxLength = 300 },
        evidence = { type = "array", minItems = 1, maxItems = 30, items = { type = "integer", minimum = 1, maximum = 1000 } },
      },
    } } },
  },
  check = function(answer, inputs)
    for _, insight in ipairs(answer.insights) do
      for _, number in ipairs(insight.evidence) do
        if number > #inputs.statements then
          return false, "evidence " .. number .. " is no memory; the last one is " .. #inputs.statements
        end
      end
    end
    return true
  end,
}

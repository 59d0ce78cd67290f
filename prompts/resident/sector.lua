-- Asked when a task begins: in which sector of the map is it done?
return {
  version = 1,
  role = "resident",
  inputs = { identity = "text", first_name = "text", task = "text", at = "text", options = "list" },
  offline = { "place" },
  system = [[You are simulating the everyday life of one person. Answer only with the JSON object that is asked for.]],
  user = [[{{identity}}

{{first_name}} is now at: {{at}}. Next, {{first_name}} is {{task}}.
To which area does {{first_name}} go for that? Choose exactly one of: {{options}}. Stay where {{first_name}} is if that will do.
Answer as JSON: {"choice": "..."}.]],
  answer = {
    type = "object", required = { "choice" }, additionalProperties = false,
    properties = { choice = { type = "string", minLength = 1, maxLength = 120 } },
  },
  check = function(answer, inputs)
    for _, option in ipairs(inputs.options) do
      if option == answer.choice then return true end
    end
    return false, "choice must be one of: " .. table.concat(inputs.options, ", ")
  end,
}

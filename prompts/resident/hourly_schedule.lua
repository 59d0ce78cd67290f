-- Asked at midnight: the day as a list of blocks from getting up to going to bed.
return {
  version = 2,
  role = "resident",
  inputs = { identity = "text", first_name = "text", date = "text", wake = "text", plan = "text", constraint = "text",
    remembers = "text" },
  offline = { "routine", "weekend", "weekday", "wake_minute" },
  system = [[You are simulating the everyday life of one person. Answer only with the JSON object that is asked for.]],
  user = [[{{identity}}

Today is {{date}}. {{first_name}} gets up at {{wake}} and plans:
{{plan}}
Keep in mind: {{first_name}} is {{constraint}}.
What {{first_name}} remembers that may matter for the day:
{{remembers}}

Write {{first_name}}'s day as blocks without gaps, from getting up until falling asleep. Each block is one activity of 15 minutes to 4 hours. Say what is done in plain words ("cooking dinner"), without the name. `place` is the building, the room and the thing used, as far as they are clear ("kitchen:cooking area", "library:reading room:table").
Answer as JSON: {"blocks": [{"activity": "...", "minutes": 45, "place": "..."}]}.]],
  answer = {
    type = "object", required = { "blocks" }, additionalProperties = false,
    properties = { blocks = { type = "array", minItems = 3, maxItems = 60, items = {
      type = "object", required = { "activity", "minutes" }, additionalProperties = false,
      properties = {
        activity = { type = "string", minLength = 3, maxLength = 200 },
        minutes = { type = "integer", minimum = 5, maximum = 600 },
        place = { type = "string", maxLength = 120 },
      },
    } } },
  },
}

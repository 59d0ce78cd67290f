-- Asked at midnight: what does the person want to do today, in broad strokes?
return {
  version = 2,
  role = "resident",
  inputs = { identity = "text", first_name = "text", date = "text", wake = "text", constraint = "text",
    remembers = "text" },
  offline = { "routine", "weekend" },
  system = [[You are simulating the everyday life of one person. Answer only with the JSON object that is asked for.]],
  user = [[{{identity}}

Today is {{date}}. {{first_name}} gets up at {{wake}}. Keep in mind: {{first_name}} is {{constraint}}.
What {{first_name}} remembers that may matter for the day:
{{remembers}}
Sketch the day in four to six things that {{first_name}} wants to do, in order, each with its time.
Answer as JSON: {"items": ["...", "..."]}.]],
  answer = {
    type = "object", required = { "items" }, additionalProperties = false,
    properties = { items = {
      type = "array", minItems = 4, maxItems = 6, items = { type = "string", minLength = 3, maxLength = 200 },
    } },
  },
}

-- Asked when somebody has made a plan: what changes in the rest of their day?
return {
  version = 1,
  role = "resident",
  inputs = { identity = "text", first_name = "text", time = "text", plan = "text", schedule = "text" },
  offline = {},
  system = [[You are simulating the everyday life of one person. Answer only with the JSON object that is asked for.]],
  user = [[{{identity}}

It is {{time}}. The rest of {{first_name}}'s day as planned so far:
{{schedule}}

New: {{plan}}
What has to be put into today's schedule because of it? List only what is new and is today, each with the time it begins (24 hours, "HH:MM", later than now), its minutes, what is done in plain words without the name, and the place. An empty list if it is for another day.
Answer as JSON: {"changes": [{"from": "18:00", "minutes": 90, "activity": "...", "place": "..."}]}.]],
  answer = {
    type = "object", required = { "changes" }, additionalProperties = false,
    properties = { changes = { type = "array", maxItems = 3, items = {
      type = "object", required = { "from", "minutes", "activity" }, additionalProperties = false,
      properties = {
        from = { type = "string", minLength = 5, maxLength = 5 },
        minutes = { type = "integer", minimum = 5, maximum = 600 },
        activity = { type = "string", minLength = 3, maxLength = 200 },
        place = { type = "string", maxLength = 120 },
      },
    } } },
  },
  check = function(answer)
    for _, change in ipairs(answer.changes) do
      local hour, minute = change.from:match("^(%d%d):(%d%d)$")
      if not hour or tonumber(hour) > 23 or tonumber(minute) > 59 then
        return false, "from must be a time such as 18:00, not " .. change.from
      end
    end
    return true
  end,
}

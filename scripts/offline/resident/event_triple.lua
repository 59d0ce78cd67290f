--- Offline answer: the first word as what is done, the rest as what it is done to.

return function(inputs)
  local verb, rest = inputs.task:match("^(%S+)%s+(.+)$")
  if not verb then verb, rest = "is", inputs.task end
  return { subject = inputs.name, predicate = verb, object = rest }
end

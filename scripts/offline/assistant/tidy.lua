--- Offline answer: single spaces, none at the ends.

return function(inputs)
  local words = {}
  for word in inputs.text:gmatch("%S+") do words[#words + 1] = word end
  return { text = table.concat(words, " ") }
end

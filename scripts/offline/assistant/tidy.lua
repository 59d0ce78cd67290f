--- Offline answer: single spaces, none at the ends.

return function(inputs)
  local text = inputs.text
  if not text:find("  ", 1, true) and not text:find("%s", -1) and not text:find("^%s") and not text:find("[\t\n\r]") then
    return { text = text }
  end
  local words = {}
  for word in text:gmatch("%S+") do words[#words + 1] = word end
  return { text = table.concat(words, " ") }
end

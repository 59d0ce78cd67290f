--- Offline answer: the hours' activities one after the other, at most 90 words.

local LONGEST = 90

return function(inputs)
  local words = {}
  for _, summary in ipairs(inputs.summaries) do
    local colon = summary:find(": ", 1, true)
    for word in summary:sub(colon and colon + 2 or 1):gmatch("%S+") do
      if #words < LONGEST then words[#words + 1] = word end
    end
  end
  return { summary = inputs.range .. ", " .. inputs.recommendations .. " recommendations: " .. table.concat(words, " ") }
end

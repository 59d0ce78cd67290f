--- Offline answer: single spaces, none at the ends.

local SPACE = (" "):byte()

-- Looked at without patterns: nearly every text is tidy already.
local function is_tidy(text)
  return text:byte(1) ~= SPACE and text:byte(-1) ~= SPACE and not text:find("  ", 1, true)
    and not text:find("\n", 1, true) and not text:find("\t", 1, true) and not text:find("\r", 1, true)
end

return function(inputs)
  local text = inputs.text
  if is_tidy(text) then
    return { text = text }
  end
  local words = {}
  for word in text:gmatch("%S+") do words[#words + 1] = word end
  return { text = table.concat(words, " ") }
end

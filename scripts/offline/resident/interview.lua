--- Offline answer: quotes the memories that have to do with the question, and says so when there are none. It makes nothing up.

local MOST = 3 -- memories that are quoted

-- Words that questions and memories share without having to do with each other.
local COMMON = {}
for word in ([[a about am an and any anything are as at be been by can could day days did do does doing done for from get go
  going had has have hear heard her him his how i in is it its know like many me mean much my not of on one or our out say
  she should so some tell than that the their them then there these they thing things think this those to today told too up
  us was we were what when where which who why will with would yesterday you your]]):gmatch("%a+") do COMMON[word] = true end

-- "plans", "planned" and "planning" are one word.
local function stem(word)
  for _, ending in ipairs { "ing", "ed", "es", "s" } do
    if #word - #ending >= 4 and word:sub(-#ending) == ending then
      word = word:sub(1, -#ending - 1)
      break
    end
  end
  return word:sub(-1) == word:sub(-2, -2) and word:sub(1, -2) or word
end

local function words_of(text, but)
  local words = {}
  for word in text:lower():gmatch("%a+") do
    local root = stem(word)
    if not COMMON[word] and not but[root] then words[root] = true end
  end
  return words
end

local function shared(a, b)
  local count = 0
  for word in pairs(a) do
    if b[word] then count = count + 1 end
  end
  return count
end

-- The memories that share most words with the question; of equal ones the newer. In order of time.
local function about(inputs, wanted)
  local found = {}
  for i, memory in ipairs(inputs.memories) do
    local count = shared(wanted, words_of(memory:match(": (.*)$") or memory, {}))
    if count > 0 then found[#found + 1] = { at = i, count = count, text = memory } end
  end
  table.sort(found, function(a, b)
    if a.count ~= b.count then return a.count > b.count end
    return a.at > b.at
  end)
  while #found > MOST do table.remove(found) end
  table.sort(found, function(a, b) return a.at < b.at end)
  return found
end

local function asks_about_now(question)
  local text = " " .. question:lower() .. " "
  return text:find("right now", 1, true) or text:find("are you doing", 1, true) or text:find("where are you", 1, true)
end

return function(inputs)
  if asks_about_now(inputs.question) then
    return { answer = string.format("I am %s, at %s.", inputs.doing, inputs.at) }
  end
  local wanted = words_of(inputs.question, { [stem(inputs.first_name:lower())] = true })
  local found, lines = about(inputs, wanted), {}
  for i, memory in ipairs(found) do lines[i] = memory.text end
  if #lines == 0 then return { answer = "I do not remember anything about that." } end
  return { answer = "What I remember about that: " .. table.concat(lines, "; ") .. "." }
end

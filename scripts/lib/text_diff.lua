--- What differs between two texts, line by line (`propersim prompt diff`).

local text_diff = {}

local CONTEXT = 2   -- lines around a change
local MOST = 2000   -- lines of a text

local function lines_of(text)
  local lines = {}
  for line in (text:gsub("\n$", "") .. "\n"):gmatch("(.-)\n") do lines[#lines + 1] = line end
  return lines
end

-- longest[i][j]: length of the longest common subsequence of a[i..] and b[j..].
local function common(a, b)
  local longest = {}
  for i = #a + 1, 1, -1 do
    longest[i] = {}
    for j = #b + 1, 1, -1 do
      if i > #a or j > #b then
        longest[i][j] = 0
      elseif a[i] == b[j] then
        longest[i][j] = longest[i + 1][j + 1] + 1
      else
        longest[i][j] = math.max(longest[i + 1][j], longest[i][j + 1])
      end
    end
  end
  return longest
end

-- All lines of both, each with " ", "-" or "+" before it.
local function merge(a, b)
  local longest, out, i, j = common(a, b), {}, 1, 1
  while i <= #a or j <= #b do
    if i <= #a and j <= #b and a[i] == b[j] then
      out[#out + 1] = { " ", a[i] }
      i, j = i + 1, j + 1
    elseif j > #b or (i <= #a and longest[i + 1][j] >= longest[i][j + 1]) then
      out[#out + 1] = { "-", a[i] }
      i = i + 1
    else
      out[#out + 1] = { "+", b[j] }
      j = j + 1
    end
  end
  return out
end

--- The changes from `old` to `new`: lines taken away begin with "-", new ones with "+", unchanged ones around them with a
--- blank; "..." stands for those that are left out. "" if the texts are the same.
---@param old string
---@param new string
---@return string
function text_diff.lines(old, new)
  if old == new then return "" end
  local a, b = lines_of(old), lines_of(new)
  if #a > MOST or #b > MOST then error("a text of more than " .. MOST .. " lines cannot be compared", 0) end
  local merged, near = merge(a, b), {}
  for i, line in ipairs(merged) do
    for k = i - CONTEXT, i + CONTEXT do
      if line[1] ~= " " then near[k] = true end
    end
  end
  local out, skipped = {}, false
  for i, line in ipairs(merged) do
    if near[i] then
      out[#out + 1] = line[1] .. " " .. line[2]
      skipped = false
    elseif not skipped then
      out[#out + 1] = "..."
      skipped = true
    end
  end
  return table.concat(out, "\n") .. "\n"
end

return text_diff

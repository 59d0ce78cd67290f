-- Fails if docs/first-study.md does not list exactly the options of scripts/lib/study_options.lua: lua5.4 options_doc.lua ROOT
local root = arg[1]
local options = dofile(root .. "/scripts/lib/study_options.lua")
local doc = assert(io.open(root .. "/docs/first-study.md")):read("a")
local listed, status = {}, 0

for name, default in doc:gmatch("\n| `([%w_.]+)` | `?([^|`]*)`? |") do listed[name] = default end

local function complain(...)
  print(...)
  status = 1
end

local function walk(prefix, group)
  for key, field in pairs(group.fields) do
    local name = prefix .. key
    if field.type == "group" then
      walk(name .. ".", field)
    else
      local default = field.default ~= nil and tostring(field.default) or ""
      if not listed[name] then
        complain("docs/first-study.md does not list " .. name)
      elseif listed[name]:match("^%s*(.-)%s*$") ~= default then
        complain("docs/first-study.md says that the default of " .. name .. " is " .. listed[name] .. ", it is " .. default)
      end
      listed[name] = nil
    end
  end
end

walk("", options.cell)
walk("", options.study)
for name in pairs(listed) do complain("docs/first-study.md lists " .. name .. ", which is no option") end
os.exit(status)

--- Writes a person of ours as the original system's files describe people: scratch.json and spatial_memory.json.
--- `propersim export reverie` calls this; docs/export.md lists the keys.

local json = require "json"

local M = {}

local DAY = 1440

local TRAITS = { { "extraversion", "Extraversion" }, { "agreeableness", "Agreeableness" },
  { "conscientiousness", "Conscientiousness" }, { "openness", "Openness to Experience" }, { "neuroticism", "Neuroticism" } }

-- What the original's files hold and ours have no use for; the values are those of its own persona folders.
local FIXED = { concept_forget = 100, daily_reflection_time = 180, daily_reflection_size = 5, overlap_reflect_th = 4,
  kw_strg_event_reflect_th = 10, kw_strg_thought_reflect_th = 9, thought_count = 5 }

local COOLDOWN = 800 -- steps, of runs whose settings are older than conversations

local function null(value)
  if value == nil then return json.null end
  return value
end

local function is_nothing(value)
  return value == nil or value == json.null
end

local function traits(big_five)
  local out = {}
  for i, trait in ipairs(TRAITS) do
    out[i] = (big_five[trait[1]] == "high" and "High in " or "Low in ") .. trait[2]
  end
  return table.concat(out, ", ")
end

-- "main bedroom" as "home:house:main bedroom", if a place of this name has been seen.
local function full_address(arena, addresses)
  for _, address in ipairs(addresses) do
    local world, sector, name = address:match("^([^:]*):([^:]*):([^:]*)")
    if name == arena then return world .. ":" .. sector .. ":" .. name end
  end
  return arena
end

-- The lines of a schedule as the original keeps a day: { { activity, minutes }, ... } from midnight on, without gaps and
-- overlaps. Later lines replace what they overlap.
local function day_of(lines)
  local minutes = {}
  for _, line in ipairs(lines) do
    for minute = math.max(line.start, 0), math.min(line.start + line.minutes, DAY) - 1 do minutes[minute] = line.activity end
  end
  local out = json.array {}
  for minute = 0, DAY - 1 do
    local activity = minutes[minute] or "sleeping"
    local last = out[#out]
    if last and last[1] == activity then last[2] = last[2] + 1 else out[#out + 1] = json.array { activity, 1 } end
  end
  return out
end

-- A task within a block is written "block (task)".
local function within(blocks, tasks)
  local lines = {}
  for i, block in ipairs(blocks) do lines[i] = block end
  for _, task in ipairs(tasks) do
    local around
    for _, block in ipairs(blocks) do
      if block.start <= task.start and task.start < block.start + block.minutes then around = block.activity end
    end
    local plain = not around or around == task.activity
    lines[#lines + 1] = { start = task.start, minutes = task.minutes,
      activity = plain and task.activity or string.format("%s (%s)", around, task.activity) }
  end
  return lines
end

-- What they set out to do today, each thing once.
local function plans(blocks)
  local out, seen = json.array {}, { sleeping = true }
  for _, block in ipairs(blocks) do
    if block.start < DAY and not seen[block.activity] then
      seen[block.activity] = true
      out[#out + 1] = block.activity
    end
  end
  return out
end

-- The tree world > sector > arena > { objects } of the addresses and of what is known.
local function spatial(addresses, knows)
  local tree = {}
  local function add(world, sector, arena, object)
    tree[world] = tree[world] or {}
    if not sector then return end
    tree[world][sector] = tree[world][sector] or {}
    if not arena then return end
    local objects = tree[world][sector][arena] or json.array {}
    tree[world][sector][arena] = objects
    for _, known in ipairs(objects) do
      if known == object then return end
    end
    objects[#objects + 1] = object
  end
  for world, sectors in pairs(knows) do
    for sector, arenas in pairs(sectors) do
      for arena, objects in pairs(arenas) do
        add(world, sector, arena)
        for object in pairs(objects) do add(world, sector, arena, object) end
      end
    end
  end
  for _, address in ipairs(addresses) do
    local parts = {}
    for part in address:gmatch("[^:]+") do parts[#parts + 1] = part end
    if #parts > 0 then add(table.unpack(parts, 1, 4)) end
  end
  return tree
end

-- What they are doing; nothing before the first step.
local function set_action(out, name, doing)
  local now = is_nothing(doing) and {} or doing
  out.act_address, out.act_start_time, out.act_duration = null(now.address), null(now.start), null(now.minutes)
  out.act_description = is_nothing(now.task) and json.null
    or (is_nothing(now.description) or now.description == now.task) and now.task
    or string.format("%s (%s)", now.description, now.task)
  out.act_pronunciatio = null(now.emoji)
  out.act_event = json.array { is_nothing(now.subject) and name or now.subject, null(now.predicate), null(now.object) }
  out.act_obj_description, out.act_obj_pronunciatio = null(now.object_state), null(now.emoji)
  out.act_obj_event = json.array { null(now.address), is_nothing(now.object_state) and json.null or "is", null(now.object_state) }
end

-- Whom they talk with, and how many steps must pass before they speak again to whom they have talked with.
local function set_talk(out, facts)
  local now = is_nothing(facts.doing) and {} or facts.doing
  if not is_nothing(now.talk_lines) then
    out.chatting_with, out.chat, out.chatting_end_time = now.object, now.talk_lines, now.talk_stop
  end
  local cooldown = facts.resident.talk and facts.resident.talk.cooldown or COOLDOWN
  for _, talk in ipairs(facts.talks) do
    out.chatting_with_buffer[talk.name] = math.max(0, cooldown - talk.steps)
  end
end

-- The keys of everybody's scratch.json, with the values of somebody to whom nothing has happened.
local function base(name, facts)
  local r, w = facts.resident, facts.retrieval
  local out = {
    vision_r = r.vision_r, att_bandwidth = r.att_bandwidth, retention = r.retention,
    curr_time = facts.now, curr_tile = json.array { facts.tile[1], facts.tile[2] }, name = name,
    recency_w = w.recency_w, relevance_w = w.relevance_w, importance_w = w.importance_w, recency_decay = w.recency_decay,
    importance_trigger_max = r.importance_trigger, importance_trigger_curr = r.importance_trigger, importance_ele_n = 0,
    daily_req = json.array {}, f_daily_schedule = json.array {}, f_daily_schedule_hourly_org = json.array {},
    chatting_with = json.null, chat = json.null, chatting_with_buffer = {}, chatting_end_time = json.null,
    act_path_set = false, planned_path = json.array {},
    suggestion = json.null, user_action_for_suggestion = json.null, suggestion_eval_result = json.null,
  }
  for key, value in pairs(FIXED) do out[key] = value end
  set_action(out, name, nil)
  return out
end

local function rubric(r)
  return { Personal_Preference = r.personal_preference, Timing = r.timing, Frequency = r.frequency,
    ["Communication_&_Safety"] = r.communication_safety }
end

--- A resident as they are at the end of what has been simulated.
---@param id string of the persona, which is one of the loaded texts
---@param facts table { name, now = "February 13, 2025, 00:02:30", tile = { x, y }, resident, retrieval = options,
--- state = of the resident|null, addresses = of what was perceived, hourly and decomposed = { start, minutes, activity }[] in
--- minutes from midnight in the order in which they were made, doing = row of their activity|null, with talk_lines and
--- talk_stop if it is a conversation, talks = { name, steps since they talked with them }[], walking }
---@return table { scratch, spatial }
function M.resident(id, facts)
  local p = require("personas." .. id)
  local state = is_nothing(facts.state) and {} or facts.state
  local out = base(facts.name, facts)
  out.first_name, out.last_name, out.age = p.first_name, p.last_name, p.age
  out.big_five_personality_traits = traits(p.big_five)
  for _, key in ipairs { "background", "current_interests", "lifestyle", "long_term_goals", "daily_plan_req" } do
    out[key] = p[key]
  end
  out.living_area = full_address(p.living_area, facts.addresses)
  out.criteria = rubric(p.rubric)
  out.importance_trigger_curr = state.importance_left or out.importance_trigger_curr
  out.importance_ele_n = state.since_reflection or 0
  out.daily_req = plans(facts.hourly)
  out.f_daily_schedule_hourly_org = day_of(facts.hourly)
  out.f_daily_schedule = day_of(within(facts.hourly, facts.decomposed))
  set_action(out, facts.name, facts.doing)
  set_talk(out, facts)
  out.act_path_set = facts.walking
  return { scratch = out, spatial = spatial(facts.addresses, state.knows or {}) }
end

--- The assistant of a resident: the original keeps one as if it were a person.
---@param facts table { name, of = the resident's name, and now, tile, resident, retrieval, state, addresses as above }
---@return table { scratch, spatial }
function M.assistant(facts)
  local state = is_nothing(facts.state) and {} or facts.state
  local out = base(facts.name, facts)
  out.first_name, out.last_name = facts.name:match("^(%S+)%s*(.*)$")
  out.age = 0
  out.big_five_personality_traits = ""
  out.background = "The assistant of " .. facts.of .. "."
  for _, key in ipairs { "current_interests", "lifestyle", "long_term_goals", "daily_plan_req", "living_area" } do
    out[key] = ""
  end
  return { scratch = out, spatial = spatial(facts.addresses, state.knows or {}) }
end

return M

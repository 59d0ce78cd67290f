--- When recommendations are welcome and when not, read out of prose: each sentence is cut into clauses, a clause into
--- phrases; the clause says welcome or not, the phrases say when.
local prose = require "propersim.prose_text"
local clock = require "propersim.prose_clock"
local time = require "propersim.persona_time"

local M = {}

local DEFAULT_DAY = { wake = 420, sleep = 1350 } -- 07:00 to 22:30, for prose whose author's day is not known

-- A clause ends before these words ...
local BREAKS = prose.phrases [[but;however;though;although;except;and not;and never;and nothing;and none;and no;
rather than;instead of;, not;, never;, nothing;, none]]
-- ... and reasons and circumstances are cut out, up to the next comma.
local ASIDES = prose.phrases [[because;as;so;so that;which;when;whenever;while;where;unless;for that is;for those are;
or i;or it]]

local NO_MATTER = prose.phrases "dont mind;do not mind;wouldnt mind;no problem;not a problem;no trouble;not only;no matter"
local AGAINST = prose.phrases [[not;never;no;none;nothing;nobody;dont;doesnt;didnt;wont;cant;cannot;isnt;arent;avoid;without;
rather not;leave me;undisturbed;uninterrupted;silence;silent;quiet;off limits;sacred;closed;out of bounds;hands off;keep away;
stay away;stay out;keep out;alone;to myself;mine;unwelcome;shut up;hush;done for the day;peace;forbidden;hate;dislike]]
local FOR = prose.phrases [[prefer;prefers;welcome;best;good;fine;open;receptive;ideal;like;glad;happy;ask;reach;reachable;send;
sent;come;free;appreciate;love;suit;suits;receiving;receive;available;listen;take;accept;catch;talk;speak;spoken;addressed;
time;around;okay;perfect;slots;helpful;work;works;hear;between;from;any time;anytime;all day;yes]]

local function marks_at(words, at, phrases)
  for _, phrase in ipairs(phrases) do
    if prose.starts(words, at, phrase) then return #phrase end
  end
end

--- Cuts a sentence into clauses without their asides. The asides are returned as well.
---@param words string[]
---@param whole boolean? leave the asides in
---@return string[][] clauses
---@return string[][] asides
function M.clauses(words, whole)
  local clauses, asides, now, aside = {}, {}, {}, nil
  for at = 1, #words do
    local word = words[at]
    if word == ";" or word == "(" or word == ")" or word == ":" or marks_at(words, at, BREAKS) then
      if #now > 0 then clauses[#clauses + 1] = now end
      now, aside = {}, nil
    elseif aside and word == "," then
      aside = nil
    elseif not whole and not aside and marks_at(words, at, ASIDES) then
      aside = {}
      asides[#asides + 1] = aside
    end
    local into = aside or now
    into[#into + 1] = word
  end
  if #now > 0 then clauses[#clauses + 1] = now end
  return clauses, asides
end

--- Does a clause say that something is unwelcome (false), welcome (true), or neither (nil)?
---@param words string[]
---@return boolean|nil
function M.welcomes(words)
  local harmless = prose.find(words, NO_MATTER) ~= nil
  if not harmless and prose.find(words, AGAINST) then return false end
  if harmless or prose.find(words, FOR) then return true end
  return nil
end

-- Phrases between commas, "and" and "or"; "between A and B" stays whole.
local function phrases_of(words)
  local out, now, between = {}, {}, false
  for _, word in ipairs(words) do
    if word == "between" then between = true end
    local cuts = word == "," or word == "or" or (word == "and" and not between)
    if word == "and" then between = false end
    if cuts then
      out[#out + 1], now = now, {}
    else
      now[#now + 1] = word
    end
  end
  out[#out + 1] = now
  return out
end

-- The windows of a clause. "In the morning, around 8am" means 8am: a clock time within a part of the day just named
-- takes its place.
local function windows_of(words, day)
  local out, last_part, vague = {}, nil, false
  for _, phrase in ipairs(phrases_of(words)) do
    local found, exact, unsure = clock.windows(phrase, day)
    vague = vague or unsure
    if exact and last_part and #found == 1 and time.share(found[1], { out[last_part] }) >= 0.5 then
      out[last_part] = found[1]
      last_part = nil
    else
      for _, window in ipairs(found) do
        out[#out + 1] = window
        last_part = not exact and #out or nil
      end
    end
  end
  return out, vague
end

---@class propersim.ReadWindows
---@field receptive string[][] windows of "HH:MM"
---@field quiet string[][] windows that are ruled out; they win where both are said
---@field unread string[] sentences that name a time and were not understood
---@field ruled_out integer[][] what the sentences rule out one by one, in minutes
---@field welcomed integer[][] what they welcome one by one, in minutes

local function labels(holds)
  local out = {}
  for i, window in ipairs(time.collect(holds)) do
    out[i] = { time.text(window[1]), time.text(window[2]) }
  end
  return out
end

-- Reads the times of one sentence into the two lists; says whether something in it stayed unclear.
local function read_sentence(words, day, ruled_out, welcomed)
  local unclear, before = false, nil
  for _, clause in ipairs(M.clauses(words)) do
    local found, vague = windows_of(clause, day)
    local welcome = M.welcomes(clause)
    -- "All day except at noon", "never except at noon": an exception is the opposite of what it is an exception to.
    if clause[1] == "except" and before ~= nil then welcome = not before end
    before = welcome
    unclear = unclear or vague or (#found > 0 and welcome == nil)
    local into = welcome == false and ruled_out or welcomed
    if welcome ~= nil then table.move(found, 1, #found, #into + 1, into) end
  end
  return unclear
end

--- When recommendations are welcome and when they are ruled out.
---@param text string
---@param day { wake: integer, sleep: integer }? minutes; 07:00 and 22:30 if not given
---@return propersim.ReadWindows
function M.windows(text, day)
  day = day or DEFAULT_DAY
  local ruled_out, welcomed, unread = {}, {}, {}
  for _, sentence in ipairs(prose.sentences(text)) do
    if read_sentence(prose.words(sentence), day, ruled_out, welcomed) then unread[#unread + 1] = sentence end
  end
  return {
    receptive = labels(function(minute)
      return time.within(welcomed, minute) and not time.within(ruled_out, minute)
    end),
    quiet = labels(function(minute) return time.within(ruled_out, minute) end),
    unread = unread, ruled_out = ruled_out, welcomed = welcomed,
  }
end

return M

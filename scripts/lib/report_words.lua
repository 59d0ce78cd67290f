--- The sentences that the terminal report and the page share: what the study is, how far it is, what answered it.

local format = require "propersim.report_format"
local imported = require "propersim.report_imported"
local interval = require "propersim.stats_interval"
local json = require "propersim.report_json"

local known, count = json.known, format.count

local report_words = {}

local ROLES = { "resident", "rater", "assistant", "summary", "embedding" }

report_words.about_means = "A mean over personas is the mean of the personas' own daily means (several seeds of a "
  .. "persona are averaged first); [..] is its 95 % interval over personas (BCa bootstrap; "
  .. "Student t of fewer than " .. interval.FEW .. "). Failed ratings are in no mean."

report_words.about_decisions = "prec: share of the recommendations that came in a right moment (Timing and Frequency "
  .. "fulfilled). rec.: right moments out of right moments and missed needs; a need is a stretch of silence that the person "
  .. "found overdue. F1: the balance of both; silence cannot win it. content: of those in a right moment, those with the right "
  .. "content. match: 100% is the wished number, half or twice as many are 50%."

report_words.pending = "What the study expects of its results is judged once all its runs are finished."

report_words.about_match = "Match: 100% is the wished number of recommendations; half or twice as many are 50%, and silence "
  .. "is 0%. Within half: personas that hear between half and one and a half of what they wish."

report_words.about_curves = "The mean over time is the area under the daily curve. 90 %: the first day on which nine tenths of "
  .. "the gain (final days less day 1) are made; – where no gain is clear of zero."

--- The first few of a list, and how many more there are.
---@param list string[]
---@param most integer
---@return string
function report_words.shortened(list, most)
  if #list <= most then return format.enumerate(list) end
  return table.concat(list, ", ", 1, most) .. " and " .. #list - most .. " more"
end

--- "4 personas, 1 seed, 2 conditions, 14 days".
function report_words.size(data)
  local study = data.study
  return table.concat({ count(study.personas_n, "persona"), count(study.seeds_n, "seed"),
    count(#data.conditions, "condition"), count(study.days, "day") }, ", ")
end

local function is_complete(study) return study.runs_n > 0 and study.runs_finished == study.runs_n end

--- How far the study is; nil when it is complete.
function report_words.progress(data)
  local study = data.study
  if is_complete(study) then return nil end
  if study.runs_n == 0 then return "The study has no runs." end
  local text = string.format("Not finished: %d of %s %s done", study.runs_finished, count(study.runs_n, "run"),
    study.runs_n == 1 and "is" or "are")
  if study.days_finished == 0 then return text .. "; no day is finished in all of them." end
  return string.format("%s; day %d of %d is the last that all have finished. Later days rest on fewer.", text,
    study.days_finished, study.days)
end

--- True if some condition has a finished day.
function report_words.has_days(data)
  for _, condition in ipairs(data.conditions) do
    if #condition.days > 0 then return true end
  end
  return false
end

--- True if some assistant has proposed something, or kept silent: else there is nothing to rate.
function report_words.has_ratings(data)
  for _, condition in ipairs(data.conditions) do
    for _, day in ipairs(condition.days) do
      if day.ratings > 0 or day.recommendations > 0 or day.abstentions > 0 then return true end
    end
  end
  return false
end

--- Why there is nothing that was rated.
function report_words.nobody_rated(data)
  if imported.is_compressed(data) then
    return "The run was imported in the original's compressed form, which holds no suggestions and ratings."
  end
  return "Nobody had an assistant, so nothing was proposed and nothing rated."
end

--- What to do about a study without a finished day.
function report_words.what_next(data)
  return "No day is finished yet, so there is nothing to average. If the study is not running, go on with it:",
    "propersim resume " .. data.study.folder
end

local function model_name(model)
  if type(model) == "string" then return model end
  return type(model) == "table" and (model.model or model.name) or "a model"
end

-- The roles of all conditions: the usual ones first, others by name.
local function all_roles(conditions)
  local seen, out, others = {}, {}, {}
  for _, condition in ipairs(conditions) do
    for role in pairs(known(condition.models) or {}) do seen[role] = true end
  end
  for _, role in ipairs(ROLES) do
    if seen[role] then out[#out + 1] = role end
    seen[role] = nil
  end
  for role in pairs(seen) do others[#others + 1] = role end
  table.sort(others)
  for _, role in ipairs(others) do out[#out + 1] = role end
  return out
end

-- Which models answer in a role, each with the conditions in which it does (nil: in all).
local function models_of(role, conditions)
  local names, where = {}, {}
  for _, condition in ipairs(conditions) do
    local models = known(condition.models)
    local name = models and models[role] and model_name(models[role])
    if name then
      if not where[name] then
        names[#names + 1], where[name] = name, {}
      end
      where[name][#where[name] + 1] = condition.name
    end
  end
  return names, where
end

report_words.not_a_model = "The offline model is a behavioural model and not a language model: it is there to compare methods, "
  .. "and says nothing about how a language model or a person would answer."

local function simulated(data)
  if data.offline == true then return "Everything here was answered offline. " .. report_words.not_a_model end
  local offline, others = {}, {}
  for _, role in ipairs(all_roles(data.conditions)) do
    local names, where = models_of(role, data.conditions)
    for _, name in ipairs(names) do
      local place = #names > 1 and " (in " .. format.enumerate(where[name]) .. ")" or ""
      if name == "offline" then offline[#offline + 1] = role .. place
      else others[#others + 1] = string.format("%s by %s%s", role, name, place) end
    end
  end
  if #others == 0 and #offline > 0 then return "Everything else was answered offline. " .. report_words.not_a_model end
  if #others == 0 then return "The study does not say what answered in its roles. " .. report_words.not_a_model end
  if #offline == 0 then return "Answered by models: " .. format.enumerate(others) .. ". No role was offline." end
  return string.format("Answered by models: %s. Answered offline: %s. %s", format.enumerate(others),
    format.enumerate(offline), report_words.not_a_model)
end

--- What answered, said plainly: every report shows it.
function report_words.offline(data)
  if not data.imported then return simulated(data) end
  local sentence = data.imported.sentence
  return data.imported.everything and sentence or sentence .. " " .. simulated(data)
end

--- What the interval of a condition rests on: "4 personas, 2 seeds each".
function report_words.basis(condition)
  local text = count(condition.personas_n, "persona")
  if condition.seeds_n > 1 then text = text .. ", " .. count(condition.seeds_n, "seed") .. " each" end
  return text
end

--- What a figure's means and bands rest on, for its caption.
---@param days integer how many days the figure has
function report_words.caption(data, days)
  local basis, differs, bounded = nil, false, false
  for _, condition in ipairs(data.conditions) do
    local text = report_words.basis(condition)
    differs, basis = differs or (basis ~= nil and basis ~= text), basis or text
    bounded = bounded or condition.personas_n > 1
  end
  if differs then
    local parts = {}
    for i, condition in ipairs(data.conditions) do parts[i] = condition.name .. " " .. report_words.basis(condition) end
    basis = table.concat(parts, "; ")
  end
  if not bounded then return "n: " .. basis .. ", so there is no interval over personas." end
  local kind = data.study.personas_n < interval.FEW and "Student t" or "BCa bootstrap"
  local text = string.format("n: %s. %s: 95 %% interval of the mean over personas (%s).", basis, days > 1 and "Band" or "Bar",
    kind)
  return report_words.progress(data) and text .. " Later days rest on fewer." or text
end

--- The sources of published values, each once.
---@param guides table[] list of { source }
---@return string
function report_words.sources(guides)
  local seen, out = {}, {}
  for _, guide in ipairs(guides) do
    if not seen[guide.source] then
      seen[guide.source] = true
      out[#out + 1] = guide.source
    end
  end
  return table.concat(out, "; ")
end

--- What stands over published values: whose they are, and what ours are.
function report_words.published(data)
  local offline = data.offline == true and " Ours are the offline model's, which is no language model: they may resemble the "
    .. "published ones in form, and say nothing about whether those are right." or ""
  return "Values of others, as the study file states them, beside ours on the same day." .. offline
end

--- Why there is no interval, or nil.
function report_words.no_interval(condition)
  if condition.personas_n > 1 then return nil end
  return "One persona: there is no interval over personas."
end

--- "3 of 4 personas" if the last day is not finished for all of a condition's; else nil.
function report_words.last_day(condition)
  local last = condition.days[#condition.days]
  if not last or last.personas_n == condition.personas_n then return nil end
  return string.format("day %d: %d of %s", last.day, last.personas_n, count(condition.personas_n, "persona"))
end

--- The sum of failed ratings over all days of a condition.
function report_words.failed(condition)
  local sum, ratings = 0, 0
  for _, day in ipairs(condition.days) do sum, ratings = sum + day.failed, ratings + day.ratings end
  return sum, ratings
end

--- Says what failed; nil if nothing did.
function report_words.failures(condition)
  local failed, ratings = report_words.failed(condition)
  if failed == 0 then return nil end
  return string.format("%d of %s failed and %s in no mean.", failed, count(ratings, "rating"),
    failed == 1 and "is" or "are")
end

return report_words

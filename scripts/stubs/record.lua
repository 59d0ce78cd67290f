---@meta record
--- Rows of the run file; docs/run-file.md says what each column means. Step, day and time are those of now. In tests,
--- where nothing is recorded, the fields are checked all the same.

---@class record
local record = {}

---@param row { who: integer, x: integer, y: integer, path: string|nil, asleep: boolean, walking: boolean, action: string, activity: integer|nil }
function record.step(row) end

---@param row { who: integer, seq: integer, start: integer, minutes: integer, description: string, task: string, kind: string|nil, address: string, emoji: string, subject: string, predicate: string, object: string, object_state: string }
function record.activity(row) end

--- `start` in simulated seconds.
---@param row { who: integer, level: "hourly"|"decomposed", start: integer, minutes: integer, activity: string }
function record.schedule(row) end

---@param row { who: integer, address: string|nil, subject: string, predicate: string, object: string, description: string }
function record.event(row) end

---@param row { who: integer, slot: integer, text: string, silent: boolean, delivered: boolean, source: "drawn"|"forced"|"revised", topic: string|nil, tone: string|nil, reason: string|nil, logit: number|nil, probability: number|nil }
function record.suggestion(row) end

--- `by`: criterion -> { value = 0, 1 or nil (failed), reason }.
---@param row { who: integer, slot: integer, shared: boolean, by: table }
function record.rating(row) end

---@param row { who: integer, chosen: integer, rejected: integer, margin: number }
function record.pair(row) end

--- A number about this day, which the report shows by its name; once a day, resident and name.
---@param row { who: integer|nil, name: string, value: number } who: nil for a number of the whole household
function record.measure(row) end

--- What the assistant was asked at the moment of this step's pair; `inputs` as JSON.
---@param row { who: integer, prompt: string, inputs: string }
function record.pair_prompt(row) end

--- `from` and `to` in simulated seconds.
---@param row { who: integer, stream: "resident"|"assistant"|"rater", level: "hour"|"four_hours", from: integer, to: integer, text: string }
function record.summary(row) end

--- From now on a stream holds neither its summaries so far nor its memories with an id below `below`.
---@param row { who: integer, stream: "resident"|"assistant"|"rater", below: integer }
function record.clear(row) end

--- One question of the nightly check. `answer` and `given` count from 0; `given` is nil if the model failed.
---@param row { who: integer, seq: integer, subject: string, question: string, answer: integer, given: integer|nil, comment: string|nil }
function record.mmlu(row) end

return record

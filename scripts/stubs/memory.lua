---@meta memory
--- Memory streams: what a resident, or their assistant, remembers. Ids count from 1 in the order in which memories came.

---@class memory
local memory = {}

---@class Stream
local Stream = {}

--- The stream of a resident, or of their assistant.
---@param whose "resident"|"assistant"
---@param who integer the resident's number
---@return Stream
function memory.stream(whose, who) end

---@class new_memory
---@field type "event"|"thought"|"chat"
---@field subject string
---@field predicate string
---@field object string
---@field text string what is embedded for retrieval
---@field importance number 1 to 10
---@field keywords string[]|nil at most 64; upper and lower case are the same
---@field evidence integer[]|nil ids that a thought rests on
---@field lines string[]|nil of a chat: who said what
---@field expires integer|nil simulated time in seconds; nil: never

--- Remembers something now.
---@param node new_memory
---@return integer id
function Stream:add(node) end

--- The memories that matter most for a focal point, by recency, relevance and importance (REFERENCE: Park et al. 2023,
--- section 4.1; weights of ProPerSim). They count as accessed now. Best first. Where a model embeds texts, it may wait.
---@param focal string
---@param most integer 0 to 200
---@return integer[]|nil ids nil if the model failed to embed a text
---@return string|nil failure why, in one word
function Stream:retrieve(focal, most) end

--- The latest memories, newest first.
---@param most integer
---@param type "event"|"thought"|"chat"|nil nil: all
---@return integer[] ids
function Stream:latest(most, type) end

--- Memories with a keyword, newest first.
---@param keyword string
---@param type "event"|"thought"|"chat"|nil nil: all
---@return integer[] ids
function Stream:lookup(keyword, type) end

---@param id integer
---@return string text
function Stream:text(id) end

--- All fields of a memory.
---@param id integer
---@return table
function Stream:node(id) end

---@return integer count which is also the highest id
function Stream:count() end

--- Short codes of the embeddings of some texts: texts that mean nearly the same share most of them. Where a model embeds
--- texts, it may wait.
---@param texts string[] 1 to 100
---@return integer[][]|nil codes five numbers from 0 to 15 for each text; nil if the model failed to embed them
---@return string|nil failure why, in one word
function memory.codes(texts) end

return memory

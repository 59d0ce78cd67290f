-- The main experiment of ProPerSim (ICLR 2026, arXiv 2509.21730): four assistants, 32 people, two weeks. The report draws the
-- published curves beside ours. Everything is answered by the offline model here, which is no language model: what can be
-- compared is which assistant improves and how, not the heights of the curves.
--
-- The published order at day 1 is not reproduced: offline, `ars` goes by the scores in its memory within hours, finds silence,
-- and starts at about 3.7 (published 2.6), above all others; it is not trained and drifts with its memory from there.
--
-- The four differ in memory and learning alone. `in_context` lets the offline model go by what its memory tells, as language
-- models do without being trained; `proper` draws and learns as docs/learning.md recommends.
local study = require "propersim.study"

local SOURCE = "ProPerSim (ICLR 2026, arXiv 2509.21730), read off the figures"

local function curve(name, condition, first, last, measure)
  return { name = name, condition = condition, measure = measure, points = { [1] = first, [14] = last }, source = SOURCE }
end

return study {
  name = "paper",
  days = 14,
  personas = study.personas "p01..p32",
  baseline = "no_memory", -- what the report compares the others with
  assistant = { in_context = 1 },
  conditions = {
    no_memory = { assistant = { memory = "none", retrieve = 0 } },
    ar = { assistant = { memory = "AS", retrieve = 5 } },
    ars = { assistant = { memory = "ASC", retrieve = 5 } },
    proper = { assistant = {
      memory = "AS", retrieve = 3,
      learn = { method = "dpo", replay = "equally400", ties = 0.5, across = 0.5 },
      explore = { opposite = 0.25, speak = 0.25 },
    } },
  },
  published = {
    curve("No Memory", "no_memory", 2.1, 2.2),
    curve("AR Memory", "ar", 2.3, 2.3),
    curve("ARS Memory", "ars", 2.6, 2.5),
    curve("ProPerAssistant", "proper", 2.2, 3.3),
    curve("ProPerAssistant", "proper", 24, 6, "recommendations_per_hour"),
    curve("ProPerAssistant", "proper", 0.5106, 0.7151, "success_rate"),
  },
}

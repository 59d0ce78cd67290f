-- The town of 25 people for three days of 10-second steps, without assistants: what town_bench measures.
local study = require "propersim.study"

return study {
  name = "town-bench", days = 3, map = "maps/town.tmj", sec_per_step = 10, households = { "t01..t25" }, assistants = "none",
  resident = { importance_trigger = 150, vision_r = 4, att_bandwidth = 3, retention = 5 },
}

-- How far does news go? On the first morning Lena, who owns the cafe, has the idea of a summer party at the Lantern on Saturday
-- evening. Nobody else is told. The report says how many of the 25 know of it each day, and how many come; the second condition
-- has a town that does not talk: there, whoever is at the pub at that time is a regular.
local study = require "propersim.study"

return study {
  name = "party", days = 3, map = "maps/town.tmj", sec_per_step = 10, households = { "t01..t25" }, assistants = "none",
  resident = { importance_trigger = 150, vision_r = 4, att_bandwidth = 3, retention = 5 },
  whispers = {
    { day = 1, time = "08:00", who = "t21", text = "Lena Hartmann is giving a summer party at the Lantern on Saturday, "
      .. "February 15, from 18:00 to 21:00, and everybody is invited" },
  },
  news = {
    { name = "party", words = { "summer party", "Lantern" }, place = "The Lantern", day = 3, from = "18:00", to = "21:00" },
  },
  conditions = { town = {}, silent = { resident = { talk = { enabled = false } } } },
}

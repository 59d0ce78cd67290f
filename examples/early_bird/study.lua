-- Overrides a script: everybody gets up two hours earlier. The file scripts/offline/resident/wake_up.lua beside this
-- study takes the place of the installed one; nothing else is copied.
local study = require "propersim.study"

return study {
  name = "early_bird",
  days = 3,
  personas = { "p05", "p17" },
}

--- Offline answer: a guess. The offline model knows nothing of the world, and says so.

local LETTERS = { "A", "B", "C", "D" }

return function(_, rng)
  return { choice = rng:pick(LETTERS), comment = "guessing: the offline model knows nothing" }
end

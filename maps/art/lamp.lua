-- Draws lamp.svg: the assistant, a small lamp that hovers beside its person. Frames of 32 x 32, in one
-- row: off, glowing (it speaks), then the scores 0 to 4. Besides its colour a score shows as filled
-- dots, so that it can be read without telling colours apart. Run through build.sh, in this folder.
local canvas = require("canvas")

local g = canvas.new("palette.json")
local scores = g.palette.scores
assert(#scores == 5, "palette.json: five score colours expected")

local function lamp(colour, score)
  return function()
    g:shade_ellipse(16, 29.5, 5.5, 1.7)
    if colour then
      g:circle(16, 17, 13, colour, 0.2)
      g:circle(16, 18, 9.5, colour, 0.35)
    end
    -- Ring, stem, shade, bulb.
    g:stroke("M16 6.8a1.7 1.7 0 1 1 .1 0z", "slate", 1.1)
    g:rect(14.5, 6.5, 3, 3, "slate", 1)
    g:circle(16, 19.5, 5.6, colour and "linen" or "stone")
    g:circle(16, 19.5, 5.6, colour or "steel", colour and 0.8 or 0.6)
    g:circle(14, 21, 1.4, "linen", colour and 0.95 or 0.5)
    g:path("M12 8.5h8q5.5 3 6 9.5q-10 3 -20 0q.5 -6.5 6 -9.5z", "slate")
    g:path("M12.2 9h7.6q5 2.8 5.6 8.5q-9.4 2.7 -18.8 0q.6 -5.7 5.6 -8.5z", "blue_dk")
    g:path("M12.2 9h2.3q-2.5 3.5 -2.8 9.4q-2.8 -.3 -5.1 -.9q.6 -5.7 5.6 -8.5z", "blue", 0.9)
    for i = 1, score and 4 or 0 do
      g:circle(8.8 + (i - 1) * 4.8, 15.8 + (i == 1 and -0.3 or i == 4 and -0.3 or 0.2), 1.7,
        i <= score and "linen" or "ink", i <= score and 1 or 0.55)
    end
  end
end

local frames = { lamp(nil), lamp("mustard") }
for score = 0, 4 do
  frames[#frames + 1] = lamp(scores[score + 1], score)
end
for i, draw in ipairs(frames) do
  g:inside((i - 1) * 32, 0, 32, 32, draw)
end
g:save("lamp.svg", #frames * 32, 32)
print(("lamp.svg: %d states"):format(#frames))

-- Lays out our house and writes maps/house.tmj. Run through build.sh, after draw.lua, in this folder.
-- Tiles are counted from 0, columns to the right, rows down.
local sheet = require("sheet")
local tiled = require("tiled")

local map = tiled.new(28, 21, sheet.read("house.index"))

-- Grounds -----------------------------------------------------------------------------------------
map:pattern("ground", "grass", 0, 0, 28, 21)
map:pattern("ground", "wood", 2, 1, 18, 15)
map:fill("ground", "bath floor", 10, 1, 4, 6)
map:fill("floor", "bath floor right", 9, 1, 1, 6)
map:fill("floor", "bath floor left", 14, 1, 1, 6)
map:fill("ground", "kitchen floor", 2, 7, 5, 8)
map:fill("floor", "kitchen floor left", 7, 8, 1, 7)

-- Walls -------------------------------------------------------------------------------------------
local walls = require("walls").new(map)
walls:line("blue", 1, 1, 8, 1)
walls:line("bath", 10, 1, 13, 1)
walls:line("green", 15, 1, 20, 1)
walls:line("kitchen", 1, 7, 6, 7)
walls:line("plain", 8, 7, 20, 7)
walls:line("west", 1, 1, 1, 15)
walls:line("east", 20, 1, 20, 15)
walls:line("plain", 9, 1, 9, 7)
walls:line("plain", 14, 1, 14, 7)
walls:line("plain", 7, 7, 7, 9)
walls:line("plain", 7, 12, 7, 15)
walls:split("blue", "bath", 9, 1)
walls:split("bath", "green", 14, 1)
walls:split("kitchen", "plain", 7, 7)
walls:line("outside", 2, 15, 19, 15)
for _, col in ipairs({ 8, 11, 16 }) do
  walls:door(col, 7)
end
walls:garden_door(14, 15)
walls:draw()

-- Main bedroom ------------------------------------------------------------------------------------
map:put("floor", "rug blue", 4, 3)
map:put("furniture", "closet", 2, 1)
map:put("furniture", "nightstand books", 4, 2)
map:put("furniture", "picture pair", 4, 1)
map:put("furniture", "window blue", 5, 1)
map:put("furniture", "bed double", 5, 2)
map:put("above", "bed double blanket", 5, 3)
map:put("furniture", "picture hills", 8, 1)
map:put("furniture", "desk", 7, 2)
map:put("furniture", "chair up", 8, 3)
map:put("furniture", "armchair", 2, 5)
map:put_split("plant tall", 3, 5)

-- Bathroom ----------------------------------------------------------------------------------------
map:put("furniture", "window small", 10, 1)
map:put("furniture", "toilet", 10, 1)
map:put("furniture", "bathroom sink", 11, 1)
map:put("furniture", "shower", 12, 2)
map:put("above", "shower glass", 12, 3)
map:put("floor", "bath mat", 11, 4)
map:put("furniture", "washing machine", 13, 5)

-- Small bedroom -----------------------------------------------------------------------------------
map:put("furniture", "closet white", 15, 1)
map:put("furniture", "toys", 17, 2)
map:put("furniture", "picture hills", 17, 1)
map:put("furniture", "window green", 18, 1)
map:put("furniture", "bed single", 18, 2)
map:put("above", "bed single blanket", 18, 3)
map:put("furniture", "desk left", 15, 4)
map:put("furniture", "chair left", 16, 5)
map:put("floor", "rug round", 17, 5)
map:put("furniture", "plant", 19, 6)

-- Kitchen -----------------------------------------------------------------------------------------
map:put("furniture", "refrigerator", 2, 7)
map:put("furniture", "cooking area", 3, 7)
map:put("furniture", "wall cupboard", 5, 7)
map:put("furniture", "kitchen sink", 5, 8)
map:put("floor", "kitchen mat", 3, 9)
map:put("furniture", "island", 3, 12)
map:put("furniture", "stool", 3, 13)
map:put("furniture", "stool", 4, 13)
map:put_split("plant tall", 2, 13)

-- Common room -------------------------------------------------------------------------------------
map:put("furniture", "picture hills", 9, 7)
map:put("furniture", "sideboard", 9, 8)
map:put("furniture", "clock", 12, 7)
map:put("furniture", "shelf", 13, 7)
map:put("furniture", "picture pair", 18, 7)
map:put("floor", "rug red", 16, 10)
map:put("furniture", "sofa", 17, 8)
map:put("furniture", "low table", 17, 11)
map:put("furniture", "armchair right", 15, 11)
map:put("furniture", "chair down", 10, 10)
map:put("furniture", "chair down", 12, 10)
map:put("furniture", "table", 10, 11)
map:put("furniture", "chair up", 10, 13)
map:put("furniture", "chair up", 12, 13)
map:put_split("floor lamp", 19, 12)
map:put("furniture", "plant", 8, 14)

-- Garden ------------------------------------------------------------------------------------------
map:paving(12, 16, 6, 2)
map:paving(14, 18, 2, 2)
map:put("furniture", "doormat", 14, 16)
for i, at in ipairs({ { 18, 17 }, { 19, 17 }, { 20, 17 }, { 21, 16 }, { 21, 15 }, { 21, 14 }, { 21, 13 }, { 21, 12 },
  { 21, 11 }, { 21, 10 }, { 21, 9 }, { 21, 8 }, { 21, 7 }, { 21, 6 } }) do
  map:put("floor", i <= 3 and "stones 3" or ("stones " .. i % 2 + 1), at[1], at[2])
end
map:put("floor", "stones 3", 21, 5)
map:hedge(0, 0, 28, 21, { [14] = true, [15] = true })
map:put("furniture", "gate", 14, 20)
map:put("furniture", "vegetable bed 1", 22, 3)
map:fill("floor", "mulch", 22, 5, 4, 1)
map:put("furniture", "vegetable bed 2", 22, 6)
map:put("furniture", "watering can", 22, 9)
map:put("furniture", "trunk", 24, 12)
map:put("above", "crown apples", 23, 9)
map:put("furniture", "bench", 23, 14)
map:put("furniture", "trunk", 3, 19)
map:put("above", "crown", 2, 16)
map:put("furniture", "pond", 8, 17)
map:put("furniture", "flower bed warm", 6, 16)
map:put("furniture", "flower bed cool", 8, 16)
map:put("furniture", "flower bed cool", 18, 16)
map:put("furniture", "garden table", 17, 17)
map:put("furniture", "garden chair", 16, 17)
map:put("furniture", "laundry", 22, 17)
for _, at in ipairs({ { 12, 19 }, { 17, 19 }, { 26, 1 }, { 21, 1 }, { 26, 19 } }) do
  map:put("furniture", "bush", at[1], at[2])
end
for i, name in ipairs({ "window outside", "window outside", "window outside" }) do
  map:put("furniture", name, ({ 3, 9, 17 })[i], 15)
end

-- Places ------------------------------------------------------------------------------------------
map:set("world", "home")
map:set("special_constraint", "planning to stay at home all day and never go out")

map:place("sectors", "house", 0, 0, 28, 21)
map:place("arenas", "main bedroom", 2, 1, 7, 6)
map:place("arenas", "bathroom", 10, 1, 4, 6)
map:place("arenas", "small bedroom", 15, 1, 5, 6)
map:place("arenas", "kitchen", 2, 7, 6, 8)
map:place("arenas", "common room", 8, 7, 12, 8)
map:place("arenas", "common room", 14, 15, 2, 1)
map:place("arenas", "garden", 21, 1, 6, 15)
map:place("arenas", "garden", 1, 16, 26, 4)

map:place("objects", "bed", 5, 2, 2, 3)
map:place("objects", "desk", 7, 2, 2, 1)
map:place("objects", "desk", 8, 3, 1, 1)
map:place("objects", "closet", 2, 1, 2, 2)
map:place("objects", "toilet", 10, 2, 1, 1)
map:place("objects", "bathroom sink", 11, 2, 1, 1)
map:place("objects", "shower", 12, 2, 2, 2)
map:place("objects", "bed", 19, 2, 1, 3)
map:place("objects", "desk", 15, 4, 1, 2)
map:place("objects", "desk", 16, 5, 1, 1)
map:place("objects", "closet", 15, 1, 2, 2)
map:place("objects", "refrigerator", 2, 8, 1, 1)
map:place("objects", "cooking area", 3, 8, 2, 1)
map:place("objects", "kitchen sink", 5, 8, 2, 1)
map:place("objects", "shelf", 13, 8, 2, 1)
map:place("objects", "sofa", 17, 8, 3, 2)
map:place("objects", "common room table", 10, 11, 3, 2)
for _, at in ipairs({ { 10, 10 }, { 12, 10 }, { 10, 13 }, { 12, 13 } }) do
  map:place("objects", "common room table", at[1], at[2], 1, 1)
end
map:place("objects", "house garden", 22, 3, 4, 5)

map:place("spawns", "main bedroom", 7, 4, 1, 1)
map:place("spawns", "small bedroom", 18, 5, 1, 1)

map:save("../house.tmj", "tiles/house.png")

-- What goes with an activity: its emoji, where it is done, and how much an event moves a person.
-- Words are read as in lexicon_model.lua: "~" stands for all forms of a verb, "+" for a plural.

-- For each kind of activity: its emoji, then what narrows it down.
local emoji = {
  sleep = { "😴", {} },
  hygiene = { "🧼", { { "shower~", "🚿" }, { "bath~, bathe~, bathtub", "🛁" },
    { "tooth, teeth, floss~, toothbrush", "🪥" }, { "shave~, beard", "🪒" },
    { "dress~, dressed, pyjamas, pajamas, clothes, outfit, uniform", "👕" }, { "makeup, skincare, face cream", "🧴" },
    { "toilet", "🚽" },
    { "haircut, hair", "💇" }, { "wake~, waking, get~ up", "🌅" } } },
  meal = { "🍽️", { { "breakfast+, brunch", "🥣" }, { "sandwich~, toast", "🥪" }, { "pizza", "🍕" },
    { "soup+, stew+, curry", "🍲" }, { "salad+", "🥗" },
    { "pasta, noodles, ramen", "🍝" }, { "apple+, fruit+", "🍎" }, { "cake+, dessert+", "🍰" },
    { "snack+, snacking", "🥨" }, { "pancake+, waffle+", "🥞" } } },
  cooking = { "🍳", { { "bread, loaf, dough, sourdough", "🍞" }, { "cake+, cookie+, muffin+, biscuit+, pie+", "🧁" },
    { "soup+, stew+, curry, broth", "🍲" },
    { "vegetable+, chop~, salad+", "🥕" }, { "coffee, tea", "☕" }, { "pasta, noodles", "🍝" } } },
  chores = { "🧹", { { "laundry, clothes, shirts, iron~, fold~", "🧺" }, { "dishes, dishwasher, wash~ up", "🍽️" },
    { "grocery+, groceries, shop~, shopping, supermarket", "🛒" },
    { "rubbish, trash, bins, recycling, garbage", "🗑️" }, { "bed+, sheets, duvet", "🛏️" }, { "cat+", "🐈" }, { "dog+", "🐕" },
    { "fix~, repair~, mend~, hinge, tap", "🔧" }, { "pack~, unpack~, suitcase+", "🎒" } } },
  work = { "💼", { { "email+, inbox, mail, emailing", "📧" }, { "call+, phone", "📞" },
    { "meeting+, presentation+", "📊" }, { "code~, coding, debug~, software, program~", "💻" },
    { "draw~, drawings, design+, designing, sketch~, floor plan+", "📐" },
    { "write~, draft~, report+, article+, manuscript", "📝" }, { "photos, photo", "📷" },
    { "teach~, grade~, grading, marking", "🧑‍🏫" } } },
  study = { "🎓", { { "notes, homework, essay+, thesis, write~", "✏️" }, { "chemistry, biology, physics", "🔬" },
    { "algebra, maths, math, statistics, calculus", "🧮" },
    { "spanish, french, italian, german, japanese, vocabulary, language", "🗣️" }, { "textbook+, exam+", "📚" } } },
  exercise = { "🏃", { { "yoga, pilates, tai chi, stretch~, stretches", "🧘" },
    { "walk~, stroll~, hike~, hiking", "🚶" }, { "dog+", "🐕" }, { "weights, dumbbell+, strength", "🏋️" },
    { "swim~, pool", "🏊" }, { "bike, cycle~, cycling, bicycle", "🚴" }, { "football, soccer", "⚽" },
    { "dance~, dancing", "💃" }, { "tennis", "🎾" } } },
  reading = { "📖", { { "newspaper+, news, magazine+", "📰" } } },
  hobby = { "🎨", { { "guitar, ukulele, bass", "🎸" }, { "piano, keyboard", "🎹" }, { "violin, cello", "🎻" },
    { "drums", "🥁" }, { "sing~, song+, choir, compose~, music", "🎵" },
    { "knit~, crochet~, scarf, sweater", "🧶" }, { "sew~, embroider~, quilt~", "🪡" },
    { "video game+, gaming, online game+, console", "🎮" }, { "chess, board game+, cards, game+", "🎲" },
    { "puzzle+, jigsaw, crossword, sudoku", "🧩" }, { "photograph~, photos, camera, photography", "📷" },
    { "write~, story, journal~, diary, novel, poem+, poetry", "✍️" },
    { "model+, solder~, radio, motorbike, build~, tinker~", "🛠️" }, { "star+, stargaze~, telescope", "🔭" },
    { "bird+, birdwatch~", "🐦" } } },
  media = { "📺", { { "film+, movie+, cinema", "🎬" }, { "music, album+, song+, playlist+, concert+, record+", "🎧" },
    { "podcast+, radio, audiobook+", "🎙️" },
    { "phone, social media, scroll~, feed", "📱" }, { "news", "🗞️" }, { "internet, web, online, laptop, computer", "💻" } } },
  social = { "💬", { { "call~, phone~, phone", "📞" }, { "letter+, card+, postcard+", "✉️" },
    { "text~, message+, message~, chat online", "📱" }, { "child, children, kids, son, daughter", "🧸" },
    { "party, celebrate~, birthday", "🎉" }, { "video call+", "🎥" }, { "date", "💞" }, { "family, parents", "👪" } } },
  rest = { "🛋️", { { "tea, coffee, cocoa", "☕" }, { "meditate~, meditation, breathe~, breathing, mindfulness", "🧘" },
    { "nap+, nap~, doze~", "💤" }, { "window, sunset, garden", "🌤️" } } },
  planning = { "🗓️", { { "list+, to do, todo", "📝" }, { "bill+, budget+, finances, bank, rent, money, "
    .. "expenses", "💶" }, { "trip+, holiday+, vacation, tickets, flights, hotel", "🧳" },
    { "shopping list, meals, meal plan", "🛒" }, { "goals, intentions", "🎯" } } },
  garden = { "🪴", { { "rose+, tulip+, flower+, bulbs", "🌷" }, { "tomato, tomatoes, vegetable+, lettuce, bean+", "🍅" },
    { "water~", "💧" }, { "mow~, lawn, grass, rake~, hedge", "🌿" },
    { "seed+, seedling+, sow~, plant~", "🌱" } } },
}

-- Without a kind: what is left to see.
local other_emoji = { { "walk~, head~", "🚶" }, { "stand~", "🧍" }, { "sit~", "🪑" } }

-- For each kind: parts of object names to look for, best first, then what narrows it down.
local places = {
  sleep = { { "bed" }, {} },
  hygiene = { { "bathroom sink", "bathroom", "shower" }, {
    { "shower~, bath~, bathe~, dress~, dressed", { "shower", "bath", "bathroom" } }, { "toilet", { "toilet", "bathroom" } },
    { "change~ into, change~ clothes, pyjamas, outfit", { "closet", "wardrobe", "bed" } } } },
  meal = { { "dining table", "common room table", "kitchen table", "table", "common room", "kitchen" }, {} },
  cooking = { { "cooking area", "stove", "oven", "kitchen" }, { { "coffee, tea",
    { "cooking area", "coffee", "stove", "kitchen" } } } },
  chores = { { "kitchen sink", "shelf", "closet", "table", "kitchen" }, {
    { "dishes, dishwasher, wash~ up, pots", { "kitchen sink", "sink", "kitchen" } },
    { "laundry, clothes, shirts, wardrobe, closet, fold~, iron~", { "closet", "wardrobe", "bed" } },
    { "bed+, sheets, duvet, bedroom", { "bed" } }, { "bathroom, toilet", { "bathroom sink", "toilet", "bathroom" } },
    { "shower", { "shower", "bathroom" } }, { "kitchen, counter+, stove, oven, cupboard+",
    { "cooking area", "stove", "kitchen" } },
    { "groceries, fridge, refrigerator", { "refrigerator", "fridge", "kitchen" } },
    { "book shelf, bookshelf, shelf, shelves, books", { "shelf", "bookshelf" } },
    { "common room, living room, vacuum~, dust~", { "common room table", "sofa", "table" } },
    { "grocery shop~, grocery shopping, supermarket, errand+", { "store", "market", "counter", "refrigerator" } } } },
  work = { { "desk", "computer", "table", "bedroom", "office" }, {} },
  study = { { "desk", "library table", "table", "bedroom", "library" }, {} },
  exercise = { { "garden", "park", "common room table", "sofa", "common room" }, {
    { "yoga, pilates, stretch~, push ups, squats, workout+, weights", { "common room table", "sofa", "bed", "garden" } } } },
  reading = { { "sofa", "couch", "bed", "shelf", "common room table", "common room", "living room" }, {} },
  hobby = { { "common room table", "table", "desk", "common room", "living room" }, {
    { "video game+, gaming, online game+, console, computer game+", { "game console", "computer", "desk", "sofa" } },
    { "guitar", { "guitar", "sofa", "bed" } }, { "piano", { "piano", "common room table" } },
    { "paint~, easel, canvas", { "easel", "common room table", "desk" } },
    { "write~, story, novel, poem+, journal~, diary", { "desk", "common room table", "table" } }, { "knit~, crochet~",
    { "sofa", "couch", "bed" } },
    { "bird+, star+, stargaze~", { "garden", "window" } } } },
  media = { { "sofa", "couch", "common room table", "desk", "common room", "living room" }, {} },
  social = { { "sofa", "couch", "common room table", "table", "common room", "living room" }, { { "letter+, card+",
    { "desk", "common room table", "table" } } } },
  rest = { { "sofa", "couch", "bed", "garden", "common room", "living room" }, { { "meditate~, meditation",
    { "sofa", "bed", "garden" } } } },
  planning = { { "desk", "common room table", "table", "bedroom" }, {} },
  garden = { { "garden", "yard", "plant" }, {} },
}

-- Objects that a text may name itself ("reading in bed").
local objects = {
  { "bed", { "bed" } }, { "sofa, couch, settee", { "sofa", "couch" } }, { "desk", { "desk" } }, { "armchair",
    { "armchair", "sofa" } },
  { "kitchen table", { "kitchen table", "common room table", "table" } }, { "dining table",
    { "dining table", "common room table", "table" } },
  { "common room table", { "common room table", "table" } }, { "table", { "common room table", "table" } },
  { "kitchen", { "cooking area", "kitchen" } }, { "kitchen sink", { "kitchen sink" } }, { "sink",
    { "bathroom sink", "sink" } },
  { "stove, oven, cooking area", { "cooking area", "stove" } }, { "fridge, refrigerator", { "refrigerator", "fridge" } },
  { "shower", { "shower" } }, { "bathroom", { "bathroom" } }, { "bathroom sink", { "bathroom sink" } }, { "toilet",
    { "toilet" } },
  { "garden, yard, flower bed+, greenhouse, allotment, vegetable patch", { "garden" } },
    { "shelf, bookshelf, bookcase", { "shelf", "bookshelf" } },
  { "closet, wardrobe", { "closet", "wardrobe" } }, { "piano", { "piano" } }, { "park", { "park", "garden" } },
    { "computer", { "computer", "desk" } },
}

-- How poignant an event is, from 1 (brushing teeth) to 10 (a breakup or an admission to college), after Park et al. 2023.
local importance_of_kind = { sleep = 1, hygiene = 1, meal = 2, cooking = 2, chores = 1, work = 3, study = 3,
  exercise = 3, reading = 3,
  hobby = 3, media = 2, social = 4, rest = 2, planning = 3, garden = 2 }

local importance = {
  { "idle, empty, unused, vacant", 1 },
  { "recommend~, recommendation+, suggestion+, suggest~, advice, meeting+, guest+, visitor+, surprise+", 4 },
  { "value~, enjoy~, care~ about, want~ to, realise~, realize~, prefer~, interview+, exam+, presentation+, "
    .. "deadline+, client+, tired, hope~, "
    .. "believe~, appreciate~, friendship, tend~ to, important, matter~, grateful, goal+, invite~, invitation+, "
      .. "feel~, felt, stress~, stressed", 5 },
  { "love~, worried, worry~, anxious, lonely, afraid, proud, argue~, argument+, quarrel~, upset, excited, birthday+, "
    .. "promise~, decision+, decide~ to, "
    .. "dream job, sad, angry, cry~, apologise~, apologize~, apology, reunion+, dreams of, passionate, milestone+, "
      .. "sick, ill, fever", 6 },
  { "promotion, promoted, award+, prize+, graduate~, graduation, moving out, moves in, fight~ with, lost job, "
    .. "fail~ exam, failed, broke down, injury, "
    .. "injured, anniversary, burglary, confess~, betray~, betrayed, job offer, lawsuit, theft, stolen", 8 },
  { "marry~, married, wedding+, engaged, engagement, propose~ marriage, pregnant, pregnancy, birth of, newborn, "
    .. "fired, laid off, accident+, hospital, surgery, "
    .. "admitted to university, accepted to college, college acceptance, heart attack, miscarriage, earthquake, "
      .. "fire in house, bankrupt", 9 },
  { "breakup, break up with, broke up, breaking up, breaks up, divorce~, divorced, death of, died, dies, dying, "
    .. "dead, funeral+, cancer, passed away, passing away", 10 },
}

return { emoji = emoji, other_emoji = other_emoji, places = places, objects = objects,
  importance_of_kind = importance_of_kind,
  importance = importance }

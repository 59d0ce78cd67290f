-- Words by which `lexicon.topic_of` recognises what a recommendation is about. See lexicon_model.lua for the form.

local breaks = "and, then, but, or, so, plus"

local modifiers = {
  { "how about, what about, why not, consider, try~, maybe, perhaps, could, might, would, should, let, "
    .. "let us, recommend~, suggest~, fancy, time for, time to, feel like, want to, worth, recommended, "
    .. "dare, ready for, enjoy~, deserve~, need~, it may help to, remember to, invite yourself, "
    .. "treat yourself to, propose~", 1.4 },
  { "while, whilst, since, as, when, whenever, because, although, given, if, once", 0.3 },
  { "before, after, during, until, following, instead of, rather than, without, away from, prior to, "
    .. "between, besides, from, based on", 0.3 },
  { "in, on, at, by, near", 0.8 },
}

local nouns = {
  { "recipes", "recipes", 3, "recipe+, ingredient+, soup+, stew+, curry, pasta, sauce+, salad+, bread, "
    .. "dough, casserole+, risotto, frittata, omelette+, lentil+, spice+, seasoning, cake+, pie+, dish, "
    .. "cookbook+, marinade, dressing, roast, noodles, stir fry, chickpea+, garlic, cinnamon, oatmeal, "
    .. "pancake+, muffin+, dumplings, leftovers, flavour+, flavor+, crumble, pesto, dal, shakshuka, "
    .. "tart, cumin, batch" },
  { "idiom", false, 0, "attention please, phone, phones, save time and money, save time, time and money" },
  { "meal", "recipes", 1.4, "breakfast, lunch, dinner, supper, dessert, meal+, food, kitchen, oven, "
    .. "vegetables, herbs, eggs, lemon, stove, pan, tomatoes" },
  { "music", "music", 3, "music, song+, playlist+, album+, jazz, tune+, melody, melodies, soundtrack, "
    .. "record, vinyl, piano, band, singer, choir, concert+, symphony, folk, soul, blues, cello, "
    .. "bossa nova, acoustic, beats, lo fi, lofi, rhythm, speaker+, quartet, chorus, guitar, "
    .. "instrumental, classical, nocturne, samba, motown, headphones, ballad+" },
  { "reading", "reading", 3, "novel+, book+, poem+, poetry, magazine+, chapter+, stories, library, "
    .. "memoir, biography, essay+, paperback, bookmark, page+, story collection, author, bookshelf, "
    .. "reading list, mystery, thriller, paragraph+, fiction, newspaper" },
  { "films", "films", 3, "film+, movie+, documentary, documentaries, series, episode+, comedy, cinema, "
    .. "tv show, show, trailer, sitcom, animation, drama, director, black and white classic, popcorn, "
    .. "screening, credits, television, netflix, tv, western, film night, movie night" },
  { "exercise", "exercise", 3, "walk, stroll, yoga, workout, exercise+, squats, push ups, stretches, "
    .. "jog, run, cardio, plank, bike ride, swim, cycling, lunges, pilates, sun salutation+, warm up, "
    .. "legs, steps, shoulders, strength, laps, gym, muscles, star jumps, jumping jacks, hike, "
    .. "shoulder rolls, hamstrings, stretch, stretching, trainers, running shoes, heart rate, tai chi, "
    .. "flow" },
  { "breaks", "breaks", 3, "break, breaks, pause, breather, rest, nap, time out, interval, downtime, "
    .. "recess, half time, cup of tea, daydream, stillness, ten minutes off, five minutes off, stop, "
    .. "tea break, coffee break, intermission" },
  { "moving", "exercise", 1.6, "bike, bicycle, race, foot, feet, block, park" },
  { "story", "reading", 2.6, "story" },
  { "breakish", "breaks", 1.4, "armchair, breath, breaths, breathe~, moment, window, kettle, tea, "
    .. "relax~, unwind~, sofa, cushion" },
  { "planning", "planning", 3, "plan+, planner, schedule, list, calendar, agenda, priorities, to do, "
    .. "todo, checklist, goals, itinerary, timetable, tasks, appointments, top three, shopping list, "
    .. "deadline+, planning session, reminder+, diary entry, milestone+, week ahead, roadmap" },
  { "creative", "creative", 3, "sketch, sketchbook, doodle, watercolour+, watercolor+, painting, craft+, "
    .. "collage, journal, creative, pencil+, poem of own, haiku, origami, knitting, embroidery, "
    .. "photograph+, photo+, camera, canvas, clay, paint, colours, brush, drawing, scarf, tale, "
    .. "story idea, masterpiece, art, ink, sewing, opening line, limerick, comic strip, crochet" },
  { "garden", "garden", 3, "garden+, plant+, seeds, seedling+, flower+, bulbs, compost, weeds, roses, "
    .. "lawn, pot+, houseplants, houseplant, soil, tomato plants, watering can, balcony boxes, "
    .. "herb pot+, greenhouse, petals, pruning, mulch, lavender, basil, hedge, flower bed+, sunflowers, "
    .. "windowsill, fern, trowel, gardening, weeding, shoots, slugs, vines, rosemary, roots, tulips, "
    .. "blooms, sweet peas" },
  { "finance", "finance", 4, "electricity bill, pay~ bill, paying bills, grocery spending" },
  { "home", "home", 4, "load of laundry, open~ window, open~ windows, air~ bedroom" },
  { "learning", "learning", 3.6, "tutorial+, lesson+, course+, online course" },
  { "learning", "learning", 3, "language, lesson+, course+, lecture+, vocabulary, tutorial+, flashcards, "
    .. "spanish, french, italian, japanese, german, skill+, online class, class, museum talk, "
    .. "history talk, quiz yourself, grammar, study, textbook, workshop, astronomy, phrases, knowledge, "
    .. "facts, constellation+, knot, capital cities, alphabet, etymology, proverb+, subject, "
    .. "lecture series, online course, educational, podcast" },
  { "social", "social", 3, "friend+, sister, brother, family, neighbour+, neighbor+, mother, father, "
    .. "parents, grandmother, message, letter, postcard, invitation, catch up, phone call, loved one, "
    .. "voice note, company, conversation, cousin, aunt, uncle, call, group chat, invite~, chat, "
    .. "relatives, postcards, hug, old school friend, someone, grandparents, roommate" },
  { "finance", "finance", 3, "budget, savings, expenses, subscription+, bank, bill+, finance+, finances, "
    .. "money, account+, receipts, spending, pension, insurance, standing order, costs, income, "
    .. "emergency fund, investment+, interest, tax, coins, pounds, dollars, euros, bank statement, "
    .. "wallet, piggy bank, rainy day fund, purchases, payment+, debt, cash, pocket, savings account" },
  { "health", "health", 3, "water, hydrated, hydrate, posture, eyes, vitamin+, doctor, dentist, checkup, "
    .. "check up, medication, sleep, bedtime, early night, fruit, sunscreen, blood pressure, back, "
    .. "nutrition, health, healthy, wellbeing, screen break, sunlight, daylight, caffeine, wrists, "
    .. "mindfulness, meditation, breathing exercise, lights out, nuts, apple, screens, spine, neck, "
    .. "appointment with doctor, sip~" },
  { "home", "home", 3, "drawer+, shelf, laundry, declutter, tidy, cupboard, wardrobe, lamp, bulb, "
    .. "windows, sheets, vacuum, cushions, bathroom, sink, floor, house, home, furniture, filter, "
    .. "candles, candle, hallway, linen, hinge, living room, draught, fridge, worktop, counters, bin, "
    .. "cleaning, spring clean, closet, room, dust, clutter, pillowcases, bed linen, odd socks, sock+, "
    .. "tap, coat rack, shoes, surfaces, dishes, chores" },
  { "games", "games", 3, "game+, board game, chess, puzzle+, crossword, sudoku, cards, jigsaw, "
    .. "solitaire, word game, video game, riddle+, quiz, trivia, scrabble, checkers, match, round of, "
    .. "backgammon, dominoes, dice, joystick, high score, brain teaser, opponent, deck of cards, "
    .. "escape room, controller" },
  { "focus", "focus", 3, "focus, distraction+, notifications, timer, concentration, concentrate, "
    .. "pomodoro, deep work, single task, one task, attention, interruptions, tabs, focused, "
    .. "focus block, productive, productivity, minute sprint, sprint, do not disturb, silent mode, "
    .. "airplane mode, flight mode, tab, uninterrupted, hardest task, one thing" },
}

local verbs = {
  { "cook~, bake~, roast~, simmer~, fry~, saute~, marinate~", "recipes", 3 },
  { "listen~, sing~, hum~, put~ on, play~ music, turn~ up", "music", 2.2, "films:films home:home" },
  { "listen~ to", "music", 2.4, "learning:learning reading:reading social:social" },
  { "read~, reread~", "reading", 3.6, "social:social learning:learning recipes:recipes finance:finance" },
  { "watch~, rewatch~", "films", 2.6, "learning:learning garden:garden music:music" },
  { "play~", false, 3, "music:music games:games social:games exercise:exercise films:films" },
  { "walk~, jog~, exercise~, dance~, run~, swim~, lift~ weights, move~ body, going for a walk, stand~ up",
    "exercise", 2.4 },
  { "pause~, rest~, step~ away, step~ back, put~ feet up, lie~ down, sit~ back, close~ eyes, "
    .. "put~ pen down, nap~", "breaks", 3 },
  { "plan~, schedule~, prioritise~, prioritize~, organise~ week, organize~ week, map~ out, "
    .. "jot~ down tomorrow, write~ down tasks", "planning", 3,
    "recipes:recipes finance:finance meal:recipes games:games social:social films:films" },
  { "draw~, paint~, sketch~, knit~, doodle~, write~, craft~, sew~, photograph~, crochet~", "creative", 3,
    "story:creative planning:planning social:social finance:finance recipes:recipes learning:learning" },
  { "water~ plants, water~ tomatoes, water~ seedlings, water~ basil, weed~, prune~, sow~, repot~, deadhead~, "
    .. "garden~, mow~, plant~",
    "garden", 3 },
  { "learn~, study~, practise~, practice~, memorise~, revise~", "learning", 3, "music:music games:games "
    .. "exercise:exercise recipes:recipes creative:creative" },
  { "call~, text~, message~, phone~, invite~, meet~, reach~ out, ring~, chat~, visit~, check in with",
    "social", 3 },
  { "save~, budget~, spend~ less, set~ aside, cancel~", "finance", 1.6 },
  { "drink~ water, hydrate~, stay hydrated, straighten~ your back, sit~ up straight, go~ to bed earlier, "
    .. "meditate~, get enough sleep, drink~", "health", 3 },
  { "tidy~, clean~, declutter~, vacuum~, dust~, fold~, mend~, wipe~, fix~, sort~", "home", 3,
    "finance:finance planning:planning creative:creative" },
  { "mute~, silence~, put~ phone, phone in drawer, phone away, silent phone, phone in another room, "
    .. "switch~ off notifications, concentrate~, focus~, block~ out", "focus", 3 },
}

return { breaks = breaks, modifiers = modifiers, nouns = nouns, verbs = verbs }

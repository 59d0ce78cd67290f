-- Nouns by which `lexicon.kind_of` recognises what a person does: { class, kind or false, weight, words }.
-- See lexicon_model.lua for how the lists are read: "~" stands for all forms of a verb, "+" for a plural, commas part the
-- phrases, fillers (a, the, her) are left out. Verbs refer to the classes.

return {
  -- what is eaten and drunk
  { "mealtime", "meal", 3, "breakfast+, lunch+, dinner+, supper+, brunch+, meal+, dessert+, takeaway+, "
    .. "takeout, leftovers, snack+, bite to eat, second helping, feast, picnic+, mealtime, buffet" },
  { "food", "meal", 1.8, "soup+, pasta, toast, porridge, oatmeal, cereal, sandwich~, salad+, pizza+, "
    .. "tortilla+, burrito+, falafel, hummus, gnocchi, ravioli, quiche, rice, noodles, stew+, curry+, "
    .. "egg+, omelette+, pancake+, cake+, cookie+, biscuit+, pie+, bread, loaf, roast, casserole+, "
    .. "risotto, lasagna, lasagne, muffin+, brownie+, taco+, burger+, chili, sushi, dumpling+, yogurt, "
    .. "yoghurt, fruit+, apple+, banana+, berries, cheese, granola, chocolate, ice cream, popcorn, "
    .. "tart+, jam, birthday cake+, waffle+, croissant+, bagel+, scones, ramen, pudding, treat+, "
    .. "packed lunch+, lunchbox" },
  { "ingredient", "cooking", 2, "ingredient+, dough, sauce+, onion+, garlic, chicken, fish, meat, beef, "
    .. "tofu, lentil+, bean+, vegetable+, veg, potato, potatoes, flour, spices, recipe+, stock, broth, "
    .. "batter, marinade, seasoning, sourdough, starter" },
  { "produce", "garden", 1, "tomato, tomatoes, herb+, basil, lettuce, carrot+, pepper+, chili plants, "
    .. "strawberries, pumpkin+, zucchini, courgettes, rosemary, mint, parsley, spinach, peas, "
    .. "salad leaves" },
  { "drink", "rest", 1.6, "tea, coffee+, cocoa, hot chocolate, espresso, cup of tea, cup of coffee, cup, "
    .. "mug, glass of wine, wine, beer, juice, smoothie+, lemonade, nightcap, herbal tea, glass of water" },
  { "water", false, 0, "water, kettle, pot+" },
  -- the household
  { "dish", "chores", 2.6, "dishes, dishwasher, cutlery, crockery, dirty plates, dish" },
  { "laundry", "chores", 3, "laundry, ironing, hanging washing, hang out washing, hang up washing, "
    .. "washing on line, do washing, doing washing, clothes, clothing, washing machine, shirts, socks, "
    .. "towels, linen, bed sheets, sheets, bedding, pillowcases, bed linen, wardrobe+, closet+" },
  { "chore", "chores", 3, "chore+, housework, errand+, groceries, grocery shopping, "
    .. "grocery run, weekly shop, rubbish, trash, recycling, garbage, bins, housekeeping, "
    .. "household tasks, odd jobs, decluttering, clutter, shopping, cleaning, spring cleaning, mess, "
    .. "household chores, cleaning up, tidying up, deep clean, supermarket, litter box" },
  { "fixture", "chores", 1.2, "tap, door+, roof, chair+, car, pipe+, radiator, toaster, shelf, shelves, "
    .. "lamp, light bulb, hinge, drain, faucet, sink, oven, fridge, refrigerator, counter+, stove, "
    .. "cupboard+, cabinet+, floor+, windows, carpet+, rug+, countertop+, surfaces, pantry, drawer+, "
    .. "bike, bicycle, boiler, furniture, suitcase+, bag+, backpack, luggage" },
  { "bed", false, 0, "bed+, duvet" },
  { "room", false, 0, "room+, kitchen, bathroom, bedroom, living room, common room, house, apartment, "
    .. "flat, hallway, home, attic, basement, garage, desk+, workspace, table+, balcony, terrace" },
  { "pet", "rest", 0.8, "cat+, dog+, puppy, kitten+, rabbit+, hamster, parrot, goldfish, pet+, aquarium" },
  -- the body
  { "body", "hygiene", 1.6, "tooth, teeth, face, hair, hands, nails, beard, legs, fingernails, toenails, "
    .. "eyebrows, skin, body" },
  { "washing", "hygiene", 3, "shower+, bath+, bubble bath, skincare, makeup, toothbrush, toilet, shave, "
    .. "hairstyle, haircut, morning routine, evening routine, bedtime routine, night routine, "
    .. "nighttime routine, skincare routine, hygiene, personal care, contact lenses, face mask, "
    .. "grooming, wash, toiletries, moisturiser, moisturizer" },
  { "wear", "hygiene", 1.6, "pyjamas, pajamas, outfit, work clothes, uniform, nightgown, fresh clothes, "
    .. "comfortable clothes, nightwear" },
  { "sleeping", "sleep", 3, "sleep, bedtime, slumber, night sleep, good night sleep" },
  -- work
  { "office", "work", 3, "colleague+, coworker+, boss, manager, supervisor, team, office, "
    .. "workshop shift, shift+, night shift+, job, employer, supplier+, stakeholder+, investor+, "
    .. "candidate+, patient+, intern+, contractor+, department, workplace, remote work, business, "
    .. "editor, publisher, work session, deep work, focus block, workday, student papers, pupils" },
  { "office", "work", 4.2, "client+, customer+, at work, for work, work call+, work task+" },
  { "mail", "work", 2.6, "email+, inbox, work email+, mails, mail, correspondence, voicemail, slack, "
    .. "client email+" },
  { "document", "work", 2.5, "office letter+, business letter+, cover letter+, report+, invoice+, "
    .. "presentation+, spreadsheet+, proposal+, deadline+, contract+, slides, memo, meeting+, "
    .. "conference call, conference, video meeting, zoom, stand up, standup, sprint, pull request+, "
    .. "code, codebase, feature, bug+, database, server, software, floor plan+, blueprint+, mockup+, "
    .. "prototype+, wireframe+, logo+, portfolio, case file+, lesson plan+, manuscript+, grant, "
    .. "grant application, grant proposal, article draft, minutes, audit, accounts, bookkeeping, ledger, "
    .. "drawings, colour board, design+, campaign, payroll, tax return+, project+, briefing, draft+, "
    .. "orders, stock list, inventory, paperwork, dashboard, pitch, marketing plan, sales figures, "
    .. "quarterly budget, quarterly report+, student essays, exam papers, project plan+, "
    .. "project schedule, job application+, legal brief, commission+, interview+, translation+" },
  -- study
  { "course", "study", 3, "homework, exam+, examination+, lecture+, lecture slides, textbook+, thesis, "
    .. "exercises for course, language exercises, grammar exercises, maths exercises, math exercises, "
    .. "exercises for class, assignment+, course+, coursework, dissertation, seminar+, tutorial+, "
    .. "flashcard+, flash cards, vocabulary, grammar, quiz, worksheet+, lecture notes, study notes, "
    .. "revision, problem set+, practice problems, language lesson+, lesson+, class+, study session, "
    .. "term paper, midterm+, syllabus, webinar, certification, degree, study group, language app, "
    .. "research paper+, academic paper+, journal article+, scientific paper+" },
  { "essay", "study", 2.6, "essay+" },
  { "subject", "study", 1.8, "spanish, french, german, italian, japanese, chinese, mandarin, korean, "
    .. "portuguese, arabic, chemistry, biology, algebra, calculus, statistics, mathematics, maths, math, "
    .. "anatomy, economics, philosophy, sign language, foreign language, programming course, geometry, "
    .. "psychology" },
  -- movement
  { "sport", "exercise", 3.2, "yoga, pilates, tai chi, football, soccer, tennis, basketball, marathon+, "
    .. "half marathon+, triathlon, badminton, volleyball, squash, golf, gymnastics, aerobics, cardio, "
    .. "zumba, martial arts, karate, judo, boxing, swim, jog, run+, hike+, walk, bike ride, cycling, "
    .. "table tennis, cricket, rugby, skipping rope, qigong, rowing machine, exercise bike, treadmill, "
    .. "calisthenics" },
  { "workout", "exercise", 3.2, "workout+, exercise+, exercising, weights, push ups, pushups, squats, "
    .. "sit ups, situps, planks, plank, lunges, strength training, training session, gym, dumbbell+, "
    .. "kettlebell+, stretches, stretching routine, stretching, burpees, fitness, fitness routine, "
    .. "physical therapy exercises, mobility routine, resistance bands, core routine, dance workout" },
  { "outdoors", false, 0, "park+, outside, neighbourhood, neighborhood, woods, forest, river, beach, "
    .. "block, nature, hills, lake, trail, countryside, fresh air, miles, kilometres, laps, town, coast, "
    .. "street+" },
  -- reading
  { "book", "reading", 2.6, "book+, novel+, magazine+, newspaper+, poem+, poetry, comic+, stories, "
    .. "biography, memoir+, thriller+, cookbook+, fiction, mystery novel+, chapter+, graphic novel+, "
    .. "anthology, paperback+, library book+, gardening book+, history book+, travel guide+, "
    .. "sci fi novel, essay collection, page+, storybook+, book on, book about, e reader, manga" },
  -- hobbies
  { "craft", "hobby", 3, "watercolour+, watercolor+, sketchbook, embroidery, knitting, crochet, scarf, "
    .. "quilt, pottery, origami, sewing project, sewing machine, model ship, model+, model parts, cloth, "
    .. "dart board, model train+, model aircraft, model kit+, miniature+, jigsaw, jigsaw puzzle+, "
    .. "puzzle+, crossword+, sudoku, stamps, stamp collection, coin collection, scrapbook, easel, "
    .. "canvas, woodwork, woodworking, journal, diary, wooden spoon, figurine+, collage, calligraphy, "
    .. "painting+, sketch~, drawing, photography, hobby, hobbies, craft+, craft project, art project, "
    .. "creative project, creative writing, side project, dress, quilting, bullet journal, telescope, "
    .. "terrarium, magic tricks, card tricks, tricks, synthesiser kit, vintage radio, old radio, "
    .. "motorbike, birdhouse, comic strip, clay, lego, ukulele cover, art, juggling, theatre group, "
    .. "theater group, weather log, astronomy, needlework, cross stitch, sweater, blanket, jewellery, "
    .. "jewelry, candles" },
  { "fiction", "hobby", 2.2, "story, poem of own, screenplay, fan fiction, blog post+, blog, "
    .. "song lyrics, lyrics, haiku, monologue+, scene+, dialogue, stories, musical, novella, script+, "
    .. "gratitude journal, sonnet, play" },
  { "instrument", "hobby", 3, "guitar, piano, violin, cello, flute, drums, ukulele, trumpet, saxophone, "
    .. "keyboard, accordion, bass, banjo, clarinet, harmonica, choir, band practice, choir practice, "
    .. "singing, scales, piano practice, guitar practice" },
  { "tune", "media", 2, "music, song+, album+, melody, playlist+, jazz, record+, concert+, symphony, "
    .. "tune+, vinyl, record, records, record collection, single, singles" },
  { "game", "hobby", 2.8, "game+, video game+, board game+, chess, cards, card game+, solitaire, "
    .. "checkers, role playing game, rpg, puzzle game+, online game+, computer game+, game night, "
    .. "dungeons, console, go, backgammon, darts, billiards, scrabble" },
  -- screens
  { "screen", "media", 3, "tv, television, film+, movie+, series, episode+, show+, documentary, "
    .. "documentaries, youtube, video+, podcast+, radio, netflix, audiobook+, audio book+, social media, "
    .. "cooking show+, tv show+, talk show, quiz show, game show, nature documentary, cooking video+, "
    .. "football match, match, game on tv, sitcom+, comedy, cartoon+, anime, live stream+, livestream+, "
    .. "feeds, feed, news feed, memes, online videos, streaming service, crime series, soap opera, "
    .. "drama, internet, web, tv series, true crime podcast, webcomic, reality show, baking show, "
    .. "gardening show, video tutorials, news program, game highlights, film night, movie night" },
  { "news", "media", 1.6, "news, headlines, weather forecast, current events" },
  { "idiom", false, 0, "draft of, drafts of, first draft of, time to, by video, data model, business model" },
  { "phone", "media", 1.6, "phone, tablet, smartphone, laptop, computer, notifications, screen" },
  -- people
  { "child", "social", 2, "child, children, kids, kid, baby, toddler, son, daughter, grandson, "
    .. "granddaughter, grandchild, grandchildren, nephew+, niece+, twins" },
  { "person", "social", 2, "friend+, family, families, sister+, brother+, mother, father, mum, mom, dad, "
    .. "parent+, grandmother, grandfather, grandma, grandpa, grandparents, aunt+, uncle+, cousin+, "
    .. "neighbour+, neighbor+, partner, wife, husband, girlfriend, boyfriend, spouse, roommate+, "
    .. "flatmate+, housemate+, loved ones, guest+, visitor+, relative+, old friend+, pen pal, fiance, "
    .. "people, someone, club members, siblings, sibling" },
  { "gathering", "social", 3, "party, parties, birthday party, dinner party, video call+, phone call+, "
    .. "call+, conversation+, date night, get together, reunion, family time, wedding, book club, "
    .. "gathering+, visit+, gossip, chat+, family visit, social gathering, quality time, "
    .. "community meeting, house party, date with, volunteer group, bedtime story, bedtime stories, "
    .. "game night with friends" },
  { "message", "social", 2, "message+, text message+, letter+, postcard+, birthday card+, "
    .. "greeting card+, holiday card+, group chat, thank you note+, text+" },
  -- rest
  { "pause", "rest", 2.4, "nap+, break+, rest, siesta, downtime, pause, breather, meditation, "
    .. "relaxation, breathing exercises, mindfulness, deep breaths, quiet time, quiet moment, "
    .. "alone time, power nap, free time, lie down, body scan, breathing exercise, prayer+, peace, "
    .. "silence, sunbath" },
  { "seat", "rest", 0.9, "sofa, couch, hammock, armchair, rocking chair, window, sunset, stars, rain, "
    .. "birdsong, bench, ceiling, clouds, sunrise, view, porch" },
  -- plans
  { "plan", "planning", 3, "schedule+, calendar+, plan+, agenda+, itinerary, to do list+, todo list+, "
    .. "shopping list+, grocery list+, list+, goals, weekly planner, planner, meal plan+, weekly plan, "
    .. "priorities, task list, checklist+, packing list+, appointment+, reservation+, tickets, flights, "
    .. "hotel, goal setting, budget planning, holiday plans, steps for project, to do, todo, "
    .. "resolution+, reminder+" },
  { "money", "planning", 2.4, "budget+, household budget, family budget, monthly budget, finances, "
    .. "bills, bill, expenses, savings, bank statement+, insurance, taxes, receipts, family finances, "
    .. "bank account, household accounts, subscriptions, rent" },
  { "occasion", "planning", 1, "week, day ahead, week ahead, month, weekend, trip+, holiday+, vacation+, "
    .. "journey, tomorrow, season, year, evening, tasks" },
  -- the garden
  { "garden", "garden", 2.2, "garden+, gardening, houseplants, flower+, flower bed+, plants, plant+, "
    .. "seedling+, rose bush, roses, tulip+, bulbs, lawn, grass, hedge+, greenhouse, compost, weeds, "
    .. "seeds, soil, vegetable patch, vegetable garden, herb garden, ferns, orchard, shrub+, "
    .. "fruit trees, tree+, potted plant+, orchid+, succulent+, cactus, yard work, yardwork, "
    .. "raised bed+, vegetable bed+, garden bed+, flower pots, window box+, potato bed, bean bed, "
    .. "rockery, pond, fence, garden gate, garden pond, shed, greenhouses, allotment, bonsai, leaves, "
    .. "vines, fern, rose, raspberry canes, lavender, flowering plants, tomato plants, greenery" },
}

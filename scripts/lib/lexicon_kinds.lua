-- Words by which `lexicon.kind_of` recognises what a person does. See lexicon_scan.lua for how lists are read:
-- "~" stands for all forms of a verb, "+" for a plural, commas part the phrases, fillers (a, the, her) are left out.

local breaks = "and, then, but, or, plus, followed by"

local modifiers = {
  { "while, whilst, as, because, instead of, rather than, so as, when", 0.35 },
  { "before, after, during, until, since, from, despite, once, inspired by", 0.3 },
  { "in, on, at, by, near, beside, inside, under, around, into, onto, in front of, through, over, along", 0.55 },
  { "for, to", 0.7 },
  { "with, about, of", 0.8 },
}

local nouns = {
  -- what is eaten and drunk
  { "mealtime", "meal", 3, "breakfast+, lunch+, dinner+, supper+, brunch+, meal+, dessert+, takeaway+, takeout, leftovers, "
    .. "snack+, bite to eat, second helping, feast, picnic+, mealtime, buffet" },
  { "food", "meal", 1.8, "soup+, pasta, toast, porridge, oatmeal, cereal, sandwich~, salad+, pizza+, rice, noodles, "
    .. "stew+, curry+, egg+, omelette+, pancake+, cake+, cookie+, biscuit+, pie+, bread, loaf, roast, casserole+, risotto, "
    .. "lasagna, lasagne, muffin+, brownie+, taco+, burger+, chili, sushi, dumpling+, yogurt, yoghurt, fruit+, apple+, "
    .. "banana+, berries, cheese, granola, chocolate, ice cream, popcorn, tart+, jam, birthday cake+, waffle+, "
    .. "croissant+, bagel+, scones, ramen, pudding, treat+, packed lunch+, lunchbox" },
  { "ingredient", "cooking", 2, "ingredient+, dough, sauce+, onion+, garlic, chicken, fish, meat, beef, tofu, lentil+, bean+, "
    .. "vegetable+, veg, potato, potatoes, flour, spices, recipe+, stock, broth, batter, marinade, seasoning, sourdough, starter" },
  { "produce", "garden", 1, "tomato, tomatoes, herb+, basil, lettuce, carrot+, pepper+, chili plants, strawberries, "
    .. "pumpkin+, zucchini, courgettes, rosemary, mint, parsley, spinach, peas, salad leaves" },
  { "drink", "rest", 1.6, "tea, coffee+, cocoa, hot chocolate, espresso, cup of tea, cup of coffee, cup, mug, glass of wine, "
    .. "wine, beer, juice, smoothie+, lemonade, nightcap, herbal tea, glass of water" },
  { "water", false, 0, "water, kettle, pot+" },
  -- the household
  { "dish", "chores", 2.6, "dishes, dishwasher, cutlery, crockery, dirty plates, dish" },
  { "laundry", "chores", 3, "laundry, washing, ironing, clothes, clothing, washing machine, shirts, socks, towels, linen, "
    .. "bed sheets, sheets, bedding, pillowcases, bed linen, wardrobe+, closet+" },
  { "chore", "chores", 3, "chore+, housework, errand+, groceries, grocery shopping, grocery run, weekly shop, rubbish, trash, "
    .. "recycling, garbage, bins, housekeeping, household tasks, odd jobs, decluttering, clutter, shopping, "
    .. "cleaning, spring cleaning, mess, household chores, cleaning up, tidying up, deep clean, supermarket, litter box" },
  { "fixture", "chores", 1.2, "tap, shelf, shelves, lamp, light bulb, hinge, drain, faucet, sink, oven, fridge, refrigerator, "
    .. "counter+, stove, cupboard+, cabinet+, floor+, windows, carpet+, rug+, countertop+, surfaces, pantry, drawer+, bike, bicycle, "
    .. "boiler, furniture, suitcase+, bag+, backpack, luggage" },
  { "bed", false, 0, "bed+, duvet" },
  { "room", false, 0, "room+, kitchen, bathroom, bedroom, living room, common room, house, apartment, flat, hallway, home, attic, "
    .. "basement, garage, desk+, workspace, table+, balcony, terrace" },
  { "pet", "rest", 0.8, "cat+, dog+, puppy, kitten+, rabbit+, hamster, parrot, goldfish, pet+, aquarium" },
  -- the body
  { "body", "hygiene", 1.6, "tooth, teeth, face, hair, hands, nails, beard, legs, fingernails, toenails, eyebrows, skin, body" },
  { "washing", "hygiene", 3, "shower+, bath+, bubble bath, skincare, makeup, toothbrush, toilet, shave, hairstyle, haircut, "
    .. "morning routine, evening routine, bedtime routine, night routine, nighttime routine, skincare routine, hygiene, "
    .. "personal care, contact lenses, face mask, grooming, wash, toiletries, moisturiser, moisturizer" },
  { "wear", "hygiene", 1.6, "pyjamas, pajamas, outfit, work clothes, uniform, nightgown, fresh clothes, comfortable clothes, nightwear" },
  { "sleeping", "sleep", 3, "sleep, bedtime, slumber, night sleep, good night sleep" },
  -- work
  { "office", "work", 3, "client+, customer+, colleague+, coworker+, boss, manager, supervisor, team, office, workshop shift, shift+, "
    .. "night shift+, job, employer, supplier+, stakeholder+, investor+, candidate+, patient+, intern+, contractor+, department, "
    .. "workplace, remote work, business, editor, publisher, work session, deep work, focus block, workday, student papers, pupils" },
  { "mail", "work", 2.6, "email+, inbox, work email+, mails, mail, correspondence, voicemail, slack, client email+" },
  { "document", "work", 2.5, "report+, invoice+, presentation+, spreadsheet+, proposal+, deadline+, contract+, slides, memo, "
    .. "meeting+, conference call, conference, video meeting, zoom, stand up, standup, sprint, pull request+, code, codebase, feature, bug+, database, server, "
    .. "software, floor plan+, blueprint+, mockup+, prototype+, wireframe+, logo+, portfolio, case file+, lesson plan+, "
    .. "manuscript+, grant, grant application, grant proposal, article draft, minutes, audit, accounts, bookkeeping, ledger, "
    .. "drawings, colour board, design+, campaign, payroll, tax return+, project+, briefing, draft+, orders, stock list, "
    .. "inventory, paperwork, dashboard, pitch, marketing plan, sales figures, quarterly budget, quarterly report+, "
    .. "student essays, exam papers, project plan+, project schedule, job application+, legal brief, commission+, interview+, translation+" },
  -- study
  { "course", "study", 3, "homework, exam+, examination+, lecture+, textbook+, essay+, thesis, assignment+, course+, coursework, "
    .. "dissertation, seminar+, tutorial+, flashcard+, flash cards, vocabulary, grammar, quiz, worksheet+, lecture notes, study notes, revision, "
    .. "problem set+, practice problems, language lesson+, lesson+, class+, study session, term paper, midterm+, syllabus, "
    .. "webinar, certification, degree, study group, language app, research paper+, academic paper+, journal article+, scientific paper+" },
  { "subject", "study", 1.8, "spanish, french, german, italian, japanese, chinese, mandarin, korean, portuguese, arabic, "
    .. "chemistry, biology, algebra, calculus, statistics, mathematics, maths, math, anatomy, economics, philosophy, "
    .. "sign language, foreign language, programming course, geometry, psychology" },
  -- movement
  { "sport", "exercise", 3.2, "yoga, pilates, tai chi, football, soccer, tennis, basketball, badminton, volleyball, squash, golf, "
    .. "gymnastics, aerobics, cardio, zumba, martial arts, karate, judo, boxing, swim, jog, run+, hike+, walk, bike ride, "
    .. "cycling, table tennis, cricket, rugby, skipping rope, qigong, rowing machine, exercise bike, treadmill, calisthenics" },
  { "workout", "exercise", 3.2, "workout+, exercise+, exercising, weights, push ups, pushups, squats, sit ups, situps, planks, plank, lunges, "
    .. "strength training, training session, gym, dumbbell+, kettlebell+, stretches, stretching routine, stretching, "
    .. "burpees, fitness, fitness routine, physical therapy exercises, mobility routine, resistance bands, core routine, dance workout" },
  { "outdoors", false, 0, "park+, outside, neighbourhood, neighborhood, woods, forest, river, beach, block, nature, hills, lake, "
    .. "trail, countryside, fresh air, miles, kilometres, laps, town, coast, street+" },
  -- reading
  { "book", "reading", 2.6, "book+, novel+, magazine+, newspaper+, poem+, poetry, comic+, stories, biography, memoir+, thriller+, "
    .. "cookbook+, fiction, mystery novel+, chapter+, graphic novel+, anthology, paperback+, library book+, gardening book+, history book+, "
    .. "travel guide+, sci fi novel, essay collection, page+, storybook+, book on, book about, e reader, manga" },
  -- hobbies
  { "craft", "hobby", 3, "watercolour+, watercolor+, sketchbook, embroidery, knitting, crochet, scarf, quilt, pottery, origami, "
    .. "sewing project, sewing machine, model ship, model train+, model aircraft, model kit+, miniature+, jigsaw, jigsaw puzzle+, puzzle+, crossword+, "
    .. "sudoku, stamps, stamp collection, coin collection, scrapbook, easel, canvas, woodwork, woodworking, journal, diary, "
    .. "wooden spoon, figurine+, collage, calligraphy, painting+, sketch~, drawing, photography, hobby, hobbies, craft+, craft project, "
    .. "art project, creative project, creative writing, side project, dress, quilting, bullet journal, telescope, terrarium, magic tricks, "
    .. "card tricks, tricks, synthesiser kit, vintage radio, old radio, motorbike, birdhouse, comic strip, clay, lego, ukulele cover, "
    .. "art, juggling, theatre group, theater group, script, lines, astronomy, needlework, cross stitch, sweater, blanket, jewellery, jewelry, candles" },
  { "fiction", "hobby", 2.2, "story, poem of own, screenplay, fan fiction, blog post+, blog, song lyrics, lyrics, haiku, "
    .. "gratitude journal, sonnet, play" },
  { "instrument", "hobby", 3, "guitar, piano, violin, cello, flute, drums, ukulele, trumpet, saxophone, keyboard, accordion, bass, "
    .. "banjo, clarinet, harmonica, choir, band practice, choir practice, singing, scales, piano practice, guitar practice" },
  { "tune", "media", 2, "music, song+, album+, melody, playlist+, jazz, record+, concert+, symphony, tune+, vinyl" },
  { "game", "hobby", 2.8, "game+, video game+, board game+, chess, cards, card game+, solitaire, checkers, role playing game, rpg, "
    .. "puzzle game+, online game+, computer game+, game night, dungeons, console, go, backgammon, darts, billiards, scrabble" },
  -- screens
  { "screen", "media", 3, "tv, television, film+, movie+, series, episode+, show+, documentary, documentaries, youtube, video+, podcast+, radio, "
    .. "netflix, audiobook+, audio book+, social media, cooking show+, tv show+, talk show, quiz show, game show, nature documentary, cooking video+, "
    .. "football match, match, game on tv, sitcom+, comedy, cartoon+, anime, live stream+, livestream+, feeds, feed, "
    .. "news feed, memes, online videos, streaming service, crime series, soap opera, drama, internet, web, tv series, "
    .. "true crime podcast, webcomic, reality show, baking show, gardening show, video tutorials, news program, game highlights, film night, movie night" },
  { "news", "media", 1.6, "news, headlines, weather forecast, current events" },
  { "phone", "media", 1.6, "phone, tablet, smartphone, laptop, computer, notifications, screen" },
  -- people
  { "child", "social", 2, "child, children, kids, kid, baby, toddler, son, daughter, grandson, granddaughter, grandchild, grandchildren, "
    .. "nephew+, niece+, twins" },
  { "person", "social", 2, "friend+, family, families, sister+, brother+, mother, father, mum, mom, dad, parent+, grandmother, grandfather, grandma, grandpa, "
    .. "grandparents, aunt+, uncle+, cousin+, neighbour+, neighbor+, partner, wife, husband, girlfriend, boyfriend, spouse, "
    .. "roommate+, flatmate+, housemate+, loved ones, guest+, visitor+, relative+, old friend+, pen pal, fiance, people, someone, club members, siblings, sibling" },
  { "gathering", "social", 3, "party, parties, birthday party, dinner party, video call+, phone call+, call+, conversation+, date night, "
    .. "get together, reunion, family time, wedding, book club, gathering+, visit+, gossip, chat+, family visit, "
    .. "social gathering, quality time, community meeting, house party, date with, volunteer group, bedtime story, bedtime stories, game night with friends" },
  { "message", "social", 2, "message+, text message+, letter+, postcard+, birthday card, group chat, thank you note+, text+" },
  -- rest
  { "pause", "rest", 2.4, "nap+, break+, rest, siesta, downtime, pause, breather, meditation, relaxation, breathing exercises, mindfulness, "
    .. "deep breaths, quiet time, quiet moment, alone time, power nap, free time, lie down, body scan, breathing exercise, prayer+, peace, silence, sunbath" },
  { "seat", "rest", 0.9, "sofa, couch, hammock, armchair, rocking chair, window, sunset, stars, rain, birdsong, bench, ceiling, clouds, sunrise, view, porch" },
  -- plans
  { "plan", "planning", 3, "schedule+, calendar+, plan+, agenda+, itinerary, to do list+, todo list+, shopping list+, grocery list+, list+, "
    .. "goals, weekly planner, planner, meal plan+, weekly plan, priorities, task list, checklist+, packing list+, appointment+, reservation+, "
    .. "tickets, flights, hotel, goal setting, budget planning, holiday plans, steps for project, to do, todo, resolution+, reminder+" },
  { "money", "planning", 2.4, "budget+, household budget, family budget, monthly budget, finances, bills, bill, expenses, savings, bank statement+, "
    .. "insurance, taxes, receipts, family finances, bank account, household accounts, subscriptions, rent" },
  { "occasion", "planning", 1, "week, day ahead, week ahead, month, weekend, trip+, holiday+, vacation+, journey, tomorrow, season, year, evening, tasks" },
  -- the garden
  { "garden", "garden", 2.2, "garden+, gardening, houseplants, flower+, flower bed+, plants, plant+, seedling+, rose bush, roses, tulip+, "
    .. "bulbs, lawn, grass, hedge+, greenhouse, compost, weeds, seeds, soil, vegetable patch, vegetable garden, herb garden, ferns, orchard, "
    .. "shrub+, fruit trees, tree+, potted plant+, orchid+, succulent+, cactus, yard work, yardwork, raised bed+, vegetable bed+, garden bed+, "
    .. "flower pots, window box+, allotment, bonsai, leaves, vines, fern, rose, raspberry canes, lavender, flowering plants, tomato plants, greenery" },
}

local verbs = {
  -- sleep and the body
  { "sleep~, go~ to bed, going back to bed, went to bed, head~ to bed, fall~ asleep, asleep, go~ to sleep, drift~ off, fall back asleep, "
    .. "turn~ in for night, get~ some sleep, sleeping in, snore~, slumber~, sleep soundly, in deep sleep, get sleep, getting sleep, "
    .. "get~ into bed to sleep, climb~ into bed to sleep, settle~ into bed for night, tucked in for night, retire~ for night", "sleep", 6 },
  { "brush~, floss~, comb~, shave~, trim~, moisturise~, moisturize~, rinse~, bathe~, clip~, pluck~, style~, blow dry~", "hygiene", 3.2,
    "produce:garden garden:garden dish:chores ingredient:cooking food:cooking pet:chores laundry:chores fixture:chores" },
  { "shower~, bath~, take~ shower, have shower, having shower, get~ dressed, dressed, dress~ for, undress~, "
    .. "get~ ready for bed, get~ ready for work, get~ ready for day, get~ ready for night, get~ ready, prepare~ for bed, "
    .. "prepare~ for sleep, getting ready to sleep, wind~ down for bed, get~ ready to go, dry~ hair, wash~ up for bed, "
    .. "freshen~ up, freshening, wash~ face, wash~ hands, wash~ hair, wash~ body, groom~, use~ toilet, use~ bathroom, put~ on makeup, "
    .. "get~ washed, shampoo~, gargle~, visit~ toilet, apply~ makeup, apply~ sunscreen, do~ hair, doing makeup, clean~ teeth, "
    .. "prepare~ for day, prepare~ for work, go~ to toilet, remove~ makeup, cut~ nails, paint~ nails, doing nails, change~ clothes", "hygiene", 5,
    "pet:chores" },
  { "wake~ up, wake~, waking, get~ up, getting out of bed, woke up", "hygiene", 1.3 },
  { "change~ into, changing out of, put~ on, pick~ out, try~ on", false, 2.6, "wear:hygiene laundry:hygiene tune:media screen:media washing:hygiene" },
  { "change~, switch~", false, 2.6, "wear:hygiene laundry:chores fixture:chores bed:chores washing:hygiene course:study" },
  -- food
  { "eat~, ate, eaten, dine~, munch~, nibble~, chew~, devour~, breakfasting, lunching, snack~ on, snacking, have~ bite, having bite, "
    .. "grab~ bite, sit~ down to, sit down for meal, feast~, tuck~ into", "meal", 5, "office:meal" },
  { "drink~, sip~, savour~, savor~", "rest", 2, "mealtime:meal food:meal" },
  { "cook~, bake~, fry~, roast~, grill~, simmer~, saute~, stir fry~, chop~, dice~, knead~, season~, marinate~, whisk~, steam~, "
    .. "boil~, peel~, stir~, brew~, blend~, meal prep~, meal prepping, cater~, barbecue~, preheat~, reheat~, heat~ up, plating, garnish~, slice~, ferment~, pickle~", "cooking", 5,
    "drink:rest" },
  { "taste~, serve~, defrost~, thaw~, set~ table, setting table, mix~, warm~ up, heat~", false, 3, "mealtime:cooking food:cooking ingredient:cooking water:cooking "
    .. "tune:hobby sport:exercise workout:exercise" },
  { "make~, made, prepare~, assemble~, get~, fix~ up, fixing, throw together, put~ together, whip~ up, start~ on, experiment~ with, try~, try~ out, create~, attempt~", false, 4,
    "mealtime:cooking food:cooking ingredient:cooking produce:cooking drink:rest bed:chores laundry:chores plan:planning "
    .. "occasion:planning money:planning tune:hobby craft:hobby fiction:hobby gathering:social message:social "
    .. "document:work office:work mail:work course:study subject:study sport:exercise workout:exercise fixture:chores screen:media "
    .. "game:hobby instrument:hobby washing:hygiene sleeping:hygiene pause:rest book:reading" },
  { "have~, take~, took, enjoy~, grab~, finish~, finishing up, complete~, do~, start~, begin~, continue~, attend~, join~, squeeze~ in", false, 4,
    "mealtime:meal food:meal pause:rest sport:exercise workout:exercise gathering:social washing:hygiene course:study "
    .. "document:work mail:work office:work chore:chores laundry:chores dish:chores craft:hobby game:hobby screen:media tune:media book:reading "
    .. "plan:planning garden:garden subject:study instrument:hobby fiction:hobby sleeping:sleep" },
  -- chores
  { "clean~, tidy~, tidying, vacuum~, hoover~, mop~, sweep~, scrub~, dust~, wipe~, wiping down, iron~, fold~, declutter~, launder~, unpack~, "
    .. "disinfect~, polish~, tidy~ up, clear~ up, clean~ up, wash~ up, clear~ table, clearing away, take~ out rubbish, take~ out trash, take~ out recycling, take~ out bins, "
    .. "empty~, put~ away, load~ dishwasher, unload~ dishwasher, run~ errands, hang~ up laundry, hang~ out washing, go~ shopping, shop~ for, "
    .. "shop~, feed~ cat, feed~ dog, water bowl, walk~ to shop, straighten~ up, mend~, grocery shop~, shovel~, descale~, load~, unload~", "chores", 5,
    "garden:garden body:hygiene instrument:hobby plan:planning mail:work" },
  { "wash~, rinse~ off, dry~, hang~, soak~, scour~", "chores", 4, "body:hygiene produce:cooking ingredient:cooking craft:hobby" },
  { "sort~, sort~ out, sorting through, organise~, organize~, organising, arrange~, rearrange~, file~", false, 4,
    "laundry:chores chore:chores fixture:chores room:chores mail:work document:work office:work money:planning plan:planning occasion:planning craft:hobby "
    .. "tune:media book:chores dish:chores ingredient:chores message:social course:study game:hobby garden:garden" },
  { "feed~, pack~, buy~, repair~, replace~, install~, fix~, unclog~, oil~, fetch~, collect~, pick~ up, drop~ off, return~", "chores", 3,
    "garden:garden document:work craft:hobby child:social instrument:hobby mealtime:cooking plan:planning" },
  -- work
  { "work~, work~ on, working remotely, work~ from home, work~ through, focus~ on, concentrate~ on, refine~, finalise~, finalize~, get~ work done", "work", 4,
    "garden:garden craft:hobby fiction:hobby game:hobby course:study subject:study instrument:hobby tune:hobby workout:exercise "
    .. "money:planning book:hobby ingredient:cooking produce:garden chore:chores" },
  { "email~, emailing, invoice~, debug~, code~, program~, proofread~, transcribe~, stocktake~, stocktaking, freelance~, telework~, deploy~, supervise~, negotiate~, "
    .. "audit~, consult~, delegate~, present~, manage~, administer~, testing, code reviewing, interview~, invoicing, bookkeeping, onboard~, troubleshoot~, sell~, forecast~, "
    .. "on shift, on duty, clock~ in, check~ inbox, brainstorm~, analyse~, analyze~, process~", "work", 4.5, "course:study garden:garden person:social occasion:planning tune:hobby money:planning" },
  { "draft~, write~, writing up, wrote, edit~, type~, outline~, polish~ up, revise~ draft, compile~, translate~, rewrite~, jot~ down, note~ down", "work", 3,
    "plan:planning craft:hobby fiction:hobby tune:hobby message:social person:social course:study book:hobby occasion:planning "
    .. "ingredient:cooking money:planning subject:study mail:work document:work office:work screen:media garden:hobby" },
  { "review~, check~, update~, go~ over, going through, read~ through, look~ over, look~ through, look~ at, track~, double check~, prepare~ for, prep~ for, check~ on, evaluate~, monitor~", false, 4,
    "plan:planning money:planning occasion:planning mail:work document:work office:work course:study subject:study "
    .. "phone:media screen:media news:media garden:garden produce:garden ingredient:cooking mealtime:cooking food:cooking book:reading message:social "
    .. "child:social person:social gathering:social laundry:chores chore:chores fixture:chores sleeping:hygiene craft:hobby sport:exercise workout:exercise" },
  { "answer~, reply~, reply~ to, respond~ to, return~ call, catch~ up on, send~", false, 4,
    "mail:work office:work document:work message:social person:social phone:social gathering:social screen:media news:media book:reading course:study chore:chores laundry:chores tune:media sleeping:sleep money:planning plan:planning" },
  { "design~, build~, develop~, assemble~ parts, sculpt~, invent~, tinker~, tinker~ with, restore~", "hobby", 2.8,
    "document:work office:work fixture:chores garden:garden workout:exercise plan:planning course:study mail:work" },
  { "grade~, grading, mark~, marking, teach~, tutor~", "work", 4.5, "child:social plan:planning occasion:planning" },
  -- study
  { "study~, learn~, learning, memorise~, memorize~, revise~, take~ notes, taking notes on, cram~, swot~, research~, solve~, quiz~, enrol~, master~", "study", 4.5,
    "office:work craft:hobby game:hobby instrument:hobby ingredient:cooking garden:garden tune:hobby sport:exercise gathering:social" },
  { "practise~, practice~, practicing, rehearse~, rehearsing, train~, drill~", "hobby", 3.4,
    "sport:exercise workout:exercise subject:study course:study document:work pause:rest" },
  -- movement
  { "exercise~, jog~, jogging, running, ran, swim~, cycle~, cycling, hike~, hiking, lift~ weights, stretch~, work~ out, workout, go~ for run, go~ for walk, go~ for jog, go~ for swim, "
    .. "go~ for bike ride, go~ on walk, take~ walk, took walk, taking evening walk, go~ to gym, dance~, dancing, warm~ up and stretch, walk~ dog, walk~ dogs, do~ yoga, "
    .. "climb~, skate~, row~, ski~, box~, stroll~, power walk~, going out for run, going out for walk, go~ out for walk, go~ out for run, go~ on run, "
    .. "take~ dog for walk, taking dog out, skip~ rope, jump~ rope, bouldering, surf~, canoe~, paddle~, cool~ down, ride~ bike, riding bike", "exercise", 5,
    "child:exercise" },
  { "walking, walked", false, 4, "outdoors:exercise pet:exercise garden:exercise person:exercise" },
  { "walk~ to, walk~ over to, walk~ back to, walk~ into, walk~ towards, walk~ from, head~ to, heading to, go~ to, move~ to, return~ to", false, 1 },
  -- reading
  { "read~, reading, reread~, leaf~ through, skim~, browse~ book, curl~ up with, curl~ up with book, turn~ pages, read~ about, reading up on", "reading", 4.5,
    "mail:work document:work office:work child:social course:study message:social phone:media news:reading" },
  -- hobbies
  { "paint~, sketch~, draw~, drawing, knit~, crochet~, sew~, embroider~, carve~, whittle~, solder~, compose~, sing~, humming, "
    .. "doodle~, photograph~, take~ photos, taking photographs, birdwatch~, bird watching, birding, juggle~, weave~, quilt~, journal~, play~ guitar, play~ piano, craft~, crafting, "
    .. "scrapbook~, improvise~, collage~, woodwork~, jam~, record~, film~, writing poetry, write~ poem, write~ poems, stargaze~, strum~, write~ poetry, write~ novel, write~ song, play~ video games, gaming, "
    .. "do~ crossword, do~ jigsaw, solve~ puzzle, solving crossword, solve~ crossword, do~ puzzle, doing sudoku, mould~, sculpting, magic, origami, puzzling, beading, make~ art, choreograph~", "hobby", 4.6,
    "office:work document:work fixture:chores mail:work course:study" },
  { "play~, rehearse~ with, perform~, practise~ with", "hobby", 3.2,
    "game:hobby instrument:hobby craft:hobby child:social person:social sport:exercise tune:media screen:media pet:rest outdoors:exercise gathering:social" },
  -- screens
  { "watch~, rewatch~, binge~, stream~, listen~ to, listening, tune~ in, scroll~, scroll~ through, surf~ internet, surf~ web, look~ at phone, binge watch~, follow~ match", "media", 4.5,
    "course:study seat:rest child:social pet:rest pause:rest office:work outdoors:rest garden:rest" },
  { "browse~, browsing through", "media", 3.4, "book:reading plan:planning ingredient:cooking course:study document:work mail:work fixture:chores" },
  -- people
  { "talk~, talk~ to, talk~ with, speak~, speak~ with, discuss~, call~, phone~, ring~, on phone, on call, in call, have~ call, having call, "
    .. "take~ call, make~ call, make~ phone call, making call, video call~, video chat~, facetime~, facetiming", "social", 4.5, "office:work document:work money:planning plan:planning occasion:planning" },
  { "chat~, chat~ with, gossip~, hang~ out, hang~ out with, socialise~, socialize~, hug~, cuddle~, host~, entertain~, visit~, greet~, text~, "
    .. "message~, spend~ time with, spent time with, catch~ up with, go~ on date, on date, date night, celebrate~, welcome~, babysit~, flirt~, argue~, mingle~, reconnect~, bond~, "
    .. "play~ with child, play~ with children, play~ with kids, meet~ friends, meet~ friend, meet~ up, meeting up, console~, comfort~, volunteer~, laugh~ with, gather~, write~ letter, "
    .. "joke~, reminisce~, keep~ company, help~ neighbour, tell~ stories, put~ kids to bed, put~ child to bed, tuck~ in, read~ bedtime story, read~ to", "social", 4.6, "office:work screen:media tune:media" },
  { "meet~, meeting, meeting with, in meeting, have~ meeting, having meeting, attend~ meeting", "work", 4, "person:social child:social" },
  { "help~, look~ after, care~ for, support~, play~ catch, assist~, check~ in with, take~ care of", "social", 4, "office:work garden:garden mealtime:social chore:chores laundry:chores pet:chores produce:garden body:hygiene" },
  -- rest
  { "rest~, nap~, meditate~, daydream~, doze~, doze~ off, unwind~, relax~, lounge~, recharge~, lie~ down, lying down, laze~, idle~ about, "
    .. "take~ nap, take~ break, gaze~, look~ out of window, looking out window, stare~, watch~ clouds, watch~ sunset, watch~ rain, put~ feet up, "
    .. "pray~, breathe~, take~ it easy, take~ deep breaths, do~ nothing, reflect~, sunbathe~, sit~ quietly, sit~ silently, chill~, chill~ out, decompress~, ponder~", "rest", 3.2,
    "tune:media screen:media book:reading plan:planning" },
  { "sit~, lie~, lying, stand~, stay~, wait~, pause~, settle~, cool off, curl~ up, wind~ down, winding", "rest", 1.4 },
  -- plans
  { "plan~, planning, schedule~, prioritise~, prioritize~, book~ tickets, booking train, book~ flight, book~ hotel, book~ appointment, booking, make~ list, make~ shopping list, "
    .. "set~ goals, setting goals, pay~ bills, paying, budget~, make~ to do list, map~ out, do~ finances, do~ taxes, go~ over finances, set~ reminder, arrange~ appointment, "
    .. "prepare~ schedule, organise~ schedule, organize~ schedule, think~ about goals, lay~ out day, set~ intentions, figure~ out schedule, make~ plans, plan~ out", "planning", 5,
    "document:work" },
  { "set~, think~ about, consider~, decide~", false, 3, "plan:planning money:planning occasion:planning mealtime:cooking pause:rest" },
  -- the garden
  { "weed~, prune~, mow~, rake~, sow~, repot~, transplant~, harvest~, compost~, fertilise~, fertilize~, deadhead~, mulch~, "
    .. "tend~, tend~ to, plant~ seeds, hoe~, trim~ hedge, trim~ roses, turn~ compost, pot~ up, yard work, planting", "garden", 5, "person:social child:social" },
  { "water~, watering, pick~, dig~, plant~, gather~ herbs, cut~ back, pull~ up, spray~, thin~ out, stake~", "garden", 3, "pet:chores course:study wear:hygiene person:social child:social" },
}

return { breaks = breaks, modifiers = modifiers, nouns = nouns, verbs = verbs }

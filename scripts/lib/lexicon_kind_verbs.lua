-- Verbs by which `lexicon.kind_of` recognises what a person does: { words, kind or false, weight, kinds by noun class }.
-- See lexicon_model.lua for how the lists are read.

return {
  -- sleep and the body
  { "sleep~, go~ to bed, going back to bed, went to bed, head~ to bed, fall~ asleep, asleep, "
    .. "go~ to sleep, drift~ off, fall back asleep, turn~ in for night, get~ some sleep, sleeping in, "
    .. "snore~, slumber~, sleep soundly, in deep sleep, get sleep, getting sleep, "
    .. "get~ into bed to sleep, climb~ into bed to sleep, settle~ into bed for night, "
    .. "tucked in for night, retire~ for night", "sleep", 6 },
  { "brush~, floss~, comb~, shave~, trim~, moisturise~, moisturize~, rinse~, bathe~, clip~, pluck~, "
    .. "style~, blow dry~", "hygiene", 3.2,
    "produce:garden garden:garden dish:chores ingredient:cooking food:cooking pet:chores laundry:chores "
    .. "fixture:chores" },
  { "shower~, bath~, take~ shower, have shower, having shower, get~ dressed, dressed, dress~ for, "
    .. "undress~, get~ ready for bed, get~ ready for work, get~ ready for day, get~ ready for night, "
    .. "get~ ready, prepare~ for bed, prepare~ for sleep, getting ready to sleep, wind~ down for bed, "
    .. "get~ ready to go, dry~ hair, wash~ up for bed, freshen~ up, freshening, wash~ face, wash~ hands, "
    .. "wash~ hair, wash~ body, groom~, use~ toilet, use~ bathroom, put~ on makeup, get~ washed, "
    .. "shampoo~, gargle~, visit~ toilet, apply~ makeup, apply~ sunscreen, do~ hair, doing makeup, "
    .. "clean~ teeth, prepare~ for day, prepare~ for work, go~ to toilet, remove~ makeup, cut~ nails, "
    .. "paint~ nails, doing nails, change~ clothes", "hygiene", 5,
    "pet:chores" },
  { "wake~ up, wake~, waking, get~ up, getting out of bed, woke up", "hygiene", 1.3 },
  { "change~ into, changing out of, put~ on, pick~ out, try~ on", false, 2.6, "wear:hygiene "
    .. "laundry:hygiene tune:media screen:media washing:hygiene" },
  { "change~, switch~", false, 2.6, "wear:hygiene laundry:chores fixture:chores bed:chores "
    .. "washing:hygiene course:study" },
  -- food
  { "eat~, ate, eaten, dine~, munch~, nibble~, chew~, devour~, breakfasting, lunching, snack~ on, "
    .. "snacking, have~ bite, having bite, grab~ bite, sit~ down to, sit down for meal, feast~, "
    .. "tuck~ into", "meal", 5, "office:meal" },
  { "drink~, sip~, savour~, savor~", "rest", 2, "mealtime:meal food:meal" },
  { "cook~, bake~, fry~, roast~, grill~, simmer~, saute~, stir fry~, chop~, dice~, knead~, season~, "
    .. "marinate~, whisk~, steam~, boil~, peel~, stir~, brew~, blend~, meal prep~, meal prepping, "
    .. "cater~, barbecue~, preheat~, reheat~, heat~ up, plating, garnish~, slice~, ferment~, pickle~, "
    .. "scrambl~, scramble~, poach~, grate~, mince~", "cooking", 5 },
  { "taste~, serve~, defrost~, thaw~, set~ table, setting table, mix~, warm~ up, heat~", false, 3,
    "mealtime:cooking food:cooking ingredient:cooking water:cooking tune:hobby sport:exercise "
    .. "workout:exercise" },
  { "make~, made, prepare~, assemble~, get~, throw together, put~ together, whip~ up, start~ on, "
    .. "experiment~ with, try~, try~ out, test~, create~, attempt~", false, 4,
    "mealtime:cooking food:cooking ingredient:cooking produce:cooking drink:cooking bed:chores "
    .. "laundry:chores plan:planning occasion:planning money:planning tune:hobby craft:hobby "
    .. "fiction:hobby gathering:social message:social document:work office:work mail:work course:study "
    .. "subject:study sport:exercise workout:exercise fixture:chores screen:media game:hobby "
    .. "instrument:hobby washing:hygiene sleeping:hygiene pause:rest book:reading" },
  { "have~, take~, took, enjoy~, grab~, finish~, finishing up, complete~, do~, start~, begin~, "
    .. "continue~, attend~, join~, squeeze~ in", false, 4,
    "mealtime:meal food:meal pause:rest sport:exercise workout:exercise gathering:social washing:hygiene "
    .. "course:study document:work mail:work office:work chore:chores laundry:chores dish:chores "
    .. "craft:hobby game:hobby screen:media tune:media book:reading plan:planning garden:garden "
    .. "subject:study instrument:hobby fiction:hobby sleeping:sleep" },
  -- chores
  { "go~ through household list", "chores", 4 },
  { "clean~, tidy~, tidying, vacuum~, hoover~, mop~, sweep~, scrub~, dust~, wipe~, wiping down, iron~, "
    .. "fold~, declutter~, launder~, unpack~, disinfect~, polish~, tidy~ up, clear~ up, clean~ up, "
    .. "wash~ up, clear~ table, clearing away, take~ out rubbish, take~ out trash, take~ out recycling, "
    .. "take~ out bins, empty~, put~ away, load~ dishwasher, unload~ dishwasher, run~ errands, "
    .. "hang~ up laundry, hang~ out washing, go~ shopping, shop~ for, shop~, feed~ cat, feed~ dog, "
    .. "water bowl, walk~ to shop, straighten~ up, grocery shop~, shovel~, descale~, load~, unload~",
    "chores", 5,
    "garden:garden body:hygiene instrument:hobby craft:hobby plan:planning mail:work" },
  { "wash~ and", "hygiene", 4, "dish:chores laundry:chores fixture:chores" },
  { "wash~, rinse~ off, dry~, hang~, soak~, scour~", "chores", 4, "body:hygiene produce:cooking "
    .. "ingredient:cooking craft:hobby" },
  { "sort~, sort~ out, sorting through, organise~, organize~, organising, arrange~, rearrange~, file~",
    false, 4,
    "laundry:chores chore:chores fixture:chores room:chores mail:work document:work office:work "
    .. "money:planning plan:planning occasion:planning craft:hobby tune:media book:chores dish:chores "
    .. "ingredient:chores message:social course:study game:hobby garden:garden" },
  { "mend~, gather~, feed~, pack~, buy~, repair~, replace~, install~, fix~, unclog~, oil~, fetch~, "
    .. "collect~, pick~ up, drop~ off, return~", "chores", 3,
    "garden:garden document:work craft:hobby game:hobby child:social instrument:hobby mealtime:cooking "
    .. "ingredient:cooking plan:planning" },
  -- work
  { "work~, work~ on, working remotely, work~ from home, work~ through, focus~ on, concentrate~ on, "
    .. "refine~, finalise~, finalize~, get~ work done", "work", 4,
    "garden:garden craft:hobby game:hobby course:study essay:study subject:study instrument:hobby "
    .. "tune:hobby workout:exercise money:planning produce:garden chore:chores" },
  { "email~, emailing, invoice~, debug~, code~, program~, proofread~, transcribe~, stocktake~, "
    .. "stocktaking, freelance~, telework~, deploy~, supervise~, negotiate~, audit~, consult~, "
    .. "delegate~, present~, manage~, administer~, code reviewing, interview~, invoicing, bookkeeping, "
    .. "onboard~, troubleshoot~, sell~, forecast~, on shift, on duty, clock~ in, check~ inbox, "
    .. "brainstorm~, analyse~, analyze~, process~", "work", 4.5, "course:study garden:garden "
    .. "person:social occasion:planning tune:hobby money:planning" },
  { "draft~, edit~, compile~, translate~, rewrite~, polish~ up, revise~ draft, outline~", "work", 3,
    "plan:planning craft:hobby fiction:hobby tune:hobby course:study essay:study money:planning "
    .. "garden:hobby" },
  { "type~, typing", "work", 3, "message:social fiction:hobby plan:planning" },
  { "write~, writing up, wrote, jot~ down, note~ down", "work", 2.2,
    "plan:planning craft:hobby fiction:hobby tune:hobby message:social person:social course:study "
    .. "book:hobby occasion:planning ingredient:cooking money:planning subject:study mail:work "
    .. "document:work office:work screen:hobby garden:hobby essay:study" },
  { "review~, check~, update~, go~ over, going through, read~ through, look~ over, look~ through, "
    .. "look~ at, track~, double check~, prepare~ for, prep~ for, check~ on, evaluate~, monitor~", false, 4,
    "plan:planning money:planning occasion:planning mail:work document:work office:work course:study "
    .. "subject:study phone:media screen:media news:media garden:garden produce:garden "
    .. "ingredient:cooking mealtime:cooking food:cooking book:reading message:social child:social "
    .. "person:social gathering:social laundry:chores chore:chores fixture:chores sleeping:hygiene "
    .. "craft:hobby sport:exercise workout:exercise" },
  { "answer~, reply~, reply~ to, respond~ to, return~ call, catch~ up on, send~", false, 4,
    "mail:work office:work document:work message:social person:social phone:social screen:media "
    .. "news:media book:reading course:study chore:chores laundry:chores tune:media sleeping:sleep "
    .. "money:planning plan:planning" },
  { "design~, build~, develop~, assemble~ parts, sculpt~, invent~, tinker~, tinker~ with, restore~",
    "hobby", 2.8,
    "document:work office:work fixture:chores garden:garden workout:exercise plan:planning course:study "
    .. "mail:work" },
  { "grade~, grading, mark~, marking, teach~, tutor~", "work", 4.5, "child:social plan:planning "
    .. "occasion:planning" },
  -- study
  { "study~, learn~, learning, memorise~, memorize~, revise~, take~ notes, taking notes on, cram~, "
    .. "swot~, research~, solve~, quiz~, enrol~, master~", "study", 4.5,
    "office:work plan:planning craft:hobby game:hobby instrument:hobby ingredient:cooking garden:garden "
    .. "tune:hobby sport:exercise gathering:social" },
  { "practise~, practice~, practicing, rehearse~, rehearsing, train~, drill~", "hobby", 3.4,
    "sport:exercise workout:exercise subject:study course:study document:work pause:rest" },
  -- movement
  { "exercise~, jog~, jogging, running, ran, swim~, cycle~, cycling, hike~, hiking, lift~ weights, "
    .. "stretch~, work~ out, workout, go~ for run, go~ for walk, go~ for jog, go~ for swim, "
    .. "go~ for bike ride, go~ on walk, take~ walk, took walk, taking evening walk, go~ to gym, dance~, "
    .. "dancing, warm~ up and stretch, walk~ dog, walk~ dogs, do~ yoga, climb~, skate~, row~, ski~, "
    .. "box~, stroll~, power walk~, going out for run, going out for walk, go~ out for walk, "
    .. "go~ out for run, go~ on run, take~ dog for walk, taking dog out, skip~ rope, jump~ rope, "
    .. "bouldering, surf~, canoe~, paddle~, cool~ down, ride~ bike, riding bike", "exercise", 5,
    "child:exercise" },
  { "walking, walked", false, 4, "outdoors:exercise pet:exercise garden:exercise person:exercise" },
  { "walk~ to, walk~ over to, walk~ back to, walk~ into, walk~ towards, walk~ from, head~ to, "
    .. "heading to, go~ to, move~ to, return~ to", false, 1 },
  -- reading
  { "read~, reading, reread~, leaf~ through, skim~, curl~ up with, curl~ up with book, turn~ pages, "
    .. "read~ about, reading up on", "reading", 4.5,
    "mail:work document:work office:work child:social course:study message:social phone:media news:reading" },
  -- hobbies
  { "paint~", "hobby", 4.6, "fixture:chores garden:chores office:work" },
  { "dye~, glue~, ink~, sketch~, draw~, drawing, knit~, crochet~, sew~, embroider~, carve~, "
    .. "whittle~, solder~, compose~, sing~, humming, doodle~, photograph~, take~ photos, "
    .. "taking photographs, birdwatch~, bird watching, birding, juggle~, weave~, quilt~, journal~, "
    .. "play~ guitar, play~ piano, craft~, crafting, scrapbook~, improvise~, collage~, woodwork~, jam~, "
    .. "writing poetry, write~ poem, write~ poems, stargaze~, strum~, write~ poetry, write~ novel, "
    .. "write~ song, play~ video games, gaming, do~ crossword, do~ jigsaw, solve~ puzzle, "
    .. "solving crossword, solve~ crossword, do~ puzzle, doing sudoku, mould~, sculpting, magic, "
    .. "origami, puzzling, beading, make~ art, choreograph~", "hobby", 4.6,
    "office:work document:work mail:work course:study" },
  { "play~ record, play~ records, play~ playlist, play~ album, play~ music", "media", 4 },
  { "record~, film~", "hobby", 2.8, "screen:hobby tune:hobby document:work news:work" },
  { "perform~", "hobby", 2.8, "washing:hygiene workout:exercise sport:exercise chore:chores pause:rest" },
  { "train~ for", "exercise", 4, "document:work office:work course:study" },
  { "play~, rehearse~ with, practise~ with", "hobby", 3.2,
    "game:hobby instrument:hobby craft:hobby child:social person:social sport:exercise tune:hobby "
    .. "screen:media pet:rest outdoors:exercise gathering:social" },
  -- screens
  { "watch~ quiz, watch~ class, watch~ team", "media", 5 },
  { "watch~, rewatch~, binge~, stream~, listen~ to, listening, tune~ in, scroll~, scroll~ through, "
    .. "surf~ internet, surf~ web, look~ at phone, binge watch~, follow~ match", "media", 4.5,
    "course:study seat:rest child:social pet:rest pause:rest outdoors:rest garden:rest" },
  { "browse~, browsing through", "media", 3.4, "book:reading plan:planning course:study document:work "
    .. "mail:work fixture:chores" },
  -- people
  { "talk~, talk~ to, talk~ with, speak~, speak~ with, discuss~, call~, phone~, ring~, on phone, "
    .. "on call, in call, have~ call, having call, take~ call, make~ call, make~ phone call, "
    .. "making call, video call~, video chat~, facetime~, facetiming", "social", 4.5, "office:work "
    .. "document:work money:planning plan:planning occasion:planning" },
  { "chat~, chat~ with, gossip~, hang~ out, hang~ out with, socialise~, socialize~, hug~, cuddle~, "
    .. "argue~, catch~ up with, mingle~, flirt~, laugh~ with", "social", 4.6 },
  { "to gossip, to argue, to chat, to catch up", "social", 10 },
  { "answer~ calls, answer~ phone, take~ calls, answer~ door", "social", 2.5, "office:work" },
  { "host~, entertain~, visit~, greet~, text~, message~, spend~ time with, spent time with, go~ on date, "
    .. "on date, date night, celebrate~, welcome~, babysit~, reconnect~, bond~, play~ with child, "
    .. "play~ with children, play~ with kids, meet~ friends, meet~ friend, meet~ up, meeting up, "
    .. "console~, comfort~, volunteer~, write~ letter, joke~, reminisce~, keep~ company, "
    .. "help~ neighbour, tell~ stories, put~ kids to bed, put~ child to bed, tuck~ in, "
    .. "read~ bedtime story, read~ to", "social", 4.6, "office:work" },
  { "meet~, meeting, meeting with, in meeting, have~ meeting, having meeting, attend~ meeting", "work",
    4, "person:social child:social" },
  { "help~, look~ after, care~ for, support~, play~ catch, assist~, check~ in with, take~ care of",
    "social", 4, "office:work garden:garden mealtime:social chore:chores laundry:chores pet:chores "
    .. "produce:garden body:hygiene" },
  -- rest
  { "rest~, nap~, meditate~, daydream~, doze~, doze~ off, unwind~, relax~, lounge~, recharge~, "
    .. "lie~ down, lying down, laze~, idle~ about, take~ nap, take~ break, gaze~, look~ out of window, "
    .. "looking out window, stare~, watch~ clouds, watch~ sunset, watch~ rain, put~ feet up, pray~, "
    .. "breathe~, take~ it easy, take~ deep breaths, do~ nothing, reflect~, sunbathe~, sit~ quietly, "
    .. "sit~ silently, chill~, chill~ out, decompress~, ponder~", "rest", 3.2,
    "tune:media screen:media book:reading plan:planning" },
  { "stand~", "rest", 0.7 },
  { "sit~, lie~, lying, stay~, wait~, pause~, settle~, cool off, curl~ up, wind~ down, winding", "rest",
    1.4 },
  -- plans
  { "plan~, planning, schedule~, prioritise~, prioritize~, book~ tickets, booking train, book~ flight, "
    .. "book~ hotel, book~ appointment, booking, make~ list, make~ shopping list, set~ goals, "
    .. "setting goals, pay~ bills, paying, budget~, make~ to do list, map~ out, do~ finances, do~ taxes, "
    .. "go~ over finances, set~ reminder, arrange~ appointment, prepare~ schedule, organise~ schedule, "
    .. "organize~ schedule, think~ about goals, lay~ out day, set~ intentions, figure~ out schedule, "
    .. "make~ plans, plan~ out", "planning", 5,
    "document:work" },
  { "set~, think~ about, consider~, decide~", false, 3, "plan:planning money:planning occasion:planning "
    .. "mealtime:cooking pause:rest" },
  -- the garden
  { "weed~, prune~, mow~, rake~, sow~, repot~, transplant~, harvest~, compost~, fertilise~, fertilize~, "
    .. "deadhead~, mulch~, tend~, tend~ to, plant~ seeds, hoe~, trim~ hedge, trim~ roses, turn~ compost, "
    .. "pot~ up, yard work, planting", "garden", 5, "person:social child:social" },
  { "water~, watering, pick~, dig~, plant~, gather~ herbs, cut~ back, pull~ up, spray~, thin~ out, "
    .. "stake~", "garden", 3, "pet:chores course:study wear:hygiene person:social child:social" },
}

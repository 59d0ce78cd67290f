-- What the lexicon must make of plain English. The phrases were written before the word lists.

local lexicon = require "propersim.lexicon"

-- One line a kind: phrases as a persona author or a language model writes them.
local ACTIONS = {
  sleep = {
    "sleeping", "sleeping in on a slow morning", "going to bed", "fast asleep", "falling asleep",
    "getting some sleep after the night shift", "Mara is sleeping.", "sleep", "heading to bed early",
  },
  hygiene = {
    "brushing teeth", "brushing his teeth and washing his face", "taking a shower", "showering after the run",
    "getting dressed", "getting ready for bed", "getting ready for work", "doing her skincare routine",
    "taking a long bath", "washing her hair", "shaving", "combing her hair", "using the toilet",
    "completing the morning routine", "putting on makeup", "waking up and freshening up",
    "trimming his beard", "changing into pyjamas", "flossing",
  },
  meal = {
    "eating breakfast", "having dinner with the family", "having lunch at the kitchen table",
    "snacking on an apple", "eating dinner while watching TV", "finishing a bowl of porridge", "lunch",
    "enjoying a slow brunch", "eating leftovers in front of the television", "breakfast with a book",
    "having a quick sandwich", "eating toast and drinking coffee", "sitting down to supper",
    "grabbing a bite to eat", "having a late snack before bed",
  },
  cooking = {
    "cooking dinner", "preparing lunch", "making a simple pasta dinner", "baking bread", "chopping vegetables",
    "stirring the soup", "trying a new curry recipe", "making breakfast for the kids", "kneading dough",
    "meal prepping for the week", "frying eggs and setting out plates", "seasoning and tasting the stew",
    "preparing a packed lunch", "heating up leftovers", "marinating the chicken for tomorrow",
    "getting dinner started", "baking a birthday cake for her niece", "boiling water for pasta",
  },
  chores = {
    "washing the dishes", "doing the laundry", "cleaning the bathroom", "vacuuming the common room",
    "tidying up the bedroom", "folding clothes", "taking out the rubbish", "grocery shopping",
    "making the bed", "ironing shirts for work", "clearing up after dinner", "wiping down the kitchen counters",
    "unpacking the groceries", "running errands", "loading the dishwasher", "sorting the wardrobe",
    "feeding the cat", "fixing the leaking tap", "washing up while listening to a podcast",
    "changing the bed sheets", "cleaning up the kitchen after cooking", "putting away the laundry",
    "packing a bag for tomorrow", "mopping the kitchen floor", "dusting the book shelf",
  },
  work = {
    "answering client emails", "drafting the floor plan", "working on the colour board", "working on client drawings",
    "attending a video meeting with the team", "preparing a presentation for the board", "writing a quarterly report",
    "reviewing pull requests", "debugging the payment service", "working at the desk", "on a call with a client",
    "grading student essays", "updating the project spreadsheet", "invoicing customers", "working a night shift",
    "checking work email", "talking to a colleague about the deadline", "editing wedding photos for a customer",
    "writing code for the new feature", "preparing lesson plans for tomorrow's class", "proofreading a manuscript",
    "Jonas is working on the tax returns of two clients.", "stocktaking for the shop", "designing a logo for a bakery",
    "remote work at the common room table", "interviewing a candidate", "finishing up work before lunch",
    "translating a contract", "writing grant application",
  },
  study = {
    "studying for the chemistry exam", "doing homework", "revising lecture notes", "practising Spanish vocabulary",
    "attending an online course", "writing an essay for the history seminar", "learning to code with an online tutorial",
    "memorising flashcards", "working on her thesis", "reading a textbook chapter", "watching a recorded lecture",
    "preparing for the exam", "solving practice problems", "researching sources for the dissertation",
    "taking notes on statistics", "working through an algebra worksheet",
  },
  exercise = {
    "going for a run", "doing yoga", "stretching before bed", "lifting weights", "going for a walk in the park",
    "taking an evening walk", "walking the dog", "cycling by the river", "doing push-ups and squats",
    "working out", "playing football with friends", "morning workout", "swimming at the pool", "dancing to loud music",
    "practising tai chi", "jogging around the block", "doing a short pilates session", "a brisk walk after lunch",
    "warming up and stretching",
  },
  reading = {
    "reading a novel", "reading in bed", "reading a gardening book", "reading the newspaper", "finishing a mystery novel",
    "reading a cookbook", "reading on the sofa", "browsing a magazine", "leafing through old comics",
    "curled up with a book", "reading poetry aloud", "reading about ancient Rome", "evening reading",
    "reading a chapter before sleep",
  },
  hobby = {
    "painting with watercolours", "playing the guitar", "practising the piano", "knitting a scarf", "writing a short story",
    "working on a jigsaw puzzle", "sketching birds", "building a model ship", "playing video games", "playing chess online",
    "doing a crossword", "sewing a dress", "sorting stamps", "writing in her journal", "playing a board game with her brother",
    "recording a song", "photographing birds from the window", "soldering a synthesiser kit", "composing a melody",
    "carving a wooden spoon", "crocheting and humming", "rehearsing lines for the theatre group",
    "repairing an old radio for fun", "practising card tricks",
  },
  media = {
    "watching a film", "watching a cooking show", "listening to music", "scrolling through social media",
    "watching the news", "listening to a podcast about history", "watching television", "browsing the internet",
    "watching videos on the phone", "streaming a series", "watching a football match", "checking the phone",
    "watching a documentary about whales", "listening to an audiobook", "listening to the radio",
    "sitting on the sofa watching a comedy", "catching up on a series",
  },
  social = {
    "calling her sister", "chatting with friends over dinner", "video call with grandmother", "texting a friend",
    "playing with the children", "hosting friends for a dinner party", "talking to the neighbour", "spending time with family",
    "having coffee with a friend", "writing a letter to an old friend", "visiting parents", "catching up with a school friend",
    "on the phone with her mother", "helping his son with homework", "reading a bedtime story to her daughter",
    "meeting friends", "gossiping with the neighbours", "attending a birthday party", "phoning his father",
    "going on a date", "answering messages from friends",
  },
  rest = {
    "relaxing on the sofa", "taking a nap", "meditating", "daydreaming", "having a cup of tea", "resting",
    "taking a short break", "sitting in the garden with a coffee", "lying down for a while", "doing breathing exercises",
    "looking out of the window", "unwinding after work", "listening to the rain", "lounging in the hammock",
    "sipping tea by the window", "dozing on the couch", "sitting quietly",
  },
  planning = {
    "planning meals", "planning the week", "making a shopping list", "writing a to-do list", "reviewing the household budget",
    "updating the calendar", "organising the schedule for tomorrow", "planning a trip to the coast",
    "setting goals for the month",
    "paying bills online", "reviewing her plan for the day", "checking the calendar", "booking train tickets",
    "planning a birthday party", "going over the family finances", "planning the next garden season",
  },
  garden = {
    "watering the tomatoes", "weeding the flower beds", "gardening", "planting tulip bulbs", "pruning the roses",
    "mowing the lawn", "harvesting herbs", "repotting the ferns", "raking leaves", "working in the garden",
    "sowing lettuce", "checking on the seedlings", "picking beans in the garden", "turning the compost",
    "tending to the houseplants", "trimming the hedge",
  },
}

-- Collected later: what language models and the personas say.
local MORE = {
  sleep = { "sleeping soundly in the main bedroom", "asleep", "in bed, sleeping",
    "Tom is getting into bed to sleep" },
  hygiene = { "waking up and completing his morning routine (brushing teeth)",
    "taking a quick hot shower and drying her hair",
    "getting ready for the day (washing face, brushing teeth, changing clothes)",
    "performing her evening hygiene routine", "washing hands before dinner", "applying face cream" },
  meal = { "having breakfast while reading the news", "eating a bowl of cereal and checking the phone",
    "enjoying dinner with her husband", "having a light lunch on the terrace",
    "finishing her breakfast and coffee" },
  cooking = { "preparing a healthy dinner for the family", "gathering ingredients for tonight's curry",
    "cooking a big pot of lentil stew while listening to the radio", "testing a new bread recipe", "making coffee" },
  chores = { "cleaning the kitchen after breakfast", "organizing the kitchen cabinets", "doing household chores",
    "hanging the washing on the line", "scrubbing the shower", "washing the car",
    "fixing the squeaky hinge of the bathroom door", "putting the groceries into the fridge",
    "cleaning out the garage with her brother" },
  work = { "working on a presentation for the upcoming client meeting",
    "responding to emails and messages from clients", "working from home on a marketing campaign",
    "reviewing the quarterly budget with the finance team", "planning the sprint with the team",
    "sketching layouts for a client", "writing documentation for the software",
    "Dana is working (finalizing the slides for Thursday)", "coding the login page", "marking exams",
    "teaching an online piano lesson", "editing chapter three of an author's manuscript" },
  study = { "reviewing lecture slides for the biology exam", "studying in the common room with flashcards",
    "watching an online lecture about economics", "reading a research paper for the seminar",
    "learning Japanese on a language app", "writing her master's thesis", "practising French grammar" },
  exercise = { "going on a bike ride along the river", "doing a 20-minute home workout",
    "doing some light stretching and breathing", "walking in the woods with the dog",
    "practising yoga in the garden", "training for the half marathon" },
  reading = { "reading a fantasy novel before going to sleep", "relaxing with a good book",
    "reading a book about cooking", "reading an article on space travel", "sitting in bed and reading poems" },
  hobby = { "working on her watercolor painting", "tinkering with an old motorbike",
    "painting miniatures while listening to a podcast", "playing the violin", "writing poetry",
    "writing a chapter of his novel", "putting together a puzzle with her daughter", "practicing guitar chords" },
  media = { "watching a gardening show", "watching a yoga video on the sofa", "browsing recipes online",
    "scrolling on the phone in bed", "relaxing on the couch and watching a movie",
    "listening to a new album with headphones" },
  social = { "having a phone call with her mother", "chatting online with friends",
    "talking with Eddy about his day", "writing birthday cards to the cousins",
    "spending quality time with her husband" },
  rest = { "taking a moment to relax with a cup of tea", "sitting on the balcony enjoying the sunset",
    "resting in bed", "lying on the sofa with closed eyes", "taking a break from work",
    "practicing mindfulness meditation" },
  planning = { "reviewing the day's to-do list", "planning the meals and writing the shopping list",
    "checking her bank account and paying the rent", "organizing her schedule for the next day",
    "setting intentions for the day", "researching flights for the summer holiday" },
  garden = { "tending the vegetable garden", "watering the plants on the balcony", "planting basil and parsley",
    "cutting back the lavender", "picking tomatoes in the garden" },
}

-- Recommendations as language models write them: topic, tone, text.
local RECOMMENDATIONS = {
  { "breaks", "formal",
    "Consider taking a short 5-minute break to stretch and rest your eyes before continuing with the client drawings." },
  { "music", "warm",
    "How about playing some upbeat jazz while you cook dinner tonight?" },
  { "films", "gentle",
    "You might enjoy the new documentary about coral reefs this evening." },
  { "focus", "warm",
    "Since you're working at your desk, try the Pomodoro technique to stay focused and avoid distractions." },
  { "health", "formal",
    "Please remember to drink a glass of water; hydration supports concentration." },
  { "finance", "formal",
    "I recommend reviewing your monthly budget this weekend to keep track of your savings." },
  { "social", "gentle",
    "Maybe call your sister later, she'd love to hear from you." },
  { "recipes", "warm",
    "Why not try a new lentil soup recipe for dinner? It's quick and uses what you have in the fridge." },
  { "exercise", "formal",
    "Take a short walk outside to get some fresh air and clear your mind." },
  { "health", "gentle",
    "Listening to a guided meditation could help you unwind before bed." },
  { "garden", "warm",
    "Since you're brushing your teeth, why not listen to a short podcast about gardening?" },
  { "exercise", "formal",
    "Try a 10-minute yoga flow after work to release tension in your shoulders." },
  { "planning", "gentle",
    "You could jot down tomorrow's top three priorities before going to bed." },
  { "creative", "gentle",
    "Mara, how about sketching the view from your window while the light is so soft?" },
  { "garden", "formal",
    "Consider starting a small herb garden on your windowsill, basil grows quickly indoors." },
  { "games", "warm",
    "How about a quick game of chess online to relax after dinner?" },
  { "exercise", "warm",
    "Would you like a quick stretch? Your back will thank you!" },
  { "reading", "gentle",
    "Perhaps you could finish the chapter of your novel with a cup of tea." },
  { "home", "formal",
    "Consider decluttering one drawer in the kitchen today." },
  { "learning", "gentle",
    "It might be a good time to learn five new Spanish phrases." },
  { "home", "formal",
    "After breakfast, consider a quick tidy of the living room so that the day starts calm." },
  { "exercise", "gentle",
    "You've been reading for a while; try some gentle neck stretches." },
  { "recipes", "formal",
    "Plan your meals for the week to save time and money." },
  { "social", "warm",
    "Have you thought about inviting a friend over for a board game night?" },
  { "music", "formal",
    "Listen to a relaxing playlist as you fold the laundry." },
}

-- More of them, for their topics alone.
local TOPICS = {
  { "films", "Settle in for an episode of that detective series after dinner." },
  { "recipes", "You could prepare a big batch of chili and freeze half of it for busy days." },
  { "music", "Try humming along to your favorite songs while folding clothes." },
  { "exercise", "Go for a 15-minute walk in the park before lunch to boost your energy." },
  { "exercise", "Since you've been sitting for two hours, stand up and do a few gentle stretches." },
  { "breaks", "Take five: step away from the screen and look out of the window." },
  { "health", "Drink a glass of water before your next meeting." },
  { "health", "Consider winding down by 10 pm so that you get eight hours of sleep." },
  { "reading", "Pick up the novel on your nightstand and read one chapter before bed." },
  { "creative", "Sketch the bowl of fruit on the table for ten minutes." },
  { "garden", "Water your seedlings early today because it will be hot in the afternoon." },
  { "learning", "Spend 15 minutes on your Italian course while you have your coffee." },
  { "social", "Text your brother to see how his interview went." },
  { "finance", "Set a reminder to pay the electricity bill before Friday." },
  { "home", "Run a load of laundry now so that it's dry by the evening." },
  { "games", "Challenge your roommate to a round of cards tonight." },
  { "focus", "Turn off notifications for the next 45 minutes and work on one task only." },
  { "planning", "Write a to-do list for tomorrow so you can sleep with a clear head." },
  { "social", "Why not invite your neighbor over for a cup of tea this weekend?" },
  { "recipes", "For lunch, how about a quick chickpea salad with lemon and herbs?" },
  { "music", "A calm instrumental playlist might help you concentrate on your report." },
  { "home", "Open a window for ten minutes to let fresh air into the bedroom." },
  { "garden", "Your basil looks ready to be harvested; snip a few leaves for dinner." },
  { "films", "Mara, there's a new nature documentary you may like tonight." },
  { "games", "Unwind with today's crossword puzzle after finishing your emails." },
  { "finance", "Compare this month's grocery spending with your budget." },
  { "breaks", "Pause for a cup of tea and enjoy the quiet for a moment." },
  { "creative", "Write three lines about your day in your journal before bed." },
  { "health", "Do a quick posture check: relax your shoulders and straighten your back." },
}

local NO_KIND = { "Mara is walking.", "walking", "walking to the kitchen", "", "existing", "Tom is walking.", "12345", "?!" }

describe("lexicon.kind_of", function()
  for _, kind in ipairs(lexicon.kinds) do
    it("recovers " .. kind, function()
      for _, list in ipairs { ACTIONS, MORE } do
        for _, text in ipairs(list[kind]) do
          local got = lexicon.kind_of(text)
          assert(got == kind, ("%q: expected %s, got %s"):format(text, kind, tostring(got)))
        end
      end
    end)
  end

  it("says nil where the text names no activity", function()
    for _, text in ipairs(NO_KIND) do
      assert(lexicon.kind_of(text) == nil, ("%q gave %s"):format(text, tostring(lexicon.kind_of(text))))
    end
  end)
end)

describe("lexicon.topic_of and tone_of", function()
  it("hear topic and tone of what a model says", function()
    for _, case in ipairs(RECOMMENDATIONS) do
      local topic, tone = lexicon.topic_of(case[3]), lexicon.tone_of(case[3])
      assert(topic == case[1], ("%q: topic %s"):format(case[3], tostring(topic)))
      assert(tone == case[2], ("%q: tone %s"):format(case[3], tone))
    end
  end)

  it("hear the topic through what else is said", function()
    for _, case in ipairs(TOPICS) do
      local topic = lexicon.topic_of(case[2])
      assert(topic == case[1], ("%q: topic %s"):format(case[2], tostring(topic)))
    end
  end)

  it("find no topic in silence", function()
    for _, text in ipairs { "No Recommendation", "", "...", "Good morning, Mara." } do
      assert(lexicon.topic_of(text) == nil, text)
    end
  end)

  it("give a tone to any text", function()
    assert(lexicon.tone_of("") == "formal", "nothing")
    assert(lexicon.tone_of("Drink water.") == "formal", "a bare statement")
    assert(lexicon.tone_of("Would a glass of water help?") == "warm", "a question")
    assert(lexicon.tone_of("You've been sitting since noon.") == "warm", "a contraction")
  end)
end)

describe("lexicon.importance", function()
  it("follows the scale of its source", function()
    local cases = {
      { 1, "brushing teeth" }, { 1, "refrigerator is idle" }, { 1, "Mara is walking." }, { 2, "cooking dinner" },
      { 4, "chatting with a friend" }, { 5, "Mara values quiet mornings" }, { 6, "Mara is arguing with her neighbour" },
      { 8, "Mara got promoted" }, { 9, "Tom is getting married on Sunday" }, { 10, "Mara broke up with her partner" },
      { 3, "Mara often thinks of the sea" },
    }
    for _, case in ipairs(cases) do
      local got = lexicon.importance(case[2])
      assert(got == case[1], ("%q: %d"):format(case[2], got))
    end
  end)

  it("is a whole number from 1 to 10 for every action", function()
    for _, kind in ipairs(lexicon.kinds) do
      for _, text in ipairs(ACTIONS[kind]) do
        local got = lexicon.importance(text)
        assert(math.type(got) == "integer" and got >= 1 and got <= 10, text)
      end
    end
  end)
end)

describe("lexicon.emoji", function()
  it("shows the thing that is done", function()
    local cases = { { "🚿", "taking a shower" }, { "🎸", "playing the guitar" }, { "📺", "watching a cooking show" },
      { "🧺", "folding the laundry" }, { "🚶", "Mara is walking." }, { "😴", "sleeping" }, { "💭", "bed is idle" },
      { "📧", "answering client emails" } }
    for _, case in ipairs(cases) do
      assert(lexicon.emoji(case[2]) == case[1], case[2] .. " " .. lexicon.emoji(case[2]))
    end
  end)
end)

describe("lexicon.place_words", function()
  it("puts the fitting object first", function()
    local cases = {
      { "showering", "shower" }, { "cooking dinner", "cooking area" }, { "sleeping", "bed" }, { "working", "desk" },
      { "watching a film", "sofa" }, { "weeding the flower beds", "garden" }, { "reading in bed", "bed" },
      { "reading at the kitchen table", "kitchen table" }, { "washing the dishes", "kitchen sink" },
      { "brushing teeth", "bathroom sink" }, { "sitting in the garden with a coffee", "garden" },
      { "eating lunch", "dining table" },
    }
    for _, case in ipairs(cases) do
      local got = lexicon.place_words(case[1])
      assert(got[1] == case[2], ("%q: %s"):format(case[1], tostring(got[1])))
    end
    assert(#lexicon.place_words("Mara is walking.") == 0, "nowhere")
  end)

  it("names something for every action, and nothing twice", function()
    for _, kind in ipairs(lexicon.kinds) do
      for _, text in ipairs(ACTIONS[kind]) do
        local seen, words = {}, lexicon.place_words(text)
        assert(#words > 0, text)
        for _, word in ipairs(words) do
          assert(not seen[word], text)
          seen[word] = true
        end
      end
    end
  end)
end)

describe("the lexicon", function()
  it("bears long and odd texts", function()
    local long = ("cooking, "):rep(100000)
    assert(lexicon.kind_of(long) == "cooking", "a long text")
    assert(lexicon.kind_of("\0\255\226\128 reading \0") == "reading", "bytes that are no letters")
    assert(lexicon.topic_of("\u{201c}Try a caf\u{e9} playlist\u{201d}") == "music", "UTF-8")
    assert(lexicon.kind_of(("a"):rep(100000)) == nil, "one long word")
  end)

  it("knows its labels", function()
    assert(#lexicon.kinds == 15 and #lexicon.topics == 16 and #lexicon.tones == 4, "counts of docs/personas.md")
    assert(lexicon.is_kind.garden and lexicon.is_topic.films and lexicon.is_tone.gentle and not lexicon.is_tone.rude, "sets")
  end)
end)

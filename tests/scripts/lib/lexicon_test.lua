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
    "updating the calendar", "organising the schedule for tomorrow", "planning a trip to the coast", "setting goals for the month",
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

local NO_KIND = { "Mara is walking.", "walking", "walking to the kitchen", "", "existing", "Tom is walking.", "12345", "?!" }

describe("lexicon.kind_of", function()
  for _, kind in ipairs(lexicon.kinds) do
    it("recovers " .. kind, function()
      for _, text in ipairs(ACTIONS[kind]) do
        local got = lexicon.kind_of(text)
        assert(got == kind, ("%q: expected %s, got %s"):format(text, kind, tostring(got)))
      end
    end)
  end

  it("says nil where the text names no activity", function()
    for _, text in ipairs(NO_KIND) do
      assert(lexicon.kind_of(text) == nil, ("%q gave %s"):format(text, tostring(lexicon.kind_of(text))))
    end
  end)
end)

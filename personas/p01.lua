return {
  id = "p01",
  first_name = "Mara", last_name = "Ellison", age = 34,
  pronoun = "she",
  big_five = {
    extraversion = "high", agreeableness = "high", conscientiousness = "high",
    openness = "high", neuroticism = "high",
  },
  background = "Mara is a landscape architect who left a large office three years ago and now "
    .. "designs courtyards and school gardens from home. She grew up in Leeds as the eldest of "
    .. "four and still plans everyone's birthdays.",
  current_interests = "She is learning to dye cloth with plants, sings second soprano in a choir "
    .. "that rehearses online, and cooks her way through one country after another.",
  lifestyle = "Mara keeps a tidy house and a full calendar, talks to somebody nearly every evening, "
    .. "and lies awake when a deadline is close.",
  long_term_goals = "She wants to open a small studio with two colleagues and to design one public "
    .. "garden that children will remember.",
  daily_plan_req = "Work on the current design in the morning and the afternoon, cook a proper "
    .. "dinner, and speak to a friend or one of her sisters.",
  living_area = "main bedroom",

  routine = {
    weekday = {
      wake = "06:45", sleep = "22:15", vary = 10,
      blocks = {
        { activity = "showering and getting dressed", kind = "hygiene", minutes = 30,
          place = "bathroom:shower" },
        { activity = "eating breakfast with the window open", kind = "meal", minutes = 30,
          place = "common room:common room table" },
        { activity = "planning the day and checking the deadlines", kind = "planning", minutes = 30,
          place = "main bedroom:desk" },
        { activity = "working on planting plans for a client", kind = "work", minutes = 135,
          place = "main bedroom:desk",
          tasks = {
            "drafting the planting plan",
            "answering client emails",
            "working on the budget for a contractor",
          } },
        { activity = "taking a coffee break on the sofa", kind = "rest", minutes = 20,
          place = "common room:sofa" },
        { activity = "working on a courtyard design", kind = "work", minutes = 100,
          place = "main bedroom:desk", vary = 20,
          tasks = {
            "working on the courtyard drawing",
            "calling a supplier about work",
            "writing the project report for the client",
          } },
        { activity = "cooking a light lunch", kind = "cooking", minutes = 25,
          place = "kitchen:cooking area", skip = 0.05 },
        { activity = "eating lunch", kind = "meal", minutes = 35,
          place = "common room:common room table" },
        { activity = "doing yoga in the garden", kind = "exercise", minutes = 30,
          place = "garden:house garden", skip = 0.05, swap = true },
        { activity = "working on the school project", kind = "work", minutes = 150,
          place = "main bedroom:desk",
          tasks = {
            "preparing slides for the client meeting",
            "meeting the client by video for work",
            "working on the project schedule",
          } },
        { activity = "watering and weeding the garden", kind = "garden", minutes = 45,
          place = "garden:house garden", skip = 0.05 },
        { activity = "dyeing cloth with plant colours", kind = "hobby", minutes = 75,
          place = "common room:common room table",
          tasks = {
            "dyeing a scarf with onion skins",
            "sewing a hem on dyed cloth",
            "sorting her craft threads",
          } },
        { activity = "cooking dinner from a new recipe", kind = "cooking", minutes = 45,
          place = "kitchen:cooking area", vary = 10 },
        { activity = "eating dinner", kind = "meal", minutes = 35,
          place = "common room:common room table" },
        { activity = "video calling her sisters", kind = "social", minutes = 40,
          place = "common room:sofa", vary = 15, skip = 0.05 },
        { activity = "practising choir songs", kind = "hobby", minutes = 45,
          place = "common room:common room table" },
        { activity = "reading a novel in bed", kind = "reading", minutes = 45,
          place = "main bedroom:bed" },
        { activity = "brushing teeth and getting ready for bed", kind = "hygiene", minutes = 15,
          place = "bathroom:bathroom sink" },
      },
    },
    weekend = {
      wake = "07:30", sleep = "22:30", vary = 20,
      blocks = {
        { activity = "showering and getting dressed", kind = "hygiene", minutes = 30,
          place = "bathroom:shower" },
        { activity = "baking scones for breakfast", kind = "cooking", minutes = 30,
          place = "kitchen:cooking area" },
        { activity = "eating a slow breakfast", kind = "meal", minutes = 45,
          place = "common room:common room table" },
        { activity = "planning the week and the birthdays", kind = "planning", minutes = 30,
          place = "common room:common room table" },
        { activity = "tidying the living room and vacuuming", kind = "chores", minutes = 60,
          place = "common room:common room table", vary = 15,
          tasks = { "dusting the shelves", "vacuuming the floor", "doing the laundry" } },
        { activity = "planting seedlings in the garden", kind = "garden", minutes = 105,
          place = "garden:house garden", vary = 20,
          tasks = { "planting lettuce seedlings", "pruning the roses", "watering the pots" } },
        { activity = "cooking lunch", kind = "cooking", minutes = 30,
          place = "kitchen:cooking area" },
        { activity = "eating lunch", kind = "meal", minutes = 40,
          place = "common room:common room table" },
        { activity = "reading a book about gardens", kind = "reading", minutes = 50,
          place = "common room:sofa" },
        { activity = "dyeing cloth with plant colours", kind = "hobby", minutes = 120,
          place = "common room:common room table",
          tasks = {
            "dyeing a linen cloth",
            "ironing patterns into dyed craft cloth",
            "drawing patterns in her sketchbook",
          } },
        { activity = "chatting with a friend on the phone", kind = "social", minutes = 60,
          place = "common room:sofa", skip = 0.05,
          tasks = {
            "talking with a friend",
            "calling a cousin",
            "gossiping with a friend on the phone",
          } },
        { activity = "cooking a dinner from another country", kind = "cooking", minutes = 90,
          place = "kitchen:cooking area",
          tasks = { "cooking a stew", "making dumplings", "preparing a dessert in the kitchen" } },
        { activity = "eating dinner", kind = "meal", minutes = 45,
          place = "common room:common room table" },
        { activity = "watching a film", kind = "media", minutes = 105,
          place = "common room:sofa", vary = 15,
          tasks = {
            "watching a film",
            "watching the making of the film",
            "listening to the film music",
          } },
        { activity = "reading a novel in bed", kind = "reading", minutes = 45,
          place = "main bedroom:bed" },
        { activity = "brushing teeth and getting ready for bed", kind = "hygiene", minutes = 15,
          place = "bathroom:bathroom sink" },
      },
    },
    extras = {
      { activity = "calling her mother", kind = "social", minutes = 20,
        place = "common room:sofa", chance = 0.3, between = { "17:00", "20:30" } },
      { activity = "writing birthday cards and tidying the desk drawer", kind = "chores", minutes = 20,
        place = "common room:common room table", chance = 0.2, between = { "09:00", "18:00" } },
      { activity = "resting in the garden with a cup of tea", kind = "rest", minutes = 15,
        place = "garden:house garden", chance = 0.25, between = { "13:00", "18:00" } },
    },
  },

  rubric = {
    personal_preference = "Give me recipes when I am cooking or planning the day, and planting "
      .. "ideas when I am out in the garden. When I sit over my dyeing or other hobbies, a "
      .. "creative prompt makes my evening, and on my breaks or while I eat I love hearing about "
      .. "music.",
    timing = "I welcome ideas between 10am and 2pm, and again from 4pm to 8:30pm. Please say "
      .. "nothing before 8am, because I need the first hour to gather myself, and nothing after "
      .. "9pm, or I will lie there thinking about it. I do not want to be interrupted while I work "
      .. "or when I am talking to my sisters.",
    frequency = "About once every two hours is right for me. More than that and I start to feel "
      .. "that I am behind with something.",
    communication_safety = "Talk to me warmly, and be playful if the idea allows it. Do not bring "
      .. "up money, and leave my health out of it: both keep me awake.",
  },

  preferences = {
    likes = {
      { topic = "recipes", during = { "cooking", "planning" } },
      { topic = "garden", during = { "garden" } },
      { topic = "creative", during = { "hobby" } },
      { topic = "music", during = { "rest", "meal" } },
    },
    boundaries = { "finance", "health" },
    receptive = { { "10:00", "14:00" }, { "16:00", "20:30" } },
    quiet = { { "06:45", "08:00" }, { "21:00", "22:30" } },
    busy = { "work", "social" },
    frequency = { count = 1, hours = 2 },
    tones = { "warm", "playful" },
  },
}

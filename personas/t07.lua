return {
  id = "t07",
  first_name = "Jonas", last_name = "Weber", age = 31,
  pronoun = "he",
  big_five = {
    extraversion = "low", agreeableness = "low", conscientiousness = "low",
    openness = "high", neuroticism = "low",
  },
  background = "Jonas writes programs for a shipping company from the Drawing Office, where he rents a "
    .. "desk because his room is too quiet.",
  current_interests = "He restores old video games, solders synthesisers, and argues about maps.",
  lifestyle = "Jonas eats late, thinks long, and forgets that other people go to bed.",
  long_term_goals = "He wants to build a machine that plays the town's sounds, and to be asked to the quiz "
    .. "team.",
  daily_plan_req = "Finish one hard thing, eat something warm, and play a little.",
  living_area = "Harbour House:Jonas's room",
  relations = {
    { name = "Nadia Haddad", is = "flatmate" },
    { name = "Priya Nair", is = "flatmate and colleague at the office" },
    { name = "Mateo Ruiz", is = "friend" },
  },

  routine = {
    weekday = {
      wake = "07:00", sleep = "22:45", vary = 20,
      blocks = {
        { activity = "showering and getting dressed", kind = "hygiene", minutes = 30,
          place = "Harbour House:bathroom:shower" },
        { activity = "eating breakfast", kind = "meal", minutes = 25,
          place = "Harbour House:kitchen:kitchen table" },
        { activity = "working on a program at his desk", kind = "work", minutes = 150,
          place = "Drawing Office:office:desk 2",
          tasks = {
            "working on a program for a client",
            "working on the computer for a client",
            "working on a report for the client",
          } },
        { activity = "taking a coffee break", kind = "rest", minutes = 20,
          place = "Drawing Office:office:desk 2" },
        { activity = "working on a program at his desk", kind = "work", minutes = 75,
          place = "Drawing Office:office:desk 2",
          tasks = {
            "working on a program for a client",
            "working on the computer for a client",
            "working on a report for the client",
          } },
        { activity = "eating lunch at the cafe", kind = "meal", minutes = 45,
          place = "Copper Kettle:cafe:cafe table" },
        { activity = "working on a program at his desk", kind = "work", minutes = 150,
          place = "Drawing Office:office:desk 2",
          tasks = {
            "working on a program for a client",
            "working on the computer for a client",
            "working on a report for the client",
          } },
        { activity = "resting on a bench in the park", kind = "rest", minutes = 30,
          place = "Linden Park:park:park bench" },
        { activity = "cooking dinner", kind = "cooking", minutes = 40,
          place = "Harbour House:kitchen:cooking area" },
        { activity = "eating dinner", kind = "meal", minutes = 40,
          place = "Harbour House:kitchen:kitchen table" },
        { activity = "playing an old video game", kind = "hobby", minutes = 162,
          place = "Harbour House:living room:sofa",
          tasks = {
            "playing an old video game",
            "soldering a synthesiser for his hobby",
          } },
        { activity = "watching a film on the sofa", kind = "media", minutes = 163,
          place = "Harbour House:living room:sofa",
          tasks = {
            "watching a film",
            "listening to the news on the radio",
          } },
        { activity = "brushing teeth and getting ready for bed", kind = "hygiene", minutes = 15,
          place = "Harbour House:bathroom:bathroom sink" },
      },
    },
    weekend = {
      wake = "08:00", sleep = "22:45", vary = 25,
      blocks = {
        { activity = "showering and getting dressed", kind = "hygiene", minutes = 30,
          place = "Harbour House:bathroom:shower" },
        { activity = "eating a slow breakfast", kind = "meal", minutes = 40,
          place = "Harbour House:kitchen:kitchen table" },
        { activity = "cleaning the kitchen", kind = "chores", minutes = 50,
          place = "Harbour House:kitchen:kitchen sink" },
        { activity = "shopping for groceries", kind = "chores", minutes = 40,
          place = "Corner Shop:shop:shelves" },
        { activity = "pruning and watering the garden", kind = "garden", minutes = 55,
          place = "Harbour House:garden:flower beds" },
        { activity = "cooking lunch", kind = "cooking", minutes = 35,
          place = "Harbour House:kitchen:cooking area" },
        { activity = "eating lunch", kind = "meal", minutes = 40,
          place = "Harbour House:kitchen:kitchen table" },
        { activity = "reading a magazine in the library", kind = "reading", minutes = 60,
          place = "Library:reading room:armchairs" },
        { activity = "taking a coffee break at the cafe", kind = "rest", minutes = 45,
          place = "Copper Kettle:cafe:cafe table" },
        { activity = "jogging through the park", kind = "exercise", minutes = 40,
          place = "Linden Park:park:park bench" },
        { activity = "cooking dinner", kind = "cooking", minutes = 45,
          place = "Harbour House:kitchen:cooking area" },
        { activity = "eating dinner", kind = "meal", minutes = 45,
          place = "Harbour House:kitchen:kitchen table" },
        { activity = "playing an old video game", kind = "hobby", minutes = 115,
          place = "Harbour House:living room:sofa",
          tasks = {
            "playing an old video game",
            "soldering a synthesiser for his hobby",
          } },
        { activity = "chatting with neighbours in the park", kind = "social", minutes = 115,
          place = "Linden Park:park:park bench",
          tasks = {
            "talking with neighbours in the park",
            "chatting with a friend in the park",
          } },
        { activity = "watching a film on the sofa", kind = "media", minutes = 115,
          place = "Harbour House:living room:sofa",
          tasks = {
            "watching a film",
            "listening to the news on the radio",
          } },
        { activity = "brushing teeth and getting ready for bed", kind = "hygiene", minutes = 15,
          place = "Harbour House:bathroom:bathroom sink" },
      },
    },
    extras = {
      { activity = "chatting with a neighbour at the cafe", kind = "social", minutes = 25,
        place = "Copper Kettle:cafe:cafe table", chance = 0.3, between = { "15:00", "19:00" } },
    },
    weekly = {
      { on = { "thursday" }, at = "20:00", activity = "playing in the pub quiz with friends", kind = "social", minutes = 90,
        place = "The Lantern:taproom:pub table" },
    },
  },

  rubric = {
    personal_preference = "Recipes are welcome when I am cooking or eating, and when I sit over my hobby a creative "
    .. "prompt makes me happy. On my breaks I love to hear about music. A film to look for is "
    .. "fine while I watch something.",
    timing = "I welcome ideas between 10am and 2pm, and again from 4pm to 7:30pm. Please say nothing "
    .. "before 8am, because I need the first hour for myself, and nothing after 9:30pm, or I "
    .. "will lie there thinking about it. I do not want to be interrupted while I work or when I "
    .. "am talking to people.",
    frequency = "About once every three hours is plenty. More than that and I stop listening.",
    communication_safety = "Talk to me warmly. Do not bring up my health.",
  },

  preferences = {
    likes = {
      { topic = "recipes", during = { "cooking", "meal" } },
      { topic = "creative", during = { "hobby" } },
      { topic = "music", during = { "rest", "chores" } },
      { topic = "films", during = { "media" } },
    },
    boundaries = { "health" },
    receptive = { { "10:00", "14:00" }, { "16:00", "19:30" } },
    quiet = { { "07:00", "08:00" }, { "21:30", "22:45" } },
    busy = { "work", "social" },
    frequency = { count = 1, hours = 3 },
    tones = { "warm" },
  },
}

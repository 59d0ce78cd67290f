return {
  id = "t02",
  first_name = "Tom", last_name = "Lindqvist", age = 55,
  pronoun = "he",
  big_five = {
    extraversion = "low", agreeableness = "high", conscientiousness = "high",
    openness = "low", neuroticism = "low",
  },
  background = "Tom has the joinery on South Street and has made half of the town's front doors. He "
    .. "speaks little while he measures and a lot once he has cut.",
  current_interests = "He builds one wooden boat every three years and gives it away.",
  lifestyle = "Tom gets up with the light, smells of sawdust, and falls asleep over the evening paper.",
  long_term_goals = "He wants to hand the workshop to his apprentice Leo in good order and to sail to the sea "
    .. "once more.",
  daily_plan_req = "A full day in the workshop, a bench in the sun for lunch, and something to eat with Ada "
    .. "and Ida.",
  living_area = "Mill House:Tom's room",
  relations = {
    { name = "Ada Lindqvist", is = "wife" },
    { name = "Ida Lindqvist", is = "daughter" },
    { name = "Leo Okoro", is = "apprentice" },
    { name = "Oscar Brandvik", is = "friend at the pub" },
  },

  routine = {
    weekday = {
      wake = "06:45", sleep = "22:30", vary = 15,
      blocks = {
        { activity = "showering and getting dressed", kind = "hygiene", minutes = 30,
          place = "Mill House:bathroom:shower" },
        { activity = "eating breakfast with a cup of tea", kind = "meal", minutes = 25,
          place = "Mill House:kitchen:kitchen table" },
        { activity = "working at the bench in the joinery", kind = "work", minutes = 165,
          place = "Joinery:workshop:workbench",
          tasks = {
            "working on a front door for a customer",
            "working on drawings for a staircase",
            "working on an order of window frames",
          } },
        { activity = "taking a coffee break", kind = "rest", minutes = 20,
          place = "Joinery:workshop:workbench" },
        { activity = "working at the bench in the joinery", kind = "work", minutes = 75,
          place = "Joinery:workshop:workbench",
          tasks = {
            "working on a front door for a customer",
            "working on drawings for a staircase",
            "working on an order of window frames",
          } },
        { activity = "eating lunch in the park", kind = "meal", minutes = 45,
          place = "Linden Park:park:park bench" },
        { activity = "working at the bench in the joinery", kind = "work", minutes = 150,
          place = "Joinery:workshop:workbench",
          tasks = {
            "working on a front door for a customer",
            "working on drawings for a staircase",
            "working on an order of window frames",
          } },
        { activity = "resting on a bench in the park", kind = "rest", minutes = 30,
          place = "Linden Park:park:park bench" },
        { activity = "cooking dinner", kind = "cooking", minutes = 40,
          place = "Mill House:kitchen:cooking area" },
        { activity = "eating dinner", kind = "meal", minutes = 40,
          place = "Mill House:kitchen:kitchen table" },
        { activity = "carving ribs for a wooden boat model", kind = "hobby", minutes = 155,
          place = "Mill House:Tom's room:desk",
          tasks = {
            "carving a boat model",
            "painting the hull of the boat model",
          } },
        { activity = "watching a film on the sofa", kind = "media", minutes = 155,
          place = "Mill House:living room:sofa",
          tasks = {
            "watching a film",
            "listening to the news on the radio",
          } },
        { activity = "brushing teeth and getting ready for bed", kind = "hygiene", minutes = 15,
          place = "Mill House:bathroom:bathroom sink" },
      },
    },
    weekend = {
      wake = "07:45", sleep = "22:30", vary = 20,
      blocks = {
        { activity = "showering and getting dressed", kind = "hygiene", minutes = 30,
          place = "Mill House:bathroom:shower" },
        { activity = "eating a slow breakfast", kind = "meal", minutes = 40,
          place = "Mill House:kitchen:kitchen table" },
        { activity = "vacuuming the living room", kind = "chores", minutes = 50,
          place = "Mill House:kitchen:kitchen sink" },
        { activity = "shopping for groceries", kind = "chores", minutes = 40,
          place = "Corner Shop:shop:shelves" },
        { activity = "planting seedlings in the garden", kind = "garden", minutes = 55,
          place = "Mill House:garden:flower beds" },
        { activity = "cooking lunch", kind = "cooking", minutes = 35,
          place = "Mill House:kitchen:cooking area" },
        { activity = "eating lunch", kind = "meal", minutes = 40,
          place = "Mill House:kitchen:kitchen table" },
        { activity = "reading a book in the library", kind = "reading", minutes = 60,
          place = "Library:reading room:armchairs" },
        { activity = "taking a coffee break at the cafe", kind = "rest", minutes = 45,
          place = "Copper Kettle:cafe:cafe table" },
        { activity = "stretching in the park", kind = "exercise", minutes = 40,
          place = "Linden Park:park:park bench" },
        { activity = "cooking dinner", kind = "cooking", minutes = 45,
          place = "Mill House:kitchen:cooking area" },
        { activity = "eating dinner", kind = "meal", minutes = 45,
          place = "Mill House:kitchen:kitchen table" },
        { activity = "carving ribs for a wooden boat model", kind = "hobby", minutes = 115,
          place = "Mill House:Tom's room:desk",
          tasks = {
            "carving a boat model",
            "painting the hull of the boat model",
          } },
        { activity = "chatting with neighbours in the park", kind = "social", minutes = 115,
          place = "Linden Park:park:park bench",
          tasks = {
            "talking with neighbours in the park",
            "chatting with a friend in the park",
          } },
        { activity = "watching a film on the sofa", kind = "media", minutes = 115,
          place = "Mill House:living room:sofa",
          tasks = {
            "watching a film",
            "listening to the news on the radio",
          } },
        { activity = "brushing teeth and getting ready for bed", kind = "hygiene", minutes = 15,
          place = "Mill House:bathroom:bathroom sink" },
      },
    },
    extras = {
      { activity = "chatting with a neighbour at the cafe", kind = "social", minutes = 25,
        place = "Copper Kettle:cafe:cafe table", chance = 0.2, between = { "15:00", "19:00" } },
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
    .. "before 8am, because I am not awake yet, and nothing after 9pm, because the evening is "
    .. "for quiet. I do not want to be interrupted while I work or when I am talking to people.",
    frequency = "Three times a day is enough for me. I like to find things out myself.",
    communication_safety = "Talk to me gently and warmly. Do not bring up my health.",
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
    quiet = { { "06:45", "08:00" }, { "21:00", "22:30" } },
    busy = { "work", "social" },
    frequency = { count = 3, per = "day" },
    tones = { "gentle", "warm" },
  },
}

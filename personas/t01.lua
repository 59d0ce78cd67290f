return {
  id = "t01",
  first_name = "Ada", last_name = "Lindqvist", age = 52,
  pronoun = "she",
  big_five = {
    extraversion = "low", agreeableness = "high", conscientiousness = "high",
    openness = "high", neuroticism = "low",
  },
  background = "Ada runs the town library, as her aunt did before her. She came back to Lindenbrook at "
    .. "thirty with a husband, a cat and nine boxes of novels.",
  current_interests = "She collects letters of people nobody remembers, and she is reading her way through the "
    .. "Russian short stories.",
  lifestyle = "Ada likes a day with corners in it: tea at ten, a walk at noon, silence after nine.",
  long_term_goals = "She wants the library to stay open on Sundays, and to see her daughter Ida settle in her "
    .. "profession.",
  daily_plan_req = "Open the library in time, walk through the park once, and read for pleasure in the "
    .. "evening.",
  living_area = "Mill House:Ada's room",
  relations = {
    { name = "Tom Lindqvist", is = "husband" },
    { name = "Ida Lindqvist", is = "daughter" },
    { name = "Clara Voss", is = "old friend" },
    { name = "Samuel Okoro", is = "friend from the school" },
  },

  routine = {
    weekday = {
      wake = "06:30", sleep = "22:15", vary = 10,
      blocks = {
        { activity = "showering and getting dressed", kind = "hygiene", minutes = 30,
          place = "Mill House:bathroom:shower" },
        { activity = "eating breakfast", kind = "meal", minutes = 25,
          place = "Mill House:kitchen:kitchen table" },
        { activity = "working at the library's front desk", kind = "work", minutes = 150,
          place = "Library:reading room:front desk",
          tasks = {
            "working on the library catalogue",
            "working on the list of overdue books",
            "working on orders of new books for the library",
          } },
        { activity = "taking a coffee break", kind = "rest", minutes = 20,
          place = "Library:reading room:front desk" },
        { activity = "working at the library's front desk", kind = "work", minutes = 75,
          place = "Library:reading room:front desk",
          tasks = {
            "working on the library catalogue",
            "working on the list of overdue books",
            "working on orders of new books for the library",
          } },
        { activity = "eating lunch in the park", kind = "meal", minutes = 45,
          place = "Linden Park:park:park bench" },
        { activity = "working at the library's front desk", kind = "work", minutes = 150,
          place = "Library:reading room:front desk",
          tasks = {
            "working on the library catalogue",
            "working on the list of overdue books",
            "working on orders of new books for the library",
          } },
        { activity = "resting on a bench in the park", kind = "rest", minutes = 30,
          place = "Linden Park:park:park bench" },
        { activity = "cooking dinner", kind = "cooking", minutes = 40,
          place = "Mill House:kitchen:cooking area" },
        { activity = "eating dinner", kind = "meal", minutes = 40,
          place = "Mill House:kitchen:kitchen table" },
        { activity = "writing captions for her album", kind = "hobby", minutes = 162,
          place = "Mill House:Ada's room:desk",
          tasks = {
            "writing captions for her album",
            "drawing the faces of old writers",
          } },
        { activity = "reading a novel", kind = "reading", minutes = 163,
          place = "Mill House:living room:sofa",
          tasks = {
            "reading a novel",
            "reading a few chapters of the novel",
          } },
        { activity = "brushing teeth and getting ready for bed", kind = "hygiene", minutes = 15,
          place = "Mill House:bathroom:bathroom sink" },
      },
    },
    weekend = {
      wake = "07:30", sleep = "22:15", vary = 15,
      blocks = {
        { activity = "showering and getting dressed", kind = "hygiene", minutes = 30,
          place = "Mill House:bathroom:shower" },
        { activity = "eating a slow breakfast", kind = "meal", minutes = 40,
          place = "Mill House:kitchen:kitchen table" },
        { activity = "cleaning the kitchen", kind = "chores", minutes = 50,
          place = "Mill House:kitchen:kitchen sink" },
        { activity = "shopping for groceries", kind = "chores", minutes = 40,
          place = "Corner Shop:shop:shelves" },
        { activity = "pruning and watering the garden", kind = "garden", minutes = 55,
          place = "Mill House:garden:flower beds" },
        { activity = "cooking lunch", kind = "cooking", minutes = 35,
          place = "Mill House:kitchen:cooking area" },
        { activity = "eating lunch", kind = "meal", minutes = 40,
          place = "Mill House:kitchen:kitchen table" },
        { activity = "reading a magazine in the library", kind = "reading", minutes = 60,
          place = "Library:reading room:armchairs" },
        { activity = "taking a coffee break at the cafe", kind = "rest", minutes = 45,
          place = "Copper Kettle:cafe:cafe table" },
        { activity = "jogging through the park", kind = "exercise", minutes = 40,
          place = "Linden Park:park:park bench" },
        { activity = "cooking dinner", kind = "cooking", minutes = 45,
          place = "Mill House:kitchen:cooking area" },
        { activity = "eating dinner", kind = "meal", minutes = 45,
          place = "Mill House:kitchen:kitchen table" },
        { activity = "writing captions for her album", kind = "hobby", minutes = 115,
          place = "Mill House:Ada's room:desk",
          tasks = {
            "writing captions for her album",
            "drawing the faces of old writers",
          } },
        { activity = "chatting with neighbours in the park", kind = "social", minutes = 115,
          place = "Linden Park:park:park bench",
          tasks = {
            "talking with neighbours in the park",
            "chatting with a friend in the park",
          } },
        { activity = "reading a novel", kind = "reading", minutes = 115,
          place = "Mill House:living room:sofa",
          tasks = {
            "reading a novel",
            "reading a few chapters of the novel",
          } },
        { activity = "brushing teeth and getting ready for bed", kind = "hygiene", minutes = 15,
          place = "Mill House:bathroom:bathroom sink" },
      },
    },
    extras = {
      { activity = "chatting with a neighbour at the cafe", kind = "social", minutes = 25,
        place = "Copper Kettle:cafe:cafe table", chance = 0.3, between = { "15:00", "19:00" } },
    },
    weekly = {
      { on = { "wednesday" }, at = "19:00", activity = "talking with the book club about a novel", kind = "social", minutes = 75,
        place = "Library:reading room:library table" },
    },
  },

  rubric = {
    personal_preference = "Recipes are welcome when I am cooking or eating, and when I sit over my hobby a creative "
    .. "prompt makes me happy. On my breaks I love to hear about music. Something to learn is "
    .. "good while I read.",
    timing = "I welcome ideas between 10am and 2pm, and again from 4pm to 7:30pm. Please say nothing "
    .. "before 8am, because I need the first hour for myself, and nothing after 9pm, or I will "
    .. "lie there thinking about it. I do not want to be interrupted while I work or when I am "
    .. "talking to people.",
    frequency = "About once every two hours is right for me. More than that and I stop listening.",
    communication_safety = "Talk to me warmly. Do not bring up money.",
  },

  preferences = {
    likes = {
      { topic = "recipes", during = { "cooking", "meal" } },
      { topic = "creative", during = { "hobby" } },
      { topic = "music", during = { "rest", "chores" } },
      { topic = "learning", during = { "reading" } },
    },
    boundaries = { "finance" },
    receptive = { { "10:00", "14:00" }, { "16:00", "19:30" } },
    quiet = { { "06:30", "08:00" }, { "21:00", "22:15" } },
    busy = { "work", "social" },
    frequency = { count = 1, hours = 2 },
    tones = { "warm" },
  },
}

return {
  id = "p17",
  first_name = "Hana", last_name = "Sato", age = 31,
  pronoun = "she",
  big_five = {
    extraversion = "low", agreeableness = "high", conscientiousness = "high",
    openness = "high", neuroticism = "high",
  },
  background = "Hana teaches the violin by video from Kyoto to children on three continents and "
    .. "translates poems when nobody is practising. She left an orchestra because the silence "
    .. "before each concert made her ill.",
  current_interests = "She plays chamber music alone against recordings, writes haiku that she "
    .. "keeps in a tin, and grows moss.",
  lifestyle = "Hana prepares every lesson in writing and tidies the room before a camera sees it. "
    .. "She is kind to each pupil and merciless with herself.",
  long_term_goals = "She wants to publish one slim book of translations and to play in front of "
    .. "people again without fear.",
  daily_plan_req = "Practise before the first lesson, teach, translate a little, and have an hour "
    .. "in which nobody needs anything.",
  living_area = "small bedroom",

  routine = {
    weekday = {
      wake = "06:30", sleep = "22:15", vary = 10,
      blocks = {
        { activity = "washing and getting dressed", kind = "hygiene", minutes = 20,
          place = "bathroom:shower" },
        { activity = "sitting quietly in the garden and breathing", kind = "rest", minutes = 25,
          place = "garden:house garden" },
        { activity = "eating rice and miso soup for breakfast", kind = "meal", minutes = 30,
          place = "common room:common room table" },
        { activity = "planning the lessons of the day", kind = "planning", minutes = 30,
          place = "small bedroom:desk" },
        { activity = "practising the violin", kind = "hobby", minutes = 105,
          place = "common room:common room table", vary = 10,
          tasks = {
            "practising scales on the violin",
            "playing a sonata on the violin",
            "practising a difficult passage on the violin",
          } },
        { activity = "teaching violin lessons by video for work", kind = "work", minutes = 120,
          place = "small bedroom:desk",
          tasks = {
            "teaching a pupil at work",
            "typing lesson notes for work",
            "answering work emails",
          } },
        { activity = "cooking noodles with vegetables", kind = "cooking", minutes = 30,
          place = "kitchen:cooking area" },
        { activity = "eating lunch", kind = "meal", minutes = 30,
          place = "common room:common room table" },
        { activity = "resting with closed eyes", kind = "rest", minutes = 30,
          place = "common room:sofa" },
        { activity = "translating poems for a publisher", kind = "work", minutes = 90,
          place = "small bedroom:desk", vary = 20,
          tasks = {
            "translating a poem for the publisher",
            "working on the translation",
            "answering work emails",
          } },
        { activity = "spraying the moss and weeding the garden path", kind = "garden", minutes = 45,
          place = "garden:house garden", skip = 0.05 },
        { activity = "reading poems", kind = "reading", minutes = 45, place = "common room:sofa" },
        { activity = "teaching violin lessons by video for work", kind = "work", minutes = 120,
          place = "small bedroom:desk",
          tasks = {
            "teaching a pupil at work",
            "teaching a second pupil at work",
            "typing lesson notes for work",
          } },
        { activity = "cooking dinner", kind = "cooking", minutes = 40,
          place = "kitchen:cooking area" },
        { activity = "eating dinner", kind = "meal", minutes = 35,
          place = "common room:common room table" },
        { activity = "writing haiku", kind = "hobby", minutes = 75,
          place = "small bedroom:desk", vary = 10,
          tasks = { "writing poems", "painting a postcard", "practising calligraphy" } },
        { activity = "listening to chamber music", kind = "media", minutes = 45,
          place = "common room:sofa", skip = 0.05 },
        { activity = "taking a bath and brushing teeth", kind = "hygiene", minutes = 30,
          place = "bathroom:bathroom sink" },
      },
    },
    weekend = {
      wake = "07:00", sleep = "22:15", vary = 15,
      blocks = {
        { activity = "washing and getting dressed", kind = "hygiene", minutes = 30,
          place = "bathroom:shower" },
        { activity = "sitting quietly in the garden and breathing", kind = "rest", minutes = 30,
          place = "garden:house garden" },
        { activity = "eating breakfast", kind = "meal", minutes = 40,
          place = "common room:common room table" },
        { activity = "cleaning the rooms", kind = "chores", minutes = 95,
          place = "common room:common room table",
          tasks = { "dusting the shelves", "doing the laundry", "mopping the floor" } },
        { activity = "practising the violin", kind = "hobby", minutes = 120,
          place = "common room:common room table", vary = 15,
          tasks = {
            "practising scales on the violin",
            "playing a sonata on the violin",
            "practising a difficult passage on the violin",
          } },
        { activity = "cooking lunch", kind = "cooking", minutes = 35,
          place = "kitchen:cooking area" },
        { activity = "eating lunch", kind = "meal", minutes = 40,
          place = "common room:common room table" },
        { activity = "tending the moss garden", kind = "garden", minutes = 90,
          place = "garden:house garden",
          tasks = { "weeding the garden path", "watering the moss", "planting ferns" } },
        { activity = "reading poems and novels", kind = "reading", minutes = 120,
          place = "common room:sofa",
          tasks = { "reading poems", "reading a novel", "reading an essay" } },
        { activity = "calling her grandmother", kind = "social", minutes = 30,
          place = "common room:sofa" },
        { activity = "writing haiku", kind = "hobby", minutes = 45, place = "small bedroom:desk" },
        { activity = "cooking dinner", kind = "cooking", minutes = 45,
          place = "kitchen:cooking area" },
        { activity = "eating dinner", kind = "meal", minutes = 40,
          place = "common room:common room table" },
        { activity = "watching a concert film", kind = "media", minutes = 120,
          place = "common room:sofa",
          tasks = {
            "watching a concert film",
            "listening to a quartet",
            "listening to a piano record",
          } },
        { activity = "taking a bath and brushing teeth", kind = "hygiene", minutes = 35,
          place = "bathroom:bathroom sink" },
      },
    },
    extras = {
      { activity = "resting in the garden", kind = "rest", minutes = 20,
        place = "garden:house garden", chance = 0.3, between = { "14:00", "18:00" } },
      { activity = "writing a letter to a friend and calling her", kind = "social", minutes = 20,
        place = "common room:sofa", chance = 0.15, between = { "17:00", "20:00" } },
      { activity = "practising calligraphy", kind = "hobby", minutes = 20,
        place = "small bedroom:desk", chance = 0.25, between = { "14:00", "21:00" } },
    },
  },

  rubric = {
    personal_preference = "Music that I may not know is lovely to hear about when I practise the "
      .. "violin or listen in the evening. A creative thought helps me when I write haiku, a poet "
      .. "when I am reading, and the garden when I am with the moss.",
    timing = "I can listen between 8:30am and 10am, and from 3pm to 9pm when no pupil is waiting. "
      .. "Please stay silent before 8am, because sitting in the garden holds up everything that "
      .. "follows. Also nothing after 9pm, please. I cannot bear an interruption while I work with "
      .. "a child or a text.",
    frequency = "Three times a day is as much as I can take in. I would rather have one good "
      .. "thought than ten.",
    communication_safety = "Please be gentle, and never urgent. I would be unhappy to be pushed to "
      .. "see people, to be told about my health, or to hear about money or exercise.",
  },

  preferences = {
    likes = {
      { topic = "music", during = { "hobby", "media" } },
      { topic = "creative", during = { "hobby" } },
      { topic = "reading", during = { "reading" } },
      { topic = "garden", during = { "garden" } },
    },
    boundaries = { "social", "health", "finance", "exercise" },
    receptive = { { "08:30", "10:00" }, { "15:00", "21:00" } },
    quiet = { { "06:30", "08:00" }, { "21:00", "22:15" } },
    busy = { "work", "social" },
    frequency = { count = 3, per = "day" },
    tones = { "gentle" },
  },
}

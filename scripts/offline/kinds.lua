--- How people call the kinds of activity that the lexicon tells apart: words that it takes for the same kind again.

return {
  sleep = "sleeping", hygiene = "washing and getting dressed", meal = "eating", cooking = "cooking", chores = "chores",
  work = "work", study = "studying", exercise = "exercise", reading = "reading", hobby = "hobbies",
  media = "television and music", social = "talking with others", rest = "rest", planning = "planning", garden = "the garden",
}

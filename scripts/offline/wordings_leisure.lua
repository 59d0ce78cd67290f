-- Recommendations for free hours: books, films, making things and games. Form: topic -> tone -> texts.

return {
  reading = {
    warm = {
      "How about one more chapter of your novel, with a blanket and the good lamp? You have earned it.",
      "I think you would love a short story tonight, {first_name}, something cosy with a happy end.",
      "That book your sister gave you is still waiting; I hope its first pages delight you.",
      "Take the poetry book to the sunny chair and enjoy two poems you already love.",
    },
    formal = {
      "I would recommend reading twenty pages of your current book before the evening begins.",
      "May I suggest the essay collection on your shelf? Each piece takes approximately fifteen minutes.",
      "Please consider replacing the last half hour of screen time with a chapter of a biography.",
      "A reading list of three novels for this month would be a worthwhile resolution, I suggest.",
    },
    playful = {
      "Your bookmark has been stuck on the same page for days and is getting jealous; read on!",
      "Fancy a murder before bedtime? Strictly on paper: that mystery novel is two chapters from the reveal.",
      "I dare you to open a random book on page 77 and read it aloud in a pirate voice.",
      "Detective {first_name}, chapter nine contains a clue, and I bet you walked right past it.",
    },
    gentle = {
      "Perhaps a few quiet pages of your novel would be a soft way to end the day.",
      "If you feel like it, keep a poem by the kettle and read it while the water warms.",
      "Maybe pick up the book where you left it, no rush, even half a chapter counts.",
      "You might enjoy a calm short story after {action}, in your own time.",
    },
  },
  films = {
    warm = {
      "How about a film night with your favourite comedy? A good laugh would be so well earned.",
      "There is a lovely documentary about sea otters that I hope will make you smile.",
      "Treat yourself to the next episode of your series, {first_name}; you have earned the sofa tonight.",
      "That black and white classic you mentioned is on tonight, and I think you will love it.",
    },
    formal = {
      "I would recommend the documentary on river restoration; it lasts approximately fifty minutes.",
      "May I suggest limiting tonight's series to one episode, so that your bedtime remains unaffected?",
      "Please consider watching the film in its original language, with subtitles, for additional benefit.",
      "At this point of the evening, a feature film of ninety minutes would be suitable, I suggest.",
    },
    playful = {
      "Popcorn alert! Tonight's screening is a heist movie, and the sofa has reserved its best seat.",
      "Fancy a film so bad that it is good? Bonus points for every rubber monster you spot.",
      "Plot twist, {first_name}: you choose the movie by closing your eyes and pointing at the shelf.",
      "I bet you cannot watch the whole comedy without quoting one line; loser makes the popcorn.",
    },
    gentle = {
      "Maybe a slow nature documentary would be a soft landing for this evening.",
      "If you feel like it, you could watch just one episode of something you already know.",
      "Perhaps an old animation film, with the lights low, might be soothing after a full day.",
      "When you are done with {action}, a quiet film could be waiting; no hurry at all.",
    },
  },
  creative = {
    warm = {
      "How about getting the watercolours out? The light on the table is lovely right now.",
      "I love what you drew last week, {first_name}; a new sketch would make the day brighter.",
      "Write the opening line of that story you carry around; I am so glad it exists.",
      "Your knitting basket looks happy to see you; enjoy a few rows of the blue scarf.",
    },
    formal = {
      "I would suggest reserving thirty minutes for the collage, with all materials prepared beforehand.",
      "Please consider photographing one object in three kinds of light; it is a worthwhile exercise in observation.",
      "May I propose a sketch a day this week? Regular practice is more effective than long sessions.",
      "It is advisable to let the first layer of paint dry for an hour before continuing with the painting.",
    },
    playful = {
      "I dare you to draw your breakfast as a superhero, cape included, in under five minutes.",
      "Fancy writing a limerick about {action}? The ruder to the furniture, the better.",
      "Challenge for {first_name}: sketch the nearest chair without lifting your pencil, then sell it to the Louvre!",
      "Psst, your paint brushes are plotting a masterpiece, and they only need one reckless hand.",
    },
    gentle = {
      "Perhaps doodle a little in the margin, without any aim, and see where the line goes.",
      "If you feel like it, you could take one quiet photograph of the evening light.",
      "Maybe a few rows of knitting would calm the hands; nothing has to be finished today.",
      "You might enjoy mixing two watercolour shades slowly, just to see what they become.",
    },
  },
  games = {
    warm = {
      "How about a round of cards together after dinner? I love hearing you laugh at a bad hand.",
      "That half-finished jigsaw would be a lovely companion for the next half hour, {first_name}.",
      "Enjoy today's crossword with your coffee; I hope seven across makes you smile.",
      "You have earned a match of your favourite video game, and I am glad to guard the quiet.",
    },
    formal = {
      "May I suggest a chess puzzle of moderate difficulty? Ten minutes would be sufficient.",
      "I would recommend the weekly crossword at this point, as a change from the screen.",
      "Please consider scheduling a board game evening for Friday; four players would be optimal.",
      "A single round of sudoku is recommended, as it trains logic without requiring much time.",
    },
    playful = {
      "Fancy a duel? One game of chess, and the loser has to compliment the winner's hat.",
      "Boss level unlocked, {first_name}: beat yesterday's high score before your tea goes cold!",
      "I bet the last jigsaw piece is under the sofa; a detective is needed at once.",
      "Quick riddle challenge: what has hands but cannot clap? Winner picks the next board game.",
    },
    gentle = {
      "Perhaps lay a slow game of solitaire, just for the sound of the cards.",
      "If you feel like it, a few pieces of the jigsaw might be a quiet pleasure now.",
      "Maybe try one easy crossword clue at a time; there is no hurry and no score.",
      "After {action}, you could play a calm word game, only if your head would like it.",
    },
  },
}

-- Recommendations for plans, money, learning and concentration. Form: topic -> tone -> texts.

return {
  planning = {
    warm = {
      "How about five minutes with your planner? A clear tomorrow is a lovely thing to fall asleep on.",
      "Write down your top three for tomorrow, {first_name}; you deserve a morning without guessing.",
      "You handle so much so well; let us put the week on one list and enjoy the lightness.",
      "How about planning something to look forward to this weekend? I hope there is cake on the list.",
    },
    formal = {
      "I would suggest noting tomorrow's three priorities before the day ends.",
      "Please consider reviewing your calendar for the week; two appointments are close together.",
      "May I suggest preparing the shopping list now, in order to avoid a second trip?",
      "It is advisable to schedule the remaining tasks before continuing with {action}.",
    },
    playful = {
      "Fancy outsmarting Monday? Sneak three tasks onto your list today and watch the villain weep.",
      "World domination starts with a to-do list, {first_name}; item one may be biscuits.",
      "I bet your calendar is hiding a surprise on Thursday; open it, detective, before it jumps out!",
      "Drum roll: one item on your list becomes king of tomorrow, and the others must bow.",
    },
    gentle = {
      "Maybe jot down one thing for tomorrow, just one, and let the list end there.",
      "If you feel like it, you could glance at the calendar, so that the week feels softer.",
      "Perhaps a small plan for the morning would ease your mind; no rush, a few words are enough.",
      "When you are ready after {action}, you might sort the tasks into now, later and never.",
    },
  },
  finance = {
    warm = {
      "How about a cosy half hour with the budget? You will be proud of how far your savings have come.",
      "I love how steadily you save, {first_name}; a small extra for the rainy day fund would feel wonderful.",
      "You deserve to see your money do you good; let us find one forgotten subscription together.",
      "How about looking at this month's expenses with a hot drink? I hope it is a happy surprise.",
    },
    formal = {
      "I would recommend reviewing the monthly budget today, as two bills are due this week.",
      "Please note that an unused subscription continues to be charged; cancelling it would be sensible.",
      "May I suggest setting up a standing order to the savings account on payday?",
      "It is advisable to file this month's receipts now, prior to the tax deadline.",
    },
    playful = {
      "Your piggy bank is begging for a snack; fancy feeding it the price of one fancy coffee?",
      "Crime scene alert: one subscription has been robbing your bank account every month, and I have a suspect!",
      "I dare you to spend nothing until midnight, {first_name}; the wallet may keep its confetti inside.",
      "Budget boss fight! Defeat one needless expense and collect the legendary shield of savings.",
    },
    gentle = {
      "Perhaps look at just one bill today; the others can wait, no rush.",
      "If you feel like it, you could set a few coins aside for the savings jar, however small.",
      "Maybe open the budget for five quiet minutes and only look, without judging anything.",
      "After {action}, you might check a single bank statement, at your own pace.",
    },
  },
  learning = {
    warm = {
      "How about ten new Spanish phrases today? You are doing so well, and I love your courage.",
      "There is a wonderful lecture on the night sky that I think would delight you, {first_name}.",
      "Treat yourself to the next lesson of your course; I am proud of how far you have come.",
      "How about learning one lovely knot this evening? I hope your hands enjoy it as much as your head.",
    },
    formal = {
      "I would suggest reviewing yesterday's vocabulary for ten minutes, as repetition is most effective now.",
      "May I suggest completing one lesson of the language course before the evening?",
      "Please consider the online lecture on local history; it lasts approximately thirty minutes.",
      "At this point, a short tutorial on keyboard shortcuts would be beneficial, and I recommend the first part.",
    },
    playful = {
      "Fancy learning to say 'my penguin is late' in Italian? You never know when grammar becomes urgent.",
      "Brain alert, {first_name}: five flashcards, no peeking, and the crowd goes wild!",
      "I bet you cannot name eight capital cities that start with B; the loser studies geography.",
      "Secret agent training: learn the phonetic alphabet tonight and spell your breakfast like a legend.",
    },
    gentle = {
      "Maybe learn just one new word today and let it settle; no pressure.",
      "If you feel like it, a slow lesson of your course might be a quiet change.",
      "Perhaps listen to a soft-spoken history lecture, and follow it only as far as you like.",
      "You could look at a few flashcards after {action}, whenever your head feels rested.",
    },
  },
  focus = {
    warm = {
      "How about one calm focus block now? I will keep distractions away, and you will enjoy the finish.",
      "You have a wonderful head for this, {first_name}; give it one task and a closed door.",
      "I am proud of your concentration today; mute the phone, and let that good streak go on.",
      "How about closing the spare tabs? You deserve the lovely feeling of a single clear task.",
    },
    formal = {
      "I would suggest a focus block of twenty-five minutes with notifications switched off.",
      "Please consider silencing the phone while you are {action}, in order to avoid interruptions.",
      "May I suggest working on the hardest task first, while your concentration is high?",
      "It is advisable to close unrelated tabs and set a timer for the next forty minutes.",
    },
    playful = {
      "Fancy a sprint? Twenty minutes, one task, and your notifications get sent to the dungeon!",
      "I bet your phone cannot survive half an hour in flight mode; prove that your focus is the boss.",
      "Ninja mode, {first_name}: silent phone, one window, and no distractions shall see you coming.",
      "Mission control to desk: tabs closed, timer set, concentration engines ready for a legendary launch!",
    },
    gentle = {
      "Maybe let the notifications rest for a while and stay softly with one thing.",
      "If you feel like it, you could set a short timer and give this your quiet attention.",
      "Perhaps close one tab at a time until the mind is calm enough to focus; no hurry.",
      "While you are {action}, you might put the phone in another room, so that focus comes easier.",
    },
  },
}

-- Recommendations for body, rest and company: movement, breaks, health, other people. Form: topic -> tone -> texts.

return {
  exercise = {
    warm = {
      "How about a walk around the block? The fresh air would do you good, and you have earned it.",
      "Your legs carried you through so much today; a few yoga stretches would be a lovely thank you.",
      "I am proud of your runs this week, {first_name}; a short jog today would crown them.",
      "Enjoy twenty minutes on the bike by the river; I hope the wind is with you.",
    },
    formal = {
      "I would recommend a brisk walk of twenty minutes before the next task.",
      "Please consider two sets of squats and a plank; the whole workout takes six minutes.",
      "May I suggest stretching the shoulders for three minutes, as you have been seated for some time?",
      "It is advisable to warm up before tonight's run; five minutes of lunges would be appropriate.",
    },
    playful = {
      "I dare you: ten squats before the kettle boils, and the toaster is the referee!",
      "Fancy a race? Twice around the block on foot, and your shadow gets a head start.",
      "Mission stretch, {first_name}: touch your toes, wake the sleeping hamstrings, accept imaginary applause.",
      "Your running shoes are sulking by the door; one lap through the park and all is forgiven.",
    },
    gentle = {
      "Perhaps a slow walk to the corner and back, just to feel the air.",
      "If you feel like it, you could roll your shoulders and stretch your legs for a minute.",
      "Maybe some soft yoga on the rug, at your own pace, with no goal at all.",
      "When {action} leaves you stiff, a gentle stretch might ease things a little.",
    },
  },
  breaks = {
    warm = {
      "You have been at it for a while and deserve a real break; how about ten minutes with tea?",
      "Put your feet up for a moment, {first_name}; I am proud of how much you got done.",
      "How about a pause by the window? You have earned a warm cup and an empty head.",
      "A little nap would be a lovely idea now; you did so well this morning.",
    },
    formal = {
      "I would recommend a break of ten minutes at this point; your pace will benefit.",
      "Please consider pausing here, since you have continued for ninety minutes without an interval.",
      "May I suggest a tea break before the next item? A quarter of an hour would be appropriate.",
      "It is advisable to rest for five minutes after {action}, prior to starting anything else.",
    },
    playful = {
      "Attention please: your armchair has filed a complaint about neglect; a ten minute break should settle it.",
      "Fancy doing absolutely nothing? I bet you cannot keep up a world-class daydream for five minutes.",
      "Half time, {first_name}! Off the pitch, orange slices out, and no thinking during the break.",
      "Level up your laziness: one pause, one biscuit, zero guilt, three bonus points!",
    },
    gentle = {
      "Maybe pause for a few breaths; the rest can wait until you are ready.",
      "If you feel like it, close your eyes for five minutes; no rush to be anywhere.",
      "Perhaps a quiet cup of tea and a short rest would be kind to yourself now.",
      "After {action}, you could take a little break, only if it feels right.",
    },
  },
  health = {
    warm = {
      "How about a big glass of water, dear {first_name}? Your body has been working hard, and you deserve care.",
      "I hope you get to bed early tonight; a full night of sleep would do you good.",
      "Your eyes have earned a rest from screens; let them enjoy the far end of the view.",
      "Treat yourself to some fruit now; a sweet apple and a handful of nuts are a lovely boost.",
    },
    formal = {
      "Please note that it is advisable to drink a glass of water every two hours.",
      "I would recommend adjusting your posture: both feet on the floor, the screen at eye level.",
      "May I suggest arranging the annual dentist appointment this week, as it is due?",
      "Please consider avoiding caffeine from now on, in order to ensure sound sleep tonight.",
    },
    playful = {
      "Hydration quest! Defeat one tall glass of water and your inner cactus may finally retire.",
      "Your spine called, {first_name}; it is tired of playing a question mark and demands better posture at once, ha!",
      "I bet your eyes have forgotten what far away looks like; fancy a staring duel with a distant tree?",
      "Breaking news: local hero eats an apple, doctor left with nothing to do!",
    },
    gentle = {
      "Maybe take a slow sip of water and let your shoulders and back soften a little.",
      "If you feel like it, an early night might be kind; sleep could come easier with lights out at ten.",
      "Perhaps rest your eyes on something green for a moment, no hurry to look back at screens.",
      "You might try a short breathing exercise after {action}, softly, only as long as it feels good.",
    },
  },
  social = {
    warm = {
      "How about calling your sister tonight? I know she loves hearing your voice.",
      "Send a dear old friend a message, {first_name}; it could make someone's whole day, with love.",
      "Invite the neighbours over for tea; you deserve good company and a long laugh.",
      "A handwritten letter to your grandmother would be a lovely surprise; I hope you enjoy writing it.",
    },
    formal = {
      "I would suggest replying to your cousin's invitation today, as the date is approaching.",
      "Please consider a phone call to your parents at this hour; they are usually available.",
      "May I propose inviting two friends for Saturday evening? A message today would be appropriate.",
      "It is advisable to congratulate your neighbour in person; a brief visit would be sufficient.",
    },
    playful = {
      "Fancy some gossip? Your best friend surely has a story that cannot survive until the weekend.",
      "I dare you to send your brother a voice note in the style of a nature documentary.",
      "Psst, {first_name}: your group chat has been silent for hours; one ridiculous photo, and boom!",
      "Secret agent task: text an old friend a single mysterious word and wait for the call.",
    },
    gentle = {
      "Maybe send your friend a few words, nothing long; no pressure to have news.",
      "If you feel like it, you could call your mother this evening, when things are quiet.",
      "Perhaps a short chat with the neighbour over the fence might be easy company today.",
      "When you have the energy after {action}, a small message to someone you miss could feel good.",
    },
  },
}

-- Recommendations about what happens in the rooms: food, music, order and plants. Form: topic -> tone -> texts.

return {
  recipes = {
    warm = {
      "How about a pot of red lentil soup tonight? It is cosy, quick and made for second helpings.",
      "You would love this one: roast the tomatoes first, and the pasta sauce turns wonderful.",
      "{first_name}, treat yourself to a lovely mushroom risotto this evening; thirty minutes at the stove do you good.",
      "While you are {action}, I found a delightful recipe for lemon chickpea stew that I hope you enjoy.",
    },
    formal = {
      "May I suggest a sheet-pan recipe with carrots and chickpeas, which requires only ten minutes of preparation?",
      "I would recommend a vegetable frittata for dinner, as it uses up the eggs and herbs.",
      "Please consider cooking a double batch of soup today, so that lunch is ready tomorrow.",
      "It would be advisable to start the bread dough before noon so that it can rise in time.",
    },
    playful = {
      "I dare you to make pancakes for dinner, and nobody gets to call it breakfast.",
      "Plot twist: add a spoonful of miso to that pasta sauce and watch the plates come back empty.",
      "Your lonely half cabbage is begging for a stir fry; fancy giving it a heroic ending?",
      "Breaking news from the kitchen, {first_name}: two ripe bananas demand to become muffins before sunset!",
    },
    gentle = {
      "If you feel like it, a simple miso soup with noodles might be an easy dinner tonight.",
      "Perhaps a tray of roast vegetables would do; the oven does the work, and there is no rush.",
      "Maybe leave the recipe book closed and make a plain omelette with herbs, slowly, at your own pace.",
      "When you are ready to cook, a mild coconut dal could be soothing after {action}.",
    },
  },
  music = {
    warm = {
      "How about that mellow jazz playlist you love? It makes any room feel a little sunnier.",
      "Put on an album from your school days, {first_name}, and enjoy every song by heart.",
      "A lovely bit of soul music would brighten the next half hour, I am sure of it.",
      "How about some bossa nova while you are {action}? I hope it lifts your spirits.",
    },
    formal = {
      "I would suggest instrumental music at low volume, as lyrics tend to compete for your attention.",
      "Please consider playing a classical album now; a string quartet would be suitable for this hour.",
      "May I propose a playlist of forty minutes, so that its end also marks the end of the session?",
      "For the time being, a piano record at moderate volume is advisable.",
    },
    playful = {
      "Fancy a kitchen disco? Three songs, full volume, and the wooden spoon is your microphone.",
      "I dare you to play the cheesiest ballad you know and sing the chorus like a legend.",
      "Psst, your speakers are bored; give them some Motown and let your slippers find the rhythm!",
      "Mission for {first_name}: while you are {action}, build a soundtrack in which no song is younger than you.",
    },
    gentle = {
      "Maybe put on some quiet piano music, just loud enough to soften the room.",
      "If you feel like it, a slow folk album might keep you company for a while.",
      "Perhaps one calm song with your eyes closed would be enough; there is no rush.",
      "While you are {action}, you might enjoy a soft acoustic playlist in the background.",
    },
  },
  home = {
    warm = {
      "How about fresh sheets on the bed today? Tonight you will love sinking into them.",
      "Ten minutes on that cluttered shelf, and the living room will feel wonderful to come back to.",
      "You deserve a hallway that welcomes you, {first_name}; let us find those shoes a home together.",
      "A tidy kitchen counter tonight is a lovely gift to the person who wakes up here tomorrow.",
    },
    formal = {
      "I would recommend clearing one kitchen drawer today; fifteen minutes should be sufficient.",
      "Please note that the extractor filter and the bathroom drain are due for their monthly cleaning.",
      "May I suggest airing the bedroom for ten minutes and changing the linen at this point?",
      "It is advisable to start the laundry now, so that it can be hung before the evening.",
    },
    playful = {
      "Sock drawer alert! Seven odd socks are waiting for the great reunion that only you can host.",
      "I bet you cannot declutter one shelf before the kettle boils; loser dusts the lamp.",
      "The dust behind the sofa is planning a mutiny; fancy leading the vacuum into battle?",
      "Detective {first_name}, the case of the overflowing junk drawer is still unsolved, and the clues are sticky.",
    },
    gentle = {
      "If you have the energy, perhaps just fold the laundry from the chair, nothing more.",
      "Maybe open the windows for a few minutes and let the living room breathe; no rush at all.",
      "When you feel like it, one small drawer could be tidied, slowly, with a candle lit.",
      "After {action}, you might wipe the kitchen counters, but only if it would make the evening easier.",
    },
  },
  garden = {
    warm = {
      "How about ten minutes with your plants? The herbs on the windowsill would love some water.",
      "The roses are doing so well under your care, {first_name}; enjoy a little pruning in the sun.",
      "Your seedlings have grown beautifully, and a bigger pot would make them happy today.",
      "Cut a few flowers from the garden for the table; they will brighten the whole room.",
    },
    formal = {
      "I would recommend watering the flower beds before nine, while evaporation is still low.",
      "Please consider turning the compost today, as regular aeration would benefit the soil in spring.",
      "It is advisable to repot the fern this month, since its roots have filled the present container.",
      "May I suggest sowing a second row of lettuce seeds now, to ensure a steady harvest?",
    },
    playful = {
      "The weeds are throwing a party in your flower bed, and you, brave hero, are the bouncer!",
      "Your fern has been sulking since Tuesday; fancy bringing it a drink and some garden gossip?",
      "I dare you to name every plant on the windowsill before you water it, starting with Sir Basil.",
      "Slug patrol, {first_name}! Arm yourself with a torch and defend the lettuce in the garden.",
    },
    gentle = {
      "Perhaps step into the garden for a moment and see what has opened since yesterday.",
      "If you feel like it, you could water the houseplants slowly, one leaf at a time.",
      "Maybe pull just three weeds on your way past the flower bed; nothing has to be finished.",
      "When you are ready for a change from {action}, the quiet corner with the lavender might need a little pruning.",
    },
  },
}

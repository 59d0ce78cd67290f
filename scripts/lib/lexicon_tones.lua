-- Words by which `lexicon.tone_of` hears how a recommendation sounds. See lexicon_model.lua for the form.

local nouns = {
  { "warm1", "warm", 1.2, "how about, enjoy~, nice, happy, smile~, together, good, treat yourself, "
    .. "comfort~, cheer~, friend of mine, let us, yours" },
  { "warm2", "warm", 2.2, "love~, lovely, hope~, glad, wonderful, cosy, cozy, delight~, delightful, "
    .. "brighten~, well done, warm, warms, heart, so well, beautiful, great job, joy, sweet, hug" },
  { "warm3", "warm", 3.4, "proud, deserve~, have earned, earned, dear, thinking of you, what joy, "
    .. "i know how much, does you good, do you good, good for the soul, lift~ spirits, with love, "
    .. "i am so glad, make my day, means the world" },
  { "formal1", "formal", 1.4, "consider, could consider, sensible, worthwhile, suitable, appropriate, "
    .. "ensure, therefore, regarding, approximately, efficient, productive, schedule, beneficial, "
    .. "optimal, allocate, prior to, in order to, effective" },
  { "formal2", "formal", 2.6, "please, recommend~, recommended, recommendation, suggest~, propose~, "
    .. "advise~, may wish to, at this point, at your convenience, accordingly, would benefit, opportune" },
  { "formal3", "formal", 4, "please note, kindly, advisable, would suggest, would recommend, "
    .. "may i suggest, may i propose, it would be advisable, would advise, could you consider, "
    .. "please consider" },
  { "gentle1", "gentle", 1.3, "could, might, may, soft, softly, slowly, quiet, quietly, calm, calming, "
    .. "tiny, ease, easy, peaceful, soothing" },
  { "gentle2", "gentle", 2.4, "maybe, perhaps, gentle, gently, whenever, if you like, if you want, "
    .. "only if, take your time, feel free, might enjoy, if you would like, if you wish, might like, "
    .. "unhurried, kind to yourself" },
  { "gentle3", "gentle", 4, "no rush, no hurry, no pressure, no need to, if you feel like, "
    .. "when you feel like, feel like it, when you are ready, whenever you are ready, "
    .. "at your if it feels right, not at all if, nothing has to be, when ready, if you have the energy, "
    .. "only if you, in your not have to" },
  { "playful1", "playful", 1.4, "fun, silly, wild, oh, hey, ha, sneaky, cheeky, magic, hero, epic, "
    .. "adventure, wink, pop, zap, boom" },
  { "playful2", "playful", 3, "fancy, dare, bet, challenge, mission, plot twist, spoiler, psst, quest, "
    .. "duel, villain, superhero, secret agent, legend, legendary, rumour has it, rumor has it, ta da, "
    .. "boss level, boss fight, level up, breaking news, knock knock, wiggle, abracadabra, ahoy, "
    .. "drum roll, drumroll, detective, pirate+, dragon+, ninja+, penguin, robot, crime scene, applause, "
    .. "hooray, victory, bonus points, jealous, conspiracy, alert, emergency, houdini, sherlock, patrol+, half time, "
    .. "gossip+, throne, revenge, world domination, confetti, trophy, showdown, begging, "
    .. "sulking, heist, encore, attention please, wager, ringside, mutiny, smug" },
}

return { breaks = "", modifiers = {}, nouns = nouns, verbs = {} }

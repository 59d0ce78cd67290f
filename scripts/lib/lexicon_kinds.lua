-- What `lexicon.kind_of` is compiled from. See lexicon_model.lua for how the lists are read.

local breaks = "and, then, but, or, plus, followed by"

local modifiers = {
  { "while, whilst, as, because, instead of, rather than, so as, when", 0.35 },
  { "before, after, during, until, since, despite, once, inspired by", 0.3 },
  { "in, on, at, by, from, near, beside, inside, under, around, into, onto, in front of, through, over, "
    .. "along", 0.55 },
  { "for, to", 0.7 },
  { "with, about, of", 0.8 },
}

return {
  breaks = breaks,
  modifiers = modifiers,
  nouns = require "propersim.lexicon_kind_nouns",
  verbs = require "propersim.lexicon_kind_verbs",
}

#pragma once
// Synthetic people for studies of learning in C: what they do all day and what they wish, with the
// same fields and meaning as docs/personas.md, as numbers.

#include <stdbool.h>
#include <stdint.h>

#include "base/rng.h"

enum { KINDS = 15, SIM_TOPICS = 16, SIM_TONES = 4, SIM_COUNT = 1 + SIM_TOPICS * SIM_TONES };
enum { DAY_MINUTES = 1440, BLOCKS_MAX = 64 };

// Kinds of activity, as in scripts/lib/lexicon.lua.
enum kind {
    SLEEP,
    HYGIENE,
    MEAL,
    COOKING,
    CHORES,
    WORK,
    STUDY,
    EXERCISE,
    READING,
    HOBBY,
    MEDIA,
    SOCIAL,
    REST,
    PLANNING,
    GARDEN
};

struct window {
    int from, to; // minutes of the day
};

struct persona {
    int wake, sleep; // minutes of the day; sleep after wake
    struct block {
        int kind, minutes;
    } weekday[BLOCKS_MAX], weekend[BLOCKS_MAX];
    int weekday_count, weekend_count;
    uint32_t likes[SIM_TOPICS];       // the kinds of activity in which a topic is liked
    uint32_t boundaries, busy, tones; // bits
    struct window receptive[4], quiet[4];
    int receptive_count, quiet_count;
    double wish, per_hours; // so many per that many waking hours; per_hours 0: per day
};

static inline bool person_within(const struct window *w, int count, int minute)
{
    for (int i = 0; i < count; i++)
        if ((minute - w[i].from + DAY_MINUTES) % DAY_MINUTES <
            (w[i].to - w[i].from + DAY_MINUTES) % DAY_MINUTES)
            return true;
    return false;
}

static inline int person_between(struct rng *r, int least, int most)
{
    return least + (int)rng_below(r, (uint64_t)(most - least + 1));
}

static inline int person_plan(struct rng *r, struct block *out, const int *frame, int count,
                              const int *leisure, int leisure_count)
{
    for (int i = 0; i < count; i++) {
        int kind = frame[i] >= 0 ? frame[i] : leisure[rng_below(r, (uint64_t)leisure_count)];
        int length = kind == WORK ? person_between(r, 80, 150) : person_between(r, 25, 75);
        if (kind == HYGIENE || kind == MEAL || kind == COOKING)
            length = person_between(r, 20, 40);
        out[i] = (struct block){ kind, length };
    }
    return count;
}

// Can at least 70 % of the wish be met on a plain day, as docs/personas.md demands? Counts the
// recommendations that could earn all four points, as early as each is possible.
static inline bool person_can_be_pleased(const struct persona *p, const struct block *blocks,
                                         int count)
{
    double awake = p->sleep - p->wake,
           gap = (p->per_hours > 0 ? p->per_hours * 60 : awake) / p->wish;
    double last = -1e9, at = p->wake;
    uint32_t liked = 0;
    int good = 0;

    for (int t = 0; t < SIM_TOPICS; t++)
        liked |= p->likes[t];
    liked &= ~p->busy;
    for (int i = 0; i < count; at += blocks[i++].minutes)
        for (double now = at; now < at + blocks[i].minutes && now < p->sleep; now += 2.5)
            if ((liked >> blocks[i].kind & 1) != 0 && now - last >= gap / 2 &&
                good + 1 <= 1.25 * awake / gap &&
                !person_within(p->quiet, p->quiet_count, (int)now)) {
                good++;
                last = now;
            }
    return good >= 0.7 * awake / gap;
}

// A person who wishes `wish` recommendations per `per_hours` waking hours (0: per day): works on
// weekdays, is busy with work and one more thing, likes four topics in one to three kinds of
// activity each, two of the four tones, has two boundaries, wants quiet for the first hour and
// before going to bed, and names two receptive windows.
static inline struct persona person_draw(struct rng *r, double wish, double per_hours)
{
    static const int weekday[] = { HYGIENE, MEAL, -1,   WORK, REST,   WORK, COOKING,
                                   MEAL,    -1,   WORK, REST, -1,     -1,   COOKING,
                                   MEAL,    -1,   -1,   -1,   HYGIENE };
    static const int weekend[] = { HYGIENE, MEAL, -1, CHORES,  -1,   -1, COOKING, MEAL, -1,
                                   REST,    -1,   -1, COOKING, MEAL, -1, -1,      -1,   HYGIENE };
    static const int others[] = { SOCIAL, STUDY, EXERCISE, READING };
    static const int leisure[] = { CHORES, STUDY,  EXERCISE, READING,  HOBBY,
                                   MEDIA,  SOCIAL, REST,     PLANNING, GARDEN };
    static const int open[] = { MEAL, COOKING, CHORES, HOBBY, MEDIA, REST, PLANNING, GARDEN };
    struct persona p = { .wish = wish, .per_hours = per_hours };
    int awake = person_between(r, 900, 1000);

    p.wake = person_between(r, 360, 440 - (awake - 900) / 5);
    p.sleep = p.wake + awake;
    p.weekday_count = person_plan(r, p.weekday, weekday, 19, leisure, 10);
    p.weekend_count = person_plan(r, p.weekend, weekend, 18, leisure, 10);
    p.busy = 1U << WORK | 1U << others[rng_below(r, 4)];
    for (int liked = 0; liked < 4;) {
        uint64_t topic = rng_below(r, SIM_TOPICS);
        if (p.likes[topic] != 0)
            continue;
        liked++;
        for (int k = person_between(r, 1, 3); k > 0; k--)
            p.likes[topic] |= 1U << open[rng_below(r, 8)];
    }
    for (int bounds = 0; bounds < 2;) {
        uint64_t topic = rng_below(r, SIM_TOPICS);
        if (p.likes[topic] == 0 && (p.boundaries >> topic & 1) == 0) {
            p.boundaries |= 1U << topic;
            bounds++;
        }
    }
    p.tones = 1U << rng_below(r, 4);
    while (__builtin_popcount(p.tones) < 2)
        p.tones |= 1U << rng_below(r, 4);
    p.quiet[0] = (struct window){ p.wake - 20, p.wake + 60 };
    p.quiet[1] = (struct window){ p.sleep - person_between(r, 60, 90), p.sleep + 20 };
    p.quiet_count = 2;
    p.receptive[0].from = p.wake + person_between(r, 90, 200);
    p.receptive[0].to = p.receptive[0].from + person_between(r, 120, 240);
    p.receptive[1].from = p.wake + awake / 2 + person_between(r, 0, 120);
    p.receptive[1].to = p.receptive[1].from + person_between(r, 120, 240);
    p.receptive_count = 2;
    return p;
}

// The first such person of a seed whose wish can be met.
static inline struct persona person_of(uint64_t seed, double wish, double per_hours)
{
    struct rng r = rng_start(seed, "sim", "person", 0);
    struct persona p;

    do
        p = person_draw(&r, wish, per_hours);
    while (!person_can_be_pleased(&p, p.weekday, p.weekday_count) ||
           !person_can_be_pleased(&p, p.weekend, p.weekend_count));
    return p;
}

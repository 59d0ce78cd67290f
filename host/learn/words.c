#include "learn/words.h"

#include <stdlib.h>
#include <string.h>

struct phrase {
    const char *name, *words;
};

static const struct phrase acts[] = {
    { "say", "speaks" },
    { "silent", "stays silent" },
    { "topic=none", "speaks about nothing in particular" },
    { "tone=none", "speaks in no particular tone" },
};

static const struct phrase moments[] = {
    { "always", "at any time" },
    { "weekday", "on weekdays" },
    { "weekend", "at weekends" },
};

// What is said for "KEY=VALUE": before, the value, after.
struct pattern {
    const char *key, *before, *after;
    enum { AS_IS, HOUR, HALF_HOUR } value;
};

static const struct pattern act_patterns[] = {
    { "topic=", "speaks about ", "", AS_IS },
    { "tone=", "speaks in a ", " tone", AS_IS },
};

static const struct pattern moment_patterns[] = {
    { "hour=", "from ", "", HOUR },
    { "half=", "from ", "", HALF_HOUR },
    { "activity=", "during ", "", AS_IS },
    { "score=", "when its last scores are about ", "", AS_IS },
};

// What is said for "KEY=<BOUND" and "KEY=>=BOUND", and all bounds that there are of the key, from
// scripts/assistant/notice.lua (words_test.c compares them), 0 behind the last.
struct range {
    const char *key, *before, *after;
    bool counts; // whole numbers
    int bounds[16];
};

static const struct range ranges[] = {
    { "for=", "", " minutes into what they do", false, { 5, 15, 30, 60 } },
    { "since=",
      "",
      " minutes after it last spoke",
      false,
      { 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 360, 480, 720 } },
    { "today=", "having ", " today", true, { 1, 2, 3, 4, 6, 8, 12, 16, 24, 48 } },
    { "this_hour=", "having ", " in the last hour", true, { 1, 2, 3, 4, 6, 8, 12, 16, 24, 48 } },
};

static void add_clock(struct buf *out, int minutes)
{
    buf_addf(out, "%02d:%02d", minutes / 60, minutes % 60);
}

static void add_span(struct buf *out, const char *number, int minutes)
{
    int from = atoi(number) * minutes;

    add_clock(out, from);
    buf_add_str(out, " to ");
    add_clock(out, from + minutes);
}

static void add_value(struct buf *out, const struct pattern *p, const char *value)
{
    switch (p->value) {
    case AS_IS: buf_add_str(out, value); break;
    case HOUR: add_span(out, value, 60); break;
    case HALF_HOUR: add_span(out, value, 30); break;
    }
}

// The bound before this one, 0 before the first; -1 if the key has no such bound.
static int bound_before(const struct range *r, int bound)
{
    int before = 0;

    for (size_t i = 0; i < sizeof(r->bounds) / sizeof(*r->bounds) && r->bounds[i] > 0; i++) {
        if (r->bounds[i] == bound)
            return before;
        before = r->bounds[i];
    }
    return -1;
}

// Whole numbers below `to`: "not spoken", "spoken once", "spoken 4 or 5 times", "spoken 8 to 11
// times".
static void add_counts(struct buf *out, int from, int to)
{
    if (to == 1)
        buf_add_str(out, "not spoken");
    else if (to == 2)
        buf_add_str(out, "spoken once");
    else if (from + 1 == to)
        buf_addf(out, "spoken %d times", from);
    else
        buf_addf(out, from + 2 == to ? "spoken %d or %d times" : "spoken %d to %d times", from,
                 to - 1);
}

static void add_range(struct buf *out, const struct range *r, const char *value)
{
    const char *verb = r->counts ? "spoken " : "", *unit = r->counts ? " times" : "";
    int bound = atoi(value + strspn(value, "<>="));
    int from = bound_before(r, bound);

    if (strncmp(value, ">=", 2) == 0)
        buf_addf(out, "%sat least %d%s", verb, bound, unit);
    else if (from < 0 || (from == 0 && !r->counts))
        buf_addf(out, "%sunder %d%s", verb, bound, unit);
    else if (r->counts)
        add_counts(out, from, bound);
    else
        buf_addf(out, "%d to %d", from, bound);
}

static bool say_phrase(struct buf *out, const struct phrase *list, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i].name, name) == 0) {
            buf_add_str(out, list[i].words);
            return true;
        }
    }
    return false;
}

static void say_pattern(struct buf *out, const struct pattern *list, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        size_t len = strlen(list[i].key);
        if (strncmp(list[i].key, name, len) == 0) {
            buf_add_str(out, list[i].before);
            add_value(out, &list[i], name + len);
            buf_add_str(out, list[i].after);
            return;
        }
    }
    buf_add_str(out, name);
}

static bool say_range(struct buf *out, const char *name)
{
    for (size_t i = 0; i < sizeof(ranges) / sizeof(*ranges); i++) {
        const struct range *r = &ranges[i];
        size_t len = strlen(r->key);
        if (strncmp(r->key, name, len) != 0)
            continue;
        buf_add_str(out, r->before);
        add_range(out, r, name + len);
        buf_add_str(out, r->after);
        return true;
    }
    return false;
}

void policy_say_act(struct buf *out, const char *attribute)
{
    if (!say_phrase(out, acts, sizeof(acts) / sizeof(*acts), attribute))
        say_pattern(out, act_patterns, sizeof(act_patterns) / sizeof(*act_patterns), attribute);
}

void policy_say_moment(struct buf *out, const char *context)
{
    if (!say_phrase(out, moments, sizeof(moments) / sizeof(*moments), context) &&
        !say_range(out, context))
        say_pattern(out, moment_patterns, sizeof(moment_patterns) / sizeof(*moment_patterns),
                    context);
}

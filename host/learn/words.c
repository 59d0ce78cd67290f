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
    enum { AS_IS, BOUND, HOUR, HALF_HOUR } value;
};

static const struct pattern act_patterns[] = {
    { "topic=", "speaks about ", "", AS_IS },
    { "tone=", "speaks in a ", " tone", AS_IS },
};

static const struct pattern moment_patterns[] = {
    { "hour=", "from ", "", HOUR },
    { "half=", "from ", "", HALF_HOUR },
    { "activity=", "during ", "", AS_IS },
    { "for=", "", " minutes into what they do", BOUND },
    { "since=", "", " minutes after it last spoke", BOUND },
    { "today=", "having spoken ", " times today", BOUND },
    { "this_hour=", "having spoken ", " times in the last hour", BOUND },
    { "score=", "when its last scores are about ", "", AS_IS },
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
    case BOUND:
        if (strncmp(value, ">=", 2) == 0)
            buf_addf(out, "at least %s", value + 2);
        else
            buf_addf(out, "under %s", value + (value[0] == '<'));
        break;
    }
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

void policy_say_act(struct buf *out, const char *attribute)
{
    if (!say_phrase(out, acts, sizeof(acts) / sizeof(*acts), attribute))
        say_pattern(out, act_patterns, sizeof(act_patterns) / sizeof(*act_patterns), attribute);
}

void policy_say_moment(struct buf *out, const char *context)
{
    if (!say_phrase(out, moments, sizeof(moments) / sizeof(*moments), context))
        say_pattern(out, moment_patterns, sizeof(moment_patterns) / sizeof(*moment_patterns),
                    context);
}

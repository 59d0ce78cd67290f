#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "learn/words.h"

struct row {
    const char *name, *words;
};

static void expect(void (*say)(struct buf *out, const char *name), const struct row *row)
{
    struct buf out = { 0 };

    say(&out, row->name);
    assert_string_equal(buf_str(&out), row->words);
    buf_fini(&out);
}

static void what_is_done_is_said_in_words(void **state)
{
    static const struct row rows[] = {
        { "silent", "stays silent" },
        { "say", "speaks" },
        { "topic=music", "speaks about music" },
        { "tone=warm", "speaks in a warm tone" },
        { "tone=none", "speaks in no particular tone" },
        { "like1=x=y", "like1=x=y" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        expect(policy_say_act, &rows[i]);
}

static void moments_are_said_in_words(void **state)
{
    static const struct row rows[] = {
        { "always", "at any time" },
        { "weekend", "at weekends" },
        { "hour=7", "from 07:00 to 08:00" },
        { "half=31", "from 15:30 to 16:00" },
        { "activity=meal", "during meal" },
        { "since=<5", "under 5 minutes after it last spoke" },
        { "since=>=720", "at least 720 minutes after it last spoke" },
        { "today=>=48", "having spoken at least 48 times today" },
        { "this_hour=<2", "having spoken under 2 times in the last hour" },
        { "for=<15", "under 15 minutes into what they do" },
        { "score=3", "when its last scores are about 3" },
        { "my_own=7", "my_own=7" },
        { "", "" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        expect(policy_say_moment, &rows[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_done_is_said_in_words),
        cmocka_unit_test(moments_are_said_in_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
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
        { "since=<30", "20 to 30 minutes after it last spoke" },
        { "since=<25", "under 25 minutes after it last spoke" },
        { "today=>=48", "having spoken at least 48 times today" },
        { "today=<1", "having not spoken today" },
        { "this_hour=<2", "having spoken once in the last hour" },
        { "this_hour=<4", "having spoken 3 times in the last hour" },
        { "this_hour=<6", "having spoken 4 or 5 times in the last hour" },
        { "this_hour=<24", "having spoken 16 to 23 times in the last hour" },
        { "this_hour=<25", "having spoken under 25 times in the last hour" },
        { "for=<5", "under 5 minutes into what they do" },
        { "for=<15", "5 to 15 minutes into what they do" },
        { "score=3", "when its last scores are about 3" },
        { "my_own=7", "my_own=7" },
        { "", "" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        expect(policy_say_moment, &rows[i]);
}

// The bounds are those by which scripts/assistant/notice.lua makes the features: each but the first
// is said from the one before it.
static void bounds_are_those_of_the_features(void **state)
{
    static const struct {
        const char *key, *list;
    } rows[] = { { "since=<", "local MINUTES = {" },
                 { "today=<", "local COUNTS = {" },
                 { "this_hour=<", "local COUNTS = {" },
                 { "for=<", "local SHORT = {" } };
    struct buf script = { 0 };
    struct err err = { { 0 } };

    (void)state;
    if (!file_read(&script, PROPERSIM_SOURCE_DIR "/scripts/assistant/notice.lua", 1 << 20, &err))
        fail_msg("%s", err.text);
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        const char *at = strstr(buf_str(&script), rows[i].list);
        size_t found = 0;
        assert_non_null(at);
        at += strlen(rows[i].list);
        for (char *end = NULL; strtol(at, &end, 10) > 0; at = end + strspn(end, ", ")) {
            struct buf name = { 0 }, words = { 0 };
            buf_addf(&name, "%s%ld", rows[i].key, strtol(at, NULL, 10));
            policy_say_moment(&words, buf_str(&name));
            if (found++ > 0 && strstr(buf_str(&words), "under") != NULL)
                fail_msg("%s: %s", buf_str(&name), buf_str(&words));
            buf_fini(&name);
            buf_fini(&words);
        }
        assert_true(found > 3);
    }
    buf_fini(&script);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_done_is_said_in_words),
        cmocka_unit_test(moments_are_said_in_words),
        cmocka_unit_test(bounds_are_those_of_the_features),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

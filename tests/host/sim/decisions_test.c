// Small run files, and what is counted of the decision to speak. Steps of 300 s: two of them bridge
// a need, three end it.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "sim/decisions.h"
#include "store/reader.h"
#include "store/texts.h"
#include "store/writer.h"

enum { STEPS = 288, SEC = 300 };

#define must(call)                                                                                 \
    do {                                                                                           \
        if (!(call))                                                                               \
            fail_msg("%s: %s", #call, err.text);                                                   \
    } while (0)

struct lab {
    char *path;
    struct writer *writer;
};

static struct lab new_lab(const char *models, const char *config)
{
    static const struct run_resident who[] = { { "p01", "Ada Lind" }, { "p02", "Bo Ek" } };
    struct err err = { { 0 } };
    struct run_info info = { .study = "demo",
                             .condition = "c",
                             .seed = 1,
                             .start = 1739404800,
                             .sec_per_step = SEC,
                             .steps_per_day = STEPS,
                             .map = "m",
                             .map_hash = "ab",
                             .config = config,
                             .models = models,
                             .embedder = "hashed",
                             .program = "0",
                             .residents = who,
                             .resident_count = 2 };
    struct text_set texts = { 0 };
    struct lab lab = { .path = strdup("/tmp/propersim-decisions-XXXXXX") };

    close(mkstemp(lab.path));
    unlink(lab.path);
    lab.writer = writer_create(lab.path, &info, &err);
    must(lab.writer != NULL);
    must(text_set_add(&texts, "scripts/household.lua", view_of("return 1"), &err));
    must(writer_begin_day(lab.writer, 1, &texts, &err));
    text_set_fini(&texts);
    return lab;
}

// What is delivered to resident `who`. digits: preference, timing, frequency, communication; "x" is
// failed. A capital letter of PTFC in `slips` says that this criterion came out the other way.
static void deliver(struct lab *lab, int64_t step, int who, bool silent, const char *digits,
                    const char *slips)
{
    struct err err = { { 0 } };
    struct row_suggestion s = { .step = step,
                                .who = who,
                                .slot = 1,
                                .text = view_of(silent ? "No Recommendation" : "Tea?"),
                                .silent = silent,
                                .source = SOURCE_DRAWN,
                                .delivered = true };
    struct row_rating r = { .step = step, .who = who, .slot = 1 };

    for (int i = 0; i < RATE_COUNT; i++) {
        r.value[i] = digits[i] == 'x' ? -1 : digits[i] - '0';
        r.reason[i] = view_of(strchr(slips, "PTFC"[i]) != NULL ? DECISIONS_SLIP : "so it is");
    }
    must(writer_append_suggestion(lab->writer, &s, &err));
    must(writer_append_rating(lab->writer, &r, &err));
}

static struct decision_numbers count(struct lab *lab, int who)
{
    struct err err = { { 0 } };
    struct decision_numbers n = { 0 };
    struct decisions *d = NULL;
    struct reader *r = NULL;

    must(writer_commit(lab->writer, &err));
    r = reader_open(lab->path, &err);
    must(r != NULL);
    d = decisions_read(r, &err);
    must(d != NULL);
    n = decisions_of(d, 1, who);
    assert_int_equal(decisions_of(d, 9, who).false_alarms, 0);
    decisions_free(d);
    reader_close(r);
    return n;
}

static void end(struct lab *lab)
{
    struct err err = { { 0 } };

    must(writer_close(lab->writer, &err));
    unlink(lab->path);
    free(lab->path);
}

static void speech_is_right_if_timing_and_frequency_are(void **state)
{
    struct lab lab = new_lab("{\"rater\":\"gpt\"}", "{}");
    struct decision_numbers n = { 0 };

    (void)state;
    deliver(&lab, 10, 1, false, "1111", "");
    deliver(&lab, 11, 1, false, "0111", ""); // a right moment for the wrong thing
    deliver(&lab, 12, 1, false, "1110", "");
    deliver(&lab, 13, 1, false, "1011", "");
    deliver(&lab, 14, 1, false, "1101", "");
    deliver(&lab, 15, 1, false, "11x1", ""); // nobody knows
    deliver(&lab, 15, 2, false, "1111", "");
    n = count(&lab, 1);
    assert_int_equal(n.right_moments, 3);
    assert_int_equal(n.false_alarms, 2);
    assert_int_equal(n.right_contents, 1);
    assert_int_equal(n.needs_missed + n.needs_answered + n.overdue_steps, 0);
    assert_int_equal(count(&lab, 2).right_moments, 1);
    end(&lab);
}

static void overdue_silence_is_a_need_until_somebody_speaks_well(void **state)
{
    struct lab lab = new_lab("{\"rater\":\"gpt\"}", "{}");
    struct decision_numbers n = { 0 };

    (void)state;
    deliver(&lab, 10, 1, true, "0001", ""); // one need of three steps, bridged, and answered
    deliver(&lab, 11, 1, true, "1101", ""); //   one of the two is not enough
    deliver(&lab, 12, 1, true, "0001", "");
    deliver(&lab, 13, 1, true, "0001", "");
    deliver(&lab, 14, 1, false, "1111", "");
    deliver(&lab, 20, 1, true, "0001", ""); // passes: after three steps the answer comes too late
    deliver(&lab, 23, 1, false, "1111", "");
    deliver(&lab, 30, 1, true, "0001", ""); // a wrong word answers nothing
    deliver(&lab, 31, 1, false, "1011", "");
    deliver(&lab, 40, 1, true, "0001", ""); // spoken, but not rated: neither
    deliver(&lab, 41, 1, false, "x111", "");
    deliver(&lab, 50, 1, true, "0001", ""); // the day ends
    n = count(&lab, 1);
    assert_int_equal(n.needs_answered, 1);
    assert_int_equal(n.needs_missed, 3);
    assert_int_equal(n.overdue_steps, 7);
    assert_int_equal(n.right_moments, 2);
    assert_int_equal(n.false_alarms, 1);
    assert_int_equal(count(&lab, 2).needs_missed, 0);
    end(&lab);
}

static void slips_of_the_offline_rater_are_read_as_they_were_meant(void **state)
{
    struct lab lab = new_lab("{\"rater\":\"offline\"}", "{\"rater\":{\"mode\":\"separate\"}}");
    struct decision_numbers n = { 0 };

    (void)state;
    deliver(&lab, 10, 1, false, "1101", "F"); // meant 1111
    deliver(&lab, 11, 1, false, "1111", "T"); // meant 1011
    deliver(&lab, 12, 1, false, "0111", "P"); // meant 1111
    deliver(&lab, 13, 1, true, "0011", "F");  // meant 0001: overdue
    n = count(&lab, 1);
    assert_int_equal(n.right_moments, 2);
    assert_int_equal(n.false_alarms, 1);
    assert_int_equal(n.right_contents, 2);
    assert_int_equal(n.overdue_steps, 1);
    end(&lab);
}

static void answers_of_others_and_joint_ones_are_taken_as_they_are(void **state)
{
    static const char *const models[] = { "{\"rater\":\"gpt\"}", "{\"rater\":\"offline\"}" };
    static const char *const configs[] = { "{}", "{\"rater\":{\"mode\":\"all\"}}" };

    (void)state;
    for (int i = 0; i < 2; i++) {
        struct lab lab = new_lab(models[i], configs[i]);
        deliver(&lab, 10, 1, false, "1101", "F");
        assert_int_equal(count(&lab, 1).false_alarms, 1);
        end(&lab);
    }
}

static void the_offline_rater_still_says_so(void **state)
{
    struct err err = { { 0 } };
    struct buf text = { 0 };

    (void)state;
    must(file_read(&text, PROPERSIM_SOURCE_DIR "/scripts/offline/judge.lua", 1 << 20, &err));
    assert_non_null(strstr(buf_str(&text), "\"" DECISIONS_SLIP "\""));
    buf_fini(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(speech_is_right_if_timing_and_frequency_are),
        cmocka_unit_test(overdue_silence_is_a_need_until_somebody_speaks_well),
        cmocka_unit_test(slips_of_the_offline_rater_are_read_as_they_were_meant),
        cmocka_unit_test(answers_of_others_and_joint_ones_are_taken_as_they_are),
        cmocka_unit_test(the_offline_rater_still_says_so),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

// Study folders of small run files, made with the writer, and what results_collect says of them.

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
#include "sim/results.h"
#include "store/manifest.h"
#include "store/texts.h"
#include "store/writer.h"
#include "text/json.h"

enum { STEPS = 12, SEC = 7200 };

#define must(call)                                                                                 \
    do {                                                                                           \
        if (!(call))                                                                               \
            fail_msg("%s: %s", #call, err.text);                                                   \
    } while (0)

static const char config[] =
    "{\"days\":3,\"folder\":\"/x\",\"spec\":{\"conditions\":["
    "{\"condition\":\"frozen\",\"models\":{\"rater\":\"offline\"}},{\"condition\":\"other\"}]}}";

static char *new_folder(void)
{
    char *folder = strdup("/tmp/propersim-results-XXXXXX");

    assert_non_null(mkdtemp(folder));
    return folder;
}

static void remove_folder(char *folder)
{
    struct err err = { { 0 } };
    struct file_list list = { 0 };

    must(file_list_folder(&list, folder, &err));
    for (size_t i = 0; i < list.count; i++) {
        char *path = path_join(folder, list.names[i]);
        if (file_is_folder(path)) {
            remove_folder(path);
            continue;
        }
        unlink(path);
        free(path);
    }
    file_list_free(&list);
    rmdir(folder);
    free(folder);
}

// A folder with a manifest of two cells: p01 alone, and p02 with p03 in one house.
static char *new_study(const char *study_config)
{
    struct err err = { { 0 } };
    struct manifest m = { 0 };
    char *folder = new_folder(), *runs = NULL;

    manifest_init(&m, "demo", study_config);
    must(manifest_add(&m, "frozen", "p01", 5, &err));
    must(manifest_add(&m, "other", "p02+p03", 5, &err));
    must(manifest_write(&m, folder, &err));
    runs = path_join(folder, "runs/frozen");
    must(file_make_folder(runs, &err));
    free(runs);
    runs = path_join(folder, "runs/other");
    must(file_make_folder(runs, &err));
    free(runs);
    manifest_fini(&m);
    return folder;
}

static struct writer *new_run(const char *folder, const char *file, const char *condition,
                              const struct run_resident *residents, int count)
{
    struct err err = { { 0 } };
    struct run_info info = { .study = "demo",
                             .condition = condition,
                             .seed = 5,
                             .start = 1739404800,
                             .sec_per_step = SEC,
                             .steps_per_day = STEPS,
                             .map = "maps/house.tmj",
                             .map_hash = "ab",
                             .config = "{}",
                             .models = "{\"rater\":\"offline\"}",
                             .embedder = "hashed",
                             .program = "0.0.9",
                             .residents = residents,
                             .resident_count = count };
    char *path = path_join(folder, file);
    struct writer *w = writer_create(path, &info, &err);

    if (w == NULL)
        fail_msg("%s", err.text);
    free(path);
    return w;
}

// A rated suggestion. digits: the four criteria, "1101"; "x" is a failed one.
static void rate(struct writer *w, int64_t step, int who, bool silent, const char *digits)
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

    for (int i = 0; i < RATE_COUNT; i++)
        r.value[i] = digits[i] == 'x' ? -1 : digits[i] - '0';
    must(writer_append_suggestion(w, &s, &err));
    must(writer_append_rating(w, &r, &err));
}

// One day of `count` residents; in its first `steps` steps. Asleep in the first four.
static void add_day(struct writer *w, int day, int count, int steps)
{
    struct err err = { { 0 } };
    struct text_set texts = { 0 };
    int64_t first = (int64_t)(day - 1) * STEPS;

    must(text_set_add(&texts, "scripts/household.lua", view_of("return 1"), &err));
    must(writer_begin_day(w, day, &texts, &err));
    text_set_fini(&texts);
    for (int64_t i = 0; i < steps; i++) {
        for (int who = 1; who <= count; who++) {
            struct row_step row = { .step = first + i,
                                    .who = who,
                                    .x = 1,
                                    .y = 1,
                                    .asleep = i < 4,
                                    .action = view_of("reading"),
                                    .activity = ROW_NONE };
            must(writer_append_step(w, &row, &err));
        }
    }
}

static void finish_day(struct writer *w)
{
    struct err err = { { 0 } };

    must(writer_finish_day(w, view_of("{}"), NULL, 0, 1.0, &err));
}

static char *collect(const char *folder)
{
    struct err err = { { 0 } };
    struct buf json = { 0 };
    struct json *doc = NULL;

    must(results_collect(folder, &json, &err));
    doc = json_parse(buf_view(&json), &err);
    must(doc != NULL);
    json_free(doc);
    return buf_take(&json);
}

static void expect_part(const char *text, const char *part)
{
    if (strstr(text, part) == NULL)
        fail_msg("%s\nis not in\n%s", part, text);
}

static void expect_error(const char *folder, const char *part)
{
    struct err err = { { 0 } };
    struct buf json = { 0 };

    assert_false(results_collect(folder, &json, &err));
    expect_part(err.text, part);
    buf_fini(&json);
}

static const struct run_resident mara[] = { { "p01", "Mara \"M\" Ellison" } };
static const struct run_resident couple[] = { { "p02", "Bo Ek" }, { "p03", "Ida Ek" } };

static void a_run_file_that_does_not_exist_yet_is_a_run_without_days(void **state)
{
    char *folder = new_study(config);
    char *json = collect(folder);
    struct buf whole = { 0 };

    (void)state;
    buf_add_str(&whole, "{\"study\":{\"name\":\"demo\",\"folder\":");
    json_add_string(&whole, view_of(path_name(folder)));
    buf_add_str(&whole,
                ",\"days\":3,\"program\":\"" PROPERSIM_VERSION "\",\"conditions\":["
                "{\"name\":\"frozen\",\"models\":{\"rater\":\"offline\"},\"change\":null},"
                "{\"name\":\"other\",\"models\":null,\"change\":null}],\"report\":{}},\"runs\":["
                "{\"condition\":\"frozen\",\"persona\":\"p01\",\"persona_name\":null,\"seed\":5,"
                "\"file\":\"runs/frozen/p01-s5.sqlite\",\"program\":null,\"sec_per_step\":null,"
                "\"steps_per_day\":null,\"days\":[],\"days_finished\":0},");
    assert_int_equal(strncmp(json, buf_str(&whole), whole.len), 0);
    expect_part(json, "\"persona\":\"p02\",\"persona_name\":null");
    expect_part(json, "\"persona\":\"p03\",\"persona_name\":null");
    buf_fini(&whole);
    free(json);
    remove_folder(folder);
}

static void the_numbers_are_those_of_the_run_while_it_is_being_written(void **state)
{
    struct err err = { { 0 } };
    char *folder = new_study(config), *json = NULL;
    struct writer *w = new_run(folder, "runs/frozen/p01-s5.sqlite", "frozen", mara, 1);

    (void)state;
    add_day(w, 1, 1, STEPS);
    rate(w, 4, 1, false, "1101"); // 3
    rate(w, 5, 1, false, "0001"); // 1
    rate(w, 6, 1, true, "1111");  // 4
    rate(w, 7, 1, false, "1x11"); // failed: in no sum
    finish_day(w);
    add_day(w, 2, 1, 6);
    must(writer_commit(w, &err)); // day 2 goes on
    json = collect(folder);
    expect_part(json, "\"persona_name\":\"Mara \\\"M\\\" Ellison\",\"seed\":5,"
                      "\"file\":\"runs/frozen/p01-s5.sqlite\",\"program\":\"0.0.9\","
                      "\"sec_per_step\":7200,\"steps_per_day\":12,\"days\":["
                      "{\"day\":1,\"finished\":true,\"steps\":12,\"awake_steps\":8,\"ratings\":4,"
                      "\"scored\":3,\"failed\":1,\"score_sum\":8,\"preference_sum\":2,"
                      "\"timing_sum\":2,\"frequency_sum\":1,\"communication_sum\":3,"
                      "\"recommendations\":3,\"recommendations_scored\":2,"
                      "\"recommendation_score_sum\":4,\"successes\":1,\"abstentions\":1,"
                      "\"abstentions_scored\":1,\"abstention_score_sum\":4,"
                      "\"right_moments\":0,\"false_alarms\":2,\"right_contents\":0,"
                      "\"needs_missed\":0,\"needs_answered\":0,\"overdue_steps\":0,"
                      "\"wish\":null},"
                      "{\"day\":2,\"finished\":false,\"steps\":6,\"awake_steps\":2,\"ratings\":0,");
    expect_part(json, "\"overdue_steps\":0,\"wish\":null}],\"days_finished\":1},"
                      "{\"condition\":\"other\",\"persona\":\"p02\",\"persona_name\":null");
    free(json);
    must(writer_close(w, &err));
    remove_folder(folder);
}

static void each_resident_of_a_household_is_a_run_of_its_own(void **state)
{
    struct err err = { { 0 } };
    char *folder = new_study(config), *json = NULL;
    struct writer *w = new_run(folder, "runs/other/p02+p03-s5.sqlite", "other", couple, 2);

    (void)state;
    add_day(w, 1, 2, STEPS);
    rate(w, 4, 1, false, "1111");
    rate(w, 4, 2, true, "0000");
    must(writer_finish_day(w, view_of("{\"residents\":[{\"heard\":{\"wish\":7.5}},{}]}"), NULL, 0,
                           1.0, &err));
    must(writer_close(w, &err));
    json = collect(folder);
    expect_part(json, "\"persona\":\"p02\",\"persona_name\":\"Bo Ek\"");
    expect_part(json, "\"recommendation_score_sum\":4,\"successes\":1,\"abstentions\":0,"
                      "\"abstentions_scored\":0,\"abstention_score_sum\":0,\"right_moments\":1,"
                      "\"false_alarms\":0,\"right_contents\":1,\"needs_missed\":0,"
                      "\"needs_answered\":0,\"overdue_steps\":0,\"wish\":7.5}],"
                      "\"days_finished\":1},"
                      "{\"condition\":\"other\",\"persona\":\"p03\",\"persona_name\":\"Ida Ek\"");
    expect_part(json, "\"abstention_score_sum\":0,\"right_moments\":0,\"false_alarms\":0,"
                      "\"right_contents\":0,\"needs_missed\":1,\"needs_answered\":0,"
                      "\"overdue_steps\":1,\"wish\":null}],\"days_finished\":1}],"
                      "\"touched\":[],\"forks\":[],\"imported\":[],\"mmlu\":[],\"measures\":[],"
                      "\"nights\":[],\"changes\":[],"
                      "\"calls\":[]}");
    free(json);
    remove_folder(folder);
}

static void what_cannot_be_read_is_an_error_that_names_the_file(void **state)
{
    struct err err = { { 0 } };
    char *folder = new_study(config), *path = NULL;
    struct writer *w = NULL;

    (void)state;
    path = path_join(folder, "runs/frozen/p01-s5.sqlite");
    must(file_write(path, view_of("this is no database, and it is long enough to be one"), &err));
    expect_error(folder, "runs/frozen/p01-s5.sqlite: ");
    unlink(path);
    free(path);

    w = new_run(folder, "runs/frozen/p01-s5.sqlite", "other", mara, 1);
    must(writer_close(w, &err));
    expect_error(folder, "runs/frozen/p01-s5.sqlite: holds condition 'other', seed 5, where "
                         "study.json says 'frozen', seed 5");
    remove_folder(folder);

    folder = new_study("{\"spec\":{}}");
    expect_error(folder, "/study.json: config: `days` is missing");
    remove_folder(folder);

    folder = new_folder();
    expect_error(folder, "is not a study folder");
    remove_folder(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_file_that_does_not_exist_yet_is_a_run_without_days),
        cmocka_unit_test(the_numbers_are_those_of_the_run_while_it_is_being_written),
        cmocka_unit_test(each_resident_of_a_household_is_a_run_of_its_own),
        cmocka_unit_test(what_cannot_be_read_is_an_error_that_names_the_file),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

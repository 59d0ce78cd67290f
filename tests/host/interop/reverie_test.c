// Storage folders of the original, made here with each of the mistakes that such folders have, and
// the real ones.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "interop/reverie.h"
#include "interop/reverie_convert.h"
#include "text/json.h"

#define PERSON                                                                                     \
    "\"first_name\": \"Ann\", \"last_name\": \"Lee\", \"background\": \"Translator.\", "           \
    "\"current_interests\": \"1) Chess.\", \"lifestyle\": \"1) Wakes up at 7am.\", "               \
    "\"long_term_goals\": \"Peace.\", \"daily_plan_req\": \"1) Walk for an hour.\", "              \
    "\"living_area\": \"W:house:bedroom\", "                                                       \
    "\"big_five_personality_traits\": \"High in Extraversion\""
#define CRITERIA                                                                                   \
    "\"Personal_Preference\": \"Books when I read.\", \"Timing\": \"In the afternoon.\", "         \
    "\"Frequency\": \"Twice a day.\", \"Communication_&_Safety\": \"Be kind.\""
#define ANN "{ " PERSON ", \"age\": 30, \"criteria\": { " CRITERIA " } }"
#define ASSISTANT "{ \"name\": \"Ed\" }"

static int make_folder(void **state)
{
    char *folder = mem_strdup("/tmp/propersim-reverie-XXXXXX");

    *state = folder;
    return mkdtemp(folder) != NULL ? 0 : -1;
}

static int remove_folder(void **state)
{
    struct buf command = { 0 };
    int code = 0;

    buf_addf(&command, "rm -rf '%s'", (char *)*state);
    code = system(buf_str(&command));
    buf_fini(&command);
    free(*state);
    return code;
}

// Writes folder/name, and the folders above it.
static void put(const char *folder, const char *name, const char *text)
{
    struct err err = { { 0 } };
    char *path = path_join(folder, name);
    char *parent = path_folder(path);

    if (!file_make_folder(parent, &err) || !file_write(path, view_of(text), &err))
        fail_msg("%s", err.text);
    free(parent);
    free(path);
}

static void put_person(const char *folder, const char *name, const char *scratch)
{
    struct buf path = { 0 };

    buf_addf(&path, "personas/%s/bootstrap_memory/scratch.json", name);
    put(folder, buf_str(&path), scratch);
    buf_fini(&path);
}

static void expect_refused(const char *folder, const char *first, const char *second)
{
    struct reverie r = { 0 };
    struct err err = { { 0 } };

    assert_false(reverie_read(&r, folder, &err));
    if (strstr(err.text, first) == NULL || strstr(err.text, second) == NULL)
        fail_msg("'%s' and '%s' must be in: %s", first, second, err.text);
    reverie_fini(&r);
}

static void the_resident_is_who_has_criteria(void **state)
{
    const char *folder = *state;
    struct reverie r = { 0 };
    struct err err = { { 0 } };

    put_person(folder, "Ann Lee", ANN);
    put_person(folder, "Ed", ASSISTANT);
    put(folder, "personas/Ann Lee/bootstrap_memory/spatial_memory.json", "{ \"W\": {} }");
    put(folder, "personas/Ann Lee/bootstrap_memory/associative_memory/nodes.json",
        "{ \"node_1\": {}, \"node_2\": {} }");
    put(folder, "personas/notes.txt", "no folder");
    put(folder, "reverie/meta.json",
        "{ \"start_date\": \"June 1, 2024\", \"sec_per_step\": 10, "
        "\"persona_names\": [\"Ann Lee\", \"Ed\"] }");
    assert_true(reverie_is_folder(folder));
    if (!reverie_read(&r, folder, &err))
        fail_msg("%s", err.text);
    assert_int_equal(r.count, 2);
    assert_int_equal(r.residents, 1);
    assert_string_equal(r.people[0].name, "Ann Lee");
    assert_true(r.people[0].is_resident);
    assert_int_equal(r.people[0].memories, 2);
    assert_non_null(r.people[0].spatial);
    assert_false(r.people[1].is_resident);
    assert_string_equal(r.start, "2024-06-01");
    assert_int_equal(r.sec_per_step, 10);
    assert_false(r.mixed);
    reverie_fini(&r);
}

static void one_person_alone_is_read(void **state)
{
    const char *folder = *state;
    struct reverie r = { 0 };
    struct err err = { { 0 } };
    char *person = path_join(folder, "Ann Lee");

    put(folder, "Ann Lee/bootstrap_memory/scratch.json", ANN);
    assert_true(reverie_is_folder(person));
    assert_false(reverie_is_folder(folder));
    if (!reverie_read(&r, person, &err))
        fail_msg("%s", err.text);
    assert_string_equal(r.people[0].id, "reverie_Ann_Lee");
    assert_string_equal(r.start, "");
    reverie_fini(&r);
    free(person);
}

static void file_names_are_safe_and_differ(void **state)
{
    const char *folder = *state;
    struct reverie r = { 0 };
    struct err err = { { 0 } };
    static const char *const names[] = { "A'; rm -rf \"$HOME\"",
                                         "\x1b[31mred",
                                         "\xff\xfe",
                                         "\xe6\x97\xa5",
                                         "A_; rm -rf _$HOME_",
                                         "A\nB",
                                         "an extraordinarily long name, an extraordinarily long "
                                         "name, an extraordinarily long name" };
    enum { COUNT = sizeof(names) / sizeof(*names) };

    for (size_t i = 0; i < COUNT; i++)
        put_person(folder, names[i], ANN);
    // twice the same folder: still no two files of one name
    if (!reverie_read(&r, folder, &err) || !reverie_read(&r, folder, &err))
        fail_msg("%s", err.text);
    assert_int_equal(r.residents, 2 * COUNT);
    for (size_t i = 0; i < r.count; i++) {
        const char *id = r.people[i].id;
        assert_int_equal(strspn(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                    "0123456789_-"),
                         strlen(id));
        assert_true(strlen(id) <= 40 && strncmp(id, "reverie_", 8) == 0);
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(r.people[j].id, id);
        for (const char *c = r.people[i].name; *c != '\0'; c++)
            assert_true((unsigned char)*c >= 0x20 && *c != 0x7f);
    }
    reverie_fini(&r);
}

static void ids_are_made_of_any_name(void **state)
{
    static const struct {
        const char *prefix, *name, *id;
    } cases[] = {
        { "reverie_", "persona_1", "reverie_persona_1" },
        { "", "house", "house" },
        { "", "../etc/passwd", "etc_passwd" },
        { "", "..", "unnamed" },
        { "", "", "unnamed" },
        { "", "-o", "o" },
        { "x_", "\xc3\xa9t\xc3\xa9", "x_t__" },
        { "", "0123456789012345678901234567890123456789+",
          "0123456789012345678901234567890123456789" },
    };
    char id[REVERIE_ID_BYTES];

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        reverie_make_id(id, cases[i].prefix, cases[i].name);
        assert_string_equal(id, cases[i].id);
    }
}

static void mistakes_in_scratch_are_named(void **state)
{
    static const struct {
        const char *scratch, *message;
    } cases[] = {
        { "{ " PERSON ", \"age\": 30, }", "line 1, column" },
        { "{\n\"age\": \xff }", "line 2, column" },
        { "", "line 1" },
        { "[]", "must be an object, not a list" },
        { "{ " PERSON ", \"criteria\": { " CRITERIA " } }", "`age` is missing" },
        { "{ " PERSON ", \"age\": \"30\", \"criteria\": { " CRITERIA " } }", "`age` must be" },
        { "{ " PERSON ", \"age\": 30.5, \"criteria\": { " CRITERIA " } }", "`age`" },
        { "{ " PERSON ", \"age\": 30, \"criteria\": \"all\" }", "`criteria` must be an object" },
        { "{ " PERSON ", \"age\": 30, \"criteria\": { \"Timing\": \"x\" } }",
          "criteria: `Personal_Preference` is missing" },
        { "{ \"age\": 30, \"criteria\": { " CRITERIA " } }", "`first_name` is missing" },
        { "{ \"first_name\": 7, \"criteria\": { " CRITERIA " } }", "`first_name` must be text" },
        { "{ " PERSON ", \"age\": 30, \"criteria\": null }", "nobody here has `criteria`" },
    };
    const char *folder = *state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        put_person(folder, "Ann", cases[i].scratch);
        expect_refused(folder, cases[i].message, folder);
    }
}

static void mistakes_in_other_files_are_named(void **state)
{
    static const struct {
        const char *name, *text, *message;
    } cases[] = {
        { "reverie/meta.json", "{", "line 1" },
        { "reverie/meta.json", "{ \"start_date\": 5 }", "`start_date` must be text" },
        { "reverie/meta.json", "{ \"start_date\": \"tomorrow\" }", "\"tomorrow\"" },
        { "reverie/meta.json", "{ \"start_date\": \"February 30, 2025\" }", "start_date" },
        { "reverie/meta.json", "{ \"start_date\": \"Feb 3, 2025\" }", "must be a date such as" },
        { "reverie/meta.json", "{ \"start_date\": \"February 13, 2025 \" }", "must be a date" },
        { "reverie/meta.json", "{ \"sec_per_step\": 0 }", "sec_per_step" },
        { "reverie/meta.json", "{ \"persona_names\": \"Ann\" }", "`persona_names` must be" },
        { "reverie/meta.json", "{ \"persona_names\": [7] }", "must hold texts" },
        { "reverie/meta.json", "{ \"persona_names\": [\"../Ann\"] }", "personas/../Ann" },
        { "personas/Ann/bootstrap_memory/spatial_memory.json", "[1]", "must be an object" },
        { "personas/Ann/bootstrap_memory/associative_memory/nodes.json", "{ \"a\" }", "line 1" },
    };
    const char *folder = *state;

    put_person(folder, "Ann", ANN);
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        char *path = path_join(folder, cases[i].name);
        put(folder, cases[i].name, cases[i].text);
        expect_refused(folder, cases[i].message, path);
        assert_int_equal(unlink(path), 0);
        free(path);
    }
}

static void a_person_without_scratch_is_an_error(void **state)
{
    const char *folder = *state;

    put_person(folder, "Ann", ANN);
    put(folder, "personas/Bob/notes.txt", "");
    expect_refused(folder, "personas/Bob/bootstrap_memory/scratch.json", "o");
}

static struct reverie_convert *open_scripts(void)
{
    struct err err = { { 0 } };
    struct reverie_convert *c = reverie_convert_new(PROPERSIM_SOURCE_DIR, &err);

    if (c == NULL)
        fail_msg("%s", err.text);
    return c;
}

static void the_real_people_become_personas(void **state)
{
    static const char *const folders[] = { "base_the_ville_persona_1", "base_the_ville_persona_12",
                                           "base_the_ville_persona_20" };
    struct reverie r = { 0 };
    struct err err = { { 0 } };
    struct reverie_convert *c = NULL;

    (void)state;
    if (!file_is_folder(PROPERSIM_SHARED_DATA "/reverie/personas")) {
        print_message("skipped: %s is absent\n", PROPERSIM_SHARED_DATA "/reverie/personas");
        skip();
    }
    for (size_t i = 0; i < 3; i++) {
        char *folder = path_join(PROPERSIM_SHARED_DATA "/reverie/personas", folders[i]);
        if (!reverie_read(&r, folder, &err))
            fail_msg("%s", err.text);
        free(folder);
    }
    assert_int_equal(r.residents, 3);
    assert_int_equal(r.count, 6);
    assert_string_equal(r.start, "2025-02-13");
    c = open_scripts();
    for (size_t i = 0; i < r.count; i++) {
        if (!r.people[i].is_resident)
            continue;
        struct json *made = reverie_convert_person(c, &r.people[i], &err);
        if (made == NULL)
            fail_msg("%s", err.text);
        assert_int_equal(json_count(json_get(made, "problems")), 0);
        assert_string_equal(json_string(json_get(made, "name")).data, "John Lin");
        json_free(made);
    }
    assert_string_equal(r.people[0].id, "reverie_persona_1");
    assert_string_equal(r.people[4].id, "reverie_persona_20");
    reverie_convert_free(c);
    reverie_fini(&r);
}

static void a_large_file_is_an_error_and_not_a_crash(void **state)
{
    const char *folder = *state;
    struct reverie r = { 0 };
    struct err err = { { 0 } };
    struct buf scratch = { 0 };
    struct reverie_convert *c = open_scripts();
    struct json *made = NULL;

    // as much prose as is read: it is imported, and the check says that it is too long
    buf_addf(&scratch, "{ %s, \"age\": 30, \"criteria\": { %s }, \"more\": \"", PERSON, CRITERIA);
    while (scratch.len < REVERIE_MAX_BYTES - 100)
        buf_add_str(&scratch, "at 5pm and ");
    buf_add_str(&scratch, "\" }");
    put_person(folder, "Ann", buf_str(&scratch));
    if (!reverie_read(&r, folder, &err))
        fail_msg("%s", err.text);
    made = reverie_convert_person(c, &r.people[0], &err);
    if (made == NULL)
        fail_msg("%s", err.text);
    json_free(made);
    reverie_fini(&r);
    while (scratch.len <= REVERIE_MAX_BYTES)
        buf_add_char(&scratch, ' ');
    put_person(folder, "Ann", buf_str(&scratch));
    expect_refused(folder, "scratch.json", "bytes");
    buf_fini(&scratch);
    reverie_convert_free(c);
}

#define in_folder(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_folder(the_resident_is_who_has_criteria),
        in_folder(one_person_alone_is_read),
        in_folder(file_names_are_safe_and_differ),
        cmocka_unit_test(ids_are_made_of_any_name),
        in_folder(mistakes_in_scratch_are_named),
        in_folder(mistakes_in_other_files_are_named),
        in_folder(a_person_without_scratch_is_an_error),
        cmocka_unit_test(the_real_people_become_personas),
        in_folder(a_large_file_is_an_error_and_not_a_crash),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

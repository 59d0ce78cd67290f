// Runs as folders of the original: what a usual run does not have. (A usual one:
// export_reverie.bats.)

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "interop/export_reverie.h"
#include "interop/reverie_time.h"
#include "store/writer.h"
#include "text/json.h"

#define must(call)                                                                                 \
    do {                                                                                           \
        if (!(call))                                                                               \
            fail_msg("%s: %s", #call, err.text);                                                   \
    } while (0)

enum { START = 1740700800 }; // 2025-02-28, so that the second day is in March

static char folder[64];

static int make_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/propersim-reverie-XXXXXX");
    return mkdtemp(folder) != NULL ? 0 : -1;
}

static int remove_folder(void **state)
{
    char command[128];

    (void)state;
    snprintf(command, sizeof(command), "rm -rf '%s'", folder);
    return system(command);
}

static struct run_info make_info(const struct run_resident *residents, int count)
{
    return (struct run_info){
        .study = "s",
        .condition = "c",
        .seed = 1,
        .start = START,
        .sec_per_step = 43200,
        .steps_per_day = 2,
        .map = "maps/town.tmj",
        .map_hash = "ab",
        .config = "{\"resident\":{\"vision_r\":8,\"att_bandwidth\":8,\"retention\":8,"
                  "\"importance_trigger\":250},\"retrieval\":{\"recency_w\":1,\"relevance_w\":1,"
                  "\"importance_w\":0.5,\"recency_decay\":0.995}}",
        .models = "{}",
        .embedder = "some endpoint's",
        .program = "0.1.0",
        .residents = residents,
        .resident_count = count,
    };
}

static void add_step(struct writer *w, int64_t step, int who, const char *path)
{
    struct err err = { { 0 } };
    struct row_step row = { .step = step,
                            .who = who,
                            .x = 10,
                            .y = 20,
                            .path = path != NULL ? view_of(path) : (struct view){ 0 },
                            .walking = path != NULL,
                            .action = view_of("reading"),
                            .activity = ROW_NONE };

    must(writer_append_step(w, &row, &err));
}

// value: of each criterion.
static void add_offer(struct writer *w, int64_t step, int who, const char *text, bool silent,
                      int value)
{
    struct err err = { { 0 } };
    struct row_suggestion s = { .step = step,
                                .who = who,
                                .slot = 1,
                                .text = view_of(text),
                                .silent = silent,
                                .source = SOURCE_DRAWN,
                                .delivered = true };
    struct row_rating r = { .step = step, .who = who, .slot = 1 };

    for (int i = 0; i < RATE_COUNT; i++) {
        r.value[i] = value;
        r.reason[i] = view_of(value < 0 ? "no answer" : "fine");
    }
    must(writer_append_suggestion(w, &s, &err) && writer_append_rating(w, &r, &err));
}

static void add_memory(struct writer *w, int64_t id, enum row_node_type type, const char *text,
                       const char *filling)
{
    struct err err = { { 0 } };
    struct row_memory row = { .who = 1,
                              .stream = STREAM_RESIDENT,
                              .id = id,
                              .step = 0,
                              .type = type,
                              .depth = type == NODE_THOUGHT,
                              .created = START,
                              .last_accessed = START,
                              .expiration = type == NODE_THOUGHT ? START + 60 : ROW_NONE,
                              .subject = view_of("A"),
                              .predicate = view_of("is"),
                              .object = view_of("idle"),
                              .text = view_of(text),
                              .importance = 2.5,
                              .keywords = view_of("[\"Tea\"]"),
                              .filling = view_of(filling) };

    must(writer_append_memory(w, &row, &err));
}

// Two days of two people, with every oddity.
static char *make_run(const struct run_resident *residents)
{
    static const float vector[2] = { 0.5f, -0.25f };
    struct run_info info = make_info(residents, 2);
    struct err err = { { 0 } };
    struct text_set texts = { 0 };
    char *path = path_join(folder, "run.sqlite");
    struct writer *w = NULL;

    unlink(path);
    w = writer_create(path, &info, &err);
    must(w != NULL && writer_begin_day(w, 1, &texts, &err));
    add_step(w, 0, 1, "R3D2L1");
    add_step(w, 0, 2, NULL);
    add_offer(w, 0, 1, "No Recommendation", true, -1);
    add_offer(w, 0, 2, "How about tea?", false, -1);
    add_step(w, 1, 1, NULL);
    add_step(w, 1, 2, "U1");
    add_offer(w, 1, 1, "I recommend a note.", false, 1);
    add_memory(w, 3, NODE_EVENT, "one", "[]"); // earlier ones were cleared
    add_memory(w, 4, NODE_THOUGHT, "two", "[3,1]");
    add_memory(w, 5, NODE_CHAT, "three", "[[\"A\",\"Hi\"],[\"B\",\"Hello\"]]");
    must(writer_append_embedding(w, view_of("m"), view_of("one"),
                                 (struct view){ (const char *)vector, sizeof(vector) }, &err));
    must(writer_finish_day(w, view_of("{}"), NULL, 0, 1, &err));
    must(writer_begin_day(w, 2, &texts, &err));
    add_step(w, 2, 1, NULL);
    add_step(w, 2, 2, NULL);
    must(writer_close(w, &err));
    text_set_fini(&texts);
    return path;
}

static const struct run_resident people[] = { { "p01", "Eddy Lin" }, { "p02", "Kwame Asante" } };

static struct export_reverie_numbers export(const struct run_resident *residents, const char *out)
{
    struct err err = { { 0 } };
    char *run = make_run(residents), *target = path_join(folder, out);
    struct export_source source = { 0 };
    struct export_reverie_options options = { .data = PROPERSIM_SOURCE_DIR, .folder = target };
    struct export_reverie_numbers numbers;

    must(export_source_find(&source, run, &err));
    must(export_reverie(&source.runs[0], &options, &numbers, &err));
    export_source_fini(&source);
    free(target);
    free(run);
    return numbers;
}

static struct json *read_json(const char *out, const char *name)
{
    struct err err = { { 0 } };
    struct buf text = { 0 }, path = { 0 };
    struct json *doc = NULL;

    buf_addf(&path, "%s/%s/%s", folder, out, name);
    must(file_read(&text, buf_str(&path), 1 << 20, &err));
    doc = json_parse(buf_view(&text), &err);
    must(doc != NULL);
    buf_fini(&text);
    buf_fini(&path);
    return doc;
}

static void expect(const struct json *value, const char *wanted)
{
    struct buf got = { 0 };

    assert_non_null(value);
    json_add_canonical(&got, value);
    assert_string_equal(buf_str(&got), wanted);
    buf_fini(&got);
}

static void test_assistants_get_names_that_nobody_has(void **state)
{
    struct json *meta = NULL;

    (void)state;
    export(people, "names");
    meta = read_json("names", "reverie/meta.json");
    expect(json_get(meta, "persona_names"),
           "[\"Eddy Lin\",\"Kwame Asante\",\"Assistant of Eddy Lin\",\"Assistant of Kwame "
           "Asante\"]");
    expect(json_get(meta, "curr_time"), "\"March 01, 2025, 12:00:00\"");
    json_free(meta);
}

static void test_the_start_is_where_the_first_path_began(void **state)
{
    struct json *environment = NULL;

    (void)state;
    export(people, "start");
    environment = read_json("start", "environment/0.json");
    expect(json_get(environment, "Eddy Lin"), "{\"maze\":\"town\",\"x\":8,\"y\":18}");
    expect(json_get(environment, "Assistant of Kwame Asante"),
           "{\"maze\":\"town\",\"x\":10,\"y\":20}");
    json_free(environment);
}

static void test_a_failed_rating_is_no_score(void **state)
{
    struct json *first = NULL, *second = NULL;
    const struct json *entry = NULL;

    (void)state;
    assert_int_equal(export(people, "failed").mistaken, 1);
    first = read_json("failed", "movement/0.json");
    entry = json_get(json_get(first, "persona"), "Assistant of Eddy Lin");
    expect(json_get(entry, "suggestion"), "\"\""); // an abstention without a score
    expect(json_get(entry, "eval_res_score"), "null");
    entry = json_get(json_get(first, "persona"), "Assistant of Kwame Asante");
    expect(json_get(entry, "suggestion"), "\"How about tea?\"");
    expect(json_get(entry, "eval_res_score"), "null");
    expect(json_get(entry, "eval_res_reason"), "\" no answer no answer no answer no answer\"");
    second = read_json("failed", "movement/1.json");
    entry = json_get(json_get(second, "persona"), "Assistant of Eddy Lin");
    expect(json_get(entry, "eval_res_score"), "\"4.0\"");
    expect(json_get(json_get(second, "meta"), "is_john_walking"), "\"no\"");
    expect(json_get(json_get(first, "meta"), "is_john_walking"), "\"yes\"");
    json_free(first);
    json_free(second);
}

static void test_nodes_are_numbered_anew(void **state)
{
    const char *base = "personas/Eddy Lin/bootstrap_memory/associative_memory/";
    struct export_reverie_numbers numbers;
    struct json *nodes = NULL, *vectors = NULL, *strength = NULL;
    char name[128];

    (void)state;
    numbers = export(people, "nodes");
    assert_int_equal(numbers.memories, 3 + 0);
    assert_int_equal(numbers.unembedded, 2);
    snprintf(name, sizeof(name), "%snodes.json", base);
    nodes = read_json("nodes", name);
    expect(json_get(json_get(nodes, "node_2"), "filling"), "[\"node_1\"]"); // 1 is gone
    expect(json_get(json_get(nodes, "node_2"), "expiration"), "\"2025-02-28 00:01:00\"");
    expect(json_get(json_get(nodes, "node_3"), "filling"), "[[\"A\",\"Hi\"],[\"B\",\"Hello\"]]");
    expect(json_get(json_get(nodes, "node_3"), "type_count"), "1");
    expect(json_get(json_get(nodes, "node_1"), "poignancy"), "2.5");
    snprintf(name, sizeof(name), "%sembeddings.json", base);
    vectors = read_json("nodes", name);
    expect(vectors, "{\"one\":[0.5,-0.25],\"three\":[],\"two\":[]}");
    snprintf(name, sizeof(name), "%skw_strength.json", base);
    strength = read_json("nodes", name);
    expect(strength, "{\"kw_strength_event\":{},\"kw_strength_thought\":{}}"); // idle
    json_free(nodes);
    json_free(vectors);
    json_free(strength);
}

static void expect_error(const struct run_resident *residents, const char *wanted)
{
    struct err err = { { 0 } };
    char *run = make_run(residents), *target = path_join(folder, "error");
    struct export_source source = { 0 };
    struct export_reverie_options options = { .data = PROPERSIM_SOURCE_DIR,
                                              .folder = target,
                                              .force = true };
    struct export_reverie_numbers numbers;

    must(export_source_find(&source, run, &err));
    assert_false(export_reverie(&source.runs[0], &options, &numbers, &err));
    if (strstr(err.text, wanted) == NULL)
        fail_msg("no '%s' in: %s", wanted, err.text);
    export_source_fini(&source);
    free(target);
    free(run);
}

static void test_people_must_be_told_apart(void **state)
{
    static const struct run_resident twins[] = { { "p01", "A B" }, { "p02", "A B" } };
    static const struct run_resident outside[] = { { "p01", "../A" }, { "p02", "B" } };
    static const struct run_resident unknown[] = { { "nobody", "A" }, { "p02", "B" } };

    (void)state;
    expect_error(twins, "two residents are called \"A B\"");
    expect_error(outside, "\"../A\" cannot be that of a folder");
    expect_error(unknown, "personas/nobody.lua");
}

static void test_times_read_back(void **state)
{
    static const char *const wrong[] = { "",
                                         "February 13 2025",
                                         "13 February, 2025",
                                         "February 30, 2025",
                                         "February 13, 2025, 25:00:00",
                                         "February 13, 2025, 10:00",
                                         "February 13, 2025 ",
                                         "Febuary 13, 2025" };
    struct err err = { { 0 } };
    int64_t time_s = 0;
    char text[REVERIE_TIME_BYTES];

    (void)state;
    for (int64_t t = START; t < START + 400 * INT64_C(86400); t += 86399) {
        reverie_time_format(t, text);
        must(reverie_time_parse(view_of(text), "t", &time_s, &err));
        assert_int_equal(time_s, t);
    }
    must(reverie_time_parse(view_of("March 1, 2025"), "t", &time_s, &err));
    assert_int_equal(time_s, START + 86400);
    for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
        if (reverie_time_parse(view_of(wrong[i]), "key", &time_s, &err))
            fail_msg("\"%s\" was read", wrong[i]);
        assert_non_null(strstr(err.text, "`key`"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_assistants_get_names_that_nobody_has),
        cmocka_unit_test(test_the_start_is_where_the_first_path_began),
        cmocka_unit_test(test_a_failed_rating_is_no_score),
        cmocka_unit_test(test_nodes_are_numbered_anew),
        cmocka_unit_test(test_people_must_be_told_apart),
        cmocka_unit_test(test_times_read_back),
    };

    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}

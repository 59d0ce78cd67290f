#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "memory/embed.h"
#include "memory/memory.h"
#include "memory/strings.h"
#include "memory/vectors.h"

enum { DIM = 4 };

static const float some_vector[DIM] = { 1, 2, 3, 4 };

static struct memory_node node_of(const char *description, int64_t time_s)
{
    return (struct memory_node){ .description = view_of(description),
                                 .created_s = time_s,
                                 .last_accessed_s = time_s,
                                 .expires_s = MEMORY_NEVER,
                                 .importance = 5,
                                 .vector = some_vector };
}

static uint32_t append(struct memory *m, const struct memory_node *n)
{
    struct err err = { { 0 } };
    uint32_t id = memory_append(m, n, &err);

    if (id == 0)
        fail_msg("%s", err.text);
    return id;
}

static void assert_view(struct view v, const char *text)
{
    assert_int_equal(v.len, strlen(text));
    assert_memory_equal(v.data, text, v.len);
    assert_int_equal(v.data[v.len], '\0');
}

static void the_pool_keeps_each_text_once_and_in_place(void **state)
{
    struct strings *s = strings_new();
    const char *first = NULL;
    char *huge = mem_calloc(100000, 1);
    char text[32];

    (void)state;
    assert_int_equal(strings_add(s, view_of("")), 0);
    assert_int_equal(strings_add(s, view_of("one")), 1);
    first = strings_view(s, 1).data;
    memset(huge, 'h', 99999);
    for (int round = 0; round < 2; round++) {
        for (uint32_t i = 0; i < 5000; i++) {
            snprintf(text, sizeof(text), "text %u", i);
            assert_int_equal(strings_add(s, view_of(text)), 2 + i);
        }
    }
    assert_int_equal(strings_find(s, view_of("text 4999")), 5001);
    assert_int_equal(strings_find(s, view_of("text 5000")), STRINGS_NONE);
    assert_int_equal(strings_add(s, view_of(huge)), 5002);
    assert_int_equal(strings_add(s, view_of("after")), 5003);
    assert_int_equal(strings_find(s, (struct view){ "text 1\0", 7 }), STRINGS_NONE);
    assert_ptr_equal(strings_view(s, 1).data, first);
    assert_view(strings_view(s, 1), "one");
    assert_view(strings_view(s, 2 + 1234), "text 1234");
    assert_view(strings_view(s, 5002), huge);
    assert_int_equal(strings_count(s), 5004);
    free(huge);
    strings_free(s);
}

static void vectors_of_any_width_keep_their_numbers(void **state)
{
    struct vectors *v = vectors_new(35);
    float x[35] = { 0 }, query[64] = { 0 };
    double out[300];

    (void)state;
    for (size_t i = 0; i < 300; i++) {
        x[i % 35] += 1;
        vectors_add(v, x, i == 7 ? 0 : 1); // row 7 claims to have no direction
    }
    assert_int_equal(vectors_count(v), 300);
    assert_int_equal(vectors_stride(v), 64);
    assert_true(vectors_row(v, 299)[0] == 9 && vectors_row(v, 0)[0] == 1);
    query[0] = 1;
    vectors_cosines(v, query, 1, 5, out);
    assert_true(out[0] == 1 && out[1] == 1 && out[2] == 0);
    assert_true(out[294] == 9);
    vectors_cosines(v, query, 0, 0, out);
    assert_true(out[0] == 0);
    vectors_free(v);
}

static void a_memory_comes_back_with_all_its_fields(void **state)
{
    struct memory *m = memory_new(DIM);
    struct view words[] = { view_of("Kitchen"), view_of("TEA"), view_of("tea") };
    struct memory_node n = node_of("drinking tea", 100), out;
    struct memory_node thought = node_of("tea is good", 200), chat = node_of("a chat", 250);
    uint32_t evidence[] = { 1 };
    const float *vector = NULL;

    (void)state;
    n.subject = view_of("Mara");
    n.predicate = view_of("drinks");
    n.object = view_of("tea");
    n.expires_s = 5000;
    n.keywords = words;
    n.keyword_count = 3;
    assert_int_equal(append(m, &n), 1);
    thought.type = MEMORY_THOUGHT;
    thought.depth = 1;
    thought.evidence = evidence;
    thought.evidence_count = 1;
    thought.last_accessed_s = 900;
    assert_int_equal(append(m, &thought), 2);
    chat.type = MEMORY_CHAT;
    chat.text = view_of("a text of its own");
    chat.filling = view_of("A: hello\nB: hello");
    assert_int_equal(append(m, &chat), 3);

    memory_get(m, 1, &out);
    assert_view(out.subject, "Mara");
    assert_view(out.predicate, "drinks");
    assert_view(out.object, "tea");
    assert_view(out.description, "drinking tea");
    assert_view(out.text, "drinking tea");
    assert_memory_equal(out.vector, some_vector, sizeof(some_vector));
    assert_int_equal(out.created_s, 100);
    assert_int_equal(out.expires_s, 5000);
    assert_int_equal(out.keyword_count, 3);
    assert_view(memory_keyword(m, 1, 0), "kitchen");
    assert_view(memory_keyword(m, 1, 2), "tea");
    assert_true(out.importance == 5 && out.evidence_count == 0 && out.id == 1);
    memory_get(m, 2, &out);
    assert_true(out.type == MEMORY_THOUGHT && out.depth == 1 && out.last_accessed_s == 900);
    assert_int_equal(out.evidence_count, 1);
    assert_int_equal(out.evidence[0], 1);
    memory_get(m, 3, &out);
    assert_view(out.text, "a text of its own");
    assert_view(out.filling, "A: hello\nB: hello");
    assert_view(memory_text(m, 2, &vector), "a text of its own");
    assert_ptr_equal(vector, out.vector);
    assert_int_equal(memory_text_of(m, 3), 2);
    memory_free(m);
}

static void the_same_text_is_embedded_once(void **state)
{
    struct memory *m = memory_new(DIM);
    struct memory_node n = node_of("asleep", 0);
    const float other[DIM] = { 9, 9, 9, 9 };
    struct err err = { { 0 } };

    (void)state;
    assert_null(memory_find_vector(m, view_of("asleep")));
    append(m, &n);
    n.vector = other; // ignored: the text is known
    append(m, &n);
    n.vector = NULL;
    append(m, &n);
    assert_int_equal(memory_text_count(m), 1);
    assert_memory_equal(memory_find_vector(m, view_of("asleep")), some_vector, sizeof(some_vector));
    n.description = view_of("awake");
    assert_int_equal(memory_append(m, &n, &err), 0);
    assert_non_null(strstr(err.text, "no embedding vector for the new text \"awake\""));
    n.subject = view_of("dozing"); // a text that is known, but not as an embedding text
    n.description = view_of("asleep");
    append(m, &n);
    assert_null(memory_find_vector(m, view_of("dozing")));
    memory_free(m);
}

static void what_is_wrong_is_refused_and_changes_nothing(void **state)
{
    struct memory *m = memory_new(DIM);
    struct view many[MEMORY_KEYWORDS_MAX + 1];
    uint32_t later[] = { 1 }, none[] = { 0 };
    float nan_vector[DIM] = { 0, 0, __builtin_nanf(""), 0 }, long_vector[DIM] = { 1e30F };
    char *huge = mem_calloc(MEMORY_TEXT_MAX + 2, 1);
    struct memory_node good = node_of("x", 0), rows[9];
    static const char *const says[] = { "at most 1048576",
                                        "no type",
                                        "at most 65535",
                                        "importance is nan",
                                        "importance is -inf",
                                        "at most 64",
                                        "evidence 1 ",
                                        "evidence 0 ",
                                        "number 3" };
    struct err err = { { 0 } };

    (void)state;
    memset(huge, 'x', MEMORY_TEXT_MAX + 1);
    for (size_t i = 0; i < sizeof(many) / sizeof(*many); i++)
        many[i] = view_of("k");
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        rows[i] = good;
    rows[0].filling = view_of(huge);
    rows[1].type = (enum memory_type)3;
    rows[2].depth = 65536;
    rows[3].importance = __builtin_nan("");
    rows[4].importance = -__builtin_inf();
    rows[5].keywords = many;
    rows[5].keyword_count = MEMORY_KEYWORDS_MAX + 1;
    rows[6].evidence = later;
    rows[6].evidence_count = 1;
    rows[7].evidence = none;
    rows[7].evidence_count = 1;
    rows[8].vector = nan_vector;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        assert_int_equal(memory_append(m, &rows[i], &err), 0);
        if (strstr(err.text, says[i]) == NULL)
            fail_msg("row %zu says: %s", i, err.text);
        assert_int_equal(memory_count(m), 0);
        assert_int_equal(memory_text_count(m), 0);
    }
    good.vector = long_vector;
    assert_int_equal(memory_append(m, &good, &err), 0);
    assert_non_null(strstr(err.text, "at most 1e18"));
    free(huge);
    memory_free(m);
}

static void keywords_are_found_whatever_their_case(void **state)
{
    struct memory *m = memory_new(DIM);
    struct view words[] = { view_of("Tea"), view_of("TEA") };
    uint32_t out[16];

    (void)state;
    for (int i = 0; i < 9; i++) {
        struct memory_node n = node_of("x", i);
        n.type = (enum memory_type)(i % 3);
        n.keywords = words;
        n.keyword_count = i == 4 ? 0 : 2;
        append(m, &n);
    }
    assert_int_equal(memory_find_keyword(m, view_of("tEa"), MEMORY_ALL, out, 16), 8);
    assert_int_equal(out[0], 9); // newest first, each once
    assert_int_equal(out[4], 4);
    assert_int_equal(out[7], 1);
    assert_int_equal(memory_find_keyword(m, view_of("tea"), MEMORY_ALL, out, 2), 2);
    assert_int_equal(memory_find_keyword(m, view_of("tea"), MEMORY_THOUGHTS, out, 16), 2);
    assert_int_equal(out[0], 8);
    assert_int_equal(memory_find_keyword(m, view_of("te"), MEMORY_ALL, out, 16), 0);
    assert_int_equal(memory_find_keyword(m, view_of("x"), MEMORY_ALL, out, 16), 0);
    assert_int_equal(memory_find_keyword(m, view_of(""), MEMORY_ALL, out, 16), 0);
    assert_int_equal(memory_latest(m, MEMORY_EVENTS | MEMORY_CHATS, out, 3), 3);
    assert_int_equal(out[0], 9);
    assert_int_equal(out[1], 7);
    assert_int_equal(out[2], 6);
    assert_int_equal(memory_latest(m, MEMORY_THOUGHTS, out, 16), 3);
    memory_free(m);
}

static void what_expired_is_forgotten_but_not_lost(void **state)
{
    struct memory *m = memory_new(DIM);
    struct view word = view_of("w");
    struct memory_node out;
    uint32_t ids[8];

    (void)state;
    for (int i = 0; i < 5; i++) {
        struct memory_node n = node_of("x", i);
        n.expires_s = i == 2 ? MEMORY_NEVER : 100 * (5 - i);
        n.keywords = &word;
        n.keyword_count = 1;
        append(m, &n);
    }
    assert_int_equal(memory_forget_expired(m, 99), 0);
    assert_int_equal(memory_forget_expired(m, 200), 2); // memories 5 (at 100) and 4 (at 200)
    assert_int_equal(memory_forget_expired(m, 200), 0);
    assert_int_equal(memory_latest(m, MEMORY_ALL, ids, 8), 3);
    assert_int_equal(ids[0], 3);
    assert_int_equal(memory_find_keyword(m, word, MEMORY_ALL, ids, 8), 3);
    memory_get(m, 5, &out);
    assert_true(out.forgotten);
    assert_view(out.description, "x");
    assert_int_equal(memory_forget_expired(m, INT64_MAX - 1), 2);
    assert_int_equal(memory_latest(m, MEMORY_ALL, ids, 8), 1);
    assert_int_equal(ids[0], 3);
    memory_free(m);
}

static void changes_are_told_once(void **state)
{
    struct memory *m = memory_new(DIM);
    uint32_t ids[8];

    (void)state;
    for (int i = 0; i < 5; i++) {
        struct memory_node n = node_of("x", i);
        n.expires_s = i == 0 ? 50 : MEMORY_NEVER;
        append(m, &n);
    }
    assert_int_equal(memory_take_changed(m, ids, 8), 0);
    memory_touch(m, 4, 30);
    memory_touch(m, 2, 30);
    memory_touch(m, 4, 40);
    memory_touch(m, 5, 4); // its time already
    assert_int_equal(memory_forget_expired(m, 50), 1);
    assert_int_equal(memory_take_changed(m, ids, 1), 1);
    assert_int_equal(ids[0], 4);
    memory_touch(m, 4, 60);
    assert_int_equal(memory_take_changed(m, ids, 8), 3);
    assert_int_equal(ids[0], 2);
    assert_int_equal(ids[1], 1);
    assert_int_equal(ids[2], 4);
    assert_int_equal(memory_take_changed(m, ids, 8), 0);
    memory_free(m);
}

static void two_weeks_of_memories_fit_in_three_megabytes(void **state)
{
    struct memory *m = memory_new(EMBED_DIM);
    struct view words[3] = { view_of("Mara Ellison"), view_of("bedroom") };
    char text[128];
    float vector[EMBED_DIM];

    (void)state;
    for (int i = 0; i < 6000; i++) {
        struct memory_node n;
        snprintf(text, sizeof(text), "Mara Ellison is busy with activity %d of the day at the desk",
                 i % 1500);
        n = node_of(text, i * 150);
        words[2] = view_of(i % 2 == 0 ? "desk" : "bed");
        n.subject = view_of("Mara Ellison");
        n.predicate = view_of("is");
        n.object = view_of(text + 16);
        n.keywords = words;
        n.keyword_count = 3;
        embed_text(n.description, vector);
        n.vector = vector;
        append(m, &n);
    }
    assert_int_equal(memory_text_count(m), 1500);
    print_message("6,000 memories with 1,500 texts: %zu bytes\n", memory_bytes(m));
    assert_true(memory_bytes(m) < 3 * 1024 * 1024);
    memory_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_pool_keeps_each_text_once_and_in_place),
        cmocka_unit_test(vectors_of_any_width_keep_their_numbers),
        cmocka_unit_test(a_memory_comes_back_with_all_its_fields),
        cmocka_unit_test(the_same_text_is_embedded_once),
        cmocka_unit_test(what_is_wrong_is_refused_and_changes_nothing),
        cmocka_unit_test(keywords_are_found_whatever_their_case),
        cmocka_unit_test(what_expired_is_forgotten_but_not_lost),
        cmocka_unit_test(changes_are_told_once),
        cmocka_unit_test(two_weeks_of_memories_fit_in_three_megabytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <inttypes.h>
#include <malloc.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/rng.h"
#include "base/simtime.h"
#include "memory/retrieve.h"

enum { DIM = 24, K = 10 };

// The slow way: everything in double, everything sorted, nothing kept from call to call.
struct plain {
    uint32_t id;
    double cosine, importance, recency, score;
    int64_t time_s;
};

static double cosine(const float *a, const float *b, size_t dim)
{
    double ab = 0, aa = 0, bb = 0;

    for (size_t i = 0; i < dim; i++) {
        ab += (double)a[i] * (double)b[i];
        aa += (double)a[i] * (double)a[i];
        bb += (double)b[i] * (double)b[i];
    }
    return aa == 0 || bb == 0 ? 0 : ab / (sqrt(aa) * sqrt(bb));
}

static int by_time(const void *a, const void *b)
{
    const struct plain *x = a, *y = b;

    if (x->time_s != y->time_s)
        return x->time_s > y->time_s ? -1 : 1;
    return x->id > y->id ? -1 : 1;
}

static int by_score(const void *a, const void *b)
{
    const struct plain *x = a, *y = b;

    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return x->id < y->id ? -1 : 1;
}

static double normal(double x, double min, double max)
{
    return max > min ? (x - min) / (max - min) : 0.5;
}

static void range(const struct plain *p, size_t n, size_t field, double *min, double *max)
{
    *min = INFINITY;
    *max = -INFINITY;
    for (size_t i = 0; i < n; i++) {
        double x = *(const double *)(const void *)((const char *)&p[i] + field);
        *min = fmin(*min, x);
        *max = fmax(*max, x);
    }
}

static size_t retrieve_plainly(const struct memory *m, const struct memory_query *q,
                               struct plain *out)
{
    double rec[2], rel[2], imp[2];
    size_t n = 0;

    for (uint32_t id = 1; id <= memory_count(m); id++) {
        struct memory_node node;
        memory_get(m, id, &node);
        if (node.type == MEMORY_CHAT || node.forgotten || strstr(node.text.data, "idle") != NULL)
            continue;
        out[n++] = (struct plain){ .id = id,
                                   .cosine = cosine(q->vector, node.vector, memory_dim(m)),
                                   .importance = node.importance,
                                   .time_s = node.last_accessed_s };
    }
    qsort(out, n, sizeof(*out), by_time);
    for (size_t i = 0; i < n; i++)
        out[i].recency = pow(q->decay, (double)(q->oldest_first ? n - i : i + 1));
    range(out, n, offsetof(struct plain, recency), &rec[0], &rec[1]);
    range(out, n, offsetof(struct plain, cosine), &rel[0], &rel[1]);
    range(out, n, offsetof(struct plain, importance), &imp[0], &imp[1]);
    for (size_t i = 0; i < n; i++)
        out[i].score = q->recency_w * 0.5 * normal(out[i].recency, rec[0], rec[1]) +
                       q->relevance_w * 3 * normal(out[i].cosine, rel[0], rel[1]) +
                       q->importance_w * 2 * normal(out[i].importance, imp[0], imp[1]);
    qsort(out, n, sizeof(*out), by_score);
    return n;
}

static void random_vector(struct rng *r, float *out, size_t dim)
{
    for (size_t i = 0; i < dim; i++)
        out[i] = (float)(2 * rng_unit(r) - 1);
}

// A stream in which nothing is in order: times, types, idle things, repeated texts.
static void append_random(struct memory *m, struct rng *r, size_t count)
{
    struct err err = { { 0 } };
    float vector[DIM];
    char text[64];

    for (size_t i = 0; i < count; i++) {
        struct memory_node n = { .expires_s = rng_below(r, 10) == 0 ? 50000 : MEMORY_NEVER };
        const char *verb = rng_below(r, 6) == 0 ? "idle" : "doing";
        snprintf(text, sizeof(text), "%s %d", verb, (int)rng_below(r, 300));
        n.description = view_of(text);
        n.type = (enum memory_type)rng_below(r, 3);
        n.created_s = (int64_t)rng_below(r, 900);
        n.last_accessed_s = n.created_s + (int64_t)rng_below(r, 900);
        n.importance = (double)(1 + rng_below(r, 10));
        n.importance += rng_unit(r);
        random_vector(r, vector, DIM);
        n.vector = vector;
        if (memory_append(m, &n, &err) == 0)
            fail_msg("%s", err.text);
    }
}

static size_t retrieve(struct memory *m, const struct memory_query *q, struct memory_hit *out)
{
    struct err err = { { 0 } };
    size_t found = 0;

    if (!memory_retrieve(m, q, K, out, &found, &err))
        fail_msg("%s", err.text);
    return found;
}

static void assert_same_as_plain(struct memory *m, const struct memory_query *q)
{
    struct plain *all = mem_calloc(memory_count(m), sizeof(*all));
    size_t n = retrieve_plainly(m, q, all);
    struct memory_hit hits[K];
    size_t found = retrieve(m, q, hits);

    assert_int_equal(found, n < K ? n : K);
    for (size_t i = 0; i < found; i++) {
        assert_int_equal(hits[i].id, all[i].id);
        assert_true(fabs(hits[i].score - all[i].score) < 1e-6);
        assert_true(fabs(q->recency_w * 0.5 * hits[i].recency +
                         q->relevance_w * 3 * hits[i].relevance +
                         q->importance_w * 2 * hits[i].importance - hits[i].score) < 1e-12);
        assert_true(hits[i].relevance >= 0 && hits[i].relevance <= 1);
    }
    free(all);
}

static void it_finds_what_the_slow_way_finds(void **state)
{
    struct rng r = rng_start(3, "test", "retrieve", 0);
    struct memory *m = memory_new(DIM);
    float focus[DIM], other[DIM];
    struct memory_query q = { MEMORY_QUERY_DEFAULTS, .vector = focus, .now_s = 2000 };

    (void)state;
    random_vector(&r, focus, DIM);
    random_vector(&r, other, DIM);
    append_random(m, &r, 1000);
    for (int i = 0; i < 300; i++) {
        q.oldest_first = i % 7 == 0;
        q.leave_no_trace = i % 5 == 0;
        q.now_s += i % 4 == 0 ? 0 : (i % 11 == 0 ? -40 : 60); // time may even run backwards
        q.relevance_w = i % 13 == 0 ? 0.25 : 1;
        q.decay = i % 17 == 0 ? 0.9 : 0.995;
        q.vector = i % 6 == 0 ? other : focus;
        assert_same_as_plain(m, &q);
        append_random(m, &r, i % 3);
        if (i == 200)
            assert_true(memory_forget_expired(m, 50000) > 50);
    }
    memory_free(m);
}

static void a_few_memories_are_all_found(void **state)
{
    struct rng r = rng_start(3, "test", "few", 0);
    float focus[DIM];
    struct memory_query q = { MEMORY_QUERY_DEFAULTS, .vector = focus, .leave_no_trace = true };
    struct memory_hit hits[K];

    (void)state;
    random_vector(&r, focus, DIM);
    for (size_t n = 0; n < 20; n++) {
        struct memory *m = memory_new(DIM);
        append_random(m, &r, n);
        assert_same_as_plain(m, &q);
        memory_free(m);
    }
    // A single candidate: nothing to rescale, so everything counts one half.
    struct memory *m = memory_new(DIM);
    struct err err = { { 0 } };
    struct memory_node one = { .description = view_of("alone"), .vector = focus, .importance = 3 };
    assert_int_equal(memory_append(m, &one, &err), 1);
    assert_int_equal(retrieve(m, &q, hits), 1);
    assert_true(hits[0].score == 0.5 * 0.5 + 3 * 0.5 + 2 * 0.5);
    assert_true(hits[0].recency == 0.5 && hits[0].relevance == 0.5 && hits[0].importance == 0.5);
    memory_free(m);
}

static void ties_go_to_the_lower_id_and_newer_counts_as_more_recent(void **state)
{
    struct memory *m = memory_new(DIM);
    float focus[DIM] = { 1 };
    struct memory_query q = { MEMORY_QUERY_DEFAULTS, .vector = focus, .leave_no_trace = true };
    struct memory_node n = { .description = view_of("same"), .vector = focus, .importance = 3 };
    struct memory_hit hits[K];
    struct err err = { { 0 } };

    (void)state;
    for (uint32_t i = 1; i <= 30; i++)
        assert_int_equal(memory_append(m, &n, &err), i);
    assert_int_equal(retrieve(m, &q, hits), K);
    for (uint32_t i = 0; i < K; i++)
        assert_int_equal(hits[i].id, 30 - i);
    q.oldest_first = true;
    retrieve(m, &q, hits);
    assert_int_equal(hits[0].id, 1);
    q.recency_w = 0;
    retrieve(m, &q, hits);
    for (uint32_t i = 0; i < K; i++)
        assert_int_equal(hits[i].id, i + 1);
    memory_free(m);
}

// The most and the least relevant and important memories go; the rest is rescaled without them.
static void what_is_forgotten_no_longer_sets_the_scale(void **state)
{
    struct rng r = rng_start(3, "test", "scale", 0);
    struct memory *m = memory_new(DIM);
    float focus[DIM], away[DIM];
    struct memory_query q = { MEMORY_QUERY_DEFAULTS, .vector = focus, .leave_no_trace = true };
    struct memory_node n = { .expires_s = 60000, .importance = 100 };
    struct err err = { { 0 } };

    (void)state;
    random_vector(&r, focus, DIM);
    for (size_t i = 0; i < DIM; i++)
        away[i] = -focus[i];
    append_random(m, &r, 60);
    n.description = view_of("just that");
    n.vector = focus;
    assert_int_equal(memory_append(m, &n, &err), 61);
    n.description = view_of("the opposite");
    n.vector = away;
    n.importance = -100;
    assert_int_equal(memory_append(m, &n, &err), 62);
    assert_same_as_plain(m, &q);
    assert_true(memory_forget_expired(m, 60000) >= 2);
    assert_same_as_plain(m, &q);
    memory_free(m);
}

static void what_is_found_becomes_recent_unless_only_looked_at(void **state)
{
    struct rng r = rng_start(3, "test", "touch", 0);
    struct memory *m = memory_new(DIM);
    float focus[DIM];
    struct memory_query q = { MEMORY_QUERY_DEFAULTS, .vector = focus, .now_s = 9000 };
    struct memory_hit hits[K];
    struct memory_node node;
    uint32_t ids[2 * K];

    (void)state;
    random_vector(&r, focus, DIM);
    append_random(m, &r, 100);
    q.leave_no_trace = true;
    retrieve(m, &q, hits);
    memory_get(m, hits[0].id, &node);
    assert_true(node.last_accessed_s < 9000);
    assert_int_equal(memory_take_changed(m, ids, 2 * K), 0);
    q.leave_no_trace = false;
    assert_int_equal(retrieve(m, &q, hits), K);
    for (size_t i = 0; i < K; i++) {
        memory_get(m, hits[i].id, &node);
        assert_int_equal(node.last_accessed_s, 9000);
    }
    assert_int_equal(memory_take_changed(m, ids, 2 * K), K);
    memory_free(m);
}

static struct memory *restored(const struct memory *m)
{
    struct memory *copy = memory_new(memory_dim(m));
    struct err err = { { 0 } };

    for (uint32_t id = 1; id <= memory_count(m); id++) {
        struct memory_node n;
        memory_get(m, id, &n);
        n.keyword_count = 0;
        if (memory_append(copy, &n, &err) != id)
            fail_msg("%s", err.text);
    }
    return copy;
}

static void a_restored_stream_goes_on_as_if_nothing_happened(void **state)
{
    struct rng r = rng_start(3, "test", "restore", 0);
    struct memory *m = memory_new(DIM), *copy = NULL;
    float focus[DIM];
    struct memory_query q = { MEMORY_QUERY_DEFAULTS, .vector = focus, .now_s = 2000 };
    struct memory_hit a[K], b[K];

    (void)state;
    append_random(m, &r, 500);
    memory_forget_expired(m, 50000);
    for (int i = 0; i < 40; i++) {
        random_vector(&r, focus, DIM);
        q.now_s += 30 * (i % 3);
        if (i == 20)
            copy = restored(m);
        retrieve(m, &q, a);
        if (copy == NULL)
            continue;
        retrieve(copy, &q, b);
        for (size_t k = 0; k < K; k++) {
            assert_int_equal(a[k].id, b[k].id);
            assert_true(a[k].score == b[k].score);
        }
    }
    memory_free(copy);
    memory_free(m);
}

static void a_bad_query_is_refused(void **state)
{
    struct rng r = rng_start(3, "test", "bad", 0);
    struct memory *m = memory_new(DIM);
    float focus[DIM] = { 1 }, broken[DIM] = { 1, __builtin_inff() };
    struct memory_query good = { MEMORY_QUERY_DEFAULTS, .vector = focus }, rows[5];
    static const char *const says[] = { "weight is nan", "decay is 0;", "decay is 1.5",
                                        "decay is nan", "focal point: number 2" };
    struct memory_hit hits[K];
    struct err err = { { 0 } };
    size_t found = 0;

    (void)state;
    append_random(m, &r, 10);
    for (size_t i = 0; i < 5; i++)
        rows[i] = good;
    rows[0].importance_w = __builtin_nan("");
    rows[1].decay = 0;
    rows[2].decay = 1.5;
    rows[3].decay = __builtin_nan("");
    rows[4].vector = broken;
    for (size_t i = 0; i < 5; i++) {
        found = 1;
        assert_false(memory_retrieve(m, &rows[i], K, hits, &found, &err));
        assert_int_equal(found, 0);
        if (strstr(err.text, says[i]) == NULL)
            fail_msg("row %zu says: %s", i, err.text);
    }
    assert_same_as_plain(m, &good); // and the refused ones left nothing behind
    memory_free(m);
}

// One step of a household is one new memory and one retrieval; only the first may allocate.
static void retrieving_allocates_nothing(void **state)
{
    struct rng r = rng_start(3, "test", "allocation", 0);
    struct memory *m = memory_new(DIM);
    float focus[DIM];
    struct memory_query q = { MEMORY_QUERY_DEFAULTS, .vector = focus, .now_s = 2000 };
    struct memory_hit hits[K];
    size_t before = 0;

    (void)state;
    append_random(m, &r, 2000);
    random_vector(&r, focus, DIM);
    retrieve(m, &q, hits); // sorts, since these memories came out of order
    before = mallinfo2().uordblks;
    for (int i = 0; i < 500; i++) {
        focus[0] += i % 4 == 0 ? 0.01F : 0;
        q.now_s += 150;
        retrieve(m, &q, hits);
    }
    assert_int_equal(mallinfo2().uordblks, before);
    memory_free(m);
}

static void results_do_not_depend_on_the_machine(void **state)
{
    struct rng r = rng_start(3, "test", "retrieve digest", 0);
    struct memory *m = memory_new(DIM);
    float focus[DIM];
    struct memory_query q = { MEMORY_QUERY_DEFAULTS, .vector = focus, .now_s = 2000 };
    struct memory_hit hits[K];
    uint64_t digest = HASH64_START;

    (void)state;
    append_random(m, &r, 800);
    for (int i = 0; i < 100; i++) {
        random_vector(&r, focus, DIM);
        q.now_s += 150;
        retrieve(m, &q, hits);
        for (size_t k = 0; k < K; k++) {
            uint64_t bits = 0;
            memcpy(&bits, &hits[k].score, sizeof(bits));
            digest = hash64_u64(hash64_u64(digest, hits[k].id), bits);
        }
    }
    memory_free(m);
    if (digest != UINT64_C(0xea39ef0f23814ecb))
        fail_msg("the digest is 0x%016" PRIx64, digest);
}

// The inputs of shared/data/golden/README.md.
static void golden_vector(uint64_t seed, float *out, size_t dim)
{
    for (size_t i = 0; i < dim; i++) {
        uint64_t z = (seed += UINT64_C(0x9E3779B97F4A7C15));
        z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
        z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
        z ^= z >> 31;
        out[i] = (float)(2 * ((double)(z >> 11) * 0x1.0p-53) - 1);
    }
}

static void check_golden(const char *path, uint32_t nodes)
{
    enum { GOLDEN_DIM = 1536 };
    struct memory *m = memory_new(GOLDEN_DIM);
    static float vector[GOLDEN_DIM], focus[GOLDEN_DIM];
    struct memory_query q = { MEMORY_QUERY_DEFAULTS, .vector = focus, .oldest_first = true };
    struct memory_hit hits[K];
    struct err err = { { 0 } };
    struct buf file = { 0 };
    const char *at = NULL;
    double worst = 0;
    char text[32];

    for (uint32_t i = 0; i < nodes; i++) {
        struct memory_node n = { .vector = vector, .importance = 1 + 7 * i % 10 };
        snprintf(text, sizeof(text), "event %u", i + 1);
        n.description = view_of(text);
        n.created_s = n.last_accessed_s = simtime_from_civil(2025, 2, 13, 0, 0, 0) + 150 * i;
        golden_vector(1000 + i, vector, GOLDEN_DIM);
        assert_int_equal(memory_append(m, &n, &err), i + 1);
    }
    golden_vector(1, focus, GOLDEN_DIM);
    assert_int_equal(retrieve(m, &q, hits), K);
    if (!file_read(&file, path, 4096, &err))
        fail_msg("%s", err.text);
    at = buf_str(&file);
    for (size_t i = 0; i < K; i++) {
        unsigned id = 0;
        double score = 0;
        int used = 0;
        assert_int_equal(sscanf(at, "node_%u %lf %n", &id, &score, &used), 2);
        at += used;
        assert_int_equal(hits[i].id, id);
        worst = fmax(worst, fabs(hits[i].score - score));
    }
    assert_int_equal(*at, '\0');
    print_message("%s: scores differ by at most %.1e\n", path, worst);
    assert_true(worst < 1e-6);
    buf_fini(&file);
    memory_free(m);
}

static void it_agrees_with_the_original(void **state)
{
    static const uint32_t sizes[] = { 100, 1000, 10000 };
    char path[512];

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        snprintf(path, sizeof(path), "%s/golden/retrieve_%u.tsv", PROPERSIM_SHARED_DATA, sizes[i]);
        if (!file_exists(path)) {
            print_message("%s is not here: not compared with the original\n", path);
            skip();
        }
        check_golden(path, sizes[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_finds_what_the_slow_way_finds),
        cmocka_unit_test(a_few_memories_are_all_found),
        cmocka_unit_test(ties_go_to_the_lower_id_and_newer_counts_as_more_recent),
        cmocka_unit_test(what_is_forgotten_no_longer_sets_the_scale),
        cmocka_unit_test(what_is_found_becomes_recent_unless_only_looked_at),
        cmocka_unit_test(a_restored_stream_goes_on_as_if_nothing_happened),
        cmocka_unit_test(a_bad_query_is_refused),
        cmocka_unit_test(retrieving_allocates_nothing),
        cmocka_unit_test(results_do_not_depend_on_the_machine),
        cmocka_unit_test(it_agrees_with_the_original),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

// Embeddings: batches, each text once, stores, dimensions, failures.

#include "model/embed.h"
#include "model_fixture.h"

struct vectors {
    size_t calls, dimensions, count; // count: of texts; 0: one
    enum failure failure;
    char message[ERR_TEXT_BYTES];
    float v[32];
};

static void keep_vectors(void *user, enum failure failure, const char *message,
                         const float *vectors, size_t dimensions)
{
    struct vectors *g = user;

    g->calls++;
    g->failure = failure;
    g->dimensions = dimensions;
    snprintf(g->message, sizeof(g->message), "%s", message);
    if (vectors != NULL)
        memcpy(g->v, vectors, (g->count == 0 ? 1 : g->count) * dimensions * sizeof(float));
}

static bool is_over(void *user)
{
    return ((struct vectors *)user)->calls > 0;
}

static void finish_vectors(struct fixture *f, struct vectors *g)
{
    struct err err = { { 0 } };

    if (!loop_run_until(f->loop, is_over, g, LIMIT_MS, &err))
        fail_msg("%s", err.text);
    assert_int_equal(g->calls, 1);
}

static struct embed_job *start(struct fixture *f, struct embedder *e, const char *a, const char *b,
                               struct vectors *g)
{
    const struct view texts[] = { view_of(a), view_of(b != NULL ? b : "") };
    struct vector_store store = vector_store_of_run(f->writer);

    g->count = b != NULL ? 2 : 1;
    return embed_start(e, 1, texts, b != NULL ? 2 : 1, &store, keep_vectors, NULL, g);
}

#define EMBEDDINGS(list)                                                                           \
    {                                                                                              \
        ACT_STATUS, "{\"data\":" list ",\"usage\":{\"prompt_tokens\":4}}", 200, NULL, NULL         \
    }
#define V(x, y) "{\"embedding\":[" #x "," #y "]}"

static void test_texts_of_one_pass_go_out_in_one_request_each_once(void **state)
{
    struct fixture *f = *state;
    struct vectors g[3] = { 0 };
    struct embedder *e = NULL;
    struct embed_job *jobs[3];

    PLAY(f, EMBEDDINGS("[" V(1, 2) "," V(3, 4) "," V(5, 6) "]"));
    open_models(f, (struct models_options){ 0 }, ",\"price\":{\"input\":1000000}");
    e = embedder_new(f->channel, 0);
    jobs[0] = start(f, e, "alpha", "beta", &g[0]);
    jobs[1] = start(f, e, "beta", "alpha", &g[1]);
    jobs[2] = start(f, e, "gamma", NULL, &g[2]);
    assert_true(jobs[0] != NULL && jobs[1] != NULL && jobs[2] != NULL);
    for (int i = 0; i < 3; i++) {
        finish_vectors(f, &g[i]);
        assert_int_equal(g[i].failure, FAILURE_NONE);
        assert_int_equal(g[i].dimensions, 2);
    }
    assert_true(g[0].v[0] == 1 && g[0].v[1] == 2 && g[0].v[2] == 3 && g[0].v[3] == 4);
    assert_true(g[1].v[0] == 3 && g[1].v[2] == 1 && g[2].v[0] == 5);
    assert_string_equal(buf_str(&f->last_body),
                        "{\"model\":\"test-model\",\"input\":[\"alpha\",\"beta\",\"gamma\"],"
                        "\"encoding_format\":\"float\"}");
    assert_non_null(strstr(buf_str(&f->requests), "POST /v1/embeddings"));
    assert_int_equal(fault_server_requests(f->server), 1);
    assert_true(models_usage(f->models).cost == 4);
    memset(g, 0, sizeof(g));
    jobs[0] = start(f, e, "gamma", "alpha", &g[0]); // from the run file
    finish_vectors(f, &g[0]);
    assert_true(g[0].v[0] == 5 && g[0].v[2] == 1);
    assert_int_equal(fault_server_requests(f->server), 1);
    embedder_free(e);
}

static void test_batches_are_no_larger_than_the_endpoint_takes(void **state)
{
    struct fixture *f = *state;
    struct vectors g[5] = { 0 };
    static const char *const texts[] = { "a", "b", "c", "d", "e" };
    struct embedder *e = NULL;

    PLAY(f, EMBEDDINGS("[" V(1, 1) "," V(2, 2) "]"), EMBEDDINGS("[" V(1, 1) "," V(2, 2) "]"),
         EMBEDDINGS("[" V(1, 1) "]"));
    open_models(f, (struct models_options){ 0 }, ",\"batch\":2,\"concurrency\":1");
    e = embedder_new(f->channel, 2);
    for (int i = 0; i < 5; i++)
        assert_non_null(start(f, e, texts[i], NULL, &g[i]));
    for (int i = 0; i < 5; i++) {
        finish_vectors(f, &g[i]);
        assert_int_equal(g[i].failure, FAILURE_NONE);
    }
    assert_int_equal(fault_server_requests(f->server), 3);
    embedder_free(e);
}

static void test_a_failure_reaches_all_who_wait_and_faults_are_retried(void **state)
{
    struct fixture *f = *state;
    struct vectors g[2] = { 0 };
    struct embedder *e = NULL;

    PLAY(f, { ACT_STATUS, "busy", 503, NULL, NULL }, { ACT_STATUS, "{\"da", 200, NULL, NULL },
         EMBEDDINGS("[" V(1, 2) "]"), { ACT_STATUS, "no", 500, NULL, NULL });
    open_models(f, (struct models_options){ 0 }, ",\"retries\":2");
    e = embedder_new(f->channel, 0);
    assert_non_null(start(f, e, "a", NULL, &g[0]));
    finish_vectors(f, &g[0]);
    assert_int_equal(g[0].failure, FAILURE_NONE);
    memset(g, 0, sizeof(g));
    assert_non_null(start(f, e, "b", "a", &g[0]));
    assert_non_null(start(f, e, "b", NULL, &g[1]));
    finish_vectors(f, &g[0]);
    finish_vectors(f, &g[1]);
    assert_int_equal(g[0].failure, FAILURE_UNREACHABLE);
    assert_int_equal(g[1].failure, FAILURE_UNREACHABLE);
    assert_non_null(strstr(g[1].message, "HTTP 500"));
    embedder_free(e);
}

static void test_other_dimensions_than_the_memory_stop_the_study(void **state)
{
    struct fixture *f = *state;
    struct vectors g = { 0 };
    struct embedder *e = NULL;

    PLAY(f, EMBEDDINGS("[" V(1, 2) "]"));
    open_models(f, (struct models_options){ 0 }, "");
    e = embedder_new(f->channel, 1536);
    assert_non_null(start(f, e, "a", NULL, &g));
    finish_vectors(f, &g);
    assert_int_equal(g.failure, FAILURE_MODEL);
    assert_non_null(strstr(g.message, "have 2 dimensions, and the memories of this run have 1536"));
    embedder_free(e);
}

static void test_a_cancelled_job_does_not_disturb_the_others(void **state)
{
    struct fixture *f = *state;
    struct vectors g[3] = { 0 };
    struct embedder *e = NULL;
    struct embed_job *job = NULL;
    struct err err = { { 0 } };

    PLAY(f, EMBEDDINGS("[" V(1, 2) "," V(3, 4) "]"));
    open_models(f, (struct models_options){ 0 }, "");
    e = embedder_new(f->channel, 0);
    embed_cancel(start(f, e, "never sent", NULL, &g[0]));
    job = start(f, e, "a", "b", &g[1]);
    assert_non_null(start(f, e, "b", NULL, &g[2]));
    while (fault_server_requests(f->server) == 0)
        assert_true(loop_run_once(f->loop, -1, &err));
    embed_cancel(job);
    finish_vectors(f, &g[2]);
    assert_true(g[2].v[0] == 3);
    assert_int_equal(g[0].calls + g[1].calls, 0);
    assert_null(strstr(buf_str(&f->requests), "never sent"));
    embedder_free(e);
}

static void test_replay_only_takes_embeddings_from_the_shared_file(void **state)
{
    struct fixture *f = *state;
    struct models_options o = { .shared = reply_store_of_file(f->replies) };
    struct vector_store none = { 0 };
    struct view texts[] = { view_of("a"), view_of("b") };
    struct vectors g = { 0 };
    struct embedder *e = NULL;

    PLAY(f, EMBEDDINGS("[" V(0.1, -2e-7) "]"));
    open_models(f, o, "");
    e = embedder_new(f->channel, 0);
    assert_non_null(embed_start(e, 1, texts, 1, &none, keep_vectors, NULL, &g));
    finish_vectors(f, &g);
    embedder_free(e);
    close_models(f);
    o.replies = REPLIES_REPLAY;
    open_models(f, o, "");
    e = embedder_new(f->channel, 0);
    g = (struct vectors){ 0 };
    assert_non_null(embed_start(e, 1, texts, 1, &none, keep_vectors, NULL, &g));
    finish_vectors(f, &g);
    assert_true(g.failure == FAILURE_NONE && g.v[0] == 0.1f && g.v[1] == -2e-7f);
    g = (struct vectors){ 0 };
    assert_non_null(embed_start(e, 1, texts, 2, &none, keep_vectors, NULL, &g));
    finish_vectors(f, &g);
    assert_int_equal(g.failure, FAILURE_REPLAY);
    assert_int_equal(fault_server_requests(f->server), 1);
    embedder_free(e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_texts_of_one_pass_go_out_in_one_request_each_once),
        TEST(test_batches_are_no_larger_than_the_endpoint_takes),
        TEST(test_a_failure_reaches_all_who_wait_and_faults_are_retried),
        TEST(test_other_dimensions_than_the_memory_stop_the_study),
        TEST(test_a_cancelled_job_does_not_disturb_the_others),
        TEST(test_replay_only_takes_embeddings_from_the_shared_file),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

// A mock and our client, on one loop.

#include "mock/mock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "memory/embed.h"
#include "model/ask.h"
#include "model/embed.h"
#include "net/loop.h"
#include "script/services.h"
#include "script/texts.h"

enum { QUESTIONS = 150, PATIENCE_MS = 60000 };

struct lab {
    struct script *script;
    struct loop *loop;
    struct mock *mock;
    struct models *models;
    struct channel *channel;
    struct json *schema;
    struct schema *checker;
    char *answers[QUESTIONS]; // of the model, or why there is none
    size_t done, failed;
};

static void open_script(struct lab *lab)
{
    static const char *const exports[] = { MOCK_EXPORT, NULL };
    const char *root = PROPERSIM_SOURCE_DIR;
    const struct script_limits limits = { 0 };
    const struct script_needs needs = { .exports = exports };
    struct err err = { { 0 } };
    struct texts *texts = texts_read(&root, 1, &err);

    lab->script = texts != NULL ? services_new_script(&limits, &err) : NULL;
    if (lab->script == NULL || !script_load(lab->script, texts, &needs, &err))
        fail_msg("%s", err.text);
    texts_unref(texts);
}

static struct lab *lab_new(struct mock_config config, const char *more)
{
    struct lab *lab = mem_calloc(1, sizeof(*lab));
    const struct models_options options = { .backoff_ms = 1, .backoff_max_ms = 4 };
    struct err err = { { 0 } };
    struct buf table = { 0 };
    struct json *json = NULL;

    open_script(lab);
    config.script = lab->script;
    lab->loop = loop_new(&err);
    lab->mock = mock_new(lab->loop, &config, &err);
    lab->models = models_new(lab->loop, &options, &err);
    if (lab->mock == NULL || lab->models == NULL)
        fail_msg("%s", err.text);
    buf_addf(&table,
             "{\"model\":\"m\",\"url\":\"http://127.0.0.1:%d/v1\",\"mock\":true,"
             "\"timeout\":{\"connect\":5,\"first_byte\":0.4,\"total\":20}%s}",
             mock_port(lab->mock), more);
    json = json_parse(buf_view(&table), &err);
    if (json == NULL)
        fail_msg("%s: %s", buf_str(&table), err.text);
    struct endpoint *e = endpoint_from_json(json, &err);
    lab->channel = e != NULL ? models_add(lab->models, e, &err) : NULL;
    if (lab->channel == NULL)
        fail_msg("%s", err.text);
    json_free(json);
    buf_fini(&table);
    lab->schema = json_parse(
        view_of("{\"type\":\"object\",\"required\":[\"hour\",\"minute\"],"
                "\"additionalProperties\":false,\"properties\":{\"hour\":{\"type\":\"integer\"},"
                "\"minute\":{\"type\":\"integer\"}}}"),
        &err);
    lab->checker = schema_compile(lab->schema, &err);
    return lab;
}

static void lab_free(struct lab *lab)
{
    for (size_t i = 0; i < QUESTIONS; i++)
        free(lab->answers[i]);
    models_free(lab->models);
    mock_free(lab->mock);
    loop_free(lab->loop);
    script_free(lab->script);
    schema_free(lab->checker);
    json_free(lab->schema);
    free(lab);
}

struct asked {
    struct lab *lab;
    size_t number;
};

static void on_answer(void *user, struct answer *answer)
{
    struct asked *asked = user;
    struct lab *lab = asked->lab;

    lab->done++;
    lab->failed += answer->failure != FAILURE_NONE;
    lab->answers[asked->number] = answer->failure != FAILURE_NONE
                                      ? mem_strdup(answer->message)
                                      : mem_strndup(answer->text.data, answer->text.len);
    free(asked);
}

static bool all_done(void *user)
{
    const struct lab *lab = user;

    return lab->done == QUESTIONS;
}

// Asks when somebody gets up, once with each seed.
static void ask_all(struct lab *lab)
{
    struct wire_message message = { WIRE_USER, view_of("When do you get up?") };
    struct err err = { { 0 } };

    lab->done = lab->failed = 0;
    for (size_t i = 0; i < QUESTIONS; i++) {
        struct asked *asked = mem_calloc(1, sizeof(*asked));
        struct question q = { .role = "resident",
                              .prompt = "resident/wake_up",
                              .version = "1",
                              .messages = &message,
                              .message_count = 1,
                              .schema = lab->schema,
                              .checker = lab->checker,
                              .inputs = view_of("{\"weekend\":false,\"routine\":{\"weekday\":{"
                                                "\"wake\":\"07:00\",\"vary\":45}}}"),
                              .seed = i * 7919 };
        *asked = (struct asked){ lab, i };
        free(lab->answers[i]);
        lab->answers[i] = NULL;
        if (ask_start(lab->channel, &q, on_answer, asked) == NULL)
            fail_msg("no question");
    }
    if (!loop_run_until(lab->loop, all_done, lab, PATIENCE_MS, &err))
        fail_msg("%s; %zu of %d done", err.text, lab->done, QUESTIONS);
}

static void faults_change_nothing_but_the_retries(void **state)
{
    struct err err = { { 0 } };
    struct mock_config config = { .seed = 3, .heal = 4 };
    struct lab *good = lab_new(config, ",\"concurrency\":64");
    struct lab *bad = NULL;

    (void)state;
    ask_all(good);
    assert_int_equal(good->failed, 0);
    assert_string_not_equal(good->answers[0], good->answers[1]);
    assert_int_equal(models_usage(good->models).retries, 0);
    assert_true(faults_parse("all=0.05,drip=0.01", &config.faults, &err));
    bad = lab_new(config, ",\"concurrency\":64");
    ask_all(bad);
    for (size_t i = 0; i < QUESTIONS; i++)
        assert_string_equal(good->answers[i], bad->answers[i]);
    assert_int_equal(bad->failed, 0);
    assert_true(models_usage(bad->models).retries > QUESTIONS / 4);
    lab_free(good);
    lab_free(bad);
}

static void a_fault_that_never_heals_fails_each_question(void **state)
{
    static const struct {
        const char *faults;
        const char *message;
    } cases[] = { { "500=1", "500" },
                  { "reset=1", "reset" },
                  { "refusal=1", "I cannot" },
                  { "schema=1", "does not match" },
                  { "empty=1", "" },
                  { "html=1", "502" },
                  { "half=1", "" },
                  { "not-json=1", "JSON" } };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct mock_config config = { .seed = 3 };
        struct err err = { { 0 } };
        struct lab *lab = NULL;
        assert_true(faults_parse(cases[i].faults, &config.faults, &err));
        lab = lab_new(config, ",\"concurrency\":64,\"retries\":1");
        ask_all(lab);
        assert_int_equal(lab->failed, QUESTIONS);
        if (strstr(lab->answers[0], cases[i].message) == NULL)
            fail_msg("%s: no '%s' in: %s", cases[i].faults, cases[i].message, lab->answers[0]);
        lab_free(lab);
    }
}

struct vectors {
    float first[EMBED_DIM];
    size_t dimensions;
    bool done;
};

static void on_vectors(void *user, enum failure failure, const char *message, const float *vectors,
                       size_t dimensions)
{
    struct vectors *v = user;

    if (failure != FAILURE_NONE)
        fail_msg("%s", message);
    v->dimensions = dimensions;
    memcpy(v->first, vectors, sizeof(v->first));
    v->done = true;
}

static bool have_vectors(void *user)
{
    return ((struct vectors *)user)->done;
}

static void embeddings_are_those_of_the_offline_embedder(void **state)
{
    static const char *const ways[] = { ",\"encoding\":\"float\"", ",\"encoding\":\"base64\"" };
    const struct view text = view_of("Ada is cooking lunch");
    const struct vector_store none = { 0 };
    float want[EMBED_DIM];

    (void)state;
    embed_text(text, want);
    for (size_t i = 0; i < 2; i++) {
        struct lab *lab = lab_new((struct mock_config){ .seed = 1 }, ways[i]);
        struct embedder *e = embedder_new(lab->channel, 0);
        struct vectors got = { .done = false };
        struct err err = { { 0 } };
        if (embed_start(e, 1, &text, 1, &none, on_vectors, NULL, &got) == NULL ||
            !loop_run_until(lab->loop, have_vectors, &got, PATIENCE_MS, &err))
            fail_msg("%s", err.text);
        assert_int_equal(got.dimensions, EMBED_DIM);
        assert_memory_equal(got.first, want, sizeof(want));
        embedder_free(e);
        lab_free(lab);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(faults_change_nothing_but_the_retries),
        cmocka_unit_test(a_fault_that_never_heals_fails_each_question),
        cmocka_unit_test(embeddings_are_those_of_the_offline_embedder),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

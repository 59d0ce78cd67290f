// One question to one endpoint.
#include <string.h>

#include "base/mem.h"
#include "command/doctor_impl.h"
#include "model/embed.h"

enum { PATIENCE_MS = 90000 };

static const struct probe importance = {
    .prompt = "resident/importance_event",
    .inputs = "{\"identity\":\"Ada\",\"first_name\":\"Ada\",\"text\":\"Ada is making her bed\"}",
    .text =
        "Ada has just perceived an event: \"Ada is making her bed\". How much does this matter to "
        "Ada, on a scale from 1 (everyday routine) to 10 (life-changing)?\n"
        "Answer as JSON: {\"importance\": 1-10}.",
    .schema =
        "{\"type\":\"object\",\"required\":[\"importance\"],\"additionalProperties\":false,"
        "\"properties\":{\"importance\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":10}}}",
};

static const struct probe suggestion = {
    .prompt = "assistant/suggest",
    .inputs =
        "{\"first_name\":\"Ada\",\"persona\":\"\",\"memory\":\"Nothing yet.\",\"action\":\"Ada "
        "is cooking lunch.\",\"time\":\"Thursday February 13, 2025, 12:00\"}",
    .text =
        "You are a proactive assistant in Ada's home. Thursday February 13, 2025, 12:00: Ada is "
        "cooking lunch. What do you recommend to Ada now? One sentence, or \"No "
        "Recommendation\".\nAnswer as JSON: {\"suggestion\": \"...\"}.",
    .schema = "{\"type\":\"object\",\"required\":[\"suggestion\"],\"additionalProperties\":false,"
              "\"properties\":{\"suggestion\":{\"type\":\"string\",\"maxLength\":600}}}",
};

const struct probe *probe_for(const struct endpoint *e, const char *role)
{
    return e->kind == ENDPOINT_EXEC && strcmp(role, "assistant") == 0 ? &suggestion : &importance;
}

static void on_answer(void *user, struct answer *answer)
{
    struct probe_result *r = user;

    r->done = true;
    r->failure = answer->failure;
    r->message = mem_strdup(answer->message);
    r->ms = answer->row.ms;
}

static void on_vectors(void *user, enum failure failure, const char *message, const float *vectors,
                       size_t dimensions)
{
    struct probe_result *r = user;

    (void)vectors;
    r->done = true;
    r->failure = failure;
    r->message = mem_strdup(message);
    r->dimensions = dimensions;
}

static bool is_done(void *user)
{
    return ((struct probe_result *)user)->done;
}

// Waits for the answer; the caller frees the message.
static void wait_for(struct loop *loop, struct probe_result *r)
{
    struct err err = { { 0 } };

    if (loop_run_until(loop, is_done, r, PATIENCE_MS, &err))
        return;
    r->failure = FAILURE_UNREACHABLE;
    r->message = mem_strdup("no answer within 90 seconds");
}

struct probe_result probe_ask(struct loop *loop, struct channel *c, const struct probe *probe,
                              const char *role, uint64_t seed)
{
    struct wire_message message = { WIRE_USER, view_of(probe->text) };
    struct err err = { { 0 } };
    struct json *schema = json_parse(view_of(probe->schema), &err);
    struct schema *checker = schema_compile(schema, &err);
    struct probe_result r = { .done = false };
    struct ask *a = NULL;
    struct question q = { .role = role,
                          .prompt = probe->prompt,
                          .version = "1",
                          .messages = &message,
                          .message_count = 1,
                          .schema = schema,
                          .checker = checker,
                          .inputs = view_of(probe->inputs),
                          .seed = seed };

    a = ask_start(c, &q, on_answer, &r);
    wait_for(loop, &r);
    if (!r.done)
        ask_cancel(a);
    schema_free(checker);
    json_free(schema);
    return r;
}

struct probe_result probe_embed(struct loop *loop, struct channel *c)
{
    const struct view texts[] = { view_of("Ada is cooking lunch"), view_of("a walk in the rain") };
    const struct vector_store none = { 0 };
    struct embedder *embedder = embedder_new(c, 0);
    struct probe_result r = { .done = false };
    struct embed_job *job = embed_start(embedder, 1, texts, 2, &none, on_vectors, NULL, &r);
    int64_t start = loop_now_ms(loop);

    wait_for(loop, &r);
    if (!r.done)
        embed_cancel(job);
    r.ms = (double)(loop_now_ms(loop) - start);
    embedder_free(embedder);
    return r;
}

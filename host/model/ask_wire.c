// A question on its way: written, read, checked, and repaired once.

#include "model/ask_impl.h"

#include "text/answer.h"
#include "text/utf8.h"

enum { BAD_MAX_BYTES = 8000 }; // of a wrong answer, shown to the model again

static struct wire_question wire_of(const struct ask *a)
{
    return (struct wire_question){ .messages = a->messages,
                                   .message_count = a->q.message_count + (a->repairing ? 2 : 0),
                                   .schema = a->q.schema,
                                   .seed = a->q.seed,
                                   .draw = a->q.draw,
                                   .prompt = a->q.prompt,
                                   .version = a->q.version,
                                   .inputs = a->q.inputs };
}

static void write_request(void *user, const struct wire_mode *mode, size_t url, struct buf *address,
                          struct buf *body)
{
    const struct ask *a = user;
    struct wire_question q = wire_of(a);

    wire_chat_url(a->channel->endpoint, url, address);
    wire_chat(a->channel->endpoint, &q, mode, body);
}

static void read_reply(void *user, int status, const char *content_type, struct view body,
                       struct wire_reply *out)
{
    const struct ask *a = user;

    wire_read_chat(a->channel->endpoint, status, content_type, body, out);
}

bool ask_take_text(struct ask *a, struct view text, struct err *err)
{
    struct json *json = NULL;

    if (a->q.schema != NULL) {
        json = answer_parse(text, err);
        if (json == NULL)
            return false;
        if ((a->q.checker != NULL && !schema_check(a->q.checker, json, err)) ||
            (a->q.check != NULL && !a->q.check(a->q.check_user, json, err))) {
            json_free(json);
            return false;
        }
    }
    a->json = json;
    buf_clear(&a->text);
    buf_add_view(&a->text, text);
    return true;
}

void ask_run(struct ask *a)
{
    double in = (double)wire_tokens_of(a->message_bytes + a->bad.len + a->complaint.len);
    double out = a->channel->mean_out;

    exchange_run(&a->exchange, in, out);
}

static void repair(struct ask *a, struct view text, const struct err *wrong)
{
    struct wire_message *more = &a->messages[a->q.message_count];

    a->repairing = true;
    buf_add_view(&a->bad, utf8_cut(text, BAD_MAX_BYTES));
    utf8_sanitize(&a->bad);
    buf_addf(&a->complaint,
             "That answer cannot be used: %s\n\nAnswer the same question again, with one JSON "
             "value that is right in this respect, and nothing else.",
             wrong->text);
    more[0] = (struct wire_message){ WIRE_ASSISTANT, buf_view(&a->bad) };
    more[1] = (struct wire_message){ WIRE_USER, buf_view(&a->complaint) };
    ask_run(a);
}

static void on_text(struct ask *a, struct view text)
{
    struct err err = { { 0 } };

    if (ask_take_text(a, text, &err)) {
        a->repaired = a->repairing;
        ask_finished(a);
        return;
    }
    if (!a->repairing) {
        repair(a, text, &err);
        return;
    }
    a->failure = FAILURE_UNUSABLE;
    buf_addf(&a->message, "%s: the answer does not match, nor does the repaired one: %s",
             a->channel->endpoint->name, err.text);
    buf_clear(&a->text);
    buf_add_view(&a->text, text);
    ask_finished(a);
}

static void on_done(void *user, enum failure failure, const char *message, struct wire_reply *reply)
{
    struct ask *a = user;

    if (failure == FAILURE_NONE) {
        if (a->q.schema != NULL && a->exchange.sent.structured == a->channel->mode.structured)
            a->channel->structured_proven = true;
        on_text(a, buf_view(&reply->text));
        return;
    }
    a->failure = failure;
    buf_add_str(&a->message, message);
    if (reply != NULL)
        buf_add_view(&a->text, buf_view(&reply->text));
    ask_finished(a);
}

const struct exchange_ops ask_ops = { .write = write_request, .read = read_reply, .done = on_done };

#include "model/ask.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/ask_impl.h"

// ---- The question, copied

static char *put(char **at, struct view text)
{
    char *start = *at;

    if (text.len != 0)
        memcpy(start, text.data, text.len);
    start[text.len] = '\0';
    *at += text.len + 1;
    return start;
}

static void copy_question(struct ask *a, const struct question *q)
{
    const char *const names[] = { q->role, q->prompt, q->version };
    size_t bytes = q->inputs.len + 1;
    char *at = NULL;

    for (int i = 0; i < 3; i++)
        bytes += view_of(names[i]).len + 1;
    for (size_t i = 0; i < q->message_count; i++)
        bytes += q->messages[i].text.len + 1;
    a->q = *q;
    a->texts = at = mem_calloc(bytes, 1);
    a->messages = mem_calloc(q->message_count + 2, sizeof(*a->messages));
    a->q.role = put(&at, view_of(q->role));
    a->q.prompt = put(&at, view_of(q->prompt));
    a->q.version = put(&at, view_of(q->version));
    a->q.inputs = (struct view){ put(&at, q->inputs), q->inputs.len };
    for (size_t i = 0; i < q->message_count; i++) {
        struct view text = q->messages[i].text;
        a->messages[i] = (struct wire_message){ q->messages[i].role, { put(&at, text), text.len } };
        a->message_bytes += text.len;
    }
    a->q.messages = a->messages;
}

struct hash ask_hash(const struct channel *c, const struct question *q)
{
    struct wire_question w = { .messages = q->messages,
                               .message_count = q->message_count,
                               .schema = q->schema,
                               .seed = q->seed,
                               .draw = 0, // counts beside the hash
                               .prompt = q->prompt,
                               .version = q->version,
                               .inputs = q->inputs };
    struct buf text = { 0 };
    struct hash h;

    wire_canonical(c->endpoint, &w, &text);
    h = hash_of(buf_view(&text));
    buf_fini(&text);
    return h;
}

// ---- The table of questions under way

static struct ask **open_slot(struct models *m, const struct hash *request)
{
    uint64_t key = 0;

    memcpy(&key, request->bytes, sizeof(key));
    return &m->open[key & (m->open_cap - 1)];
}

static struct ask *find_open(struct models *m, const struct ask *like)
{
    for (struct ask *a = *open_slot(m, &like->request); a != NULL; a = a->next_open) {
        if (a->channel == like->channel && a->q.draw == like->q.draw &&
            hash_equal(&a->request, &like->request))
            return a;
    }
    return NULL;
}

static void add_open(struct ask *a)
{
    struct models *m = a->channel->models;
    struct ask **slot = open_slot(m, &a->request);

    a->next_open = *slot;
    *slot = a;
    m->open_count++;
}

static void remove_open(struct ask *a)
{
    struct models *m = a->channel->models;
    struct ask **at = open_slot(m, &a->request);

    while (*at != NULL && *at != a)
        at = &(*at)->next_open;
    if (*at == NULL)
        return; // never was a leader
    *at = a->next_open;
    a->next_open = NULL;
    m->open_count--;
}

static void follow(struct ask *a, struct ask *leader)
{
    struct ask **end = &leader->followers;

    a->leader = leader;
    while (*end != NULL)
        end = &(*end)->next_follower;
    *end = a;
}

static void unfollow(struct ask *a)
{
    struct ask **at = &a->leader->followers;

    while (*at != a)
        at = &(*at)->next_follower;
    *at = a->next_follower;
    a->next_follower = NULL;
    a->leader = NULL;
}

// ---- The end

static void ask_free(struct ask *a)
{
    exchange_fini(&a->exchange);
    json_free(a->json);
    buf_fini(&a->bad);
    buf_fini(&a->complaint);
    buf_fini(&a->message);
    buf_fini(&a->text);
    free(a->messages);
    free(a->texts);
    free(a);
}

static enum row_call_status status_of(const struct ask *a)
{
    if (a->failure == FAILURE_NONE)
        return a->stored ? CALL_STORED : CALL_OK;
    return failure_is_answer(a->failure) ? CALL_UNUSABLE : CALL_FAILED;
}

static int64_t or_none(int64_t tokens)
{
    return tokens < 0 ? ROW_NONE : tokens;
}

static struct row_call row_of(const struct ask *a)
{
    const struct exchange *x = &a->exchange;

    return (struct row_call){
        .step = a->q.step,
        .who = a->q.who,
        .role = view_of(a->q.role),
        .prompt = view_of(a->q.prompt),
        .version = view_of(a->q.version),
        .model = view_of(a->channel->endpoint->model),
        .request = { (const char *)a->request.bytes, HASH_BYTES },
        .draw = a->q.draw,
        .status = status_of(a),
        .tokens_in = or_none(x->in),
        .tokens_out = or_none(x->out),
        .tokens_cached = or_none(x->cached),
        .cost = x->cost,
        .ms = x->ms,
        .retries = x->requests > 0 ? (int)x->requests - 1 : 0,
        .error = a->message.len > 0 ? buf_view(&a->message) : (struct view){ NULL, 0 },
    };
}

static void count(const struct ask *a)
{
    struct usage *usages[] = { &a->channel->usage, &a->channel->models->usage };

    for (int i = 0; i < 2; i++) {
        usages[i]->questions++;
        usages[i]->stored += a->stored;
        usages[i]->failed += a->failure != FAILURE_NONE;
    }
}

static void deliver(void *user)
{
    struct ask *a = user;
    struct answer answer = { .failure = a->failure,
                             .message = buf_str(&a->message),
                             .text = buf_view(&a->text),
                             .json = a->json,
                             .requests = a->exchange.requests,
                             .stored = a->stored,
                             .repaired = a->repaired,
                             .row = row_of(a) };

    count(a);
    a->fn(a->user, &answer);
    a->json = answer.json; // NULL if the callback keeps it
    ask_free(a);
}

static void deliver_later(struct ask *a)
{
    loop_defer(a->channel->models->loop, deliver, a);
}

static void fail(struct ask *a, enum failure failure, const char *message)
{
    json_free(a->json);
    a->json = NULL;
    a->failure = failure;
    buf_clear(&a->message);
    buf_add_str(&a->message, message);
}

// Gives a follower what its leader got. Checking the text again is cheaper than a way to share it.
static void hand_on(struct ask *a, const struct ask *leader)
{
    struct err err = { { 0 } };

    a->leader = NULL;
    a->failure = leader->failure;
    buf_add_view(&a->message, buf_view(&leader->message));
    a->stored = a->failure == FAILURE_NONE || failure_is_answer(a->failure);
    if (a->failure != FAILURE_NONE)
        buf_add_view(&a->text, buf_view(&leader->text));
    else if (!ask_take_text(a, buf_view(&leader->text), &err))
        fail(a, FAILURE_UNUSABLE, err.text);
    if (!ask_keep(a, true, &err)) {
        channel_stop(a->channel, FAILURE_STORE, "a reply cannot be kept: %s", err.text);
        fail(a, FAILURE_STORE, a->channel->stopped_err.text);
    }
    deliver_later(a);
}

void ask_finished(struct ask *a)
{
    struct ask *f = a->followers;
    struct err err = { { 0 } };

    remove_open(a);
    a->followers = NULL;
    if (!ask_keep(a, false, &err)) {
        channel_stop(a->channel, FAILURE_STORE, "a reply cannot be kept: %s", err.text);
        fail(a, FAILURE_STORE, a->channel->stopped_err.text);
    }
    deliver_later(a);
    while (f != NULL) {
        struct ask *next = f->next_follower;
        f->next_follower = NULL;
        hand_on(f, a);
        f = next;
    }
}

// ---- The beginning

static void lead(struct ask *a)
{
    add_open(a);
    ask_run(a);
}

struct ask *ask_start(struct channel *c, const struct question *question, ask_fn fn, void *user)
{
    struct ask *a = mem_calloc(1, sizeof(*a)), *leader = NULL;
    struct err err = { { 0 } };
    bool found = false;

    assert(c->endpoint->kind != ENDPOINT_OFFLINE && question->message_count > 0);
    a->channel = c;
    a->fn = fn;
    a->user = user;
    copy_question(a, question);
    a->request = ask_hash(c, &a->q);
    exchange_init(&a->exchange, c, &ask_ops, a, a->q.household,
                  hash64_u64(a->q.seed, (uint64_t)a->q.draw));
    if (!ask_find_stored(a, &found, &err)) {
        channel_stop(c, FAILURE_STORE, "%s", err.text);
        fail(a, FAILURE_STORE, err.text);
        deliver_later(a);
    } else if (found) {
        deliver_later(a);
    } else if (c->models->options.replies == REPLIES_REPLAY) {
        channel_stop(c, FAILURE_REPLAY,
                     "replay-only: the reply to %s (draw %d) at step %lld is not stored; the study "
                     "is not the one that was recorded, or was not recorded to its end",
                     a->q.prompt, a->q.draw, (long long)a->q.step);
        fail(a, FAILURE_REPLAY, c->stopped_err.text);
        deliver_later(a);
    } else if ((leader = find_open(c->models, a)) != NULL) {
        follow(a, leader);
    } else {
        lead(a);
    }
    return a;
}

void ask_cancel(struct ask *a)
{
    struct ask *heir = a->followers;

    loop_undefer(a->channel->models->loop, deliver, a);
    if (a->leader != NULL)
        unfollow(a);
    remove_open(a);
    if (heir != NULL) { // the next of those who wait for the same asks itself
        for (struct ask *f = heir->next_follower; f != NULL; f = f->next_follower)
            f->leader = heir;
        heir->leader = NULL;
        heir->followers = heir->next_follower;
        heir->next_follower = NULL;
        lead(heir);
    }
    ask_free(a);
}

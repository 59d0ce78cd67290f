// Answers in stores, and back.

#include "model/ask_impl.h"

#include <string.h>

// Failures of transport are kept beside answers, not in their place.
static struct hash failure_hash(const struct hash *request)
{
    struct hasher *h = hasher_new();

    hasher_add(h, request->bytes, HASH_BYTES);
    hasher_add(h, "failure", strlen("failure"));
    return hasher_end(h);
}

static void write_reply(const struct ask *a, struct buf *out)
{
    buf_add_char(out, '{');
    if (a->failure != FAILURE_NONE) {
        buf_addf(out, "\"failure\":\"%s\",\"message\":", failure_name(a->failure));
        json_add_string(out, buf_view(&a->message));
        buf_add_char(out, ',');
    }
    buf_add_str(out, "\"text\":");
    json_add_string(out, buf_view(&a->text));
    buf_add_char(out, '}');
}

static bool read_failure(struct ask *a, const struct json *doc, struct err *err)
{
    struct view name = { NULL, 0 }, message = { NULL, 0 }, text = { NULL, 0 };

    if (!json_want_string(doc, "failure", &name, err) ||
        !json_want_string(doc, "message", &message, err) ||
        !json_want_string(doc, "text", &text, err))
        return false;
    for (int f = FAILURE_NONE + 1; f < FAILURE_KEY; f++) {
        if (view_equal(name, view_of(failure_name((enum failure)f))))
            a->failure = (enum failure)f;
    }
    if (a->failure == FAILURE_NONE)
        return err_set(err, "the failure `%.*s` is unknown", (int)name.len, name.data);
    buf_add_view(&a->message, message);
    buf_add_view(&a->text, text);
    return true;
}

// The schema is part of the request, so a stored answer matches it; the check is not, so what an
// older version of the prompt accepted may not do any more (*fits is false) and is asked anew.
static bool take_stored(struct ask *a, struct view text, bool *fits, struct err *err)
{
    struct question *q = &a->q;
    bool (*check)(void *user, const struct json *answer, struct err *err) = q->check;
    struct err mismatch = { { 0 } };
    bool ok = false;

    q->check = NULL;
    ok = ask_take_text(a, text, err);
    q->check = check;
    *fits = !ok || check == NULL || check(q->check_user, a->json, &mismatch);
    if (*fits)
        return ok;
    json_free(a->json);
    a->json = NULL;
    buf_clear(&a->text);
    return true;
}

static bool read_reply(struct ask *a, struct view reply, bool *fits, struct err *err)
{
    struct json *doc = json_parse(reply, err);
    struct view text = { NULL, 0 };
    bool ok = false;

    if (doc == NULL)
        return err_wrap(err, "a stored reply is damaged");
    *fits = true;
    if (json_get(doc, "failure") != NULL)
        ok = read_failure(a, doc, err);
    else
        ok = json_want_string(doc, "text", &text, err) && take_stored(a, text, fits, err);
    json_free(doc);
    return ok ? true : err_wrap(err, "a stored reply is damaged");
}

static bool find_in(const struct ask *a, const struct reply_store *shared,
                    const struct hash *request, struct buf *reply, bool *found, bool *own,
                    struct err *err)
{
    if (!reply_store_find(&a->q.store, request, a->q.draw, reply, found, err))
        return false;
    *own = *found;
    return *found || reply_store_find(shared, request, a->q.draw, reply, found, err);
}

bool ask_find_stored(struct ask *a, bool *found, struct err *err)
{
    static const struct reply_store none = { 0 };
    const struct models_options *o = &a->channel->models->options;
    bool reads = o->replies == REPLIES_USE || o->replies == REPLIES_REPLAY, own = false;
    const struct reply_store *shared = reads ? &o->shared : &none;
    struct hash failed = failure_hash(&a->request);
    struct buf reply = { 0 };
    bool ok = false;

    if (!find_in(a, shared, &a->request, &reply, found, &own, err))
        goto done;
    if (!*found && o->replies == REPLIES_REPLAY &&
        !find_in(a, shared, &failed, &reply, found, &own, err))
        goto done;
    if (*found && !read_reply(a, buf_view(&reply), found, err))
        goto done;
    a->stored = *found;
    ok = !*found || own || ask_keep(a, true, err); // the run's file holds all it rests on
done:
    buf_fini(&reply);
    return ok;
}

// What was asked, as a JSON list of messages.
static void write_messages(const struct question *q, struct buf *out)
{
    static const char *const roles[] = {
        [WIRE_SYSTEM] = "system", [WIRE_USER] = "user", [WIRE_ASSISTANT] = "assistant"
    };

    for (size_t i = 0; i < q->message_count; i++) {
        buf_addf(out, "%c{\"role\":\"%s\",\"content\":", i == 0 ? '[' : ',',
                 roles[q->messages[i].role]);
        json_add_string(out, q->messages[i].text);
        buf_add_char(out, '}');
    }
    buf_add_char(out, ']');
}

bool ask_keep(struct ask *a, bool own, struct err *err)
{
    const struct models_options *o = &a->channel->models->options;
    bool answered = a->failure == FAILURE_NONE || failure_is_answer(a->failure);
    struct hash request = answered ? a->request : failure_hash(&a->request);
    struct buf reply = { 0 }, text = { 0 };
    bool ok = true;

    if (failure_stops_study(a->failure))
        return true; // says nothing of this question
    write_reply(a, &reply);
    if (a->q.keep_text)
        write_messages(&a->q, &text);
    ok = reply_store_add(&a->q.store, &request, a->q.draw, buf_view(&reply), buf_view(&text), false,
                         err);
    if (ok && !own && (o->replies == REPLIES_USE || o->replies == REPLIES_RECORD))
        ok = reply_store_add(&o->shared, &request, a->q.draw, buf_view(&reply),
                             (struct view){ NULL, 0 }, o->replies == REPLIES_RECORD, err);
    buf_fini(&reply);
    buf_fini(&text);
    return ok;
}

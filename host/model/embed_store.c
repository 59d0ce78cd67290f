// Embeddings in stores. The shared store holds texts, so there a vector is base64 of its floats.

#include "model/embed_impl.h"
#include "model/wire_impl.h"
#include "text/base64.h"

struct hash embed_key(const struct endpoint *e, struct view text)
{
    struct buf canonical = { 0 };
    struct hash h;

    buf_addf(&canonical,
             "{\"dimensions\":%lld,\"kind\":\"embedding\",\"model\":", (long long)e->dimensions);
    json_add_string(&canonical, view_of(e->model));
    buf_add_str(&canonical, ",\"text\":");
    json_add_string(&canonical, text);
    buf_add_char(&canonical, '}');
    h = hash_of(buf_view(&canonical));
    buf_fini(&canonical);
    return h;
}

static bool find_shared(const struct models_options *o, const struct hash *key, struct buf *vector,
                        bool *found, struct err *err)
{
    struct buf text = { 0 };
    bool ok = true;

    *found = false;
    if (o->replies == REPLIES_USE || o->replies == REPLIES_REPLAY)
        ok = reply_store_find(&o->shared, key, 0, &text, found, err);
    if (ok && *found && base64_decode(buf_view(&text), vector, NULL) != BASE64_OK)
        ok = err_set(err, "a stored embedding is damaged");
    buf_fini(&text);
    return ok;
}

bool embed_find(struct embed_job *job, struct view text, const struct hash *key, struct buf *vector,
                bool *found, struct err *err)
{
    const struct channel *c = job->embedder->channel;

    *found = false;
    if (job->store.find != NULL &&
        !job->store.find(job->store.user, view_of(c->endpoint->model), text, vector, found, err))
        return false;
    if (*found)
        return true;
    if (!find_shared(&c->models->options, key, vector, found, err))
        return false;
    return !*found || embed_keep_own(job, text, buf_view(vector), err);
}

bool embed_keep_own(struct embed_job *job, struct view text, struct view vector, struct err *err)
{
    const char *model = job->embedder->channel->endpoint->model;

    return job->store.add == NULL ||
           job->store.add(job->store.user, view_of(model), text, vector, err);
}

bool embed_keep_shared(struct embedder *e, const struct hash *key, struct view vector,
                       struct err *err)
{
    const struct models_options *o = &e->channel->models->options;
    struct buf text = { 0 };
    bool ok = true;

    if (o->replies == REPLIES_USE || o->replies == REPLIES_RECORD) {
        base64_encode(vector, &text);
        ok = reply_store_add(&o->shared, key, 0, buf_view(&text), (struct view){ NULL, 0 },
                             o->replies == REPLIES_RECORD, err);
    }
    buf_fini(&text);
    return ok;
}

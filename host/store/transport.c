// What went over the wire: calls, replies, embeddings. A resume keeps all of it, since it was paid
// for; the digest ignores it.

#include "store/writer.h"

#include "store/writer_impl.h"

bool writer_append_call(struct writer *w, const struct row_call *r, struct err *err)
{
    const struct value row[] = {
        int_or_null(r->step),       value_int(r->who),           writer_label(w, r->role),
        writer_label(w, r->prompt), writer_label(w, r->version), writer_label(w, r->model),
        value_blob(r->request),     value_int(r->draw),          value_int(r->status),
        int_or_null(r->tokens_in),  int_or_null(r->tokens_out),  int_or_null(r->tokens_cached),
        real_or_null(r->cost),      real_or_null(r->ms),         value_int(r->retries),
        value_text(r->error),
    };

    return writer_run(w, PUT_CALL, row, COUNT(row), NULL, NULL, err);
}

static struct value hash_value(const struct hash *h)
{
    return value_blob((struct view){ .data = (const char *)h->bytes, .len = HASH_BYTES });
}

bool writer_append_reply(struct writer *w, const struct hash *request, int draw, struct view reply,
                         struct view request_text, struct err *err)
{
    const struct value row[] = { hash_value(request), value_int(draw), value_text(reply),
                                 value_text(request_text) };

    return writer_run(w, PUT_REPLY, row, COUNT(row), NULL, NULL, err);
}

// Copies the one column of a lookup's one row.
static bool look_up(struct writer *w, enum writer_stmt which, const struct value key[2],
                    struct buf *out, bool *found, struct err *err)
{
    struct value column = { 0 };

    buf_clear(out);
    if (!writer_run(w, which, key, 2, &column, found, err))
        return false;
    if (*found) {
        buf_add_view(out, column.bytes);
        db_reset(w->stmts[which]);
    }
    return true;
}

bool writer_find_reply(struct writer *w, const struct hash *request, int draw, struct buf *reply,
                       bool *found, struct err *err)
{
    const struct value key[2] = { hash_value(request), value_int(draw) };

    return look_up(w, GET_REPLY, key, reply, found, err);
}

bool writer_append_embedding(struct writer *w, struct view model, struct view text,
                             struct view vector, struct err *err)
{
    const struct value row[] = { writer_label(w, model), value_text(text), value_blob(vector) };

    return writer_run(w, PUT_EMBEDDING, row, COUNT(row), NULL, NULL, err);
}

bool writer_find_embedding(struct writer *w, struct view model, struct view text,
                           struct buf *vector, bool *found, struct err *err)
{
    const struct value key[2] = { value_text(model), value_text(text) };

    return look_up(w, GET_EMBEDDING, key, vector, found, err);
}

#include "model/reply_store.h"

#include <string.h>

static bool find_in_run(void *user, const struct hash *request, int draw, struct buf *reply,
                        bool *found, struct err *err)
{
    return writer_find_reply(user, request, draw, reply, found, err);
}

static bool add_to_run(void *user, const struct hash *request, int draw, struct view reply,
                       struct view text, bool replace, struct err *err)
{
    (void)replace; // a run's replies are part of what happened in it
    return writer_append_reply(user, request, draw, reply, text, err);
}

struct reply_store reply_store_of_run(struct writer *w)
{
    return (struct reply_store){ .user = w, .find = find_in_run, .add = add_to_run };
}

static bool find_in_file(void *user, const struct hash *request, int draw, struct buf *reply,
                         bool *found, struct err *err)
{
    return replies_find(user, request, draw, reply, found, err);
}

static bool add_to_file(void *user, const struct hash *request, int draw, struct view reply,
                        struct view text, bool replace, struct err *err)
{
    (void)text; // the file is there to be asked, not to be read
    return replies_add(user, request, draw, reply, replace, err);
}

struct reply_store reply_store_of_file(struct replies *r)
{
    return (struct reply_store){ .user = r, .find = find_in_file, .add = add_to_file };
}

bool reply_mode_parse(const char *name, enum reply_mode *mode, struct err *err)
{
    static const char *const names[] = { [REPLIES_USE] = "use",
                                         [REPLIES_RECORD] = "record",
                                         [REPLIES_REPLAY] = "replay-only",
                                         [REPLIES_OFF] = "off" };

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (strcmp(name, names[i]) == 0) {
            *mode = (enum reply_mode)i;
            return true;
        }
    }
    return err_set(err,
                   "`%s` is no way to use stored replies; there are use, record, replay-only "
                   "and off",
                   name);
}

bool reply_store_find(const struct reply_store *s, const struct hash *request, int draw,
                      struct buf *reply, bool *found, struct err *err)
{
    *found = false;
    return s->find == NULL || s->find(s->user, request, draw, reply, found, err);
}

bool reply_store_add(const struct reply_store *s, const struct hash *request, int draw,
                     struct view reply, struct view text, bool replace, struct err *err)
{
    return s->add == NULL || s->add(s->user, request, draw, reply, text, replace, err);
}

static bool find_vector(void *user, struct view model, struct view text, struct buf *vector,
                        bool *found, struct err *err)
{
    return writer_find_embedding(user, model, text, vector, found, err);
}

static bool add_vector(void *user, struct view model, struct view text, struct view vector,
                       struct err *err)
{
    return writer_append_embedding(user, model, text, vector, err);
}

struct vector_store vector_store_of_run(struct writer *w)
{
    return (struct vector_store){ .user = w, .find = find_vector, .add = add_vector };
}

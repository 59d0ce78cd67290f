#pragma once
// Where answers are kept, so that nothing is asked or paid twice: the run file of a household, a
// file of replies shared by studies, or anything else that can find and add.

#include "base/hash.h"
#include "store/replies.h"
#include "store/writer.h"

/// All-zero: no store, nothing is found and nothing kept.
struct reply_store {
    void *user;
    bool (*find)(void *user, const struct hash *request, int draw, struct buf *reply, bool *found,
                 struct err *err);
    /// `replace`: instead of one that is there, if the store can do that.
    /// `text`: of the question, for people to read; empty: none.
    bool (*add)(void *user, const struct hash *request, int draw, struct view reply,
                struct view text, bool replace, struct err *err);
};

struct reply_store reply_store_of_run(struct writer *w);
struct reply_store reply_store_of_file(struct replies *r);

/// What becomes of the shared store. The run's own replies are always used and always added to.
enum reply_mode {
    REPLIES_USE,    // answer from it, ask what it lacks, add
    REPLIES_RECORD, // ask anew, and replace what it holds
    REPLIES_REPLAY, // answer from it alone: what it lacks is an error, and no socket is opened
    REPLIES_OFF,    // leave it alone
};

/// "use", "record", "replay-only", "off".
bool reply_mode_parse(const char *name, enum reply_mode *mode, struct err *err) NODISCARD;

bool reply_store_find(const struct reply_store *s, const struct hash *request, int draw,
                      struct buf *reply, bool *found, struct err *err) NODISCARD;
bool reply_store_add(const struct reply_store *s, const struct hash *request, int draw,
                     struct view reply, struct view text, bool replace, struct err *err) NODISCARD;

/// The same for the embeddings of texts.
struct vector_store {
    void *user;
    bool (*find)(void *user, struct view model, struct view text, struct buf *vector, bool *found,
                 struct err *err);
    bool (*add)(void *user, struct view model, struct view text, struct view vector,
                struct err *err);
};

struct vector_store vector_store_of_run(struct writer *w);

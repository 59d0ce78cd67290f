#pragma once
// What the files of a question share.

#include "model/ask.h"
#include "model/exchange.h"

struct ask {
    struct channel *channel;
    struct question q; // its texts are in `texts`, its messages in `messages`
    char *texts;
    struct wire_message *messages; // with room for the two of a repair
    ask_fn fn;
    void *user;
    struct hash request;
    struct exchange exchange;
    size_t message_bytes;
    bool repairing;
    struct buf bad, complaint; // of the repair: the answer, and what is wrong with it
    // The outcome.
    enum failure failure;
    struct buf message, text;
    struct json *json;
    bool stored, repaired;
    // Those who asked the same while it was under way, in order.
    struct ask *leader, *followers, *next_follower;
    struct ask *next_open; // in the table of leaders
};

/// Looks the answer up. *found: the outcome is filled in.
bool ask_find_stored(struct ask *a, bool *found, struct err *err) NODISCARD;
/// Keeps the outcome. `own`: in the run's store alone.
bool ask_keep(struct ask *a, bool own, struct err *err) NODISCARD;

/// Takes a model's text as the outcome if it matches the schema; else says in err what is wrong.
bool ask_take_text(struct ask *a, struct view text, struct err *err) NODISCARD;

extern const struct exchange_ops ask_ops;
/// Called by ask_ops when the outcome is there.
void ask_finished(struct ask *a);
/// Starts the exchange for the question as it stands.
void ask_run(struct ask *a);

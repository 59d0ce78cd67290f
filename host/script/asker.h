#pragma once
// Who answers what scripts ask of a role that is not answered offline. The owner of the script
// (host/sim) provides the calls below; llm.ask (lib_llm.c) makes the question, waits, and gives the
// script the answer. So this room knows of questions and answers, and nothing of endpoints.

#include "base/buf.h"
#include "base/err.h"

#include <stdint.h>

struct json;
struct task;

enum asker_kind {
    ASKER_OFFLINE, // by the offline answerer, here
    ASKER_MODEL,   // by a model that gets the messages
    ASKER_MOCK,    // by the offline answerer behind a server, which gets all its inputs
};

/// What is asked; everything is borrowed for the call that takes it.
struct asker_question {
    const char *role, *prompt, *version;
    int who;                  // the resident whom it is about, from 1
    struct view system, user; // the messages
    struct view schema;       // of the answer, as JSON; equal schemas have equal texts
    struct view inputs;       // what the answerer gets besides the messages, as JSON
    uint64_t seed;            // key of the random stream of the offline answerer (base/rng.h)
    int draw;                 // as the script counts them; 0: it asks once
};

/// Is the answer, which matches the schema, right in what a schema cannot say?
typedef bool (*asker_check_fn)(void *user, const struct json *answer, struct err *err);
/// The end of a question: an answer (take it; json_free), or NULL and the kind of the failure, one
/// word that is the same however often it was tried ("unreachable", "refused", ...). Once. Not from
/// inside ask.
typedef void (*asker_done_fn)(void *user, struct json *take, const char *failure);

/// Vectors of some texts (count * dim floats, valid during the call), or NULL and why. Once. Not
/// from inside embed.
typedef void (*asker_vectors_fn)(void *user, const float *vectors, size_t dim, const char *failure);

struct asker {
    void *user;
    enum asker_kind (*kind)(void *user, const char *role);
    /// Starts a question; returns a handle for cancel, which is gone once `done` is called. A
    /// question that ends because the study is stopped is never done: its task is cancelled.
    void *(*ask)(void *user, const struct asker_question *q, asker_check_fn check,
                 asker_done_fn done, void *done_user);
    void (*cancel)(void *user, void *question);
    /// Embeds texts (at least 1, none of them empty); NULL: they are embedded offline. Like ask.
    void *(*embed)(void *user, const struct view *texts, size_t count, asker_vectors_fn done,
                   void *done_user);
    void (*cancel_embed)(void *user, void *job);
    /// A dry run answers everything offline (`kind` says so) and measures what models would be
    /// asked; NULL otherwise. `metered`: is this role a model's in the study? `meter`: one question
    /// with its offline answer as JSON. `meter_text`: a text to embed. `meter_wait`: here a script
    /// would have waited.
    bool (*metered)(void *user, const char *role);
    void (*meter)(void *user, const struct asker_question *q, struct view answer);
    void (*meter_text)(void *user, struct view text);
    void (*meter_wait)(void *user);
    /// What the task waited for is there. Called from inside done: must not resume it at once.
    void (*wake)(void *user, struct task *task);
};

#pragma once
// Who answers for the roles of a study, in one process: its endpoints at work on the one event loop
// (host/model), and the queue of scripts that can go on because their answer is there.
//
// A study all of whose roles are offline needs none of this: roles_needed says so.

#include "model/ask.h"
#include "model/embed.h"
#include "model/models.h"
#include "script/ready.h"
#include "sim/study.h"

enum role { ROLE_RESIDENT, ROLE_RATER, ROLE_ASSISTANT, ROLE_SUMMARY, ROLE_EMBEDDING, ROLE_COUNT };

/// "resident" and so on.
const char *role_name(enum role role);
/// ROLE_COUNT if there is none of this name.
enum role role_find(const char *name);

/// What the options of a condition say of a role; NULL if nothing.
const struct json *roles_model(const struct json *options, enum role role);

struct roles_options {
    int index, jobs;          // of this process; limits are shared out among the jobs
    const char *replies_path; // a file of replies shared by households, perhaps of several studies;
                              // NULL: none
    enum reply_mode replies;
    struct budget_limits limits; // of the whole study, earlier runs included
    struct budget *budget;       // of all jobs; made by runner_run
    int64_t wait_ms;             // how long to wait for an endpoint that is gone
    const char *exec_log;        // what `exec:` programs complain of goes there; NULL: nowhere
};

/// Is a role with this model (of a study's options; NULL: none is named) answered offline?
bool roles_is_offline(const struct json *model);
/// Is any role of any condition answered by a model?
bool roles_needed(const struct study *study);
/// Are all models of the study as docs/models.md says? Reads no keys. Errors name the key.
bool roles_check(const struct study *study, struct err *err) NODISCARD;

/// Appends the study's spec as canonical JSON in which each model stands as what decides its
/// answers (name, sampling, ...), without what may change on the way: URLs, keys, limits, prices.
/// Two studies with equal identities have the same results.
bool roles_add_identity(const struct study *study, struct buf *out, struct err *err) NODISCARD;

struct roles;

/// Reads keys from the environment, and opens no connection yet.
struct roles *roles_new(const struct study *study, const struct roles_options *options,
                        struct err *err) NODISCARD;
/// All households must have been closed. NULL is fine.
void roles_free(struct roles *r);

struct loop *roles_loop(const struct roles *r);
struct models *roles_models(const struct roles *r);
/// The scripts that can go on.
struct ready *roles_ready(struct roles *r);

/// Who answers for a role under the options of a condition; NULL: offline.
struct channel *roles_channel(const struct roles *r, const struct json *options, enum role role);

/// The embedder of a condition, which expects `dim` dimensions; 0: not known, so that they are
/// found out by embedding one word, which runs the loop. NULL with err.
struct embedder *roles_embedder(struct roles *r, const struct json *options, size_t dim,
                                struct err *err);

/// The server of the assistant under these options, asked for the model `name`: an adapter that it
/// has loaded. Made when it is first asked for. NULL on error.
struct channel *roles_adapter(struct roles *r, const struct json *options, const char *name,
                              struct err *err) NODISCARD;

/// The schema of an answer, parsed and compiled; equal texts give the same one. Owned by roles.
struct role_schema {
    char *text;
    struct json *json;
    struct schema *compiled;
};
const struct role_schema *roles_schema(struct roles *r, struct view text, struct err *err);

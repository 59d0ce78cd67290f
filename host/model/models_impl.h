#pragma once
// What the files that ask share.

#include "model/exec.h"
#include "model/models.h"
#include "model/wire.h"

struct channel {
    struct models *models;
    struct channel *next;
    struct endpoint *endpoint;
    struct limits *limits;
    struct exec *exec;  // of an `exec:` endpoint; NULL
    bool shares_limits; // of an older channel to the same server and model; its program, too
    struct wire_mode mode;
    bool structured_proven;
    struct usage usage;
    double mean_out; // tokens of an answer, running mean, for estimates
    bool contacted; // an answer of any status has come
    int64_t lost;   // questions in a row that got no connection to the last try
    enum failure stopped;
    struct err stopped_err;
};

struct ask;

struct models {
    struct loop *loop;
    struct client *client;
    struct models_options options;
    char *ca_file, *exec_folder, *exec_log;
    struct channel *channels;
    struct usage usage;
    int64_t places; // concurrency of all channels together
    enum failure stopped;
    struct err stopped_err;
    struct ask **open; // leaders by request hash: a table of `open_cap` (a power of two) lists
    size_t open_cap, open_count;
};

/// True with the failure if nothing may be asked of this channel any more.
bool channel_is_stopped(const struct channel *c, enum failure *failure, const char **message);
/// Says why, once; later reasons are ignored.
void channel_stop(struct channel *c, enum failure failure, const char *fmt, ...) PRINTF_LIKE(3, 4);

/// Checks the budget and reserves for one request; false: the budget is used up, and the study
/// stopped.
bool models_reserve(struct channel *c, double cost);
/// What a request for which so much was reserved really cost.
void models_settle(struct models *m, double reserved, double cost);

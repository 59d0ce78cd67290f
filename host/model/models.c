#include "model/models.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/models_impl.h"

enum {
    BACKOFF_MS = 500,
    BACKOFF_MAX_MS = 60000,
    OPEN_CAP = 1024,
    FIRST_MEAN_OUT = 200,
    OTHER_FILES = 256
};

struct models *models_new(struct loop *l, const struct models_options *options, struct err *err)
{
    struct models *m = mem_calloc(1, sizeof(*m));

    m->loop = l;
    m->options = *options;
    m->ca_file = mem_strdup(options->ca_file);
    m->options.ca_file = m->ca_file;
    m->exec_folder = mem_strdup(options->exec_folder);
    m->options.exec_folder = m->exec_folder;
    m->exec_log = mem_strdup(options->exec_log);
    m->options.exec_log = m->exec_log;
    if (m->options.backoff_ms == 0)
        m->options.backoff_ms = BACKOFF_MS;
    if (m->options.backoff_max_ms == 0)
        m->options.backoff_max_ms = BACKOFF_MAX_MS;
    m->open_cap = OPEN_CAP;
    m->open = mem_calloc(m->open_cap, sizeof(struct ask *));
    m->client =
        client_new(l, &(struct client_options){ .ca_file = m->ca_file, .max_idle = 1024 }, err);
    if (m->client != NULL)
        return m;
    models_free(m);
    return NULL;
}

void models_free(struct models *m)
{
    if (m == NULL)
        return;
    assert(m->open_count == 0);
    client_free(m->client);
    while (m->channels != NULL) {
        struct channel *c = m->channels;
        m->channels = c->next;
        if (!c->shares_limits) {
            limits_free(c->limits);
            exec_free(c->exec);
        }
        endpoint_free(c->endpoint);
        free(c);
    }
    free(m->open);
    free(m->ca_file);
    free(m->exec_folder);
    free(m->exec_log);
    free(m);
}

static bool same_server(const struct endpoint *a, const struct endpoint *b)
{
    if (a->kind != b->kind || a->url_count != b->url_count || strcmp(a->model, b->model) != 0)
        return false;
    for (size_t i = 0; i < a->url_count; i++) {
        if (strcmp(a->urls[i], b->urls[i]) != 0)
            return false;
    }
    return true;
}

// The limits of an endpoint hold for all roles that ask it: the first channel to the same one, or
// NULL. False: they do not agree.
static bool find_shared(struct models *m, const struct endpoint *e, struct channel **shared,
                        struct err *err)
{
    *shared = NULL;
    for (struct channel *c = m->channels; c != NULL; c = c->next) {
        const struct endpoint *other = c->endpoint;
        if (!same_server(other, e))
            continue;
        if (other->concurrency != e->concurrency ||
            other->requests_per_minute != e->requests_per_minute ||
            other->tokens_per_minute != e->tokens_per_minute)
            return err_set(err,
                           "%s is named twice, with different limits; they hold for all roles "
                           "together, so write the same `concurrency`, `requests_per_minute` "
                           "and `tokens_per_minute` in both",
                           e->name);
        *shared = c;
        return true;
    }
    return true;
}

static struct limits *new_limits(struct models *m, const struct endpoint *e, struct err *err)
{
    if (!loop_allow_files((size_t)(m->places + e->concurrency) + OTHER_FILES, err)) {
        err_wrap(err, "%s, concurrency %lld", e->name, (long long)e->concurrency);
        return NULL;
    }
    m->places += e->concurrency;
    return limits_new(m->loop,
                      &(struct limits_options){ .concurrency = e->concurrency,
                                                .requests_per_minute = e->requests_per_minute,
                                                .tokens_per_minute = e->tokens_per_minute,
                                                .urls = e->url_count > 0 ? e->url_count : 1 });
}

struct channel *models_add(struct models *m, struct endpoint *take, struct err *err)
{
    struct channel *c = NULL;
    struct limits *limits = NULL;
    struct channel *shared = NULL;

    if (m->options.budget != NULL && budget_limits(m->options.budget)->cost > 0 &&
        take->kind != ENDPOINT_OFFLINE && !take->has_price) {
        err_set(err,
                "a limit of costs needs prices, and %s has none: write it as a table with "
                "`price = { input = ..., output = ... }` per million tokens",
                take->name);
        goto fail;
    }
    if (!find_shared(m, take, &shared, err))
        goto fail;
    limits = shared != NULL ? shared->limits : new_limits(m, take, err);
    if (limits == NULL)
        goto fail;
    c = mem_calloc(1, sizeof(*c));
    *c = (struct channel){ .models = m,
                           .next = m->channels,
                           .endpoint = take,
                           .limits = limits,
                           .shares_limits = shared != NULL,
                           .mode = wire_mode_start(take),
                           .mean_out = FIRST_MEAN_OUT };
    if (shared != NULL)
        c->exec = shared->exec;
    else if (take->kind == ENDPOINT_EXEC)
        c->exec = exec_new(m->loop, take->model, m->exec_folder, m->exec_log);
    m->channels = c;
    return c;
fail:
    endpoint_free(take);
    return NULL;
}

const struct endpoint *channel_endpoint(const struct channel *c)
{
    return c->endpoint;
}

size_t channel_waiting(const struct channel *c)
{
    return limits_waiting(c->limits);
}

size_t channel_running(const struct channel *c)
{
    return limits_running(c->limits);
}

struct limits_use channel_use(const struct channel *c)
{
    return limits_use(c->limits);
}

enum structured channel_structured(const struct channel *c, bool *proven)
{
    *proven = c->structured_proven;
    return c->mode.structured;
}

struct usage models_usage(const struct models *m)
{
    return m->usage;
}

struct usage channel_usage(const struct channel *c)
{
    return c->usage;
}

double endpoint_cost(const struct endpoint *e, double in, double out, double cached)
{
    return ((in - cached) * e->price_in + cached * e->price_cached + out * e->price_out) / 1e6;
}

double endpoint_seconds(const struct endpoint *e, double requests, double tokens, double latency_s)
{
    double s = requests * latency_s / (double)e->concurrency;

    if (e->requests_per_minute > 0)
        s = fmax(s, requests / e->requests_per_minute * 60);
    if (e->tokens_per_minute > 0)
        s = fmax(s, tokens / e->tokens_per_minute * 60);
    return s;
}

bool channel_is_stopped(const struct channel *c, enum failure *failure, const char **message)
{
    const struct models *m = c->models;

    if (c->stopped != FAILURE_NONE) {
        *failure = c->stopped;
        *message = c->stopped_err.text;
    } else if (m->stopped != FAILURE_NONE) {
        *failure = m->stopped;
        *message = m->stopped_err.text;
    } else {
        return false;
    }
    return true;
}

void channel_stop(struct channel *c, enum failure failure, const char *fmt, ...)
{
    char text[ERR_TEXT_BYTES];
    va_list args;

    if (c->stopped != FAILURE_NONE)
        return;
    va_start(args, fmt);
    vsnprintf(text, sizeof(text), fmt, args);
    va_end(args);
    c->stopped = failure;
    err_set(&c->stopped_err, "%s", text);
}

void models_stop(struct models *m, const char *why)
{
    if (m->stopped != FAILURE_NONE)
        return;
    m->stopped = FAILURE_STOPPED;
    err_set(&m->stopped_err, "%s", why);
}

const char *models_stopped(const struct models *m)
{
    if (m->stopped != FAILURE_NONE)
        return m->stopped_err.text;
    for (const struct channel *c = m->channels; c != NULL; c = c->next) {
        if (c->stopped != FAILURE_NONE)
            return c->stopped_err.text;
    }
    return NULL;
}

size_t models_running(const struct models *m)
{
    size_t running = 0;

    for (const struct channel *c = m->channels; c != NULL; c = c->next)
        running += c->shares_limits ? 0 : limits_running(c->limits);
    return running;
}

size_t models_waiting(const struct models *m)
{
    size_t waiting = 0;

    for (const struct channel *c = m->channels; c != NULL; c = c->next)
        waiting += c->shares_limits ? 0 : limits_waiting(c->limits);
    return waiting;
}

bool models_drain(struct models *m, const char *why, int64_t limit_ms, struct err *err)
{
    int64_t left = limit_ms, end = loop_now_ms(m->loop) + limit_ms;
    bool ok = true;

    models_stop(m, why);
    while (ok && left > 0 && (models_running(m) > 0 || loop_has_deferred(m->loop))) {
        ok = loop_run_once(m->loop, left, err);
        left = end - loop_now_ms(m->loop);
    }
    return ok;
}

bool models_reserve(struct channel *c, double cost)
{
    struct models *m = c->models;

    if (m->stopped != FAILURE_NONE)
        return false;
    if (m->options.budget == NULL || budget_reserve(m->options.budget, cost, &m->stopped_err))
        return true;
    m->stopped = FAILURE_BUDGET;
    return false;
}

void models_settle(struct models *m, double reserved, double cost)
{
    if (m->options.budget != NULL)
        budget_settle(m->options.budget, reserved, cost);
}

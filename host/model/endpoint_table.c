// The keys of an endpoint's table.

#include "model/endpoint_impl.h"

#include <string.h>

#include "base/mem.h"
#include "text/distance.h"

enum { MAX_URLS = 64, MAX_CONCURRENCY = 10000 };

static const double most = 1e12;

typedef bool (*read_fn)(struct endpoint *e, const struct json *table, const char *key,
                        struct err *err);

static bool want_number(const struct json *table, const char *key, double lo, double hi,
                        double *out, struct err *err)
{
    if (!json_want_number(table, key, out, err))
        return false;
    if (*out < lo || *out > hi)
        return err_set(err, "`%s` must be between %g and %g, not %g", key, lo, hi, *out);
    return true;
}

static bool want_bool(const struct json *table, const char *key, bool *out, struct err *err)
{
    const struct json *value = json_get(table, key);

    if (json_type(value) != JSON_BOOL)
        return err_set(err, "`%s` must be true or false, not %s", key,
                       json_type_phrase(json_type(value)));
    *out = json_bool(value);
    return true;
}

static bool read_model(struct endpoint *e, const struct json *t, const char *key, struct err *err)
{
    (void)e;
    (void)t;
    (void)key;
    (void)err; // was read before
    return true;
}

static bool read_url(struct endpoint *e, const struct json *t, const char *key, struct err *err)
{
    struct view url = { NULL, 0 };

    if (json_get(t, "urls") != NULL)
        return err_set(err, "give `url` or `urls`, not both");
    return json_want_string(t, key, &url, err) && endpoint_add_url(e, url, err);
}

static bool read_urls(struct endpoint *e, const struct json *t, const char *key, struct err *err)
{
    const struct json *list = NULL;

    if (!json_want_array(t, key, &list, err))
        return false;
    if (json_count(list) < 1 || json_count(list) > MAX_URLS)
        return err_set(err, "`urls` must hold 1 to %d URLs", MAX_URLS);
    for (const struct json *u = json_first(list); u != NULL; u = json_next(u)) {
        if (json_type(u) != JSON_STRING)
            return err_set(err, "`urls` must hold texts, not %s", json_type_phrase(json_type(u)));
        if (!endpoint_add_url(e, json_string(u), err))
            return false;
    }
    return true;
}

static bool read_api(struct endpoint *e, const struct json *t, const char *key, struct err *err)
{
    struct view name = { NULL, 0 };

    if (!json_want_string(t, key, &name, err))
        return false;
    if (json_get(t, "url") == NULL && json_get(t, "urls") == NULL)
        return err_set(err, "`api` is for endpoints with a `url`; `openai:` and `gemini:` say it "
                            "themselves");
    if (view_equal(name, view_of("openai")))
        e->kind = ENDPOINT_OPENAI;
    else if (view_equal(name, view_of("gemini")))
        e->kind = ENDPOINT_GEMINI;
    else
        return err_set(err, "`api` must be \"openai\" or \"gemini\"");
    return true;
}

static bool read_extra(struct endpoint *e, const struct json *t, const char *key, struct err *err)
{
    static const char *const ours[] = { "model",
                                        "messages",
                                        "stream",
                                        "n",
                                        "response_format",
                                        "temperature",
                                        "seed",
                                        "max_tokens",
                                        "max_completion_tokens",
                                        "contents",
                                        "systemInstruction",
                                        "generationConfig",
                                        "propersim",
                                        "input" };
    const struct json *extra = json_get(t, key);
    struct buf text = { 0 };

    if (json_type(extra) != JSON_OBJECT)
        return err_set(err, "`extra` must be a table of fields for the request's body");
    for (size_t i = 0; i < sizeof(ours) / sizeof(ours[0]); i++) {
        if (json_get(extra, ours[i]) != NULL)
            return err_set(err, "`extra.%s`: this field is set by propersim itself", ours[i]);
    }
    json_add_canonical(&text, extra);
    e->extra = json_parse(buf_view(&text), err);
    buf_fini(&text);
    return e->extra != NULL;
}

static bool read_sampling(struct endpoint *e, const struct json *t, const char *key,
                          struct err *err)
{
    if (strcmp(key, "temperature") == 0) {
        e->has_temperature = true;
        return want_number(t, key, 0, 2, &e->temperature, err);
    }
    if (strcmp(key, "seed") == 0) {
        e->has_seed = true;
        return json_want_int(t, key, 0, INT64_C(1) << 52, &e->seed, err);
    }
    return json_want_int(t, key, 1, 1 << 24, &e->max_tokens, err); // max_tokens
}

static bool read_reasoning(struct endpoint *e, const struct json *t, const char *key,
                           struct err *err)
{
    bool yes = false;

    if (!want_bool(t, key, &yes, err))
        return false;
    e->reasoning = yes ? 1 : 0;
    return true;
}

static bool read_effort(struct endpoint *e, const struct json *t, const char *key, struct err *err)
{
    struct view effort = { NULL, 0 };

    if (!json_want_string(t, key, &effort, err))
        return false;
    e->reasoning_effort = mem_strndup(effort.data, effort.len);
    return true;
}

static bool read_structured(struct endpoint *e, const struct json *t, const char *key,
                            struct err *err)
{
    struct view name = { NULL, 0 };

    if (!json_want_string(t, key, &name, err))
        return false;
    for (int s = STRUCTURED_SCHEMA; s <= STRUCTURED_PLAIN; s++) {
        if (view_equal(name, view_of(structured_name((enum structured)s)))) {
            e->structured = s;
            return true;
        }
    }
    if (view_equal(name, view_of("auto")))
        return true;
    return err_set(err, "`structured` must be \"auto\", \"json_schema\", \"json_object\" or "
                        "\"plain\"");
}

static bool read_limit(struct endpoint *e, const struct json *t, const char *key, struct err *err)
{
    if (strcmp(key, "concurrency") == 0)
        return json_want_int(t, key, 1, MAX_CONCURRENCY, &e->concurrency, err);
    if (strcmp(key, "retries") == 0)
        return json_want_int(t, key, 0, 100, &e->retries, err);
    if (strcmp(key, "requests_per_minute") == 0)
        return want_number(t, key, 0.001, most, &e->requests_per_minute, err);
    return want_number(t, key, 1, most, &e->tokens_per_minute, err);
}

static bool read_timeout(struct endpoint *e, const struct json *t, const char *key, struct err *err)
{
    static const char *const names[] = { "connect", "first_byte", "total" };
    int64_t *const times[] = { &e->connect_ms, &e->first_byte_ms, &e->total_ms };
    const struct json *timeout = json_get(t, key);
    double s = 0;

    if (json_type(timeout) != JSON_OBJECT)
        return err_set(err, "`timeout` must be a table with `connect`, `first_byte`, `total` in "
                            "seconds");
    for (const struct json *v = json_first(timeout); v != NULL; v = json_next(v)) {
        size_t i = 0;
        while (i < 3 && strcmp(json_key(v), names[i]) != 0)
            i++;
        if (i == 3)
            return err_set(err, "`timeout.%s` is unknown; there are connect, first_byte and total",
                           json_key(v));
        if (!want_number(timeout, names[i], 0.001, 86400, &s, err))
            return err_wrap(err, "timeout");
        *times[i] = (int64_t)(s * 1000);
    }
    return true;
}

static bool read_price(struct endpoint *e, const struct json *t, const char *key, struct err *err)
{
    const struct json *price = json_get(t, key);

    if (json_type(price) != JSON_OBJECT)
        return err_set(err,
                       "`price` must be a table with `input`, `output` and perhaps `cached`, per "
                       "million tokens");
    for (const struct json *v = json_first(price); v != NULL; v = json_next(v)) {
        if (strcmp(json_key(v), "input") != 0 && strcmp(json_key(v), "output") != 0 &&
            strcmp(json_key(v), "cached") != 0)
            return err_set(err, "`price.%s` is unknown; there are input, output and cached",
                           json_key(v));
    }
    if (!want_number(price, "input", 0, 1e6, &e->price_in, err))
        return err_wrap(err, "price");
    e->price_cached = e->price_in;
    if (json_get(price, "output") != NULL &&
        !want_number(price, "output", 0, 1e6, &e->price_out, err))
        return err_wrap(err, "price");
    if (json_get(price, "cached") != NULL &&
        !want_number(price, "cached", 0, 1e6, &e->price_cached, err))
        return err_wrap(err, "price");
    e->has_price = true;
    return true;
}

static bool read_embedding(struct endpoint *e, const struct json *t, const char *key,
                           struct err *err)
{
    struct view name = { NULL, 0 };

    if (strcmp(key, "dimensions") == 0)
        return json_want_int(t, key, 1, 65536, &e->dimensions, err);
    if (strcmp(key, "batch") == 0)
        return json_want_int(t, key, 1, 2048, &e->batch, err);
    if (!json_want_string(t, key, &name, err))
        return false;
    e->base64 = view_equal(name, view_of("base64"));
    if (!e->base64 && !view_equal(name, view_of("float")))
        return err_set(err, "`encoding` must be \"float\" or \"base64\"");
    return true;
}

static bool read_flag(struct endpoint *e, const struct json *t, const char *key, struct err *err)
{
    return want_bool(t, key, strcmp(key, "mock") == 0 ? &e->mock : &e->env_proxy, err);
}

static const struct {
    const char *name;
    read_fn read;
} keys[] = {
    { "model", read_model },
    { "url", read_url },
    { "urls", read_urls },
    { "api", read_api },
    { "api_key_env", endpoint_read_key_env },
    { "headers", endpoint_read_headers },
    { "extra", read_extra },
    { "temperature", read_sampling },
    { "max_tokens", read_sampling },
    { "seed", read_sampling },
    { "reasoning", read_reasoning },
    { "reasoning_effort", read_effort },
    { "structured", read_structured },
    { "concurrency", read_limit },
    { "requests_per_minute", read_limit },
    { "tokens_per_minute", read_limit },
    { "retries", read_limit },
    { "timeout", read_timeout },
    { "price", read_price },
    { "dimensions", read_embedding },
    { "batch", read_embedding },
    { "encoding", read_embedding },
    { "mock", read_flag },
    { "proxy", read_flag },
};
enum { KEY_COUNT = sizeof(keys) / sizeof(keys[0]) };

static bool unknown_key(const char *name, struct err *err)
{
    const char *names[KEY_COUNT];
    const char *nearest = NULL;

    for (size_t i = 0; i < KEY_COUNT; i++)
        names[i] = keys[i].name;
    nearest = distance_nearest(name, names, KEY_COUNT);
    if (nearest != NULL)
        return err_set(err, "`%s` is unknown; did you mean `%s`?", name, nearest);
    return err_set(err, "`%s` is unknown; docs/models.md lists the keys", name);
}

// What means something to a program behind a role.
static bool is_for_programs(const char *key)
{
    static const char *const some[] = {
        "model",   "extra",   "concurrency", "requests_per_minute", "tokens_per_minute",
        "retries", "timeout", "price",       "dimensions",          "batch"
    };

    for (size_t i = 0; i < sizeof(some) / sizeof(some[0]); i++) {
        if (strcmp(some[i], key) == 0)
            return true;
    }
    return false;
}

bool endpoint_set_table(struct endpoint *e, const struct json *table, struct err *err)
{
    for (const struct json *v = json_first(table); v != NULL; v = json_next(v)) {
        size_t i = 0;
        while (i < KEY_COUNT && strcmp(keys[i].name, json_key(v)) != 0)
            i++;
        if (i == KEY_COUNT)
            return unknown_key(json_key(v), err);
        if (e->kind == ENDPOINT_EXEC && !is_for_programs(keys[i].name))
            return err_set(err, "`%s` means nothing to a program (`exec:`); leave it out",
                           keys[i].name);
        if (!keys[i].read(e, table, keys[i].name, err))
            return false;
    }
    return true;
}

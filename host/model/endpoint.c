#include "model/endpoint.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/endpoint_impl.h"

static const char openai_url[] = "https://api.openai.com/v1";
static const char gemini_url[] = "https://generativelanguage.googleapis.com/v1beta";

const char *structured_name(enum structured s)
{
    switch (s) {
    case STRUCTURED_SCHEMA: return "json_schema";
    case STRUCTURED_OBJECT: return "json_object";
    case STRUCTURED_PLAIN: return "plain";
    }
    return "?";
}

void endpoint_free(struct endpoint *e)
{
    if (e == NULL)
        return;
    for (size_t i = 0; i < e->url_count; i++)
        free(e->urls[i]);
    for (size_t i = 0; i < e->header_count; i++) {
        free(e->headers[i].name);
        endpoint_wipe(e->headers[i].value);
    }
    endpoint_wipe(e->key);
    json_free(e->extra);
    free(e->headers);
    free(e->urls);
    free(e->name);
    free(e->model);
    free(e->key_name);
    free(e->reasoning_effort);
    free(e);
}

static struct endpoint *endpoint_new(void)
{
    struct endpoint *e = mem_calloc(1, sizeof(*e));

    *e = (struct endpoint){
        .kind = ENDPOINT_OPENAI,
        .reasoning = -1,
        .structured = -1,
        .concurrency = 32,
        .connect_ms = 10000,
        .first_byte_ms = 120000, // an answer's first byte comes when all of it has been thought of
        .total_ms = 300000,
        .retries = 10,
        .batch = 64,
    };
    return e;
}

bool endpoint_add_url(struct endpoint *e, struct view url, struct err *err)
{
    struct view rest = url;

    if (!view_starts(url, "http://") && !view_starts(url, "https://"))
        return err_set(err, "the URL `%.*s` must start with http:// or https://", (int)url.len,
                       url.data);
    rest.data = strstr(url.data, "://") + 3;
    rest.len = url.len - (size_t)(rest.data - url.data);
    for (size_t i = 0; i < rest.len && rest.data[i] != '/'; i++) {
        if (rest.data[i] == '@') // not shown: what stands before it is a secret
            return err_set(err, "a URL must not hold a user name or a password; put the name of an "
                                "environment variable into `api_key_env`");
    }
    for (size_t i = 0; i < url.len; i++) {
        if (url.data[i] == '?')
            return err_set(err, "a URL must not hold a query (`?...`): the paths of the API are "
                                "added to its end");
        if ((unsigned char)url.data[i] <= 0x20 || (unsigned char)url.data[i] >= 0x7f)
            return err_set(err, "the URL `%.*s` holds a character that must be encoded",
                           (int)url.len, url.data);
    }
    while (url.len > 0 && url.data[url.len - 1] == '/')
        url.len--;
    if (rest.len == 0 || rest.data[0] == '/')
        return err_set(err, "the URL `%.*s` names no host", (int)url.len, url.data);
    e->urls = mem_realloc(e->urls, e->url_count + 1, sizeof(*e->urls));
    e->urls[e->url_count++] = mem_strndup(url.data, url.len);
    return true;
}

static bool set_model(struct endpoint *e, struct view model, const char *example, struct err *err)
{
    if (model.len == 0)
        return err_set(err, "the name of the model is missing; write for example `%s`", example);
    for (size_t i = 0; i < model.len; i++) {
        if ((unsigned char)model.data[i] <= 0x20)
            return err_set(err, "the model's name `%.*s` holds a blank", (int)model.len,
                           model.data);
    }
    e->model = mem_strndup(model.data, model.len);
    return true;
}

static bool set_command(struct endpoint *e, struct view command, struct err *err)
{
    while (command.len > 0 && command.data[0] == ' ') {
        command.data++;
        command.len--;
    }
    if (command.len == 0)
        return err_set(err, "the command is missing; write for example `exec:python3 agent.py`");
    for (size_t i = 0; i < command.len; i++) {
        if ((unsigned char)command.data[i] < 0x20)
            return err_set(err, "the command `exec:...` must be one line");
    }
    e->kind = ENDPOINT_EXEC;
    e->model = mem_strndup(command.data, command.len);
    return true;
}

bool endpoint_set_name(struct endpoint *e, struct view name, struct err *err)
{
    struct view url = name, model = { NULL, 0 };

    if (view_equal(name, view_of("offline"))) {
        e->kind = ENDPOINT_OFFLINE;
        e->model = mem_strdup("offline");
        return true;
    }
    if (view_starts(name, "openai:")) {
        e->key_name = mem_strdup("OPENAI_API_KEY");
        model = (struct view){ name.data + 7, name.len - 7 };
        return set_model(e, model, "openai:gpt-4o-mini", err) &&
               endpoint_add_url(e, view_of(openai_url), err);
    }
    if (view_starts(name, "gemini:")) {
        e->kind = ENDPOINT_GEMINI;
        e->key_name = mem_strdup("GEMINI_API_KEY");
        model = (struct view){ name.data + 7, name.len - 7 };
        return set_model(e, model, "gemini:gemini-2.0-flash", err) &&
               endpoint_add_url(e, view_of(gemini_url), err);
    }
    if (view_starts(name, "exec:"))
        return set_command(e, (struct view){ name.data + 5, name.len - 5 }, err);
    if (view_starts(name, "http://") || view_starts(name, "https://")) {
        const char *hash = memchr(name.data, '#', name.len);
        if (hash == NULL)
            return err_set(err,
                           "the endpoint `%.*s` does not name a model; write it after a #, as "
                           "in `http://127.0.0.1:8000/v1#llama-3.3-70b`",
                           strchr(name.data, '@') == NULL ? (int)name.len : 8, name.data);
        url.len = (size_t)(hash - name.data);
        model = (struct view){ hash + 1, name.len - url.len - 1 };
        return endpoint_add_url(e, url, err) &&
               set_model(e, model, "http://127.0.0.1:8000/v1#llama-3.3-70b", err);
    }
    return err_set(err,
                   "`%.*s` is no endpoint; write `offline`, `openai:MODEL`, `gemini:MODEL`, "
                   "`exec:COMMAND`, or a URL with the model after a #, as in "
                   "`http://127.0.0.1:8000/v1#llama-3.3-70b`",
                   (int)name.len, name.data);
}

static bool finish(struct endpoint *e, struct err *err)
{
    struct buf name = { 0 };

    if (e->kind == ENDPOINT_OFFLINE) {
        e->name = mem_strdup("offline");
        return true;
    }
    if (e->key_name != NULL && !e->keyless) {
        e->key = endpoint_read_variable(e->key_name, e->model, err);
        if (e->key == NULL)
            return false;
    }
    if (e->kind == ENDPOINT_EXEC)
        buf_addf(&name, "exec:%s", e->model);
    else if (strcmp(e->urls[0], openai_url) == 0)
        buf_addf(&name, "openai:%s", e->model);
    else if (strcmp(e->urls[0], gemini_url) == 0)
        buf_addf(&name, "gemini:%s", e->model);
    else
        buf_addf(&name, "%s#%s", e->urls[0], e->model);
    e->name = buf_take(&name);
    return true;
}

static struct endpoint *from_json(const struct json *value, bool keyless, struct err *err)
{
    struct endpoint *e = endpoint_new();
    struct view name = { NULL, 0 };
    bool ok = false;

    e->keyless = keyless;
    if (json_type(value) == JSON_STRING)
        ok = endpoint_set_name(e, json_string(value), err);
    else if (json_type(value) != JSON_OBJECT)
        err_set(err, "an endpoint must be a name or a table, not %s",
                json_type_phrase(json_type(value)));
    else if (json_want_string(value, "model", &name, err))
        ok = json_get(value, "url") != NULL || json_get(value, "urls") != NULL
                 ? set_model(e, name, "llama-3.3-70b", err)
                 : endpoint_set_name(e, name, err);
    if (ok && json_type(value) == JSON_OBJECT)
        ok = endpoint_set_table(e, value, err);
    if (ok)
        ok = finish(e, err);
    if (ok)
        return e;
    endpoint_free(e);
    return NULL;
}

struct endpoint *endpoint_from_json(const struct json *value, struct err *err)
{
    return from_json(value, false, err);
}

struct endpoint *endpoint_check(const struct json *value, struct err *err)
{
    return from_json(value, true, err);
}

struct endpoint *endpoint_from_name(const char *name, struct err *err)
{
    struct endpoint *e = endpoint_new();

    if (endpoint_set_name(e, view_of(name), err) && finish(e, err))
        return e;
    endpoint_free(e);
    return NULL;
}

bool endpoint_gets_inputs(const struct endpoint *e)
{
    return e->mock || e->kind == ENDPOINT_EXEC;
}

bool endpoint_is_reasoning(const struct endpoint *e)
{
    const char *slash = strrchr(e->model, '/'); // "openai/o3-mini" at those who sell on
    const char *m = slash != NULL ? slash + 1 : e->model;

    if (e->reasoning >= 0)
        return e->reasoning == 1;
    return (m[0] == 'o' && isdigit((unsigned char)m[1])) || strncmp(m, "gpt-5", 5) == 0;
}

// Keys, and the headers that may hold some: from the environment into requests, and nowhere else.

#include "model/endpoint_impl.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"

enum {
    MAX_HEADERS = 64,
    MIN_SECRET_BYTES = 4, // shorter ones would take ordinary text out of messages
};

void endpoint_wipe(char *secret)
{
    if (secret != NULL)
        explicit_bzero(secret, strlen(secret));
    free(secret);
}

// ---- In

char *endpoint_read_variable(const char *variable, const char *what, struct err *err)
{
    const char *value = getenv(variable);

    if (value == NULL || value[0] == '\0') {
        err_set(err,
                "%s needs a key in the environment variable %s, which is not set; set it "
                "(export %s=...) and start again",
                what, variable, variable);
        return NULL;
    }
    for (const char *p = value; *p != '\0'; p++) {
        if ((unsigned char)*p <= 0x20 || (unsigned char)*p >= 0x7f) {
            err_set(err,
                    "the key in the environment variable %s holds a blank, a line break or "
                    "another character that no key has; set it again",
                    variable);
            return NULL;
        }
    }
    return mem_strdup(value);
}

bool endpoint_read_key_env(struct endpoint *e, const struct json *t, const char *key,
                           struct err *err)
{
    struct view name = { NULL, 0 };

    if (!json_want_string(t, key, &name, err))
        return false;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.data[i];
        if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' ||
              (i > 0 && c >= '0' && c <= '9')))
            return err_set(err, "`api_key_env` must be the name of an environment variable, not a "
                                "key itself");
    }
    if (name.len == 0)
        return err_set(err, "`api_key_env` must name an environment variable");
    free(e->key_name);
    e->key_name = mem_strndup(name.data, name.len);
    return true;
}

static bool looks_secret(const char *name)
{
    static const char *const parts[] = { "authorization", "key", "token", "secret", "cookie" };

    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        if (strcasestr(name, parts[i]) != NULL)
            return true;
    }
    return false;
}

// "env:NAME" takes the value from the environment.
static bool add_header(struct endpoint *e, const struct json *h, struct err *err)
{
    const char *name = json_key(h);
    struct endpoint_header header = { 0 };
    struct view value = { NULL, 0 };

    if (json_type(h) != JSON_STRING)
        return err_set(err, "the header `%s` must be a text, not %s", name,
                       json_type_phrase(json_type(h)));
    value = json_string(h);
    if (name[0] == '\0' || strpbrk(name, " :\r\n\t") != NULL)
        return err_set(err, "`%s` is no name of a header", name);
    if (view_starts(value, "env:")) {
        header.value =
            e->keyless ? mem_strdup("") : endpoint_read_variable(value.data + 4, name, err);
        header.secret = true;
        if (header.value == NULL)
            return false;
    } else if (looks_secret(name)) {
        return err_set(err,
                       "the header `%s` looks like a key, and keys come from the environment "
                       "only: write \"env:NAME\" and put it into the variable NAME",
                       name);
    } else {
        header.value = mem_strndup(value.data, value.len);
    }
    header.name = mem_strdup(name);
    e->headers = mem_realloc(e->headers, e->header_count + 1, sizeof(*e->headers));
    e->headers[e->header_count++] = header;
    if (strpbrk(header.value, "\r\n") != NULL)
        return err_set(err, "the header `%s` holds a line break", name);
    return true;
}

bool endpoint_read_headers(struct endpoint *e, const struct json *t, const char *key,
                           struct err *err)
{
    const struct json *headers = json_get(t, key);

    if (json_type(headers) != JSON_OBJECT || json_count(headers) > MAX_HEADERS)
        return err_set(err, "`headers` must be a table of names and values");
    for (const struct json *h = json_first(headers); h != NULL; h = json_next(h)) {
        if (!add_header(e, h, err))
            return false;
    }
    return true;
}

// ---- Out of what a server says

static void replace(struct buf *text, const char *secret)
{
    struct buf out = { 0 };
    size_t len = strlen(secret), from = 0;
    const char *hit = NULL;

    while (text->len - from >= len &&
           (hit = memmem(text->data + from, text->len - from, secret, len)) != NULL) {
        buf_add(&out, text->data + from, (size_t)(hit - text->data) - from);
        buf_add_str(&out, "[key]");
        from = (size_t)(hit - text->data) + len;
    }
    if (from == 0)
        return;
    buf_add(&out, text->data + from, text->len - from);
    explicit_bzero(text->data, text->len);
    buf_fini(text);
    *text = out;
}

void endpoint_scrub(const struct endpoint *e, struct buf *text)
{
    if (text->len == 0)
        return;
    if (e->key != NULL && strlen(e->key) >= MIN_SECRET_BYTES)
        replace(text, e->key);
    for (size_t i = 0; i < e->header_count; i++) {
        if (e->headers[i].secret && strlen(e->headers[i].value) >= MIN_SECRET_BYTES)
            replace(text, e->headers[i].value);
    }
}

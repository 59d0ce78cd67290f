#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "net/loop.h"
#include "text/json.h"
#include "web/inside.h"

void web_fail(struct server_reply *reply, int status, const char *text)
{
    reply->status = status;
    reply->type = NULL;
    buf_clear(&reply->body);
    buf_add_str(&reply->body, "{\"error\":");
    json_add_string(&reply->body, view_of(text));
    buf_add_char(&reply->body, '}');
}

void web_fail_err(struct server_reply *reply, int status, const struct err *err)
{
    web_fail(reply, status, err->text);
}

void web_add_text(struct buf *out, const char *key, const char *value)
{
    json_add_string(out, view_of(key));
    buf_add_char(out, ':');
    if (value == NULL)
        buf_add_str(out, "null");
    else
        json_add_string(out, view_of(value));
}

void web_add_encoded(struct buf *out, const char *text)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:+@!$,";

    for (; *text != '\0'; text++) {
        if (strchr(plain, *text) != NULL)
            buf_add_char(out, *text);
        else
            buf_addf(out, "%%%02X", (unsigned char)*text);
    }
}

bool web_query_int(struct server_request *q, const char *name, int64_t lo, int64_t hi,
                   int64_t otherwise, int64_t *out, struct server_reply *reply)
{
    const char *text = server_query(q, name);
    char *end = NULL;
    struct err err = { { 0 } };

    *out = otherwise;
    if (text == NULL)
        return true;
    errno = 0;
    *out = strtoll(text, &end, 10);
    if (*text != '\0' && *end == '\0' && errno == 0 && *out >= lo && *out <= hi)
        return true;
    err_set(&err, "%s must be a whole number from %lld to %lld", name, (long long)lo,
            (long long)hi);
    web_fail_err(reply, 400, &err);
    return false;
}

struct catalog_run *web_run(struct web *w, struct server_request *q, struct server_reply *reply)
{
    struct catalog_run *run = NULL;

    catalog_scan(w->catalog, loop_now_ms(w->loop));
    run = catalog_run(w->catalog, server_part(q, 0));
    if (run == NULL)
        web_fail(reply, 404, "there is no run of this name; / lists those that there are");
    return run;
}

struct catalog_study *web_study(struct web *w, struct server_request *q, struct server_reply *reply)
{
    struct catalog_study *study = NULL;

    catalog_scan(w->catalog, loop_now_ms(w->loop));
    study = catalog_study(w->catalog, server_part(q, 0));
    if (study == NULL)
        web_fail(reply, 404, "there is no study of this name; / lists those that there are");
    return study;
}

struct reader *web_reader(struct web *w, struct server_request *q, struct server_reply *reply)
{
    struct err err = { { 0 } };
    struct catalog_run *run = web_run(w, q, reply);
    struct reader *reader = run == NULL ? NULL : readers_get(w->readers, run, &err);

    if (run != NULL && reader == NULL)
        web_fail_err(reply, 404, &err);
    return reader;
}

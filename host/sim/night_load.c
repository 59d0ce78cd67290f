// The server that is to load what came of a night.
#include <stdlib.h>
#include <string.h>

#include "net/client.h"
#include "sim/night_parts.h"

enum {
    REPLY_MAX_BYTES = 1 << 20,
    LOAD_MS = 600000, // a server may take minutes to read an adapter
    LOADED_STATUS = 400,
};

struct loading {
    bool over;
    struct err *err;
    bool ok;
    bool loaded; // the server has an adapter of that name
    const char *url;
};

static void on_response(void *user, const struct client_response *r)
{
    struct loading *l = user;
    struct buf body = { 0 };

    l->over = true;
    buf_add(&body, r->body.data, r->body.len < 300 ? r->body.len : 300);
    l->ok = r->error == CLIENT_OK && r->status >= 200 && r->status < 300;
    l->loaded = r->error == CLIENT_OK && r->status == LOADED_STATUS &&
                strstr(buf_str(&body), "already been loaded") != NULL;
    if (r->error != CLIENT_OK)
        err_set(l->err, "%s: %s", l->url, r->message);
    else if (!l->ok && !l->loaded)
        err_set(l->err, "%s: answered %d: %s", l->url, r->status, buf_str(&body));
    buf_fini(&body);
}

struct server_of {
    struct client *client;
    const char *key; // NULL: none
    const char *base;
};

// *loaded: the server refuses since it has an adapter of that name, which is no failure yet; NULL:
// it is one.
static bool post(struct night_work *w, const struct server_of *s, const char *route,
                 struct view body, bool *loaded, struct err *err)
{
    struct buf url = { 0 }, bearer = { 0 };
    struct client_header headers[2] = { { "Content-Type", "application/json" } };
    struct loading l = { .err = err };
    bool ok = false;

    buf_addf(&url, "%s/%s", s->base, route);
    buf_addf(&bearer, "Bearer %s", s->key != NULL ? s->key : "");
    headers[1] = (struct client_header){ "Authorization", buf_str(&bearer) };
    l.url = buf_str(&url);
    struct client_request request = { .method = "POST",
                                      .url = l.url,
                                      .headers = headers,
                                      .header_count = s->key != NULL ? 2 : 1,
                                      .body = body,
                                      .connect_ms = 10000,
                                      .total_ms = LOAD_MS,
                                      .max_bytes = REPLY_MAX_BYTES };
    ok =
        client_start(s->client, &request, on_response, &l, err) != 0 && night_wait(w, &l.over, err);
    if (loaded != NULL)
        *loaded = l.loaded;
    else if (ok && l.loaded)
        err_set(err, "%s: still has another adapter of that name", l.url);
    ok = ok && (w->stopped || l.ok || (l.loaded && loaded != NULL));
    buf_fini(&url);
    buf_fini(&bearer);
    return ok;
}

// What a server has under that name may be anything: the adapter of a study folder that was here
// before, of a night that was broken off. So it gives that up and loads ours.
static bool load(struct night_work *w, const struct server_of *s, const char *name,
                 struct view body, struct err *err)
{
    struct buf named = { 0 };
    bool loaded = false, ok = post(w, s, "load_lora_adapter", body, &loaded, err);

    if (ok && loaded && !w->stopped) {
        buf_add_str(&named, "{\"lora_name\":");
        json_add_string(&named, view_of(name));
        buf_add_char(&named, '}');
        ok = post(w, s, "unload_lora_adapter", buf_view(&named), NULL, err) &&
             (w->stopped || post(w, s, "load_lora_adapter", body, NULL, err));
    }
    buf_fini(&named);
    return ok;
}

bool night_load(struct night_work *w, const char *name, const char *path, struct err *err)
{
    struct roles *roles = w->h->shared.roles;
    const struct endpoint *e =
        channel_endpoint(roles_channel(roles, w->h->options, ROLE_ASSISTANT));
    const struct client_options options = { 0 };
    struct client *client = client_new(roles_loop(roles), &options, err);
    struct buf body = { 0 };
    bool ok = client != NULL;

    buf_add_str(&body, "{\"lora_name\":");
    json_add_string(&body, view_of(name));
    buf_add_str(&body, ",\"lora_path\":");
    json_add_string(&body, view_of(path));
    buf_add_char(&body, '}');
    for (size_t i = 0; ok && !w->stopped && i < e->url_count; i++)
        ok = load(w, &(struct server_of){ client, e->key, e->urls[i] }, name, buf_view(&body), err);
    client_free(client);
    buf_fini(&body);
    return ok ? true : err_wrap(err, "loading the adapter");
}

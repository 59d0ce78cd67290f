#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "net/loop.h"
#include "web/assets.h"
#include "web/inside.h"

enum { PICTURE_BYTES = 16 << 20 };

static bool send_asset(const char *name, struct server_reply *reply)
{
    for (size_t i = 0; i < web_asset_count; i++) {
        const struct web_asset *a = &web_assets[i];
        if (strcmp(a->name, name) != 0)
            continue;
        reply->type = a->type;
        reply->etag = a->etag;
        reply->lasting = (struct view){ (const char *)a->data, a->len };
        return true;
    }
    return false;
}

static void send_shell(const char *name, struct server_reply *reply)
{
    if (!send_asset(name, reply))
        web_fail(reply, 500, "the pages are not in this program");
}

// One page, whose script looks at the address.
void page_shell(void *user, struct server_request *q, struct server_reply *reply)
{
    (void)user;
    (void)q;
    send_shell("index.html", reply);
}

// The same, which also names what a map needs.
void page_map_shell(void *user, struct server_request *q, struct server_reply *reply)
{
    (void)user;
    (void)q;
    send_shell("map.html", reply);
}

// Who opens a wrong address reads what to do; who fetches from one gets an error.
void page_unknown(void *user, struct server_request *q, struct server_reply *reply)
{
    static const char *const for_scripts[] = { "/api/", "/assets/" };

    (void)user;
    for (size_t i = 0; i < sizeof(for_scripts) / sizeof(*for_scripts); i++) {
        if (strncmp(server_path(q), for_scripts[i], strlen(for_scripts[i])) == 0) {
            web_fail(reply, 404, "there is nothing under this address");
            return;
        }
    }
    reply->status = 404;
    send_shell("index.html", reply);
}

void page_asset(void *user, struct server_request *q, struct server_reply *reply)
{
    // The pictures of people are data, as maps are: they may be changed without a new program
    static const char *const pictures[] = { "people.png", "people@2x.png", "lamp.png",
                                            "lamp@2x.png" };
    struct web *w = user;
    struct err err = { { 0 } };
    const char *name =
        strcmp(server_path(q), "/favicon.ico") == 0 ? "favicon.svg" : server_part(q, 0);

    for (size_t i = 0; i < sizeof(pictures) / sizeof(*pictures); i++) {
        if (strcmp(name, pictures[i]) != 0)
            continue;
        char *folder = path_join(w->data, "maps/tiles"), *path = path_join(folder, name);
        reply->type = "image/png";
        if (!file_read(&reply->body, path, PICTURE_BYTES, &err))
            web_fail_err(reply, 404, &err);
        free(folder);
        free(path);
        return;
    }
    if (!send_asset(name, reply))
        web_fail(reply, 404, "there is nothing under this address");
}

// The run that is most worth looking at: one that runs, else the one written last.
static struct catalog_run *newest(struct catalog *c)
{
    struct catalog_run *best = NULL;

    for (size_t i = 0; i < catalog_count(c); i++) {
        struct catalog_study *s = catalog_at(c, i);
        for (size_t j = 0; j < s->run_count; j++) {
            struct catalog_run *r = &s->runs[j];
            run_refresh(r);
            if (r->steps == 0)
                continue;
            bool runs = r->state == RUN_RUNNING, best_runs = best && best->state == RUN_RUNNING;
            if (best == NULL || (runs && !best_runs) ||
                (runs == best_runs && r->stamp.file_time.tv_sec > best->stamp.file_time.tv_sec))
                best = r;
        }
    }
    return best;
}

void page_newest(void *user, struct server_request *q, struct server_reply *reply)
{
    struct web *w = user;
    struct catalog_run *run = NULL;
    struct buf to = { 0 };

    (void)q;
    catalog_scan(w->catalog, loop_now_ms(w->loop));
    run = newest(w->catalog);
    buf_add_char(&to, '/');
    if (run != NULL) {
        buf_add_str(&to, "live/");
        web_add_encoded(&to, run->id);
    }
    reply->status = 302;
    reply->location = buf_take(&to);
}

void page_old_state(void *user, struct server_request *q, struct server_reply *reply)
{
    struct buf to = { 0 };

    (void)user;
    buf_add_str(&to, "/state");
    for (size_t i = 0; i < 3; i++) {
        buf_add_char(&to, '/');
        web_add_encoded(&to, server_part(q, i));
    }
    reply->status = 302;
    reply->location = buf_take(&to);
}

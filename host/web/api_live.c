// Live events: one stream per viewer of a run. A run is looked at four times a second as long as
// somebody watches it, by the time and size of its files; it never notices.

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>

#include "base/mem.h"
#include "net/loop.h"
#include "web/inside.h"

enum { LOOK_MS = 250 };

struct viewer {
    LIST_ENTRY(viewer) next;
    struct live *live;
    struct server_stream *stream;
    char *run; // id
    int64_t steps;
    enum run_state state;
    bool told;
};

struct live {
    struct web *web;
    struct loop_timer *timer;
    LIST_HEAD(viewers, viewer) viewers;
};

static void forget(void *user)
{
    struct viewer *v = user;

    LIST_REMOVE(v, next);
    free(v->run);
    free(v);
}

// Tells a viewer what is new; sending may end the stream, and so the viewer.
static void tell(struct viewer *v, struct catalog_run *run)
{
    struct buf text = { 0 };

    if (run == NULL) {
        if (server_stream_send(v->stream, "gone", -1, view_of("{}"))) {
            server_stream_end(v->stream);
            forget(v);
        }
        return;
    }
    if (v->told && v->steps == run->steps && v->state == run->state)
        return;
    v->told = true;
    v->steps = run->steps;
    v->state = run->state;
    buf_addf(&text, "{\"steps\":%" PRId64 ",\"days_finished\":%d,\"state\":\"%s\",\"scores\":%s}",
             run->steps, run->days_finished, run_state_name(run->state),
             run->scores != NULL ? run->scores : "[]");
    (void)!server_stream_send(v->stream, "progress", run->steps, buf_view(&text));
    buf_fini(&text);
}

static void look(void *user)
{
    struct live *l = user;
    struct catalog *catalog = l->web->catalog;

    catalog_scan(catalog, loop_now_ms(l->web->loop));
    for (struct viewer *v = LIST_FIRST(&l->viewers), *after = NULL; v != NULL; v = after) {
        struct catalog_run *run = catalog_run(catalog, v->run);
        after = LIST_NEXT(v, next);
        if (run != NULL)
            run_refresh(run); // costs two stat calls if nothing changed
        tell(v, run);
    }
    if (!LIST_EMPTY(&l->viewers))
        loop_timer_set(l->timer, LOOK_MS);
}

struct live *live_new(struct web *w)
{
    struct live *l = mem_calloc(1, sizeof(*l));

    l->web = w;
    l->timer = loop_timer_new(w->loop, look, l);
    LIST_INIT(&l->viewers);
    return l;
}

void live_free(struct live *l)
{
    if (l == NULL)
        return;
    while (!LIST_EMPTY(&l->viewers))
        forget(LIST_FIRST(&l->viewers));
    loop_timer_free(l->timer);
    free(l);
}

void api_live(void *user, struct server_request *q, struct server_reply *reply)
{
    struct web *w = user;
    struct catalog_run *run = web_run(w, q, reply);
    struct viewer *v = NULL;

    if (run == NULL)
        return;
    v = mem_calloc(1, sizeof(*v));
    v->live = w->live;
    v->run = mem_strdup(run->id);
    v->stream = server_stream_open(q, forget, v);
    if (v->stream == NULL) {
        free(v->run);
        free(v);
        web_fail(reply, 503, "too many viewers; try again later");
        return;
    }
    LIST_INSERT_HEAD(&w->live->viewers, v, next);
    run_refresh(run);
    tell(v, run);
    if (!loop_timer_is_set(w->live->timer))
        loop_timer_set(w->live->timer, LOOK_MS);
}

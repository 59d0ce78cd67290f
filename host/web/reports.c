#include "web/reports.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>

#include "base/hash.h"
#include "base/mem.h"
#include "net/loop.h"
#include "net/process.h"
#include "web/inside.h"

enum { AT_ONCE = 2, KEPT_BYTES = 16 << 20, MOST_BYTES = 64 << 20, LIMIT_MS = 600000 };

struct asker {
    LIST_ENTRY(asker) next;
    struct server_later *later;
};

struct report {
    TAILQ_ENTRY(report) next; // the one asked for last comes first
    struct reports *all;
    char *folder;        // of the study
    uint64_t of, making; // states of the study: of the text, and of the one in the making
    struct buf text;
    char etag[HASH_HEX_BYTES];
    struct process *process;
    struct loop_timer *limit;
    LIST_HEAD(askers, asker) askers;
};

struct reports {
    struct web *web;
    TAILQ_HEAD(report_list, report) list;
};

// Changes when a day of a run is finished, or when a run is made anew. Days at work do not count:
// they change twice a second, and a report is about finished days.
static uint64_t state_of(struct catalog_study *study)
{
    uint64_t state = HASH64_START;

    for (size_t i = 0; i < study->run_count; i++) {
        struct catalog_run *run = &study->runs[i];
        run_refresh(run);
        state = hash64_str(state, run->id);
        state = hash64_u64(state, run->stamp.inode);
        state = hash64_u64(state, (uint64_t)run->days_finished);
        state = hash64_u64(state, run->state != RUN_RUNNING);
        if (run->state == RUN_FINISHED || run->state == RUN_STOPPED) {
            state = hash64_u64(state, (uint64_t)run->stamp.file_time.tv_sec);
            state = hash64_u64(state, (uint64_t)run->stamp.file_time.tv_nsec);
        }
    }
    return state != 0 ? state : 1; // 0 is no state
}

static void report_free(struct report *r)
{
    TAILQ_REMOVE(&r->all->list, r, next);
    process_free(r->process);
    loop_timer_free(r->limit);
    buf_fini(&r->text);
    free(r->folder);
    free(r);
}

struct reports *reports_new(struct web *w)
{
    struct reports *r = mem_calloc(1, sizeof(*r));

    r->web = w;
    TAILQ_INIT(&r->list);
    return r;
}

void reports_free(struct reports *r)
{
    if (r == NULL)
        return;
    while (!TAILQ_EMPTY(&r->list))
        report_free(TAILQ_FIRST(&r->list));
    free(r);
}

// Who asked is gone; the report is finished all the same, for the next one.
static void forget(void *user)
{
    struct asker *a = user;

    LIST_REMOVE(a, next);
    free(a);
}

static void fill(struct server_reply *reply, const struct report *r)
{
    buf_add_view(&reply->body, buf_view(&r->text));
    reply->etag = r->etag;
}

// Answers all who wait: with the report, or with what went wrong.
static void answer_all(struct report *r, const char *problem)
{
    while (!LIST_EMPTY(&r->askers)) {
        struct asker *a = LIST_FIRST(&r->askers);
        struct server_later *later = a->later;
        struct server_reply reply = { .status = 200 };
        forget(a);
        if (problem != NULL)
            web_fail(&reply, 500, problem);
        else
            fill(&reply, r);
        server_later_reply(later, &reply);
    }
}

// Reports that nobody asked for lately make room.
static void make_room(struct reports *all)
{
    size_t bytes = 0;

    for (struct report *r = TAILQ_FIRST(&all->list), *after = NULL; r != NULL; r = after) {
        after = TAILQ_NEXT(r, next);
        bytes += r->text.len;
        if (bytes > KEPT_BYTES && r != TAILQ_FIRST(&all->list) && r->process == NULL &&
            LIST_EMPTY(&r->askers))
            report_free(r);
    }
}

static void start_next(struct reports *all);

static void end(struct report *r, const char *problem)
{
    process_free(r->process);
    r->process = NULL;
    loop_timer_free(r->limit);
    r->limit = NULL;
    answer_all(r, problem);
    make_room(r->all);
    start_next(r->all);
}

static void on_limit(void *user)
{
    end(user, "the report takes more than ten minutes; make it with propersim report");
}

// A report may well come with an exit code: 1 if what the study expects is not met, 3 if answers of
// models failed. It says so itself.
static bool is_report(int code, struct view out)
{
    return (code == 0 || code == 1 || code == 3) && out.len > 0 && out.len < MOST_BYTES &&
           out.data[0] == '{';
}

static void on_end(void *user, int code, struct view out, struct view complaint)
{
    struct report *r = user;
    struct buf why = { 0 };
    struct hash hash;

    if (is_report(code, out)) {
        hash = hash_of(out);
        hash_hex(&hash, r->etag);
        buf_clear(&r->text);
        buf_add_view(&r->text, out);
        r->of = r->making;
        end(r, NULL);
        return;
    }
    while (complaint.len > 0 && complaint.data[complaint.len - 1] == '\n')
        complaint.len--;
    buf_add_str(&why, "the report was not made: ");
    if (complaint.len > 0)
        buf_add_view(&why, complaint);
    else
        buf_addf(&why, "its program ended with %d", code);
    end(r, buf_str(&why));
    buf_fini(&why);
}

static void start(struct report *r)
{
    const char *argv[WEB_REPORT_ARGUMENTS + 2] = { NULL };
    struct err err = { { 0 } };
    size_t n = 0;

    for (; n < WEB_REPORT_ARGUMENTS && r->all->web->config.report[n] != NULL; n++)
        argv[n] = r->all->web->config.report[n];
    argv[n] = r->folder;
    const struct process_config config = {
        .argv = argv, .most = MOST_BYTES, .ended = on_end, .user = r
    };
    r->process = process_new(r->all->web->loop, &config, &err);
    if (r->process == NULL) {
        answer_all(r, err.text);
        return;
    }
    r->limit = loop_timer_new(r->all->web->loop, on_limit, r);
    loop_timer_set(r->limit, LIMIT_MS);
}

static void start_next(struct reports *all)
{
    struct report *r = NULL;
    size_t running = 0;

    TAILQ_FOREACH(r, &all->list, next)
    running += r->process != NULL;
    TAILQ_FOREACH(r, &all->list, next)
    {
        if (running >= AT_ONCE)
            return;
        if (r->process == NULL && !LIST_EMPTY(&r->askers)) {
            start(r);
            running += r->process != NULL;
        }
    }
}

static struct report *find(struct reports *all, const struct catalog_study *study)
{
    struct report *r = NULL;

    TAILQ_FOREACH(r, &all->list, next)
    {
        if (strcmp(r->folder, study->folder) == 0)
            break;
    }
    if (r == NULL) {
        r = mem_calloc(1, sizeof(*r));
        r->all = all;
        r->folder = mem_strdup(study->folder);
        LIST_INIT(&r->askers);
    } else {
        TAILQ_REMOVE(&all->list, r, next);
    }
    TAILQ_INSERT_HEAD(&all->list, r, next);
    return r;
}

void reports_answer(struct reports *all, struct catalog_study *study, struct server_request *q,
                    struct server_reply *reply)
{
    uint64_t now = state_of(study);
    struct report *r = find(all, study);
    struct asker *a = NULL;

    if (r->of == now) {
        fill(reply, r);
        return;
    }
    a = mem_calloc(1, sizeof(*a));
    a->later = server_later_new(q, forget, a);
    LIST_INSERT_HEAD(&r->askers, a, next);
    if (r->process == NULL)
        r->making = now;
    start_next(all);
}

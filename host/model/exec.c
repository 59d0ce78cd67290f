#include "model/exec.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>

#include "base/mem.h"
#include "net/program.h"
#include "text/json.h"
#include "text/utf8.h"

enum {
    MAX_LINE = 64 << 20,
    MAX_DEATHS = 5, // in a row, without an answer in between
    LAST_WORDS = 300,
};

struct exec_call {
    LIST_ENTRY(exec_call) next;
    struct exec *exec;
    uint64_t id;
    struct loop_timer *timer; // NULL: no limit
    int64_t start_ms;
    client_fn fn;
    void *user;
};

struct exec {
    struct loop *loop;
    char *command, *folder, *log;
    struct program *program; // NULL: not started yet, or ended
    LIST_HEAD(calls, exec_call) calls;
    uint64_t last_id;
    int deaths;
    char last_words[LAST_WORDS]; // of its standard error
};

struct exec *exec_new(struct loop *l, const char *command, const char *folder, const char *log)
{
    struct exec *e = mem_calloc(1, sizeof(*e));

    e->loop = l;
    e->command = mem_strdup(command);
    e->folder = mem_strdup(folder);
    e->log = mem_strdup(log);
    LIST_INIT(&e->calls);
    return e;
}

void exec_free(struct exec *e)
{
    if (e == NULL)
        return;
    assert(LIST_EMPTY(&e->calls));
    program_free(e->program);
    free(e->command);
    free(e->folder);
    free(e->log);
    free(e);
}

const char *exec_command(const struct exec *e)
{
    return e->command;
}

static void forget(struct exec_call *c)
{
    LIST_REMOVE(c, next);
    loop_timer_free(c->timer);
    free(c);
}

static void finish(struct exec_call *c, enum client_error error, const char *message,
                   struct view body)
{
    const struct client_response response = {
        .error = error,
        .message = message,
        .status = error == CLIENT_OK ? 200 : 0,
        .body = body,
        .content_type = "application/json",
        .retry_after = "",
        .retry_after_ms = "",
        .location = "",
        .request_id = "",
        .processing_ms = "",
        .total_ms = (double)(loop_now_ms(c->exec->loop) - c->start_ms),
    };
    client_fn fn = c->fn;
    void *user = c->user;

    forget(c);
    fn(user, &response);
}

// ---- What the program says

static void note(struct exec *e, struct view text)
{
    FILE *f = e->log != NULL ? fopen(e->log, "ae") : NULL;
    struct buf line = { 0 };

    buf_addf(&line, "exec:%s: ", e->command);
    buf_add_view(&line, text);
    utf8_sanitize(&line);
    buf_add_char(&line, '\n');
    if (f != NULL) { // in one piece, since other processes of the study may write to it as well
        fwrite(line.data, 1, line.len, f);
        fclose(f);
    }
    buf_fini(&line);
}

static void on_complaint(void *user, struct view text)
{
    struct exec *e = user;

    snprintf(e->last_words, sizeof(e->last_words), "%.*s", (int)text.len, text.data);
    note(e, text);
}

static struct exec_call *find(struct exec *e, uint64_t id)
{
    struct exec_call *c = NULL;

    LIST_FOREACH(c, &e->calls, next)
    {
        if (c->id == id)
            return c;
    }
    return NULL;
}

static void on_line(void *user, struct view text)
{
    struct exec *e = user;
    struct err err = { { 0 } };
    struct buf wrong = { 0 };
    struct json *doc = json_parse(text, &err);
    int64_t id = 0;
    struct exec_call *c = NULL;

    if (doc == NULL || !json_want_int(doc, "id", 1, INT64_C(1) << 53, &id, &err)) {
        struct view shown = utf8_cut(text, LAST_WORDS);
        buf_addf(&wrong, "[this line is no answer: %s] %.*s", err.text, (int)shown.len, shown.data);
        on_complaint(e, buf_view(&wrong));
        buf_fini(&wrong);
    } else {
        c = find(e, (uint64_t)id);
    }
    json_free(doc);
    if (c == NULL)
        return; // or an answer that comes too late
    e->deaths = 0;
    finish(c, CLIENT_OK, "", text);
}

static void on_end(void *user, int code)
{
    struct exec *e = user;
    struct buf message = { 0 };
    struct exec_call *last = NULL;

    program_free(e->program);
    e->program = NULL;
    e->deaths++;
    buf_addf(&message, "the program ended with exit code %d%s%s", code,
             e->last_words[0] != '\0' ? "; it last said: " : "", e->last_words);
    note(e, buf_view(&message));
    // Those that were there; what they start anew belongs to the next start of the program.
    for (uint64_t newest = e->last_id; !LIST_EMPTY(&e->calls);) {
        struct exec_call *c = NULL;
        last = NULL;
        LIST_FOREACH(c, &e->calls, next)
        {
            if (c->id <= newest)
                last = c; // the oldest comes last in the list
        }
        if (last == NULL)
            break;
        finish(last, CLIENT_RESET, buf_str(&message), (struct view){ "", 0 });
    }
    buf_fini(&message);
}

// ---- What it is asked

static void on_late(void *user)
{
    finish(user, CLIENT_TIMEOUT_TOTAL, "the program has not answered in time",
           (struct view){ "", 0 });
}

static bool start(struct exec *e, struct err *err)
{
    const struct program_config config = { .command = e->command,
                                           .folder = e->folder,
                                           .max_line = MAX_LINE,
                                           .line = on_line,
                                           .complaint = on_complaint,
                                           .ended = on_end,
                                           .user = e };

    if (e->program != NULL)
        return true;
    if (e->deaths >= MAX_DEATHS)
        return err_set(err,
                       "exec:%s has ended %d times in a row without an answer%s%s; try it by hand, "
                       "mend it, then resume",
                       e->command, e->deaths, e->last_words[0] != '\0' ? ", and last said: " : "",
                       e->last_words);
    e->program = program_new(e->loop, &config, err);
    return e->program != NULL ? true : err_wrap(err, "exec:%s", e->command);
}

uint64_t exec_start(struct exec *e, struct view request, int64_t total_ms, client_fn fn, void *user,
                    struct err *err)
{
    struct exec_call *c = NULL;
    struct buf line = { 0 };

    assert(request.len > 2 && request.data[0] == '{');
    if (!start(e, err))
        return 0;
    c = mem_calloc(1, sizeof(*c));
    *c = (struct exec_call){
        .exec = e, .id = ++e->last_id, .start_ms = loop_now_ms(e->loop), .fn = fn, .user = user
    };
    LIST_INSERT_HEAD(&e->calls, c, next);
    if (total_ms > 0) {
        c->timer = loop_timer_new(e->loop, on_late, c);
        loop_timer_set(c->timer, total_ms);
    }
    buf_addf(&line, "{\"id\":%" PRIu64 ",", c->id);
    buf_add(&line, request.data + 1, request.len - 1);
    program_send(e->program, buf_view(&line));
    buf_fini(&line);
    return c->id;
}

void exec_cancel(struct exec *e, uint64_t id)
{
    struct exec_call *c = find(e, id);

    if (c != NULL)
        forget(c);
}

#include "sim/crew.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "sim/crew_member.h"
#include "text/json.h"

struct child {
    pid_t pid;
    int in_fd, go_fd; // -1: closed
    struct buf line;
    bool ended; // it said how its run ended
    struct runner_usage usage;
};

struct crew {
    const struct runner_options *options;
    struct child *children;
    int count, waiting; // waiting: at midnight, or at the end of a phase
    int midnight;       // which; 0: a phase
    int stop_fd;
    enum runner_end end;
    bool failed; // err is set
    bool halted; // it has been told why
    struct err *err;
};

static void run_child(const struct study *study, const struct runner_options *options, int index,
                      int out_fd, int go_fd, int stop_fd, pid_t parent)
{
    // a kill of the parent must not leave writers behind that lock their files
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(1);
    signal(SIGPIPE, SIG_IGN);
    exit(crew_member_run(study, options, index, out_fd, go_fd, stop_fd));
}

static bool start_child(struct crew *crew, const struct study *study, int index)
{
    struct child *c = &crew->children[index];
    int out[2] = { -1, -1 }, go[2] = { -1, -1 };
    pid_t parent = getpid();

    if (pipe(out) != 0 || pipe(go) != 0)
        return err_set(crew->err, "no pipe to a job: %s", strerror(errno));
    c->pid = fork();
    if (c->pid < 0)
        return err_set(crew->err, "no process for a job: %s", strerror(errno));
    if (c->pid == 0) {
        for (int i = 0; i < index; i++) {
            close(crew->children[i].in_fd);
            close(crew->children[i].go_fd);
        }
        close(out[0]);
        close(go[1]);
        run_child(study, crew->options, index, out[1], go[0], crew->stop_fd, parent);
    }
    close(out[1]);
    close(go[0]);
    c->in_fd = out[0];
    c->go_fd = go[1];
    return true;
}

static int64_t number(const struct json *event, const char *key)
{
    const struct json *value = json_get(event, key);

    return value != NULL ? (int64_t)json_number(value) : 0;
}

static void tell_all(struct crew *crew, char what)
{
    for (int i = 0; i < crew->count; i++) {
        // a child that is gone needs no answer; its pipe says so with EPIPE
        if (crew->children[i].go_fd >= 0 && write(crew->children[i].go_fd, &what, 1) != 1)
            continue;
    }
}

// Lets the children go on if all that are left wait.
static void meet(struct crew *crew)
{
    const struct runner_events *events = &crew->options->events;
    bool go = true;
    int alive = 0;

    for (int i = 0; i < crew->count; i++)
        alive += crew->children[i].in_fd >= 0 && !crew->children[i].ended ? 1 : 0;
    if (crew->waiting == 0 || crew->waiting < alive)
        return;
    crew->waiting = 0;
    if (crew->midnight > 0 && events->midnight != NULL)
        go = events->midnight(events->user, crew->midnight);
    tell_all(crew, go ? 'g' : 's');
}

// midnight: the day that has ended, 0 for the end of a phase.
static void wait_for_all(struct crew *crew, int midnight)
{
    crew->waiting++;
    crew->midnight = midnight;
    meet(crew);
}

static void add_usage(struct runner_usage *sum, const struct runner_usage *of)
{
    struct usage *to = &sum->used;
    const struct usage *u = &of->used;

    to->questions += u->questions;
    to->stored += u->stored;
    to->failed += u->failed;
    to->requests += u->requests;
    to->retries += u->retries;
    to->tokens_in += u->tokens_in;
    to->tokens_out += u->tokens_out;
    to->tokens_cached += u->tokens_cached;
    to->cost += u->cost;
    to->estimated = to->estimated || u->estimated;
    sum->running += of->running;
    sum->waiting += of->waiting;
}

static void take_usage(struct crew *crew, struct child *c, const struct json *event)
{
    const struct runner_events *events = &crew->options->events;
    const struct json *cost = json_get(event, "cost");
    struct runner_usage sum = { 0 };

    c->usage = (struct runner_usage){ .used = { .questions = number(event, "questions"),
                                                .stored = number(event, "stored"),
                                                .failed = number(event, "failed"),
                                                .requests = number(event, "requests"),
                                                .retries = number(event, "retries"),
                                                .tokens_in = number(event, "in"),
                                                .tokens_out = number(event, "out"),
                                                .tokens_cached = number(event, "cached"),
                                                .cost = cost != NULL ? json_number(cost) : 0,
                                                .estimated = number(event, "estimated") != 0 },
                                      .running = number(event, "running"),
                                      .waiting = number(event, "waiting") };
    for (int i = 0; i < crew->count; i++)
        add_usage(&sum, &crew->children[i].usage);
    if (events->usage != NULL)
        events->usage(events->user, &sum);
}

static void stop_all(struct crew *crew)
{
    for (int i = 0; i < crew->count; i++)
        kill(crew->children[i].pid, SIGTERM);
}

// What ends one job ends all: they ask the same endpoints.
static void halt(struct crew *crew, const char *why)
{
    const struct runner_events *events = &crew->options->events;

    if (!crew->halted && events->halted != NULL)
        events->halted(events->user, why);
    if (!crew->halted)
        stop_all(crew);
    crew->halted = true;
}

static void handle_event(struct crew *crew, struct child *c, const struct json *event)
{
    const struct runner_events *events = &crew->options->events;
    struct view name = json_string(json_get(event, "event"));
    const struct json *text_value = json_get(event, "text");
    const char *text = text_value != NULL ? json_string(text_value).data : "";

    if (view_equal(name, view_of("steps")) && events->steps != NULL) {
        events->steps(events->user, number(event, "count"));
    } else if (view_equal(name, view_of("day")) && events->day != NULL) {
        events->day(events->user, (size_t)number(event, "cell"), (int)number(event, "day"));
    } else if (view_equal(name, view_of("refused")) && events->refused != NULL) {
        events->refused(events->user, (int)number(event, "day"), text);
    } else if (view_equal(name, view_of("night")) && events->night != NULL) {
        events->night(events->user, json_string(json_get(event, "household")).data, text);
    } else if (view_equal(name, view_of("failed")) && events->failed != NULL) {
        events->failed(events->user, (size_t)number(event, "cell"), text);
    } else if (view_equal(name, view_of("usage"))) {
        take_usage(crew, c, event);
    } else if (view_equal(name, view_of("halted"))) {
        halt(crew, text);
    } else if (view_equal(name, view_of("midnight"))) {
        wait_for_all(crew, (int)number(event, "day"));
    } else if (view_equal(name, view_of("phase"))) {
        wait_for_all(crew, 0);
    } else if (view_equal(name, view_of("end"))) {
        enum runner_end end = (enum runner_end)number(event, "end");
        c->ended = true;
        if (end == RUNNER_STOPPED || crew->end == RUNNER_DONE)
            crew->end = end;
    } else if (view_equal(name, view_of("error")) && !crew->failed) {
        crew->failed = true;
        c->ended = true;
        err_set(crew->err, "%s", text);
    }
}

static void handle_lines(struct crew *crew, struct child *c)
{
    size_t start = 0;

    for (size_t i = 0; i < c->line.len; i++) {
        struct err err = { { 0 } };
        struct json *event = NULL;
        if (c->line.data[i] != '\n')
            continue;
        event = json_parse((struct view){ c->line.data + start, i - start }, &err);
        if (event != NULL)
            handle_event(crew, c, event);
        json_free(event);
        start = i + 1;
    }
    memmove(c->line.data, c->line.data + start, c->line.len - start);
    c->line.len -= start;
}

static void read_child(struct crew *crew, struct child *c)
{
    char *end = buf_reserve(&c->line, 65536);
    ssize_t got = read(c->in_fd, end, 65536);

    if (got < 0 && errno == EINTR)
        return;
    if (got > 0) {
        c->line.len += (size_t)got;
        handle_lines(crew, c);
        return;
    }
    close(c->in_fd);
    c->in_fd = -1;
    if (!c->ended && !crew->failed) {
        crew->failed = true;
        err_set(crew->err, "a job (process %d) ended without finishing; resume to go on",
                (int)c->pid);
    }
    meet(crew); // nobody waits for one that is gone
}

static void watch(struct crew *crew)
{
    struct pollfd *fds = mem_calloc((size_t)crew->count + 1, sizeof(*fds));
    struct pollfd *stop = &fds[crew->count];
    int open = crew->count;

    *stop = (struct pollfd){ .fd = crew->stop_fd, .events = POLLIN };

    while (open > 0) {
        open = 0;
        for (int i = 0; i < crew->count; i++) {
            fds[i] = (struct pollfd){ .fd = crew->children[i].in_fd, .events = POLLIN };
            open += fds[i].fd >= 0 ? 1 : 0;
        }
        if (open == 0 || (poll(fds, (nfds_t)crew->count + 1, -1) < 0 && errno != EINTR))
            break;
        if (stop->revents != 0) {
            stop->fd = -1; // once is enough
            stop_all(crew);
        }
        for (int i = 0; i < crew->count; i++) {
            if (fds[i].fd >= 0 && fds[i].revents != 0)
                read_child(crew, &crew->children[i]);
        }
    }
    free(fds);
}

bool crew_run(const struct study *study, const struct runner_options *options, int stop_fd,
              enum runner_end *end, struct err *err)
{
    struct crew crew = { .options = options, .stop_fd = stop_fd, .end = RUNNER_DONE, .err = err };
    void (*before)(int) = signal(SIGPIPE, SIG_IGN);

    crew.children = mem_calloc((size_t)options->jobs, sizeof(*crew.children));
    for (int i = 0; i < options->jobs && !crew.failed; i++) {
        crew.children[i] = (struct child){ .in_fd = -1, .go_fd = -1 };
        crew.failed = !start_child(&crew, study, i);
        crew.count = i + 1;
    }
    if (crew.failed)
        tell_all(&crew, 's');
    watch(&crew);
    for (int i = 0; i < crew.count; i++) {
        if (crew.children[i].go_fd >= 0)
            close(crew.children[i].go_fd);
        if (crew.children[i].pid > 0)
            waitpid(crew.children[i].pid, NULL, 0);
        buf_fini(&crew.children[i].line);
    }
    free(crew.children);
    signal(SIGPIPE, before);
    *end = crew.end;
    return !crew.failed;
}

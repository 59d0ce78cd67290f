#include "sim/crew_member.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include "sim/worker.h"
#include "text/json.h"

struct member {
    int out_fd, go_fd, stop_fd;
};

// Nobody reads any more: the parent is gone, and with it the reason to go on.
static void send_line(struct member *m, struct buf *line)
{
    buf_add_char(line, '\n');
    for (size_t done = 0; done < line->len;) {
        ssize_t put = write(m->out_fd, line->data + done, line->len - done);
        if (put < 0 && errno != EINTR)
            _exit(1);
        done += put > 0 ? (size_t)put : 0;
    }
    buf_fini(line);
}

static void on_steps(void *user, int64_t count)
{
    struct buf line = { 0 };

    buf_addf(&line, "{\"event\":\"steps\",\"count\":%lld}", (long long)count);
    send_line(user, &line);
}

static void on_day(void *user, size_t cell, int day)
{
    struct buf line = { 0 };

    buf_addf(&line, "{\"event\":\"day\",\"cell\":%zu,\"day\":%d}", cell, day);
    send_line(user, &line);
}

static void send_text(struct member *m, const char *event, const char *key, int64_t number,
                      const char *text)
{
    struct buf line = { 0 };

    buf_addf(&line, "{\"event\":\"%s\",\"%s\":%lld,\"text\":", event, key, (long long)number);
    json_add_string(&line, view_of(text));
    buf_add_char(&line, '}');
    send_line(m, &line);
}

static void on_refused(void *user, int day, const char *why)
{
    send_text(user, "refused", "day", day, why);
}

static void on_night(void *user, const char *household, const char *text)
{
    struct buf line = { 0 };

    buf_add_str(&line, "{\"event\":\"night\",\"household\":");
    json_add_string(&line, view_of(household));
    buf_add_str(&line, ",\"text\":");
    json_add_string(&line, view_of(text));
    buf_add_char(&line, '}');
    send_line(user, &line);
}

static void on_failed(void *user, size_t cell, const char *why)
{
    send_text(user, "failed", "cell", (int64_t)cell, why);
}

static void on_usage(void *user, const struct runner_usage *usage)
{
    const struct usage *u = &usage->used;
    struct buf line = { 0 };

    buf_addf(&line,
             "{\"event\":\"usage\",\"questions\":%lld,\"stored\":%lld,\"failed\":%lld,"
             "\"requests\":%lld,\"retries\":%lld,\"in\":%lld,\"out\":%lld,\"cached\":%lld,"
             "\"estimated\":%d,\"running\":%lld,\"waiting\":%lld,\"cost\":",
             (long long)u->questions, (long long)u->stored, (long long)u->failed,
             (long long)u->requests, (long long)u->retries, (long long)u->tokens_in,
             (long long)u->tokens_out, (long long)u->tokens_cached, u->estimated,
             (long long)usage->running, (long long)usage->waiting);
    json_add_number(&line, u->cost);
    buf_add_char(&line, '}');
    send_line(user, &line);
}

static void on_halted(void *user, const char *why)
{
    send_text(user, "halted", "cell", 0, why);
}

// Tells the parent what was reached, and waits until all others have reached it too.
static bool meet(struct member *m, const char *event, int number)
{
    struct buf line = { 0 };
    struct pollfd fds[2] = { { .fd = m->go_fd, .events = POLLIN },
                             { .fd = m->stop_fd, .events = POLLIN } };
    char go = 0;

    buf_addf(&line, "{\"event\":\"%s\",\"day\":%d}", event, number);
    send_line(m, &line);
    while (poll(fds, 2, -1) < 0 && errno == EINTR)
        continue;
    return (fds[1].revents & POLLIN) == 0 && read(m->go_fd, &go, 1) == 1 && go == 'g';
}

static bool on_midnight(void *user, int day)
{
    return meet(user, "midnight", day);
}

static bool on_phase(void *user, int phase)
{
    return meet(user, "phase", phase);
}

int crew_member_run(const struct study *study, const struct runner_options *options, int index,
                    int out_fd, int go_fd, int stop_fd)
{
    struct member m = { .out_fd = out_fd, .go_fd = go_fd, .stop_fd = stop_fd };
    struct runner_options mine = *options;
    struct worker w = {
        .study = study, .options = &mine, .index = index, .jobs = options->jobs, .stop_fd = stop_fd
    };
    enum runner_end end = RUNNER_DONE;
    struct err err = { { 0 } };

    mine.events = (struct runner_events){ .steps = on_steps,
                                          .day = on_day,
                                          .refused = on_refused,
                                          .night = on_night,
                                          .failed = on_failed,
                                          .usage = on_usage,
                                          .halted = on_halted,
                                          .midnight = on_midnight,
                                          .phase = on_phase,
                                          .user = &m };
    if (!worker_run(&w, &end, &err)) {
        send_text(&m, "error", "cell", 0, err.text);
        return 1;
    }
    send_text(&m, "end", "end", end, "");
    return 0;
}

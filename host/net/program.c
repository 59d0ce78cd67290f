#include "net/program.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <unistd.h>

#include "base/mem.h"
#include "net/loop.h"
#include "net/spawn.h"

enum { READ_BYTES = 64 << 10, COMPLAINT_BYTES = 4096, GRACE_MS = 2000 };

struct program {
    struct loop *loop;
    struct program_config config;
    pid_t pid;
    int in_fd, out_fd, error_fd; // our ends
    struct loop_watch *in, *out, *error;
    struct buf to_send, line, complaint;
    size_t sent;
};

static void shut(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

// Lets it end, or makes it. Its exit status.
static int end(struct program *p)
{
    struct pollfd gone = { .fd = pidfd_open(p->pid, 0), .events = POLLIN };
    int code = 0;

    shut(&p->in_fd); // the end of its input is what tells it
    if (gone.fd < 0 || poll(&gone, 1, GRACE_MS) != 1)
        kill(-p->pid, SIGKILL);
    code = spawn_reap(p->pid);
    kill(-p->pid, SIGKILL); // what it started and left behind
    shut(&gone.fd);
    p->pid = 0;
    return code;
}

void program_free(struct program *p)
{
    if (p == NULL)
        return;
    loop_watch_free(p->in);
    loop_watch_free(p->out);
    loop_watch_free(p->error);
    if (p->pid > 0) {
        shut(&p->out_fd);
        (void)end(p);
    }
    shut(&p->in_fd);
    shut(&p->out_fd);
    shut(&p->error_fd);
    buf_fini(&p->to_send);
    buf_fini(&p->line);
    buf_fini(&p->complaint);
    free(p);
}

// ---- What it says

// Reads what is there. False at the end.
static bool read_some(int fd, struct buf *into)
{
    ssize_t n = read(fd, buf_reserve(into, READ_BYTES), READ_BYTES);

    if (n < 0)
        return errno == EAGAIN || errno == EINTR;
    into->len += (size_t)n;
    return n > 0;
}

static void drop_front(struct buf *b, size_t len)
{
    if (len == 0)
        return;
    memmove(b->data, b->data + len, b->len - len);
    b->len -= len;
}

static void tell_complaints(struct program *p, bool all)
{
    size_t from = 0;

    while (from < p->complaint.len) {
        const char *start = p->complaint.data + from;
        size_t left = p->complaint.len - from;
        const char *nl = memchr(start, '\n', left);
        size_t len = nl != NULL ? (size_t)(nl - start) : left;
        if (nl == NULL && !all && left < COMPLAINT_BYTES)
            break;
        len = len < COMPLAINT_BYTES ? len : COMPLAINT_BYTES;
        p->config.complaint(p->config.user, (struct view){ start, len });
        from += len + (nl == start + len);
    }
    drop_front(&p->complaint, from);
}

static void on_error(void *user, int fd, int what)
{
    struct program *p = user;

    (void)what;
    if (!read_some(fd, &p->complaint)) {
        loop_watch_free(p->error);
        p->error = NULL;
    }
    tell_complaints(p, p->error == NULL);
}

static void stop(struct program *p)
{
    loop_watch_free(p->in);
    loop_watch_free(p->out);
    loop_watch_free(p->error);
    p->in = p->out = p->error = NULL;
    shut(&p->out_fd); // one that still prints ends by that
    int code = end(p);
    for (size_t before = SIZE_MAX; p->complaint.len != before;) { // its last words
        before = p->complaint.len;
        (void)read_some(p->error_fd, &p->complaint);
    }
    tell_complaints(p, true);
    p->config.ended(p->config.user, code); // may free p
}

static void on_out(void *user, int fd, int what)
{
    struct program *p = user;
    bool more = read_some(fd, &p->line);
    size_t from = 0;
    const char *nl = NULL;

    (void)what;
    while (from < p->line.len &&
           (nl = memchr(p->line.data + from, '\n', p->line.len - from)) != NULL) {
        struct view line = { p->line.data + from, (size_t)(nl - p->line.data) - from };
        from += line.len + 1;
        p->config.line(p->config.user, line);
    }
    drop_front(&p->line, from);
    if (!more || p->line.len > p->config.max_line)
        stop(p);
}

// ---- What it is told

static void on_in(void *user, int fd, int what)
{
    struct program *p = user;
    struct err err = { { 0 } };
    ssize_t n = write(fd, p->to_send.data + p->sent, p->to_send.len - p->sent);

    (void)what;
    if (n > 0)
        p->sent += (size_t)n;
    if (n < 0 && errno != EAGAIN && errno != EINTR)
        p->sent = p->to_send.len; // nobody reads any more; its end will be told
    if (p->sent < p->to_send.len)
        return;
    buf_clear(&p->to_send);
    p->sent = 0;
    (void)!loop_watch_set(p->in, 0, &err); // pausing cannot fail
}

void program_send(struct program *p, struct view line)
{
    struct err err = { { 0 } };

    buf_add_view(&p->to_send, line);
    buf_add_char(&p->to_send, '\n');
    if (p->in != NULL)
        (void)!loop_watch_set(p->in, LOOP_WRITE, &err); // it was watched before
}

// ---- The beginning

static bool start(struct program *p, struct err *err)
{
    const char *const argv[] = { "/bin/sh", "-c", p->config.command, NULL };
    int in[2] = { -1, -1 }, out[2] = { -1, -1 }, error[2] = { -1, -1 };
    int failed = 0;

    if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0 || pipe2(error, O_CLOEXEC) != 0)
        failed = errno;
    if (failed == 0)
        failed = spawn_program(argv, p->config.folder, in[0], out[1], error[1], true, &p->pid);
    if (failed != 0)
        p->pid = 0;
    shut(&in[0]);
    shut(&out[1]);
    shut(&error[1]);
    p->in_fd = in[1];
    p->out_fd = out[0];
    p->error_fd = error[0];
    return failed == 0 ? true : err_set(err, "it cannot be started: %s", strerror(failed));
}

static bool watch(struct program *p, struct err *err)
{
    const int fds[] = { p->in_fd, p->out_fd, p->error_fd };

    for (int i = 0; i < 3; i++) {
        if (fcntl(fds[i], F_SETFL, O_NONBLOCK) != 0)
            return err_set(err, "its pipes cannot be used: %s", strerror(errno));
    }
    p->in = loop_watch_new(p->loop, p->in_fd, 0, on_in, p, err);
    p->out = loop_watch_new(p->loop, p->out_fd, LOOP_READ, on_out, p, err);
    p->error = loop_watch_new(p->loop, p->error_fd, LOOP_READ, on_error, p, err);
    return p->in != NULL && p->out != NULL && p->error != NULL;
}

struct program *program_new(struct loop *loop, const struct program_config *config, struct err *err)
{
    struct program *p = mem_calloc(1, sizeof(*p));

    *p = (struct program){
        .loop = loop, .config = *config, .in_fd = -1, .out_fd = -1, .error_fd = -1
    };
    if (start(p, err) && watch(p, err))
        return p;
    program_free(p);
    return NULL;
}

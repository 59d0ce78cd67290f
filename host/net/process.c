#include "net/process.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "net/loop.h"
#include "net/spawn.h"

enum { COMPLAINT_BYTES = 4096 };

struct process {
    struct process_config config;
    pid_t pid;            // 0: not started, or ended and taken note of
    int end_fd;           // readable when it has ended
    int out_fd, error_fd; // files in memory, so that output is never waited for
    struct loop_watch *watch;
};

static void read_back(int fd, size_t most, struct buf *out)
{
    struct stat st = { 0 };

    if (fstat(fd, &st) != 0 || st.st_size <= 0)
        return;
    size_t len = (size_t)st.st_size < most ? (size_t)st.st_size : most, have = 0;
    char *to = buf_reserve(out, len);
    while (have < len) {
        ssize_t n = pread(fd, to + have, len - have, (off_t)have);
        if (n <= 0)
            break;
        have += (size_t)n;
    }
    out->len += have;
}

static int reap(struct process *p)
{
    int code = spawn_reap(p->pid);

    p->pid = 0;
    return code;
}

static void on_end(void *user, int fd, int what)
{
    struct process *p = user;
    struct buf out = { 0 }, complaint = { 0 };
    int code = reap(p);

    (void)fd;
    (void)what;
    loop_watch_free(p->watch);
    p->watch = NULL;
    read_back(p->out_fd, p->config.most, &out);
    read_back(p->error_fd, COMPLAINT_BYTES, &complaint);
    p->config.ended(p->config.user, code, buf_view(&out), buf_view(&complaint)); // may free p
    buf_fini(&out);
    buf_fini(&complaint);
}

struct process *process_new(struct loop *loop, const struct process_config *config, struct err *err)
{
    struct process *p = mem_calloc(1, sizeof(*p));
    int failed = 0;

    p->config = *config;
    p->end_fd = -1;
    p->out_fd = memfd_create("output", MFD_CLOEXEC);
    p->error_fd = memfd_create("errors", MFD_CLOEXEC);
    failed = p->out_fd < 0 || p->error_fd < 0
                 ? errno
                 : spawn_program(config->argv, NULL, -1, p->out_fd, p->error_fd, false, &p->pid);
    if (failed != 0) {
        p->pid = 0;
        err_set(err, "%s cannot be started: %s", config->argv[0], strerror(failed));
        goto failed;
    }
    p->end_fd = pidfd_open(p->pid, 0);
    if (p->end_fd < 0) {
        err_set(err, "%s cannot be watched: %s", config->argv[0], strerror(errno));
        goto failed;
    }
    p->watch = loop_watch_new(loop, p->end_fd, LOOP_READ, on_end, p, err);
    if (p->watch != NULL)
        return p;
failed:
    process_free(p);
    return NULL;
}

static void shut(int fd)
{
    if (fd >= 0)
        close(fd);
}

void process_free(struct process *p)
{
    if (p == NULL)
        return;
    loop_watch_free(p->watch);
    if (p->pid > 0) {
        kill(p->pid, SIGKILL);
        (void)reap(p);
    }
    shut(p->end_fd);
    shut(p->out_fd);
    shut(p->error_fd);
    free(p);
}

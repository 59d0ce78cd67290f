#include "command/serve.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "command/serve_urls.h"
#include "net/loop.h"
#include "sim/data.h"
#include "web/web.h"

enum { TOKEN_BYTES = 16, OPEN_FILES = 2048, ADDRESS_BYTES = 512 };

static bool make_token(char out[TOKEN_BYTES * 2 + 1], struct err *err)
{
    unsigned char bytes[TOKEN_BYTES];

    if (getrandom(bytes, sizeof(bytes), 0) != (ssize_t)sizeof(bytes))
        return err_set(err, "the system gives no random bytes for a token");
    for (size_t i = 0; i < TOKEN_BYTES; i++)
        snprintf(out + 2 * i, 3, "%02x", bytes[i]);
    return true;
}

static void stop(void *user, int fd, int what)
{
    struct signalfd_siginfo info;

    (void)what;
    (void)!read(fd, &info, sizeof(info));
    loop_stop(user);
}

// With --open the desktop's opener shows the page. Started as a grandchild, so that nobody has to
// wait for it.
static void open_browser(const char *url)
{
    pid_t child = fork();

    if (child == 0) {
        if (fork() == 0) {
            execlp("xdg-open", "xdg-open", url, (char *)NULL);
            fprintf(stderr, "propersim: xdg-open was not found; open %s yourself\n", url);
            _exit(127);
        }
        _exit(0);
    }
    if (child > 0)
        (void)waitpid(child, NULL, 0);
}

static void announce(const struct serve_how *how, int port, const char *token)
{
    struct buf urls = { 0 };
    char *local = NULL;

    serve_add_urls(&urls, how->address, port, token);
    local = serve_local_url(&urls);
    fputs(buf_str(&urls), stdout);
    printf("Shows what is in and below %s. Ctrl-C ends it.\n", how->folder);
    if (token != NULL)
        printf("Whoever has this address may look and rate. It is plain HTTP: on a network that "
               "you do not trust use ssh -L %d:127.0.0.1:%d instead.\n",
               port, port);
    fflush(stdout);
    if (how->open)
        open_browser(local);
    free(local);
    buf_fini(&urls);
}

// Serves until a signal of `signals` comes. `ready` is told the port, and how it went otherwise.
static bool serve_until(const struct serve_how *how, const sigset_t *signals, const char *token,
                        void (*ready)(void *user, int port), void *user, struct err *err)
{
    bool ok = false;
    int fd = -1;
    char *data = data_find(err);
    struct loop *loop = data != NULL ? loop_new(err) : NULL;
    struct loop_watch *watch = NULL;
    struct web *web = NULL;
    struct err fewer = { { 0 } }; // with fewer files there are fewer viewers, that is all

    if (loop == NULL)
        goto done;
    (void)!loop_allow_files(OPEN_FILES, &fewer);
    sigprocmask(SIG_BLOCK, signals, NULL);
    fd = signalfd(-1, signals, SFD_CLOEXEC | SFD_NONBLOCK);
    watch = fd < 0 ? NULL : loop_watch_new(loop, fd, LOOP_READ, stop, loop, err);
    const struct web_config config = { .folder = how->folder,
                                       .data = data,
                                       .address = how->address,
                                       .token = token,
                                       .port = how->port,
                                       .report = { "/proc/self/exe", "report", "--json", "--" } };
    web = watch == NULL ? NULL : web_new(loop, &config, err);
    if (web == NULL)
        goto done;
    ready(user, web_port(web));
    ok = loop_run(loop, -1, NULL, err);
done:
    web_free(web);
    loop_watch_free(watch);
    if (fd >= 0)
        close(fd);
    loop_free(loop);
    free(data);
    return ok;
}

struct announcing {
    const struct serve_how *how;
    const char *token;
};

static void on_ready(void *user, int port)
{
    struct announcing *a = user;

    announce(a->how, port, a->token);
}

bool serve(const struct serve_how *how, struct err *err)
{
    char token[TOKEN_BYTES * 2 + 1] = "";
    struct announcing a = { .how = how, .token = how->address != NULL ? token : NULL };
    sigset_t signals;

    if (how->address != NULL && !make_token(token, err))
        return false;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    return serve_until(how, &signals, a.token, on_ready, &a, err);
}

// ---- Beside a run.

struct serve_beside {
    pid_t pid;
    int end_fd; // readable when the process has ended
    char *url;
};

struct telling {
    const struct serve_how *how;
    int fd;
};

// The port as text to the process that waits for it
static void tell(void *user, int port)
{
    struct telling *t = user;
    struct buf urls = { 0 };
    char *local = NULL;

    serve_add_urls(&urls, t->how->address, port, NULL);
    local = serve_local_url(&urls);
    (void)!write(t->fd, local, strlen(local));
    close(t->fd);
    t->fd = -1;
    if (t->how->open)
        open_browser(local);
    free(local);
    buf_fini(&urls);
}

static void serve_in_child(const struct serve_how *how, int fd, pid_t parent)
{
    struct telling t = { .how = how, .fd = fd };
    struct err err = { { 0 } };
    sigset_t signals;

    signal(SIGINT, SIG_IGN);
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() == parent && !serve_until(how, &signals, NULL, tell, &t, &err) && t.fd >= 0)
        (void)!write(t.fd, err.text, strlen(err.text));
    _exit(0);
}

// What the child says until it closes its end: where it is, or what is wrong.
static char *listen_to(int fd)
{
    char text[ADDRESS_BYTES] = "";
    size_t len = 0;
    ssize_t n = 1;

    while (len < sizeof(text) && n != 0) {
        n = read(fd, text + len, sizeof(text) - len);
        if (n > 0)
            len += (size_t)n;
        else if (n < 0 && errno != EINTR)
            break;
    }
    return mem_strndup(text, len);
}

struct serve_beside *serve_beside_new(const struct serve_how *how, struct err *err)
{
    struct serve_beside *b = mem_calloc(1, sizeof(*b));
    int ends[2] = { -1, -1 };
    pid_t self = getpid();

    b->end_fd = -1;
    fflush(NULL); // or both processes would print what waits
    b->pid = pipe(ends) != 0 ? -1 : fork();
    if (b->pid == 0) {
        close(ends[0]);
        serve_in_child(how, ends[1], self);
    }
    if (b->pid < 0) {
        err_set(err, "no process can be started for --serve: %s", strerror(errno));
        b->pid = 0;
    }
    if (ends[1] >= 0)
        close(ends[1]);
    if (b->pid > 0) {
        b->end_fd = pidfd_open(b->pid, 0);
        b->url = listen_to(ends[0]);
    }
    if (ends[0] >= 0)
        close(ends[0]);
    if (b->url != NULL && strncmp(b->url, "http://", 7) == 0)
        return b;
    if (b->url != NULL)
        err_set(err, "--serve: %s", *b->url != '\0' ? b->url : "its process ended at once");
    serve_beside_free(b);
    return NULL;
}

const char *serve_beside_url(const struct serve_beside *b)
{
    return b->url;
}

void serve_beside_wait(const struct serve_beside *b)
{
    sigset_t set, before;
    int fd = -1;

    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigprocmask(SIG_BLOCK, &set, &before);
    fd = signalfd(-1, &set, SFD_CLOEXEC);
    if (fd >= 0) {
        struct pollfd what[] = { { .fd = fd, .events = POLLIN },
                                 { .fd = b->end_fd, .events = POLLIN } };
        struct signalfd_siginfo taken;
        while (poll(what, 2, -1) < 0 && errno == EINTR)
            continue;
        if (what[0].revents != 0)
            (void)!read(fd, &taken, sizeof(taken)); // or it would end us with the mask as before
        close(fd);
    }
    sigprocmask(SIG_SETMASK, &before, NULL);
}

void serve_beside_free(struct serve_beside *b)
{
    if (b == NULL)
        return;
    if (b->pid > 0) {
        kill(b->pid, SIGTERM);
        while (waitpid(b->pid, NULL, 0) < 0 && errno == EINTR)
            continue;
    }
    if (b->end_fd >= 0)
        close(b->end_fd);
    free(b->url);
    free(b);
}

#include <getopt.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "command/command.h"
#include "net/loop.h"
#include "sim/data.h"
#include "sim/report.h"
#include "web/web.h"

enum { USUAL_PORT = 8765, TOKEN_BYTES = 16, OPEN_FILES = 2048 };

struct arguments {
    const char *folder, *address;
    int port;
    bool open;
};

static bool read_arguments(struct arguments *a, int argc, char **argv, struct err *err)
{
    static const struct option options[] = { { "port", required_argument, NULL, 'p' },
                                             { "listen", required_argument, NULL, 'l' },
                                             { "open", no_argument, NULL, 'o' },
                                             { NULL, 0, NULL, 0 } };

    a->port = USUAL_PORT;
    for (int o = getopt_long(argc, argv, "", options, NULL); o != -1;
         o = getopt_long(argc, argv, "", options, NULL)) {
        if (o == '?')
            return err_set(err, "see above");
        if (o == 'p' && !command_int("--port", optarg, 0, 65535, &a->port, err))
            return false;
        if (o == 'l')
            a->address = optarg;
        a->open = a->open || o == 'o';
    }
    if (optind + 1 != argc)
        return err_set(err, "which folder? Name one: of a study, or of several");
    a->folder = argv[optind];
    if (!file_is_folder(a->folder))
        return err_set(err, "%s: there is no such folder", a->folder);
    return true;
}

static bool make_token(char out[TOKEN_BYTES * 2 + 1], struct err *err)
{
    unsigned char bytes[TOKEN_BYTES];

    if (getrandom(bytes, sizeof(bytes), 0) != (ssize_t)sizeof(bytes))
        return err_set(err, "the system gives no random bytes for a token");
    for (size_t i = 0; i < TOKEN_BYTES; i++)
        snprintf(out + 2 * i, 3, "%02x", bytes[i]);
    return true;
}

static bool report(void *user, const char *folder, struct buf *out, struct err *err)
{
    (void)user;
    return report_json(folder, out, err);
}

static void stop(void *user, int fd, int what)
{
    struct signalfd_siginfo info;

    (void)what;
    (void)!read(fd, &info, sizeof(info));
    loop_stop(user);
}

// The viewer is told how to open the page; with --open the desktop's opener does it. Started as a
// grandchild, so that nobody has to wait for it.
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

static void announce(const struct arguments *a, const struct web *web, const char *token)
{
    struct buf url = { 0 };
    const char *host = a->address != NULL ? a->address : "127.0.0.1";
    bool v6 = strchr(host, ':') != NULL;

    buf_addf(&url, "http://%s%s%s:%d/", v6 ? "[" : "", host, v6 ? "]" : "", web_port(web));
    if (token != NULL)
        buf_addf(&url, "?token=%s", token);
    printf("%s\n", buf_str(&url));
    printf("Shows what is in and below %s. Ctrl-C ends it.\n", a->folder);
    if (token != NULL)
        printf("Whoever has this address may look and rate. It is plain HTTP: on a network that "
               "you do not trust use ssh -L %d:127.0.0.1:%d instead.\n",
               web_port(web), web_port(web));
    fflush(stdout);
    if (a->open)
        open_browser(buf_str(&url));
    buf_fini(&url);
}

static bool serve(const struct arguments *a, struct err *err)
{
    char token[TOKEN_BYTES * 2 + 1] = "";
    bool ok = false;
    sigset_t signals;
    int fd = -1;
    char *data = data_find(err);
    struct loop *loop = data != NULL ? loop_new(err) : NULL;
    struct loop_watch *watch = NULL;
    struct web *web = NULL;
    struct err fewer = { { 0 } }; // with fewer files there are fewer viewers, that is all

    if (loop == NULL || (a->address != NULL && !make_token(token, err)))
        goto done;
    (void)!loop_allow_files(OPEN_FILES, &fewer);
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigprocmask(SIG_BLOCK, &signals, NULL);
    fd = signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
    watch = fd < 0 ? NULL : loop_watch_new(loop, fd, LOOP_READ, stop, loop, err);
    const struct web_config config = { .folder = a->folder,
                                       .data = data,
                                       .address = a->address,
                                       .token = a->address != NULL ? token : NULL,
                                       .port = a->port,
                                       .report = report };
    web = watch == NULL ? NULL : web_new(loop, &config, err);
    if (web == NULL)
        goto done;
    announce(a, web, config.token);
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

static int run(int argc, char **argv)
{
    struct arguments a = { 0 };
    struct err err = { { 0 } };

    if (!read_arguments(&a, argc, argv, &err))
        return command_usage(&command_serve, "%s", err.text);
    return serve(&a, &err) ? EXIT_DONE : command_fail(EXIT_WRONG_INPUT, &err);
}

const struct command command_serve = {
    .name = "serve",
    .summary = "show studies in the browser: live, replay, why, results",
    .help =
        "usage: propersim serve DIR [--port N] [--open] [--listen ADDR]\n\n"
        "Serves every study and run in and below DIR, finished or being written, until Ctrl-C.\n"
        "Only reads; a run does not notice its viewers. What people rate under /rate is kept in\n"
        "the study's folder ratings/.\n\n"
        "  --port N       the port; 8765 if not said, 0 takes any that is free\n"
        "  --open         open the page in the browser\n"
        "  --listen ADDR  listen on this address instead of this machine only; prints an\n"
        "                 address with a token that viewers then need\n",
    .run = run,
};

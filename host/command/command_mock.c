#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/file.h"
#include "command/command.h"
#include "mock/mock.h"
#include "net/loop.h"
#include "script/services.h"
#include "script/texts.h"
#include "sim/data.h"

enum { USUAL_PORT = 8766, OPEN_FILES = 20000, FEWER_FILES = 1000, MOST = 1000000 };

struct arguments {
    struct mock_config config;
    const char *scripts; // a folder whose files go before the installed ones
};

static bool take_option(struct arguments *a, int option, struct err *err)
{
    struct mock_config *c = &a->config;
    int seed = 0;

    switch (option) {
    case 'p': return command_int("--port", optarg, 0, 65535, &c->port, err);
    case 'l': return latency_parse(optarg, &c->latency, err);
    case 'f': return faults_parse(optarg, &c->faults, err);
    case 'r': return command_int("--retry-after", optarg, 0, 3600, &c->retry_after_s, err);
    case 'h': return command_int("--heal", optarg, 0, MOST, &c->heal, err);
    case 'g': c->log = optarg; return true;
    case 'c': a->scripts = optarg; return true;
    case 's':
        if (!command_int("--seed", optarg, 0, INT32_MAX, &seed, err))
            return false;
        c->seed = (uint64_t)seed;
        return true;
    default: return err_set(err, "see above");
    }
}

static bool read_arguments(struct arguments *a, int argc, char **argv, struct err *err)
{
    static const struct option options[] = { { "port", required_argument, NULL, 'p' },
                                             { "latency", required_argument, NULL, 'l' },
                                             { "faults", required_argument, NULL, 'f' },
                                             { "retry-after", required_argument, NULL, 'r' },
                                             { "heal", required_argument, NULL, 'h' },
                                             { "seed", required_argument, NULL, 's' },
                                             { "log", required_argument, NULL, 'g' },
                                             { "scripts", required_argument, NULL, 'c' },
                                             { NULL, 0, NULL, 0 } };

    *a = (struct arguments){ .config = { .port = USUAL_PORT, .seed = 1, .retry_after_s = 1 } };
    for (int o = getopt_long(argc, argv, "", options, NULL); o != -1;
         o = getopt_long(argc, argv, "", options, NULL)) {
        if (!take_option(a, o, err))
            return false;
    }
    if (optind != argc)
        return err_set(err, "'%s' is one argument too many", argv[optind]);
    if (a->scripts != NULL && !file_is_folder(a->scripts))
        return err_set(err, "--scripts %s: there is no such folder", a->scripts);
    return true;
}

static struct script *load_scripts(const char *folder, struct err *err)
{
    static const char *const exports[] = { MOCK_EXPORT, NULL };
    static const char *const folders[] = { "prompts/", "scripts/offline/", NULL };
    const struct script_needs needs = { .exports = exports, .folders = folders };
    char *data = data_find(err);
    const char *roots[] = { folder, data };
    size_t skip = folder == NULL ? 1 : 0;
    struct texts *texts = data != NULL ? texts_read(roots + skip, 2 - skip, err) : NULL;
    struct script *s = services_load_script(NULL, texts, &needs, err);

    texts_unref(texts);
    free(data);
    return s;
}

static void stop(void *user, int fd, int what)
{
    struct signalfd_siginfo info;

    (void)what;
    (void)!read(fd, &info, sizeof(info));
    loop_stop(user);
}

// Ctrl-C and SIGTERM end the loop. Returns the descriptor that they come through.
static int catch_signals(void)
{
    sigset_t signals;

    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigprocmask(SIG_BLOCK, &signals, NULL);
    return signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
}

static bool serve(struct arguments *a, struct err *err)
{
    struct err fewer = { { 0 } };
    struct loop_watch *watch = NULL;
    struct mock *mock = NULL;
    int fd = -1;
    bool ok = false;
    struct script *script = load_scripts(a->scripts, err);
    struct loop *loop = script != NULL ? loop_new(err) : NULL;

    if (loop == NULL)
        goto done;
    if (!loop_allow_files(OPEN_FILES, &fewer) && !loop_allow_files(FEWER_FILES, err))
        goto done;
    fd = catch_signals();
    if (fd < 0) {
        err_set(err, "signals cannot be received");
        goto done;
    }
    watch = loop_watch_new(loop, fd, LOOP_READ, stop, loop, err);
    a->config.script = script;
    mock = watch != NULL ? mock_new(loop, &a->config, err) : NULL;
    if (mock == NULL)
        goto done;
    printf("http://127.0.0.1:%d/v1\n", mock_port(mock));
    fflush(stdout);
    ok = loop_run(loop, -1, NULL, err);
done:
    mock_free(mock);
    loop_watch_free(watch);
    if (fd >= 0)
        close(fd);
    loop_free(loop);
    script_free(script);
    return ok;
}

static int run(int argc, char **argv)
{
    struct arguments a;
    struct err err = { { 0 } };

    if (!read_arguments(&a, argc, argv, &err))
        return command_usage(&command_mock, "%s", err.text);
    return serve(&a, &err) ? EXIT_DONE : command_fail(EXIT_WRONG_INPUT, &err);
}

const struct command command_mock = {
    .name = "mock",
    .summary = "be an OpenAI-compatible server, for tests and load",
    .help =
        "usage: propersim mock [--port N] [--latency L] [--faults F] [--seed N] ...\n\n"
        "Answers chat completions and embeddings as OpenAI's server does, without a model: our\n"
        "prompts by their offline answerers (for endpoints marked `mock = true`), any other chat\n"
        "by a plausible text or by JSON that conforms to its schema, embeddings by the offline\n"
        "embedder. Prints its address, and serves this machine until Ctrl-C or SIGTERM.\n"
        "GET /mock/stats tells what it has seen.\n\n"
        "  --port N          the port; 8766 if not said, 0 takes any that is free\n"
        "  --latency L       milliseconds before each reply: 300, uniform:100,500, or\n"
        "                    lognormal:MEDIAN,SIGMA (default 0)\n"
        "  --faults F        how often replies go wrong: 429=0.05,reset=0.01 or all=0.05. Kinds:\n"
        "                    429, 500, reset, half, hang, not-json, html, schema, refusal, empty,\n"
        "                    length, drip\n"
        "  --retry-after S   seconds that a 429 asks to wait (default 1)\n"
        "  --heal N          no question meets more than N faults, nor a wrong schema twice\n"
        "                    (default 0: any number)\n"
        "  --seed N          of faults and latencies (default 1)\n"
        "  --log FILE        one line of JSON for each request\n"
        "  --scripts DIR     a study's folder, whose prompts and scripts go before the\n"
        "                    installed ones\n",
    .run = run,
};

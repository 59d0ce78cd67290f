#include <getopt.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "command/command.h"
#include "command/model_options.h"
#include "command/repl.h"
#include "sim/find_run.h"
#include "sim/runner.h"
#include "terminal/line.h"

enum { MOST_NAMED = 8 };

struct arguments {
    const char *path, *out, *run;
    struct roles_options roles;
    bool keep_going;
};

static bool read_arguments(struct arguments *a, int argc, char **argv, struct err *err)
{
    static const struct option options[] = { { "out", required_argument, NULL, 'o' },
                                             { "run", required_argument, NULL, 'r' },
                                             { "keep-going", no_argument, NULL, 'k' },
                                             MODEL_OPTIONS,
                                             { NULL, 0, NULL, 0 } };

    for (;;) {
        int option = getopt_long(argc, argv, "o:", options, NULL);
        if (option == -1)
            break;
        if (option >= MODEL_REPLIES && option < MODEL_OPTIONS_END) {
            if (!model_options_take(&a->roles, option, optarg, err))
                return false;
            continue;
        }
        switch (option) {
        case 'o': a->out = optarg; break;
        case 'r': a->run = optarg; break;
        case 'k': a->keep_going = true; break;
        default: return err_set(err, "unknown option or missing value: see above");
        }
    }
    if (optind + 1 != argc)
        return err_set(err, "which run? Name a run file, a study folder or a study file");
    a->path = argv[optind];
    return model_options_check(&a->roles, err);
}

// A study file becomes a study folder, as `run` makes it. *folder: caller frees.
static bool prepare(const struct arguments *a, char **folder, struct err *err)
{
    struct study study = { 0 };
    struct buf out = { 0 };
    bool resumed = false;
    bool ok = study_load(&study, a->path, NULL, 0, err) && study_check_maps(&study, err);

    if (ok) {
        buf_addf(&out, a->out != NULL ? "%s" : "studies/%s", a->out != NULL ? a->out : study.name);
        ok = runner_prepare(&study, buf_str(&out), &resumed, err);
        *folder = buf_take(&out);
    }
    study_fini(&study);
    return ok;
}

static bool is_study_file(const char *path)
{
    size_t len = strlen(path);

    return len > 4 && strcmp(path + len - 4, ".lua") == 0;
}

// "default/p01-s1": what --run calls a run.
static struct view name_of(const struct manifest *m, size_t cell)
{
    const char *file = m->cells[cell].file + strlen("runs/");

    return (struct view){ file, strlen(file) - strlen(".sqlite") };
}

static bool begins_with(struct view name, const char *beginning)
{
    return strlen(beginning) <= name.len && memcmp(name.data, beginning, strlen(beginning)) == 0;
}

// The run that has this name, or the only one whose name begins so; else SIZE_MAX. *count: how many
// begin so.
static size_t find_named(const struct manifest *m, const char *beginning, size_t *count)
{
    size_t found = SIZE_MAX;

    for (size_t i = 0; i < m->cell_count; i++) {
        struct view name = name_of(m, i);
        if (!begins_with(name, beginning))
            continue;
        if (name.len == strlen(beginning))
            return i;
        found = i;
        *count += 1;
    }
    return *count == 1 ? found : SIZE_MAX;
}

// The names of the runs that begin so, one a line, and how many more there are.
static void list_runs(const struct manifest *m, const char *beginning, struct buf *list)
{
    size_t named = 0;

    for (size_t i = 0; i < m->cell_count; i++) {
        struct view name = name_of(m, i);
        if (begins_with(name, beginning) && named++ < MOST_NAMED)
            buf_addf(list, "\n  %.*s", (int)name.len, name.data);
    }
    if (named > MOST_NAMED)
        buf_addf(list, "\n  and %zu more", named - MOST_NAMED);
}

// The run of a study that was named by --run, or its only one.
static bool choose(const struct manifest *m, const char *folder, const char *name, size_t *cell,
                   struct err *err)
{
    struct buf list = { 0 };
    size_t count = 0;

    *cell = name != NULL ? find_named(m, name, &count) : m->cell_count == 1 ? 0 : SIZE_MAX;
    if (*cell != SIZE_MAX)
        return true;
    list_runs(m, count > 0 ? name : "", &list);
    if (count > 0)
        err_set(err, "%s: '%s' may be one of %zu runs:%s", folder, name, count, buf_str(&list));
    else if (name != NULL)
        err_set(err, "%s: has no run '%s'; its runs:%s", folder, name, buf_str(&list));
    else
        err_set(err, "%s: has %zu runs; name one with --run NAME:%s", folder, m->cell_count,
                buf_str(&list));
    buf_fini(&list);
    return false;
}

// From here on Ctrl-C does not end the program: it makes the descriptor readable.
static int catch_interrupt(void)
{
    sigset_t set;

    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigprocmask(SIG_BLOCK, &set, NULL);
    return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

static void tell_again(void *user, int64_t steps)
{
    const struct repl *r = user;

    if (r->terminal)
        fprintf(stderr, "simulating %lld steps of this day again\n", (long long)steps);
}

static void tell_refused(void *user, int day, const char *why)
{
    (void)user;
    fprintf(stderr, "propersim: changed files are not taken for day %d: %s\n", day, why);
}

static int talk(const char *folder, const struct manifest_cell *cell, const struct arguments *a)
{
    struct repl r = { .terminal = line_is_terminal(), .stop_fd = -1 };
    struct session_options options = { .roles = a->roles,
                                       .stop = repl_is_stopped,
                                       .again = tell_again,
                                       .refused = tell_refused,
                                       .user = &r };
    struct err err = { { 0 } };
    int code = EXIT_DONE;

    if (r.terminal)
        r.stop_fd = catch_interrupt();
    r.session = session_open(folder, cell, &options, &err);
    if (r.session == NULL)
        return command_fail(EXIT_WRONG_INPUT, &err);
    code = repl_talk(&r, a->keep_going);
    if (!session_close(r.session, &err))
        code = command_fail(EXIT_RUN_FAILED, &err);
    if (r.stop_fd >= 0)
        close(r.stop_fd);
    free(r.asked);
    buf_fini(&r.said);
    return code;
}

static int run(int argc, char **argv)
{
    struct arguments a = { 0 };
    struct manifest manifest = { 0 };
    struct err err = { { 0 } };
    char *made = NULL, *folder = NULL;
    size_t cell = SIZE_MAX;
    int code = EXIT_WRONG_INPUT;
    bool ok = false;

    if (!read_arguments(&a, argc, argv, &err))
        return command_usage(&command_repl, "%s", err.text);
    ok = !is_study_file(a.path) || prepare(&a, &made, &err);
    ok = ok && find_run(made != NULL ? made : a.path, &folder, &manifest, &cell, &err) &&
         (cell != SIZE_MAX || choose(&manifest, folder, a.run, &cell, &err));
    code = ok ? talk(folder, &manifest.cells[cell], &a) : command_fail(EXIT_WRONG_INPUT, &err);
    manifest_fini(&manifest);
    free(folder);
    free(made);
    return code;
}

const struct command command_repl = {
    .name = "repl",
    .summary = "drive one run by hand: step, look, ask, whisper",
    .help =
        "usage: propersim repl RUN|STUDY [--run NAME] [-o DIR] [--keep-going]\n\n"
        "Opens a run at a prompt, to go on where it ends: a run file, a run of a study folder, or\n"
        "of a study file (whose folder is made as `run` makes it). The run file changes when you\n"
        "`save` or `finish`, and not before. `help` at the prompt lists the commands;\n"
        "docs/terminal.md says more.\n\n"
        "With piped input there is no prompt, one command a line (# begins a comment), and the\n"
        "first that fails ends it with exit code 1.\n\n"
        "  --run NAME      which run of a study: CONDITION/PERSONA-sSEED, or the beginning of it\n"
        "  -o, --out DIR   the study folder of a study file (default: studies/NAME)\n"
        "  --keep-going    go on after commands that fail (piped input); the exit code is still "
        "1\n" MODEL_HELP,
    .run = run,
};

// The trainer: what it is told, and where it says that its adapter is.
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "net/process.h"
#include "sim/night_parts.h"

enum {
    LOOK_EVERY_MS = 100,
    OUTPUT_MAX_BYTES = 64 << 20,
};

struct ending {
    bool over;
    int code;
    struct buf complaint;
};

static void on_end(void *user, int code, struct view out, struct view complaint)
{
    struct ending *e = user;

    (void)out; // goes to a file
    e->over = true;
    e->code = code;
    buf_add_view(&e->complaint, complaint);
}

bool night_wait(struct night_work *w, const bool *over, struct err *err)
{
    struct loop *loop = roles_loop(w->h->shared.roles);

    while (!*over && !w->stopped) {
        if (!loop_run_once(loop, LOOK_EVERY_MS, err))
            return false;
        w->stopped = w->night->stopped(w->night->user);
    }
    return true;
}

static char *variable(const char *name, const char *value)
{
    struct buf text = { 0 };

    buf_addf(&text, "%s=%s", name, value != NULL ? value : "");
    return buf_take(&text);
}

// The last line of what it printed is JSON that says where the adapter is.
static bool read_adapter(struct night_work *w, const char *output, struct err *err)
{
    struct buf text = { 0 };
    struct json *said = NULL;
    struct view path = { 0 }, line = { 0 };
    bool ok = file_read(&text, output, OUTPUT_MAX_BYTES, err);

    for (const char *at = buf_str(&text); ok && *at != '\0';) {
        size_t len = strcspn(at, "\n");
        if (strspn(at, " \t\r") < len)
            line = (struct view){ at, len };
        at += len + (at[len] == '\n');
    }
    if (ok && line.data == NULL)
        ok = err_set(err, "printed nothing; its last line must be {\"adapter\": \"PATH\"}");
    if (ok) {
        said = json_parse(line, err);
        ok = said != NULL && json_want_string(said, "adapter", &path, err);
        if (!ok)
            err_wrap(err, "the last line of what it printed must be {\"adapter\": \"PATH\"}");
    }
    if (ok && !file_exists(path.data))
        ok = err_set(err, "there is no adapter at %s, where it says", path.data);
    if (ok)
        w->adapter = mem_strdup(path.data);
    json_free(said);
    buf_fini(&text);
    return ok;
}

static bool run_command(struct night_work *w, const char *const *argv, const char *errors,
                        struct err *err)
{
    struct ending ending = { 0 };
    struct process_config config = { .argv = argv, .most = 1, .ended = on_end, .user = &ending };
    struct process *p = process_new(roles_loop(w->h->shared.roles), &config, err);
    bool ok = p != NULL && night_wait(w, &ending.over, err);

    process_free(p);
    if (ok && !w->stopped && ending.code != 0)
        ok = err_set(err, "ended with exit code %d; what it complained of is in %s", ending.code,
                     errors);
    buf_fini(&ending.complaint);
    return ok;
}

bool night_run_trainer(struct night_work *w, const char *set, const char *last, struct err *err)
{
    static const char script[] = "exec >\"$PROPERSIM_LOG.out\" 2>\"$PROPERSIM_LOG.err\"; "
                                 "exec sh -c \"$PROPERSIM_TRAINER\"";
    char *log = path_join(w->folder, "trainer"), *out = path_join(w->folder, "adapter");
    struct buf day = { 0 }, output = { 0 }, errors = { 0 };
    char *set_path = realpath(set, NULL);
    char *values[8] = { 0 };
    bool ok = file_make_folder(out, err);

    buf_addf(&day, "%d", w->day);
    buf_addf(&output, "%s.out", log);
    buf_addf(&errors, "%s.err", log);
    if (ok) {
        char *real_out = realpath(out, NULL);
        values[0] = variable("PROPERSIM_DATASET", set_path);
        values[1] = variable("PROPERSIM_OUTPUT", real_out);
        values[2] = variable("PROPERSIM_LAST_ADAPTER", last);
        values[3] = variable("PROPERSIM_DAY", buf_str(&day));
        values[4] = variable("PROPERSIM_NAME", w->name);
        values[5] = variable("PROPERSIM_METHOD", json_string(json_get(w->learn, "method")).data);
        values[6] = variable("PROPERSIM_TRAINER", json_string(json_get(w->learn, "trainer")).data);
        values[7] = variable("PROPERSIM_LOG", log);
        free(real_out);
        const char *argv[] = { "env",     values[0], values[1], values[2], values[3],
                               values[4], values[5], values[6], values[7], "sh",
                               "-c",      script,    NULL };
        ok = run_command(w, argv, buf_str(&errors), err);
    }
    if (ok && !w->stopped)
        ok = read_adapter(w, buf_str(&output), err);
    for (size_t i = 0; i < sizeof(values) / sizeof(*values); i++)
        free(values[i]);
    free(set_path);
    buf_fini(&errors);
    buf_fini(&output);
    buf_fini(&day);
    free(out);
    free(log);
    return ok ? true : err_wrap(err, "the trainer");
}

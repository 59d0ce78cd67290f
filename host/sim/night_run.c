// The trainer: what it is told, and where it says that its adapter is.
#include <ctype.h>
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

// What the study says of how to learn, for trainers that go by it (examples/trainers/common.py).
static const char *const settings[] = { "beta",         "learning_rate",  "epochs",
                                        "batch",        "accumulate",     "weight_decay",
                                        "linear_decay", "max_norm",       "smoothing",
                                        "desirable",    "undesirable",    "kto_reference",
                                        "unlikelihood", "skip_attribute", "from_reference" };
enum { SETTINGS = sizeof(settings) / sizeof(*settings), OWN = 8, BEFORE = 1, AFTER = 4 };

// "PROPERSIM_LEARNING_RATE=0.0001" for each setting that the study has. Returns how many.
static size_t add_settings(const struct json *learn, char **out)
{
    size_t count = 0;

    for (size_t i = 0; i < SETTINGS; i++) {
        const struct json *value = json_get(learn, settings[i]);
        struct buf text = { 0 };
        if (value == NULL || json_type(value) == JSON_NULL)
            continue;
        buf_add_str(&text, "PROPERSIM_");
        for (const char *c = settings[i]; *c != '\0'; c++)
            buf_add_char(&text, (char)toupper((unsigned char)*c));
        buf_add_char(&text, '=');
        if (json_type(value) == JSON_STRING)
            buf_add_view(&text, json_string(value));
        else
            json_add_canonical(&text, value);
        out[count++] = buf_take(&text);
    }
    return count;
}

bool night_run_trainer(struct night_work *w, const char *set, const char *last, struct err *err)
{
    static const char script[] = "exec >\"$PROPERSIM_LOG.out\" 2>\"$PROPERSIM_LOG.err\"; "
                                 "exec sh -c \"$PROPERSIM_TRAINER\"";
    char *log = path_join(w->folder, "trainer"), *out = path_join(w->folder, "adapter");
    struct buf day = { 0 }, output = { 0 }, errors = { 0 };
    char *set_path = realpath(set, NULL);
    char *values[OWN + SETTINGS] = { 0 };
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
        const char *argv[BEFORE + OWN + SETTINGS + AFTER] = { "env" };
        size_t count = OWN + add_settings(w->learn, values + OWN);
        memcpy(argv + BEFORE, values, count * sizeof(*values));
        memcpy(argv + BEFORE + count, (const char *const[]){ "sh", "-c", script },
               3 * sizeof(*argv));
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

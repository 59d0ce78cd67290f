#include "command/print_report.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "command/command.h"
#include "script/script.h"
#include "script/texts.h"
#include "script/value.h"
#include "sim/data.h"
#include "sim/results.h"
#include "text/json.h"

enum { USUAL_WIDTH = 80, LEAST_WIDTH = 40, MOST_WIDTH = 200 };

struct making {
    const struct json *results;
    enum report_form form;
    int width;
    bool color;
    struct buf *out;
    int64_t failed;
};

static int push_arguments(struct lua_State *L, void *user)
{
    static const char *const forms[] = {
        [REPORT_TEXT] = "text", [REPORT_JSON] = "json", [REPORT_HTML] = "html"
    };
    const struct making *m = user;

    value_push_json(L, m->results);
    value_push_text(L, view_of(forms[m->form]));
    value_push_int(L, m->width);
    value_push_bool(L, m->color);
    return 4;
}

static bool read_result(struct lua_State *L, int count, void *user, struct err *err)
{
    struct making *m = user;
    struct view text = { 0 };

    (void)count;
    if (!value_read_text(L, 1, &text, err) || !value_read_int(L, 2, &m->failed, err))
        return false;
    buf_add_view(m->out, text);
    return true;
}

// A script with the installed scripts in force; the report needs no household.
static bool call_report(struct making *m, struct err *err)
{
    static const char *const exports[] = { "propersim.report_make.make", NULL };
    const struct script_needs needs = { .exports = exports };
    const struct script_limits limits = { .memory_bytes = (size_t)1 << 30,
                                          .string_bytes = (size_t)64 << 20,
                                          .slice_instructions = INT64_C(20000000000),
                                          .slice_cpu_ms = 600000 };
    char *data = data_find(err);
    const char *roots[] = { data };
    struct texts *texts = data != NULL ? texts_read(roots, 1, err) : NULL;
    struct script *script = texts != NULL ? script_new(&limits, err) : NULL;
    bool ok =
        script != NULL && script_add_standard_modules(script, err) &&
        script_load(script, texts, &needs, err) &&
        script_call(script, "propersim.report_make", "make", push_arguments, read_result, m, err);

    script_free(script);
    texts_unref(texts);
    free(data);
    return ok;
}

bool make_report(const char *folder, enum report_form form, int width, bool color, struct buf *out,
                 int64_t *failed, struct err *err)
{
    struct making m = { .form = form, .width = width, .color = color, .out = out };
    struct buf text = { 0 };
    struct json *results = NULL;
    bool ok = results_collect(folder, &text, err);

    if (ok) {
        results = json_parse(buf_view(&text), err);
        m.results = results;
        ok = results != NULL && call_report(&m, err);
    }
    *failed = m.failed;
    json_free(results);
    buf_fini(&text);
    return ok;
}

static int terminal_width(void)
{
    struct winsize size = { 0 };

    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col < LEAST_WIDTH)
        return USUAL_WIDTH;
    return size.ws_col > MOST_WIDTH ? MOST_WIDTH : size.ws_col;
}

int print_report(const char *folder, bool quiet, int code)
{
    struct buf out = { 0 };
    struct err err = { { 0 } };
    int64_t failed = 0;
    bool color = isatty(STDOUT_FILENO) && getenv("NO_COLOR") == NULL;
    bool ok = make_report(folder, REPORT_TEXT, terminal_width(), color, &out, &failed, &err);

    if (ok && !quiet)
        fputs(buf_str(&out), stdout);
    buf_fini(&out);
    if (!ok)
        return command_fail(code, &err);
    return failed > 0 ? EXIT_ANSWERS_FAILED : EXIT_DONE;
}

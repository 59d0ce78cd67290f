#include "sim/report.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "script/services.h"
#include "script/texts.h"
#include "script/value.h"
#include "sim/data.h"
#include "sim/guest.h"
#include "sim/results.h"
#include "sim/study.h"
#include "store/texts.h"
#include "text/json.h"

struct making {
    const struct report_request *request;
    struct json **results; // one a folder
    struct guest guest;    // the study file, if the folder has one
    struct buf *out;
    struct report_outcome *outcome;
};

static const char module[] = "propersim.report_make";
static const char *const exports[] = { "propersim.report_make.make", NULL };
static const struct script_needs needs = { .exports = exports };
static const struct script_limits limits = { .memory_bytes = (size_t)1 << 30,
                                             .string_bytes = (size_t)64 << 20,
                                             .slice_instructions = INT64_C(6000000000),
                                             .slice_cpu_ms = 600000 };

// kind, form, width, color, choice, the study file's module, then the results.
static int push_arguments(struct lua_State *L, void *user)
{
    static const char *const kinds[] = {
        [REPORT_STUDY] = "study", [REPORT_RANKING] = "ranking", [REPORT_COMPARE] = "compare"
    };
    static const char *const forms[] = {
        [REPORT_TEXT] = "text", [REPORT_JSON] = "json", [REPORT_HTML] = "html"
    };
    const struct making *m = user;
    const struct report_request *r = m->request;

    value_push_text(L, view_of(kinds[r->kind]));
    value_push_text(L, view_of(forms[r->form]));
    value_push_int(L, r->width);
    value_push_bool(L, r->color);
    if (r->choice != NULL)
        value_push_text(L, view_of(r->choice));
    else
        value_push_nil(L);
    if (m->guest.script != NULL)
        value_push_text(L, view_of(m->guest.module));
    else
        value_push_nil(L);
    for (size_t i = 0; i < r->folder_count; i++)
        value_push_json(L, m->results[i]);
    return 6 + (int)r->folder_count;
}

static bool read_result(struct lua_State *L, int count, void *user, struct err *err)
{
    struct making *m = user;
    struct view text = { 0 }, why = { 0 };

    (void)count;
    if (value_is_nil(L, 1)) {
        if (value_read_text(L, 2, &text, err))
            err_set(err, "%.*s", (int)text.len, text.data);
        return false;
    }
    if (!value_read_text(L, 1, &text, err) ||
        !value_read_int(L, 2, &m->outcome->failed_ratings, err) ||
        !value_read_int(L, 3, &m->outcome->unmet, err) || !value_read_text(L, 4, &why, err) ||
        !value_read_int(L, 5, &m->outcome->expected, err))
        return false;
    buf_add_view(m->out, text);
    buf_add_view(&m->outcome->why, why);
    return true;
}

// Our scripts, and what the study had beside them on its first day: its file may require that.
static struct texts *with_pinned(const struct texts *ours, const struct text_set *pinned,
                                 struct err *err)
{
    struct text_row *rows = mem_calloc(texts_count(ours) + pinned->count, sizeof(*rows));
    struct texts *all = NULL;
    size_t n = 0;

    for (; n < texts_count(ours); n++) {
        const struct text_file *file = texts_at(ours, n);
        rows[n] = (struct text_row){ .path = file->path, .text = file->text, .hash = file->hash };
    }
    for (size_t i = 0; i < pinned->count; i++) {
        struct view text = buf_view(&pinned->files[i]->text);
        if (texts_find(ours, pinned->files[i]->path) == NULL)
            rows[n++] = (struct text_row){ .path = pinned->files[i]->path,
                                           .text = text,
                                           .hash = hash_of(text) };
    }
    all = texts_from_rows(rows, n, err);
    free(rows);
    return all;
}

// What failed in the study file is said by its line; how our scripts came there is of no use.
static void cut_traceback(const char *study_file, struct err *err)
{
    char *end = strstr(err->text, "\nstack traceback:");

    if (end != NULL && strncmp(err->text, study_file, strlen(study_file)) == 0)
        *end = '\0';
}

static bool call_guest(struct making *m, const char *path, const struct texts *ours,
                       struct err *err)
{
    struct text_set pinned = { 0 };
    struct texts *all = NULL;
    bool found = false, ok = false;

    if (!texts_read_pinned(m->request->folders[0], 1, &pinned, &found, err))
        return false;
    all = with_pinned(ours, &pinned, err);
    ok = all != NULL && guest_open_among(&m->guest, path, all, &limits, &needs, err) &&
         guest_call(&m->guest, module, "make", push_arguments, read_result, m, err);
    guest_close(&m->guest);
    if (!ok)
        cut_traceback(path, err);
    texts_unref(all);
    text_set_fini(&pinned);
    return ok;
}

static bool call_alone(struct making *m, struct texts *ours, struct err *err)
{
    struct script *script = services_load_script(&limits, ours, &needs, err);
    bool ok =
        script != NULL && script_call(script, module, "make", push_arguments, read_result, m, err);

    script_free(script);
    return ok;
}

static bool call(struct making *m, struct err *err)
{
    char *data = data_find(err), *study = NULL;
    const char *roots[] = { data };
    struct texts *ours = data != NULL ? texts_read(roots, 1, err) : NULL;
    bool ok = false;

    if (ours == NULL)
        goto done;
    study = path_join(m->request->folders[0], STUDY_FILE);
    if (m->request->kind == REPORT_STUDY && file_exists(study))
        ok = call_guest(m, study, ours, err);
    else
        ok = call_alone(m, ours, err);
done:
    texts_unref(ours);
    free(study);
    free(data);
    return ok;
}

bool report_make(const struct report_request *request, struct buf *out,
                 struct report_outcome *outcome, struct err *err)
{
    struct making m = { .request = request, .out = out, .outcome = outcome };
    bool ok = true;

    m.results = mem_calloc(request->folder_count, sizeof(*m.results));
    for (size_t i = 0; ok && i < request->folder_count; i++) {
        struct buf text = { 0 };
        ok = results_collect(request->folders[i], &text, err);
        if (ok)
            m.results[i] = json_parse(buf_view(&text), err);
        ok = ok && m.results[i] != NULL;
        buf_fini(&text);
    }
    ok = ok && call(&m, err);
    for (size_t i = 0; i < request->folder_count; i++)
        json_free(m.results[i]);
    free(m.results);
    return ok;
}

bool report_json(const char *folder, struct buf *out, struct err *err)
{
    struct report_request request = {
        .kind = REPORT_STUDY, .folders = &folder, .folder_count = 1, .form = REPORT_JSON
    };
    struct report_outcome outcome = { 0 };
    bool ok = report_make(&request, out, &outcome, err);

    buf_fini(&outcome.why);
    return ok;
}

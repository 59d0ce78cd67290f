#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "command/prompt.h"
#include "script/script.h"
#include "script/texts.h"
#include "script/value.h"
#include "sim/data.h"
#include "store/reader.h"

// One version of a prompt: where from, and its text.
struct version {
    struct buf label, text;
};

static bool take_text(void *user, const struct value *row, size_t columns)
{
    struct buf *out = user;

    (void)columns;
    buf_add_view(out, row[0].bytes);
    return false;
}

// "RUN" or "RUN:DAY": the text in force on that day; without a day, on the last one.
static bool read_run(struct version *v, const char *where, const char *path, struct err *err)
{
    const char *colon = strrchr(where, ':');
    char *run = NULL;
    int day = 0;
    struct reader *r = NULL;
    bool ok = true;

    if (colon != NULL)
        ok = command_int("the day after the colon", colon + 1, 1, 100000, &day, err);
    run = colon != NULL ? mem_strndup(where, (size_t)(colon - where)) : mem_strdup(where);
    r = ok ? reader_open(run, err) : NULL;
    if (r != NULL) {
        const struct value params[] = { value_text(view_of(path)), value_int(day) };
        ok = reader_query(r,
                          "SELECT s.text FROM day_script d JOIN script s ON s.hash = d.hash WHERE "
                          "d.path = ?1 AND (?2 = 0 OR d.day = ?2) ORDER BY d.day DESC LIMIT 1",
                          params, 2, take_text, &v->text, err);
        if (ok && v->text.len == 0)
            ok = err_set(err, "%s: has no %s%s", run, path, day > 0 ? " on this day" : "");
        buf_addf(&v->label, day > 0 ? "%s, day %d" : "%s", run, day);
    }
    ok = ok && r != NULL;
    reader_close(r);
    free(run);
    return ok;
}

static bool read_version(struct version *v, const char *where, const char *path, struct err *err)
{
    size_t len = where != NULL ? strlen(where) : 0;
    char *data = NULL, *file = NULL;
    bool ok = false;

    if (where != NULL && (len < 4 || strcmp(where + len - 4, ".lua") != 0))
        return read_run(v, where, path, err);
    if (where == NULL) {
        data = data_find(err);
        file = data != NULL ? path_join(data, path) : NULL;
    } else {
        file = mem_strdup(where);
    }
    ok = file != NULL && file_read(&v->text, file, TEXTS_MAX_FILE_BYTES, err);
    buf_add_str(&v->label, file != NULL ? file : "");
    free(file);
    free(data);
    return ok;
}

static int push_texts(struct lua_State *L, void *user)
{
    const struct version *v = user;

    value_push_text(L, buf_view(&v[0].text));
    value_push_text(L, buf_view(&v[1].text));
    return 2;
}

static bool print_diff(struct lua_State *L, int count, void *user, struct err *err)
{
    const struct version *v = user;
    struct view text = { NULL, 0 };

    (void)count;
    if (!value_read_text(L, 1, &text, err))
        return false;
    printf("--- %s\n+++ %s\n", buf_str(&v[0].label), buf_str(&v[1].label));
    printf("%.*s", (int)text.len, text.len > 0 ? text.data : "");
    if (text.len == 0)
        printf("the same\n");
    return true;
}

int prompt_diff(int argc, char **argv)
{
    static const char *const exports[] = { "propersim.text_diff.lines", NULL };
    struct version versions[2] = { { { 0 }, { 0 } }, { { 0 }, { 0 } } };
    struct err err = { { 0 } };
    struct buf path = { 0 };
    struct script *script = NULL;
    bool ok = false;

    if (argc < 3 || argc > 4)
        return command_usage(&command_prompt, "diff needs NAME, OLD and perhaps NEW");
    buf_addf(&path, "prompts/%s.lua", argv[1]);
    script = prompt_script(NULL, 0, NULL, exports, &err);
    ok =
        script != NULL && read_version(&versions[0], argv[2], buf_str(&path), &err) &&
        read_version(&versions[1], argc > 3 ? argv[3] : NULL, buf_str(&path), &err) &&
        script_call(script, "propersim.text_diff", "lines", push_texts, print_diff, versions, &err);
    for (int i = 0; i < 2; i++) {
        buf_fini(&versions[i].label);
        buf_fini(&versions[i].text);
    }
    buf_fini(&path);
    script_free(script);
    return ok ? EXIT_DONE : command_fail(EXIT_WRONG_INPUT, &err);
}

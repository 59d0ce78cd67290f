#pragma once
// A script with texts given in the test, for the tests of this folder.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/hash.h"
#include "script/script.h"
#include "script/texts.h"
#include "script/value.h"

struct lab_file {
    const char *path, *text;
};

struct lab {
    struct script *s;
    struct buf log; // lines "level where text"
    struct err err;
};

__attribute__((unused)) static void lab_log(void *user, enum script_level level, const char *where,
                                            struct view text)
{
    struct lab *lab = user;

    buf_addf(&lab->log, "%d %s %.*s\n", (int)level, where, (int)text.len, text.data);
}

// The second run of LAB_RUN_TWICE: a full garbage collection at every allocation check.
static bool lab_gc_stress;

#define LAB_RUN_TWICE(tests)                                                                       \
    (cmocka_run_group_tests(tests, NULL, NULL) +                                                   \
     (lab_gc_stress = true, cmocka_run_group_tests_name("with gc stress", tests, NULL, NULL)))

__attribute__((unused)) static void lab_open(struct lab *lab, const struct script_limits *limits)
{
    struct script_limits set = { 0 };
    struct script_context *c = NULL;

    memset(lab, 0, sizeof(*lab));
    if (limits != NULL)
        set = *limits;
    set.gc_stress = set.gc_stress || lab_gc_stress;
    lab->s = script_new(&set, &lab->err);
    if (lab->s == NULL)
        fail_msg("%s", lab->err.text);
    if (!script_add_standard_modules(lab->s, &lab->err))
        fail_msg("%s", lab->err.text);
    c = script_context(lab->s);
    c->seed = 1;
    c->who = "p01";
    c->start_s = 1739404800; // 2025-02-13
    c->now_s = c->start_s + 7 * 3600 + 30 * 60;
    c->step_seconds = 150;
    c->step = 180;
    c->day = 1;
    c->log = lab_log;
    c->log_user = lab;
}

__attribute__((unused)) static void lab_close(struct lab *lab)
{
    script_free(lab->s);
    buf_fini(&lab->log);
}

__attribute__((unused)) static struct texts *lab_texts(const struct lab_file *files, size_t count,
                                                       struct err *err)
{
    struct text_row *rows = calloc(count + 1, sizeof(*rows));
    struct texts *t = NULL;

    for (size_t i = 0; i < count; i++) {
        rows[i].path = files[i].path;
        rows[i].text = view_of(files[i].text);
        rows[i].hash = hash_of(rows[i].text);
    }
    t = texts_from_rows(rows, count, err);
    free(rows);
    return t;
}

__attribute__((unused)) static bool lab_load(struct lab *lab, const struct lab_file *files,
                                             size_t count, const char *const *exports)
{
    struct script_needs needs = { .exports = exports, .compile_all = true };
    struct texts *t = lab_texts(files, count, &lab->err);
    bool ok = false;

    if (t == NULL)
        fail_msg("%s", lab->err.text);
    ok = script_load(lab->s, t, &needs, &lab->err);
    texts_unref(t);
    return ok;
}

struct lab_result {
    char text[4096];
};

__attribute__((unused)) static bool lab_read(struct lua_State *L, int count, void *user,
                                             struct err *err)
{
    struct lab_result *r = user;
    struct view v = { 0 };

    if (count == 0) {
        r->text[0] = '\0';
        return true;
    }
    if (!value_read_text(L, 1, &v, err))
        return false;
    snprintf(r->text, sizeof(r->text), "%.*s", (int)v.len, v.data);
    return true;
}

/// Makes `body` the function household.run, calls it and puts the text that it returns in `out`.
/// False with lab->err.
__attribute__((unused)) static bool lab_eval(struct lab *lab, const char *body,
                                             struct lab_result *out)
{
    static const char *const exports[] = { "household.run", NULL };
    struct buf text = { 0 };
    struct lab_file file = { "scripts/household.lua", NULL };
    bool ok = false;

    memset(&lab->err, 0, sizeof(lab->err));
    buf_addf(&text, "local M = {}\nfunction M.run(...)\n%s\nend\nreturn M\n", body);
    file.text = buf_str(&text);
    ok = lab_load(lab, &file, 1, exports) &&
         script_call(lab->s, "household", "run", NULL, lab_read, out, &lab->err);
    buf_fini(&text);
    return ok;
}

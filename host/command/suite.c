#include "command/suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "command/command.h"
#include "command/print_report.h"
#include "sim/runner.h"

static void add_member(struct suite *suite, char *file)
{
    suite->members = mem_realloc(suite->members, suite->count + 1, sizeof(*suite->members));
    suite->members[suite->count++] = (struct suite_member){ .file = file, .code = -1 };
}

static bool ends_in_lua(const char *name)
{
    size_t len = strlen(name);

    return len > 4 && strcmp(name + len - 4, ".lua") == 0;
}

static bool add_folder(struct suite *suite, const char *folder, struct err *err)
{
    struct file_list list = { 0 };
    size_t before = suite->count;

    if (!file_list_folder(&list, folder, err))
        return false;
    for (size_t i = 0; i < list.count; i++)
        if (ends_in_lua(list.names[i]))
            add_member(suite, path_join(folder, list.names[i]));
    file_list_free(&list);
    return suite->count > before
               ? true
               : err_set(err, "%s: there is no study (.lua file) directly in this folder", folder);
}

bool suite_collect(struct suite *suite, char *const *paths, size_t count, struct err *err)
{
    for (size_t i = 0; i < count; i++) {
        if (!file_is_folder(paths[i]))
            add_member(suite, mem_strdup(paths[i]));
        else if (!add_folder(suite, paths[i], err))
            return false;
    }
    return true;
}

static bool is_new_name(const struct suite *suite, size_t at, struct err *err)
{
    const struct suite_member *m = &suite->members[at];

    for (size_t i = 0; i < at; i++)
        if (strcmp(suite->members[i].study.name, m->study.name) == 0)
            return err_set(err,
                           "%s and %s are both called '%s', so they would share a study folder; "
                           "rename one",
                           suite->members[i].file, m->file, m->study.name);
    return true;
}

bool suite_load(struct suite *suite, const char *out, int days, const char *const *settings,
                size_t setting_count, struct err *err)
{
    for (size_t i = 0; i < suite->count; i++) {
        struct suite_member *m = &suite->members[i];

        if (!study_load(&m->study, m->file, settings, setting_count, err))
            return false;
        if (!study_check_maps(&m->study, err))
            return err_wrap(err, "%s", m->file);
        if (!is_new_name(suite, i, err))
            return false;
        if (days > 0)
            m->study.days = days;
        m->out = path_join(out != NULL ? out : "studies", m->study.name);
    }
    return true;
}

static int run_member(struct suite *suite, size_t at, const struct run_how *how)
{
    struct suite_member *m = &suite->members[at];
    struct run_how mine = *how;
    struct err err = { { 0 } };
    bool resumed = false;

    mine.out = m->out;
    mine.brief = true;
    if (!runner_prepare(&m->study, m->out, &resumed, &err))
        return command_fail(EXIT_WRONG_INPUT, &err);
    if (!how->quiet)
        fprintf(stderr, "%zu of %zu: %s study '%s': %zu households, %d days, into %s\n", at + 1,
                suite->count, resumed ? "going on with" : "running", m->study.name,
                m->study.cell_count, m->study.days, m->out);
    return run_study(&m->study, &mine, &m->end);
}

static const char *plural(int64_t n)
{
    return n == 1 ? "" : "s";
}

// What a failure was: the run's, or that it is not as expected.
static void write_failure(const struct suite_member *m, struct buf *out)
{
    const struct run_end *e = &m->end;

    if (e->failed > 0)
        buf_addf(out, "failed: %lld of %zu household%s", (long long)e->failed, m->study.cell_count,
                 plural((int64_t)m->study.cell_count));
    else if (e->unmet > 0)
        buf_addf(out, "not as expected: %lld of %lld expectation%s not met", (long long)e->unmet,
                 (long long)e->expected, plural(e->expected));
    else
        buf_add_str(out, e->stopped ? "stopped" : "done, but not judged (see above)");
}

static void write_end(const struct suite_member *m, struct buf *out)
{
    switch (m->code) {
    case EXIT_DONE:
        if (m->end.expected > 0)
            buf_addf(out, "done, %lld expectation%s met", (long long)m->end.expected,
                     plural(m->end.expected));
        else
            buf_add_str(out, "done");
        break;
    case EXIT_RUN_FAILED: write_failure(m, out); break;
    case EXIT_WRONG_INPUT: buf_add_str(out, "could not run (see above)"); break;
    case EXIT_ANSWERS_FAILED: buf_add_str(out, "done, but some model answers failed"); break;
    default: buf_add_str(out, "not run"); break;
    }
}

static void print_ends(const struct suite *suite)
{
    fflush(stderr);
    printf("Suite of %zu studies\n", suite->count);
    for (size_t i = 0; i < suite->count; i++) {
        struct buf end = { 0 };

        write_end(&suite->members[i], &end);
        printf("  %-24s %-44s %s\n", suite->members[i].study.name, buf_str(&end),
               suite->members[i].out);
        buf_fini(&end);
    }
    printf("\n");
}

// Of what has run; the ends of the rest are known from print_ends.
static int print_suite_ranking(const struct suite *suite)
{
    const char **folders = mem_calloc(suite->count, sizeof(*folders));
    size_t count = 0;
    int code = EXIT_DONE;

    for (size_t i = 0; i < suite->count; i++)
        if (suite->members[i].code != -1 && suite->members[i].code != EXIT_WRONG_INPUT)
            folders[count++] = suite->members[i].out;
    if (count > 0)
        code = print_ranking(folders, count, NULL);
    free(folders);
    return code;
}

// A failed run weighs more than wrong input, that more than failed answers.
static int worst(int a, int b)
{
    static const int order[] = {
        [EXIT_DONE] = 0, [EXIT_ANSWERS_FAILED] = 1, [EXIT_WRONG_INPUT] = 2, [EXIT_RUN_FAILED] = 3
    };

    return order[a] >= order[b] ? a : b;
}

int suite_run(struct suite *suite, const struct run_how *how)
{
    bool stopped = false;
    int code = EXIT_DONE;

    for (size_t i = 0; i < suite->count && !stopped; i++) {
        struct suite_member *m = &suite->members[i];
        m->code = run_member(suite, i, how);
        stopped = m->end.stopped && m->code == EXIT_RUN_FAILED; // not: could not begin
        code = worst(code, m->code);
    }
    if (!how->quiet) {
        print_ends(suite);
        code = worst(code, print_suite_ranking(suite));
    }
    if (stopped)
        fprintf(stderr, "propersim: the same command goes on where the suite was stopped\n");
    return code;
}

void suite_fini(struct suite *suite)
{
    for (size_t i = 0; i < suite->count; i++) {
        free(suite->members[i].file);
        free(suite->members[i].out);
        study_fini(&suite->members[i].study);
    }
    free(suite->members);
    *suite = (struct suite){ 0 };
}

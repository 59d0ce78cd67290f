#include "web/catalog.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "store/manifest.h"
#include "text/json.h"

enum { SCAN_EVERY_MS = 2000 };

struct catalog {
    char *folder;
    int64_t scanned_ms;
    bool scanned;
    struct catalog_study **studies;
    size_t count, cap, runs;
    struct buf problems;
};

static void run_fini(struct catalog_run *r)
{
    free(r->id);
    free(r->path);
    free(r->condition);
    free(r->persona);
    free(r->problem);
    free(r->failure);
    free(r->names);
    free(r->scores);
    free(r->run_days);
}

static void study_free(struct catalog_study *s)
{
    for (size_t i = 0; i < s->run_count; i++)
        run_fini(&s->runs[i]);
    free(s->runs);
    free(s->id);
    free(s->folder);
    free(s->name);
    free(s->config_folder);
    free(s);
}

struct catalog *catalog_new(const char *folder)
{
    struct catalog *c = mem_calloc(1, sizeof(*c));
    char *real = realpath(folder, NULL);

    c->folder = real != NULL ? real : mem_strdup(folder);
    buf_add_str(&c->problems, "[]");
    return c;
}

void catalog_free(struct catalog *c)
{
    if (c == NULL)
        return;
    for (size_t i = 0; i < c->count; i++)
        study_free(c->studies[i]);
    free(c->studies);
    free(c->folder);
    buf_fini(&c->problems);
    free(c);
}

static void add_problem(struct catalog *c, const char *text)
{
    c->problems.len--; // the bracket
    if (c->problems.len > 1)
        buf_add_char(&c->problems, ',');
    json_add_string(&c->problems, view_of(text));
    buf_add_char(&c->problems, ']');
}

const char *catalog_problems(const struct catalog *c)
{
    return buf_str(&c->problems);
}

// ---- Reading one study.

// "a/b" -> "a:b", without a prefix and a suffix.
static char *id_of(const char *before, const char *path, const char *prefix, const char *suffix)
{
    struct buf b = { 0 };
    size_t len = strlen(path), end = strlen(suffix);

    if (strncmp(path, prefix, strlen(prefix)) == 0) {
        path += strlen(prefix);
        len -= strlen(prefix);
    }
    if (len > end && strcmp(path + len - end, suffix) == 0)
        len -= end;
    if (before != NULL)
        buf_addf(&b, "%s:", before);
    for (size_t i = 0; i < len; i++)
        buf_add_char(&b, path[i] == '/' ? ':' : path[i]);
    return buf_take(&b);
}

// Days and the folder of the study file, where the manifest says them.
static void read_config(struct catalog_study *study, const char *text)
{
    struct err unread = { { 0 } }; // then they are simply not known
    struct json *config = json_parse(view_of(text != NULL ? text : ""), &unread);
    const struct json *days = json_get(config, "days"), *folder = json_get(config, "folder");

    if (days != NULL && json_type(days) == JSON_NUMBER)
        study->days = (int)json_number(days);
    if (folder != NULL && json_type(folder) == JSON_STRING)
        study->config_folder = mem_strndup(json_string(folder).data, json_string(folder).len);
    json_free(config);
}

static struct catalog_study *study_read(const char *id, const char *folder, struct err *err)
{
    struct manifest m = { 0 };
    struct catalog_study *study = NULL;

    if (!manifest_read(&m, folder, err))
        return NULL;
    study = mem_calloc(1, sizeof(*study));
    study->id = mem_strdup(id);
    study->folder = mem_strdup(folder);
    study->name = mem_strdup(m.name);
    read_config(study, m.config);
    study->runs = mem_calloc(m.cell_count, sizeof(*study->runs));
    study->run_count = m.cell_count;
    for (size_t i = 0; i < m.cell_count; i++) {
        struct catalog_run *run = &study->runs[i];
        run->id = id_of(id, m.cells[i].file, "runs/", ".sqlite");
        run->path = path_join(folder, m.cells[i].file);
        run->condition = mem_strdup(m.cells[i].condition);
        run->persona = mem_strdup(m.cells[i].persona);
        run->seed = m.cells[i].seed;
        run->study = study;
    }
    manifest_fini(&m);
    return study;
}

// ---- Scanning.

// What was read of a run before stays good as long as its file does not change.
static void carry_over(struct catalog_study *fresh, struct catalog_study *old)
{
    for (size_t i = 0, j = 0; i < fresh->run_count; i++) {
        struct catalog_run *now = &fresh->runs[i];
        while (j < old->run_count && strcmp(old->runs[j].id, now->id) != 0)
            j++;
        if (j == old->run_count) {
            j = 0;
            continue;
        }
        struct catalog_run *was = &old->runs[j], kept = *was;
        kept.id = now->id;
        kept.path = now->path;
        kept.condition = now->condition;
        kept.persona = now->persona;
        kept.seed = now->seed;
        kept.study = fresh;
        *now = kept;
        was->problem = was->failure = was->names = was->scores = NULL;
        was->run_days = NULL;
    }
}

static void add_study(struct catalog *c, const char *id, const char *folder)
{
    struct err err = { { 0 } };
    struct catalog_study *study = study_read(id, folder, &err);

    if (study == NULL) {
        add_problem(c, err.text);
        return;
    }
    if (c->runs + study->run_count > CATALOG_MAX_RUNS) {
        err_set(&err, "%s: left out, as there are more than %d runs", folder, CATALOG_MAX_RUNS);
        add_problem(c, err.text);
        study_free(study);
        return;
    }
    c->runs += study->run_count;
    if (c->count == c->cap) {
        c->cap = mem_grow(c->cap, c->count + 1);
        c->studies = mem_realloc(c->studies, c->cap, sizeof(*c->studies));
    }
    c->studies[c->count++] = study;
}

static void look_in(struct catalog *c, const char *folder, const char *below, int depth)
{
    struct file_list names = { 0 };
    struct err err = { { 0 } };

    if (manifest_exists(folder)) {
        char *id = id_of(NULL, *below != '\0' ? below : path_name(folder), "", "");
        add_study(c, id, folder);
        free(id);
        return;
    }
    if (depth == 0)
        return;
    if (!file_list_folder(&names, folder, &err)) {
        add_problem(c, err.text);
        return;
    }
    for (size_t i = 0; i < names.count; i++) {
        char *path = path_join(folder, names.names[i]), *next = path_join(below, names.names[i]);
        if (file_is_folder(path))
            look_in(c, path, next, depth - 1);
        free(path);
        free(next);
    }
    file_list_free(&names);
}

static int by_id(const void *a, const void *b)
{
    return strcmp((*(struct catalog_study *const *)a)->id, (*(struct catalog_study *const *)b)->id);
}

void catalog_scan(struct catalog *c, int64_t now_ms)
{
    struct catalog_study **old = c->studies;
    size_t old_count = c->count;

    if (c->scanned && now_ms - c->scanned_ms < SCAN_EVERY_MS)
        return;
    c->scanned = true;
    c->scanned_ms = now_ms;
    c->studies = NULL;
    c->count = c->cap = c->runs = 0;
    buf_clear(&c->problems);
    buf_add_str(&c->problems, "[]");
    look_in(c, c->folder, "", CATALOG_DEPTH);
    if (c->count > 0)
        qsort(c->studies, c->count, sizeof(*c->studies), by_id);
    for (size_t i = 0; i < old_count; i++) {
        struct catalog_study *fresh = catalog_study(c, old[i]->id);
        if (fresh != NULL)
            carry_over(fresh, old[i]);
        study_free(old[i]);
    }
    free(old);
}

size_t catalog_count(const struct catalog *c)
{
    return c->count;
}

struct catalog_study *catalog_at(const struct catalog *c, size_t i)
{
    return c->studies[i];
}

struct catalog_study *catalog_study(struct catalog *c, const char *id)
{
    for (size_t i = 0; i < c->count; i++) {
        if (strcmp(c->studies[i]->id, id) == 0)
            return c->studies[i];
    }
    return NULL;
}

struct catalog_run *catalog_run(struct catalog *c, const char *id)
{
    for (size_t i = 0; i < c->count; i++) {
        for (size_t j = 0; j < c->studies[i]->run_count; j++) {
            if (strcmp(c->studies[i]->runs[j].id, id) == 0)
                return &c->studies[i]->runs[j];
        }
    }
    return NULL;
}

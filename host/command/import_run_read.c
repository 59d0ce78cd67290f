// Reading the runs among what `propersim import` is given.
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "command/import_run.h"

// The study has the days of its longest run: what was imported whole is finished, and a day that
// was begun is still to be done. With people who are in no run it has at least the usual number.
static void count_days(struct import *im)
{
    size_t in_runs = 0;
    int days = 0;

    for (size_t i = 0; i < im->run_count; i++) {
        int begun = reverie_run_days_begun(&im->runs[i].run);
        days = begun > days ? begun : days;
        in_runs += im->runs[i].count;
    }
    if (days > IMPORT_USUAL_DAYS || in_runs == im->people.residents)
        im->people.days = days;
}

static struct import_run *add_run(struct import *im, const char *storage)
{
    struct import_run *run = NULL;

    im->runs = mem_realloc(im->runs, im->run_count + 1, sizeof(*im->runs));
    run = &im->runs[im->run_count++];
    *run = (struct import_run){ .storage = storage };
    return run;
}

// The residents of a storage folder, in their order.
static void list_people(const struct import *im, struct import_run *run)
{
    run->people = mem_calloc(im->people.count, sizeof(*run->people));
    for (size_t i = 0; i < im->people.count; i++) {
        const struct reverie_person *p = &im->people.people[i];
        if (p->is_resident && p->storage != NULL && strcmp(p->storage, run->storage) == 0)
            run->people[run->count++] = i;
    }
}

// Ids for those of whom there are no persona files: their names, made unique.
static void make_ids(struct import_run *run)
{
    run->ids = mem_calloc(run->run.resident_count, sizeof(*run->ids));
    for (size_t i = 0; i < run->run.resident_count; i++) {
        struct buf name = { 0 };
        reverie_make_id(run->ids[i], "", run->run.residents[i].name);
        for (size_t k = 0; k < i; k++) {
            if (strcmp(run->ids[i], run->ids[k]) != 0)
                continue;
            buf_clear(&name);
            buf_addf(&name, "%.30s_%zu", run->run.residents[i].name, i + 1);
            reverie_make_id(run->ids[i], "", buf_str(&name));
            k = (size_t)-1; // compare with all again
        }
        buf_fini(&name);
    }
}

// Has an assistant of theirs been heard of? A compressed run says only that they have one.
static bool has_assistant(const struct reverie_run *run, const struct reverie_resident *r)
{
    return (r->assistant != NULL && run->compressed) || reverie_was_suggested_to(r);
}

static bool read_run(struct import *im, const char *storage, struct err *err)
{
    struct import_run *run = add_run(im, storage);
    const char **names = NULL;
    bool ok = false;

    list_people(im, run);
    names = mem_calloc(run->count, sizeof(*names));
    for (size_t i = 0; i < run->count; i++)
        names[i] = im->people.people[run->people[i]].name;
    ok = reverie_run_read(&run->run, storage, names, run->count, err);
    free(names);
    if (!ok)
        return false;
    if (run->count == 0)
        make_ids(run);
    for (size_t i = 0; i < run->count; i++) {
        struct reverie_person *p = &im->people.people[run->people[i]];
        p->household = run->count > 1 ? (int)im->run_count : 0;
        p->unassisted = !has_assistant(&run->run, &run->run.residents[i]);
    }
    return true;
}

// Takes a map if it ships with us.
static void take_map(struct import *im, const char *map)
{
    char *path = path_join(im->data, map);

    if (im->run_map == NULL && path_is_inside(map) && file_exists(path))
        im->run_map = mem_strdup(map);
    free(path);
}

// The map that an export of ours names: its file, or (all that there is without propersim/) its
// name, which no map of the original's has.
static void find_map(struct import *im)
{
    for (size_t i = 0; i < im->run_count; i++) {
        const struct reverie_run *run = &im->runs[i].run;
        struct buf path = { 0 };
        if (run->map != NULL)
            take_map(im, run->map);
        if (run->maze != NULL) {
            buf_addf(&path, "maps/%s.tmj", run->maze);
            take_map(im, buf_str(&path));
        }
        buf_fini(&path);
    }
}

static bool is_read(const struct import *im, const char *storage)
{
    for (size_t i = 0; i < im->run_count; i++) {
        if (strcmp(im->runs[i].storage, storage) == 0)
            return true;
    }
    return false;
}

bool import_read_runs(struct import *im, struct err *err)
{
    bool replay = false;

    for (size_t i = 0; i < im->people.count; i++) {
        const struct reverie_person *p = &im->people.people[i];
        if (p->storage != NULL && !is_read(im, p->storage) && reverie_run_exists(p->storage) &&
            !read_run(im, p->storage, err))
            return false;
    }
    for (size_t i = 0; i < im->args->source_count; i++) {
        const char *source = im->args->sources[i];
        if (!is_read(im, source) && reverie_run_exists(source) && !read_run(im, source, err))
            return false;
    }
    for (size_t i = 0; i < im->run_count; i++)
        replay = replay || im->runs[i].count == 0;
    if (replay && (im->run_count > 1 || im->people.residents > 0))
        return err_set(err, "%s: says nothing of who is in its run; import it without others",
                       im->args->sources[0]);
    count_days(im);
    find_map(im);
    return true;
}

bool import_is_replay(const struct import *im)
{
    return im->run_count == 1 && im->runs[0].count == 0;
}

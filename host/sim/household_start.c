// Starting from what others have learned (assistant.learn.start): the policies of finished runs are
// pooled (learn/pool.h) into the policy and the reference of the first day. The run file keeps the
// result as the policy of day 0, so that nothing but the file is needed from then on, and a note
// says where it came from.

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "learn/explain.h"
#include "learn/pool.h"
#include "sim/household_data.h"
#include "sim/start.h"
#include "store/manifest.h"
#include "store/reader.h"

enum { FOLDERS_ABOVE = 3 }; // of a run file: condition, runs, study

// Whose policies are taken.
enum from { FROM_OTHERS, FROM_ALL, FROM_OWN };

struct start {
    const char *own; // id of the persona that starts
    enum from from;
    struct manifest manifest;
    char *folder; // of the study that it starts from
    struct policy **policies;
    size_t count;
    struct buf sources; // JSON list of the run files, relative to the folder
};

static const struct json *learn_options(const struct household *h)
{
    return json_get(json_get(h->config, "assistant"), "learn");
}

static char *own_folder(const struct household *h)
{
    char *folder = realpath(h->path, NULL); // the file is open, so there is one

    for (int i = 0; i < FOLDERS_ABOVE; i++) {
        char *above = path_folder(folder);
        free(folder);
        folder = above;
    }
    return folder;
}

static int wanted_days(const struct manifest *m)
{
    struct err ignored = { { 0 } };
    struct json *config = json_parse(view_of(m->config), &ignored);
    const struct json *days = json_get(config, "days");
    int wanted = days != NULL ? (int)json_number(days) : 1;

    json_free(config);
    return wanted;
}

static bool take_policy(struct start *s, struct reader *reader, int who, int day, struct err *err)
{
    struct buf weights = { 0 }, names = { 0 };
    struct policy *p = policy_new(POLICY_BITS);
    int policy_day = 0;
    bool ok = reader_policy(reader, who, day, &policy_day, &weights, NULL, &names, err);

    if (ok && policy_day == 0)
        ok = err_set(err, "nothing was learned in it");
    ok = ok && policy_load(p, buf_view(&weights), err) &&
         policy_load_names(p, buf_view(&names), err);
    if (ok) {
        s->policies = mem_realloc(s->policies, s->count + 1, sizeof(struct policy *));
        s->policies[s->count++] = p;
    } else {
        policy_free(p);
    }
    buf_fini(&weights);
    buf_fini(&names);
    return ok;
}

// The policies of one run file that are wanted.
static bool take_run(struct start *s, const struct manifest_cell *cell, struct err *err)
{
    char *path = path_join(s->folder, cell->file);
    int days = 0, wanted = wanted_days(&s->manifest);
    struct reader *reader = reader_open(path, err);
    bool ok = reader != NULL && reader_progress(reader, &days, NULL, err);

    if (ok && days < wanted)
        ok = err_set(err, "has finished %d of %d days; let it finish, then resume", days, wanted);
    for (int i = 0; ok && i < reader_info(reader)->resident_count; i++) {
        bool own = strcmp(reader_info(reader)->residents[i].persona, s->own) == 0;
        if (s->from != FROM_ALL && own != (s->from == FROM_OWN))
            continue;
        ok = take_policy(s, reader, i + 1, days, err);
        buf_add_char(&s->sources, s->sources.len == 0 ? '[' : ',');
        json_add_string(&s->sources, view_of(cell->file));
    }
    if (!ok)
        err_wrap(err, "%s", path);
    reader_close(reader);
    free(path);
    return ok;
}

// All runs of the condition, of this seed if it was run with it.
static bool take_runs(struct start *s, struct view condition, int64_t seed, struct err *err)
{
    bool same_seed = false;

    for (size_t i = 0; i < s->manifest.cell_count; i++) {
        const struct manifest_cell *cell = &s->manifest.cells[i];
        same_seed =
            same_seed || (view_equal(view_of(cell->condition), condition) && cell->seed == seed);
    }
    for (size_t i = 0; i < s->manifest.cell_count; i++) {
        const struct manifest_cell *cell = &s->manifest.cells[i];
        if (view_equal(view_of(cell->condition), condition) && (!same_seed || cell->seed == seed) &&
            !take_run(s, cell, err))
            return false;
    }
    if (s->count == 0)
        return err_set(err, "no run there is of %s; see assistant.learn.start_from",
                       s->from == FROM_OWN ? "the same person" : "another person");
    return true;
}

static bool gather(struct household *h, struct start *s, struct err *err)
{
    struct view text = json_string(json_get(learn_options(h), "start"));
    struct view from = json_string(json_get(learn_options(h), "start_from"));
    struct view condition = { 0 };
    char *own = own_folder(h);

    s->from = view_equal(from, view_of("all"))   ? FROM_ALL
              : view_equal(from, view_of("own")) ? FROM_OWN
                                                 : FROM_OTHERS;
    s->folder = start_folder(own, text, &condition);
    free(own);
    return manifest_read(&s->manifest, s->folder, err) &&
           start_has_condition(&s->manifest, s->folder, condition, err) &&
           take_runs(s, condition, (int64_t)h->context.seed, err);
}

static void forget(struct start *s)
{
    for (size_t i = 0; i < s->count; i++)
        policy_free(s->policies[i]);
    free(s->policies);
    free(s->folder);
    buf_fini(&s->sources);
    manifest_fini(&s->manifest);
}

// Writes the policy of day 0, and where it came from.
static bool keep(struct household *h, struct service_resident *r, int who, struct start *s,
                 struct err *err)
{
    struct buf weights = { 0 }, names = { 0 }, note = { 0 }, key = { 0 };
    char hex[HASH_HEX_BYTES];
    struct hash hash;
    bool ok = false;

    policy_save(r->policy, &weights);
    policy_save_names(r->policy, &names);
    struct row_policy row = {
        .day = 0, .who = who, .weights = buf_view(&weights), .names = buf_view(&names)
    };
    hash = hash_of(buf_view(&weights));
    hash_hex(&hash, hex);
    buf_addf(&note, "{\"folder\":");
    json_add_string(&note, view_of(s->folder));
    buf_addf(&note, ",\"hash\":\"%s\",\"runs\":%s]}", hex, buf_str(&s->sources));
    buf_addf(&key, "learned_from_%d", who);
    ok = writer_append_policy(h->writer, &row, err) &&
         writer_set_note(h->writer, buf_str(&key), value_text(buf_view(&note)), err);
    buf_fini(&weights);
    buf_fini(&names);
    buf_fini(&note);
    buf_fini(&key);
    return ok;
}

bool household_start_learning(struct household *h, struct err *err)
{
    const struct json *option = json_get(learn_options(h), "start");
    int who = 0;
    bool ok = true;

    if (option == NULL)
        return true;
    for (const struct json *p = json_first(json_get(h->config, "personas")); ok && p != NULL;
         p = json_next(p)) {
        struct service_resident *r = &h->services.residents[who++];
        struct start s = { .own = json_string(p).data };
        ok = gather(h, &s, err);
        if (ok) {
            policy_pool(r->policy, s.policies, s.count);
            policy_freeze_reference(r->policy);
            ok = keep(h, r, who, &s, err);
        }
        forget(&s);
    }
    return ok ? true : err_wrap(err, "assistant.learn.start = \"%s\"", json_string(option).data);
}

struct loading {
    struct service_resident *resident;
    struct err *err;
    bool ok;
};

static bool load_start(void *user, const struct value *row, size_t columns)
{
    struct loading *l = user;

    (void)columns;
    l->ok = policy_load(l->resident->policy, row[0].bytes, l->err) &&
            policy_load_reference(l->resident->policy, row[0].bytes, l->err);
    return l->ok;
}

bool household_restore_start(struct reader *reader, struct service_resident *r, int who,
                             struct err *err)
{
    const struct value keys[] = { value_int(who) };
    struct loading l = { .resident = r, .err = err, .ok = true };

    return reader_query(reader, "SELECT weights FROM policy WHERE who = ?1 AND day = 0", keys, 1,
                        load_start, &l, err) &&
           l.ok;
}

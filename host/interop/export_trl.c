#include "interop/export_trl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "interop/export_file.h"
#include "interop/run_texts.h"
#include "script/script.h"
#include "script/services.h"
#include "script/texts.h"
#include "script/value.h"

#define MODULE "propersim.export_trl"

static const char *const kinds[] = { [TRL_DPO] = "dpo", [TRL_KTO] = "kto", [TRL_SFT] = "sft" };

// clang-format off
static const char days_sql[] =
    "SELECT DISTINCT p.day, d.texts FROM pair p JOIN day d ON d.day = p.day"
    " WHERE ?1 = 0 OR p.who = ?1 ORDER BY p.day";
static const char pairs_sql[] =
    "SELECT p.step, q.prompt, q.inputs, c.text, c.reason, r.text, r.reason"
    " FROM pair p LEFT JOIN pair_prompt q ON q.step = p.step AND q.who = p.who"
    " JOIN suggestion c ON c.step = p.step AND c.who = p.who AND c.slot = p.chosen_slot"
    " JOIN suggestion r ON r.step = p.step AND r.who = p.who AND r.slot = p.rejected_slot"
    " WHERE (?1 = 0 OR p.who = ?1) AND p.day = ?2 ORDER BY p.step, p.who";
// clang-format on
enum column {
    C_STEP,
    C_PROMPT,
    C_INPUTS,
    C_CHOSEN,
    C_CHOSEN_REASON,
    C_REJECTED,
    C_REJECTED_REASON
};

struct day {
    int day;
    char *texts; // hash of the set of texts in force
};

struct walk {
    struct reader *reader;
    const char *data;
    enum trl_kind kind;
    const struct trl_choice *choice;
    trl_fn fn;
    void *user;
    int64_t *pairs, *without;
    struct day *days; // that have pairs
    size_t day_count;
    const struct day *day; // being gone through
    const char *loaded;    // hash of the texts whose prompts are in force
    size_t next;           // of the chosen steps
    struct script *script;
    const struct value *row;
    struct err *err;
    bool ok;
};

const char *trl_kind_name(enum trl_kind kind)
{
    return kinds[kind];
}

bool trl_kind_find(const char *name, enum trl_kind *out)
{
    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
        if (strcmp(kinds[i], name) == 0) {
            *out = (enum trl_kind)i;
            return true;
        }
    }
    return false;
}

static bool take_day(void *user, const struct value *row, size_t columns)
{
    struct walk *w = user;

    (void)columns;
    w->days = mem_realloc(w->days, w->day_count + 1, sizeof(*w->days));
    w->days[w->day_count++] =
        (struct day){ .day = (int)row[0].i,
                      .texts = mem_strndup(row[1].bytes.data, row[1].bytes.len) };
    return true;
}

// Puts the day's prompts in force, unless they are those of the day before.
static bool load_prompts(struct walk *w)
{
    static const char *const exports[] = { MODULE ".lines", NULL };
    const struct script_needs needs = { .exports = exports };
    struct texts *texts = NULL;
    bool ok = true;

    if (w->loaded != NULL && strcmp(w->loaded, w->day->texts) == 0)
        return true;
    w->loaded = w->day->texts;
    if (w->script == NULL)
        w->script = services_new_script(&(struct script_limits){ 0 }, w->err);
    if (w->script != NULL)
        texts = run_texts(w->reader, w->data, w->day->day, "prompts/%.lua", w->err);
    ok = texts != NULL && script_load(w->script, texts, &needs, w->err);
    texts_unref(texts);
    return ok;
}

static void push_text(struct lua_State *L, const struct value *text)
{
    if (text->type == VALUE_TEXT)
        value_push_text(L, text->bytes);
    else
        value_push_nil(L);
}

static int push(struct lua_State *L, void *user)
{
    const struct walk *w = user;

    value_push_text(L, view_of(kinds[w->kind]));
    for (int i = C_PROMPT; i <= C_REJECTED_REASON; i++)
        push_text(L, &w->row[i]);
    return 1 + C_REJECTED_REASON;
}

static bool take_lines(struct lua_State *L, int count, void *user, struct err *err)
{
    struct walk *w = user;
    struct view lines = { 0 };

    (void)count;
    return value_read_text(L, 1, &lines, err) && w->fn(w->user, w->day->day, lines, err);
}

// Steps come in ascending order, in both lists.
static bool is_chosen(struct walk *w, int64_t step)
{
    if (w->choice->steps == NULL)
        return true;
    while (w->next < w->choice->step_count && w->choice->steps[w->next] < step)
        w->next++;
    return w->next < w->choice->step_count && w->choice->steps[w->next] == step;
}

static bool take_pair(void *user, const struct value *row, size_t columns)
{
    struct walk *w = user;

    (void)columns;
    if (!is_chosen(w, row[C_STEP].i))
        return true;
    ++*w->pairs;
    if (row[C_INPUTS].type == VALUE_NULL) {
        ++*w->without;
        return true;
    }
    w->row = row;
    w->ok = script_call(w->script, MODULE, "lines", push, take_lines, w, w->err);
    if (!w->ok)
        err_wrap(w->err, "the pair of step %lld", (long long)row[C_STEP].i);
    return w->ok;
}

static bool walk_days(struct walk *w)
{
    for (size_t i = 0; i < w->day_count; i++) {
        const struct value params[] = { value_int(w->choice->who), value_int(w->days[i].day) };
        w->day = &w->days[i];
        if (!load_prompts(w) ||
            !reader_query(w->reader, pairs_sql, params, 2, take_pair, w, w->err) || !w->ok)
            return false;
    }
    return true;
}

bool trl_examples(struct reader *reader, const char *data, enum trl_kind kind,
                  const struct trl_choice *choice, trl_fn fn, void *user, int64_t *pairs,
                  int64_t *without, struct err *err)
{
    const struct value params[] = { value_int(choice->who) };
    struct walk w = { .reader = reader,
                      .data = data,
                      .kind = kind,
                      .choice = choice,
                      .fn = fn,
                      .user = user,
                      .pairs = pairs,
                      .without = without,
                      .err = err,
                      .ok = true };
    bool ok = false;

    *pairs = *without = 0;
    ok = reader_query(reader, days_sql, params, 1, take_day, &w, err) && walk_days(&w);
    for (size_t i = 0; i < w.day_count; i++)
        free(w.days[i].texts);
    free(w.days);
    script_free(w.script);
    return ok;
}

// ---- Files, one a day.

struct files {
    const struct export_trl_options *options;
    int day; // of the open file
    struct export_file *file;
    int64_t examples;
};

struct set {
    struct export_file *file;
    int64_t examples;
};

static int64_t count_lines(struct view lines)
{
    int64_t count = 0;

    for (size_t i = 0; i < lines.len; i++)
        count += lines.data[i] == '\n';
    return count;
}

static bool add_lines(void *user, int day, struct view lines, struct err *err)
{
    struct set *s = user;

    (void)day;
    s->examples += count_lines(lines);
    buf_add_view(export_file_buf(s->file), lines);
    return export_file_flush(s->file, err);
}

bool export_trl_set(struct reader *reader, const char *data, enum trl_kind kind,
                    const struct trl_choice *choice, const char *path, int64_t *examples,
                    struct err *err)
{
    struct set s = { .file = export_file_open(path, err) };
    int64_t pairs = 0, without = 0;

    if (s.file == NULL)
        return false;
    if (!trl_examples(reader, data, kind, choice, add_lines, &s, &pairs, &without, err)) {
        export_file_drop(s.file);
        return false;
    }
    *examples = s.examples;
    return export_file_close(s.file, err);
}

static bool begin_day(struct files *f, int day, struct err *err)
{
    struct buf path = { 0 };
    struct export_file *last = f->file;
    bool ok = true;

    f->file = NULL;
    if (last != NULL && !export_file_close(last, err))
        return false;
    f->day = day;
    buf_addf(&path, "%s/%s-day-%04d.jsonl", f->options->folder, kinds[f->options->kind], day);
    if (!f->options->force && file_exists(buf_str(&path)))
        ok = err_set(err, "%s: is there already; name another folder, or use --force to replace it",
                     buf_str(&path));
    if (ok)
        f->file = export_file_open(buf_str(&path), err);
    buf_fini(&path);
    return f->file != NULL;
}

static bool write_lines(void *user, int day, struct view lines, struct err *err)
{
    struct files *f = user;

    if ((f->file == NULL || day != f->day) && !begin_day(f, day, err))
        return false;
    f->examples += count_lines(lines);
    buf_add_view(export_file_buf(f->file), lines);
    return export_file_flush(f->file, err);
}

bool export_trl(const struct export_run *run, const struct export_trl_options *options,
                int64_t *examples, struct err *err)
{
    struct files f = { .options = options };
    const struct trl_choice all = { 0 };
    struct reader *reader = export_run_open(run, err);
    int64_t pairs = 0, without = 0;
    bool ok = reader != NULL && file_make_folder(options->folder, err) &&
              trl_examples(reader, options->data, options->kind, &all, write_lines, &f, &pairs,
                           &without, err);

    if (ok && without > 0)
        ok =
            err_set(err,
                    "the prompts of %lld of its %lld pairs were not kept; run the study again, into a "
                    "new folder (-o DIR), with --set assistant.learn.keep_prompts=always",
                    (long long)without, (long long)pairs);
    if (ok && f.file != NULL)
        ok = export_file_close(f.file, err);
    else
        export_file_drop(f.file);
    *examples = f.examples;
    reader_close(reader);
    return ok ? true : err_wrap(err, "%s", run->path);
}

// movement/N.json, environment/N.json, or master_movement.json.
#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "interop/export_json.h"
#include "interop/export_reverie_steps.h"

// clang-format off
static const char sql[] =
    "SELECT s.step, s.who, s.x, s.y, s.path, s.asleep, s.walking, s.action, a.description, a.task,"
    " a.address, a.emoji, a.predicate, a.object, a.start, a.minutes, d.text, d.silent, d.score,"
    " r.preference, r.timing, r.communication, r.frequency"
    " FROM step s"
    " LEFT JOIN activity a ON a.who = s.who AND a.seq = s.activity"
    " LEFT JOIN delivery d ON d.step = s.step AND d.who = s.who"
    " LEFT JOIN (SELECT step, who, slot,"
    "   max(CASE criterion WHEN 'preference' THEN reason END) AS preference,"
    "   max(CASE criterion WHEN 'timing' THEN reason END) AS timing,"
    "   max(CASE criterion WHEN 'communication' THEN reason END) AS communication,"
    "   max(CASE criterion WHEN 'frequency' THEN reason END) AS frequency"
    "   FROM rating GROUP BY step, who, slot) r"
    "   ON r.step = d.step AND r.who = d.who AND r.slot = d.slot"
    " ORDER BY s.step, s.who";
// clang-format on

struct steps {
    const struct reverie_export *e;
    struct err *err;
    bool ok;
    int64_t step;                      // being put together; -1 before the first
    struct buf movement;               // its entries
    struct buf master;                 // its entries that changed
    struct reverie_place *before, *at; // by resident: at the step's beginning and end
    bool *known;                       // by resident: `at` is that of an earlier step
    struct buf *last;                  // by resident and assistant: the entry of the step before
    bool walking;                      // the first resident is on the way
    size_t words;                      // bytes of what is said and done in this step
    struct export_file *out;           // master_movement.json
};

// Where somebody was before they made these moves: "R3D2" is three tiles right, two down.
static struct reverie_place undo(struct reverie_place at, struct view path)
{
    for (size_t i = 0; i < path.len;) {
        char move = path.data[i++];
        int tiles = 0;
        while (i < path.len && path.data[i] >= '0' && path.data[i] <= '9')
            tiles = tiles * 10 + (path.data[i++] - '0');
        at.x -= move == 'R' ? tiles : move == 'L' ? -tiles : 0;
        at.y -= move == 'D' ? tiles : move == 'U' ? -tiles : 0;
    }
    return at;
}

// Adds an entry to what the compressed form keeps, if it differs from that of the step before.
static void keep_change(struct steps *s, size_t person, const char *name, struct view entry)
{
    struct buf *last = &s->last[person];

    if (view_equal(buf_view(last), entry))
        return;
    buf_clear(last);
    buf_add_view(last, entry);
    if (s->master.len == 0)
        buf_add_char(&s->master, '{');
    export_json_key(&s->master, name);
    buf_add_view(&s->master, entry);
    buf_add_char(&s->master, '}');
}

static void add_resident(struct steps *s, const struct value *row, int who)
{
    const char *name = s->e->info->residents[who - 1].name;
    struct buf entry = { 0 };

    reverie_entry_begin_resident(&entry, s->e, row);
    keep_change(s, (size_t)(who - 1) * REVERIE_PEOPLE, name, buf_view(&entry));
    reverie_entry_end_resident(&entry);
    export_json_key(&s->movement, name);
    buf_add_view(&s->movement, buf_view(&entry));
    buf_fini(&entry);
}

static void add_assistant(struct steps *s, const struct value *row, int who)
{
    const char *name = s->e->assistants[who - 1];
    struct buf entry = { 0 };

    reverie_entry_begin_assistant(&entry, s->e, row);
    keep_change(s, (size_t)(who - 1) * REVERIE_PEOPLE + 1, name, buf_view(&entry));
    s->words += reverie_entry_end_assistant(&entry, s->e, row);
    export_json_key(&s->movement, name);
    buf_add_view(&s->movement, buf_view(&entry));
    buf_fini(&entry);
}

static bool write_step(struct steps *s)
{
    if (s->out != NULL)
        return reverie_export_change(s->out, s->step, buf_view(&s->master), s->err);
    return reverie_export_movement(s->e, s->step, buf_view(&s->movement), s->walking, s->words,
                                   s->err) &&
           reverie_export_environment(s->e, s->step, s->before, s->err);
}

static bool end_step(struct steps *s)
{
    bool ok = s->step < 0 || write_step(s);

    buf_clear(&s->movement);
    buf_add_char(&s->movement, '{');
    buf_clear(&s->master);
    s->words = 0;
    return ok;
}

static bool take_row(void *user, const struct value *row, size_t columns)
{
    struct steps *s = user;
    int who = (int)row[C_WHO].i;
    struct reverie_place at = { (int)row[C_X].i, (int)row[C_Y].i };

    (void)columns;
    if (row[C_STEP].i != s->step) {
        s->ok = end_step(s);
        s->step = row[C_STEP].i;
    }
    if (who < 1 || who > s->e->count)
        s->ok = err_set(s->err, "step %lld is of resident %d, who does not exist",
                        (long long)s->step, who);
    if (!s->ok)
        return false;
    s->before[who - 1] = s->known[who - 1] ? s->at[who - 1] : undo(at, row[C_PATH].bytes);
    s->known[who - 1] = true;
    s->at[who - 1] = at;
    if (who == 1)
        s->walking = row[C_WALKING].i != 0;
    add_resident(s, row, who);
    if (s->e->assistants[who - 1] != NULL)
        add_assistant(s, row, who);
    return true;
}

static bool write_all(struct steps *s)
{
    if (!reader_query(s->e->reader, sql, NULL, 0, take_row, s, s->err) || !s->ok || !end_step(s))
        return false;
    if (s->out == NULL)
        return reverie_export_environment(s->e, s->step + 1, s->at, s->err);
    buf_add_str(export_file_buf(s->out), "}\n");
    return true;
}

bool reverie_export_steps(const struct reverie_export *e, struct err *err)
{
    struct steps s = { .e = e, .err = err, .ok = true, .step = -1 };
    char *path = path_join(e->options->folder, "master_movement.json");
    bool ok = e->options->compress || reverie_export_step_folders(e, err);

    s.before = mem_calloc((size_t)e->count, sizeof(*s.before));
    s.at = mem_calloc((size_t)e->count, sizeof(*s.at));
    s.known = mem_calloc((size_t)e->count, sizeof(*s.known));
    s.last = mem_calloc((size_t)e->count * REVERIE_PEOPLE, sizeof(*s.last));
    if (ok && e->options->compress) {
        s.out = export_file_open(path, err);
        ok = s.out != NULL;
    }
    ok = ok && write_all(&s);
    if (s.out != NULL && ok)
        ok = export_file_close(s.out, err);
    else
        export_file_drop(s.out);
    for (int i = 0; i < e->count * REVERIE_PEOPLE; i++)
        buf_fini(&s.last[i]);
    free(s.last);
    free(s.known);
    free(s.before);
    free(s.at);
    buf_fini(&s.movement);
    buf_fini(&s.master);
    free(path);
    return ok;
}

// movement/N.json, environment/N.json, or master_movement.json.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "interop/export_file.h"
#include "interop/export_json.h"
#include "interop/export_reverie_parts.h"
#include "interop/reverie_time.h"
#include "text/json.h"

enum { PEOPLE = 2 }; // of one `who`: the resident, the assistant

// What the query below gives of one resident and step.
enum column {
    C_STEP,
    C_WHO,
    C_X,
    C_Y,
    C_PATH,
    C_ASLEEP,
    C_WALKING,
    C_ACTION,
    C_BLOCK,
    C_TASK,
    C_ADDRESS,
    C_EMOJI,
    C_PREDICATE,
    C_OBJECT,
    C_START,
    C_MINUTES,
    C_TEXT,
    C_SILENT,
    C_SCORE,
    C_REASON, // four columns, in the order in which the original asks
};

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

struct place {
    int x, y;
};

struct steps {
    const struct reverie_export *e;
    struct err *err;
    bool ok;
    int64_t step;              // being put together; -1 before the first
    struct buf movement;       // its entries
    struct buf master;         // its entries that changed
    struct place *before, *at; // by resident: at the step's beginning and end
    bool *known;               // by resident: `at` is that of an earlier step
    struct buf *last;          // by resident and assistant: the entry of the step before
    bool walking;              // the first resident is on the way
    size_t words;              // bytes of what is said and done in this step
    struct export_file *out;   // master_movement.json
};

// Where somebody was before they made these moves: "R3D2" is three tiles right, two down.
static struct place undo(struct place at, struct view path)
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

// "block (task) @ address".
static void add_description(struct buf *out, const struct value *row)
{
    struct view block = row[C_BLOCK].bytes, task = row[C_TASK].bytes;
    struct buf text = { 0 };

    if (task.data == NULL)
        task = row[C_ACTION].bytes;
    if (block.data != NULL && !view_equal(block, task)) {
        buf_add_view(&text, block);
        buf_add_str(&text, " (");
        buf_add_view(&text, task);
        buf_add_char(&text, ')');
    } else {
        buf_add_view(&text, task);
    }
    buf_add_str(&text, " @ ");
    buf_add_view(&text, row[C_ADDRESS].bytes);
    export_json_text(out, "description", buf_view(&text));
    buf_fini(&text);
}

// The lines that they are saying to each other, as JSON; NULL if they do not talk.
static const char *find_chat(const struct steps *s, const struct value *row)
{
    if (row[C_PREDICATE].bytes.data == NULL || row[C_OBJECT].bytes.data == NULL ||
        !view_equal(row[C_PREDICATE].bytes, view_of(REVERIE_TALKS_OURS)))
        return NULL;
    return reverie_chats_find(s->e->chats, (int)row[C_WHO].i, row[C_OBJECT].bytes, row[C_START].i,
                              row[C_MINUTES].i);
}

// The four keys that a compressed run has, too. chat: JSON; NULL for none.
static void add_shown(struct buf *out, const struct value *row, struct view emoji,
                      struct view description, const char *chat)
{
    buf_addf(out, "{\"movement\":[%d,%d]", (int)row[C_X].i, (int)row[C_Y].i);
    export_json_text(out, "pronunciatio", emoji.data != NULL ? emoji : view_of(""));
    if (description.data != NULL)
        export_json_text(out, "description", description);
    else
        add_description(out, row);
    export_json_key(out, "chat");
    buf_add_str(out, chat != NULL ? chat : "null");
}

// What was recommended. An abstention without a score is no suggestion at all, since the original's
// notebook would count it among the abstentions and not among the steps.
static void add_suggestion(struct steps *s, struct buf *out, const struct value *row)
{
    bool silent = row[C_SILENT].i != 0, scored = row[C_SCORE].type != VALUE_NULL;
    struct view text = row[C_TEXT].bytes;
    struct buf reason = { 0 };
    char score[16] = "";

    for (int i = C_REASON; i < C_REASON + 4; i++) {
        if (row[i].bytes.len > 0) {
            buf_add_char(&reason, ' ');
            buf_add_view(&reason, row[i].bytes);
        }
    }
    if (scored)
        snprintf(score, sizeof(score), "%d.0", (int)row[C_SCORE].i);
    if (text.data != NULL && !silent && reverie_sounds_silent(text))
        s->e->numbers->mistaken++;
    export_json_text(out, "user_action_for_suggestion",
                     text.data != NULL ? row[C_ACTION].bytes : (struct view){ 0 });
    export_json_text(out, "suggestion",
                     text.data == NULL || (silent && !scored) ? view_of("") : text);
    export_json_text(out, "eval_res_score", scored ? view_of(score) : (struct view){ 0 });
    export_json_text(out, "eval_res_reason", buf_view(&reason));
    s->words += text.len + reason.len + row[C_ACTION].bytes.len;
    buf_fini(&reason);
}

static void add_no_suggestion(struct buf *out)
{
    export_json_text(out, "user_action_for_suggestion", (struct view){ 0 });
    export_json_text(out, "suggestion", view_of(""));
    export_json_text(out, "eval_res_score", (struct view){ 0 });
    export_json_text(out, "eval_res_reason", (struct view){ 0 });
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

    add_shown(&entry, row, row[C_EMOJI].bytes, (struct view){ 0 }, find_chat(s, row));
    keep_change(s, (size_t)(who - 1) * PEOPLE, name, buf_view(&entry));
    add_no_suggestion(&entry);
    buf_add_char(&entry, '}');
    export_json_key(&s->movement, name);
    buf_add_view(&s->movement, buf_view(&entry));
    buf_fini(&entry);
}

// The assistant goes where its resident goes.
static void add_assistant(struct steps *s, const struct value *row, int who)
{
    struct buf entry = { 0 }, description = { 0 };

    buf_addf(&description, "%s @ <persona> %s", row[C_ASLEEP].i ? "sleeping" : "suggestion",
             s->e->info->residents[who - 1].name);
    add_shown(&entry, row, view_of("\xf0\x9f\x92\xac"), buf_view(&description), NULL);
    keep_change(s, (size_t)(who - 1) * PEOPLE + 1, s->e->assistants[who - 1], buf_view(&entry));
    add_suggestion(s, &entry, row);
    buf_add_char(&entry, '}');
    export_json_key(&s->movement, s->e->assistants[who - 1]);
    buf_add_view(&s->movement, buf_view(&entry));
    buf_fini(&description);
    buf_fini(&entry);
}

// There are thousands of these: unlike file_write, nothing waits for the disk after each.
static bool write_numbered(const struct reverie_export *e, const char *folder, int64_t step,
                           const struct buf *text, struct err *err)
{
    struct buf path = { 0 };
    struct export_file *f = NULL;

    buf_addf(&path, "%s/%s/%lld.json", e->options->folder, folder, (long long)step);
    f = export_file_open(buf_str(&path), err);
    buf_fini(&path);
    if (f == NULL)
        return false;
    buf_add_view(export_file_buf(f), buf_view(text));
    return export_file_close(f, err);
}

static bool write_environment(struct steps *s, int64_t step, const struct place *places)
{
    const struct reverie_export *e = s->e;
    struct view maze = view_of(path_name(e->info->map));
    struct buf out = { 0 };
    bool ok = false;

    maze.len = strcspn(maze.data, ".");
    buf_add_char(&out, '{');
    for (int i = 0; i < e->count * PEOPLE; i++) {
        const char *name =
            i % PEOPLE == 0 ? e->info->residents[i / PEOPLE].name : e->assistants[i / PEOPLE];
        if (name == NULL)
            continue;
        export_json_key(&out, name);
        buf_add_char(&out, '{');
        export_json_text(&out, "maze", maze);
        export_json_int(&out, "x", places[i / PEOPLE].x);
        export_json_int(&out, "y", places[i / PEOPLE].y);
        buf_add_char(&out, '}');
    }
    buf_add_str(&out, "}\n");
    ok = write_numbered(e, "environment", step, &out, s->err);
    buf_fini(&out);
    return ok;
}

static bool write_movement(struct steps *s)
{
    const struct run_info *info = s->e->info;
    char time[REVERIE_TIME_BYTES];
    struct buf out = { 0 };
    bool ok = false;

    reverie_time_format(info->start + s->step * info->sec_per_step, time);
    buf_add_str(&out, "{\"persona\":");
    buf_add_view(&out, buf_view(&s->movement));
    buf_add_str(&out, "},\"meta\":{");
    export_json_text(&out, "curr_time", view_of(time));
    export_json_text(&out, "is_john_walking", view_of(s->walking ? "yes" : "no"));
    // the original counts with its model's tokenizer; a token is about four bytes of English
    export_json_int(&out, "number_of_action_tokens", (int64_t)(s->words + 3) / 4);
    buf_add_str(&out, "}}\n");
    ok = write_numbered(s->e, "movement", s->step, &out, s->err) &&
         write_environment(s, s->step, s->before);
    buf_fini(&out);
    return ok;
}

static bool write_change(struct steps *s)
{
    struct buf *out = export_file_buf(s->out);

    buf_addf(out, "%s\"%lld\":", s->step > 0 ? ",\n" : "{\n", (long long)s->step);
    buf_add_view(out, s->master.len > 0 ? buf_view(&s->master) : view_of("{"));
    buf_add_char(out, '}');
    return export_file_flush(s->out, s->err);
}

static bool end_step(struct steps *s)
{
    bool ok = s->step < 0 || (s->out != NULL ? write_change(s) : write_movement(s));

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
    struct place at = { (int)row[C_X].i, (int)row[C_Y].i };

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

static bool make_folders(const struct reverie_export *e, struct err *err)
{
    char *movement = path_join(e->options->folder, "movement");
    char *environment = path_join(e->options->folder, "environment");
    bool ok = file_make_folder(movement, err) && file_make_folder(environment, err);

    free(movement);
    free(environment);
    return ok;
}

static bool write_all(struct steps *s)
{
    if (!reader_query(s->e->reader, sql, NULL, 0, take_row, s, s->err) || !s->ok || !end_step(s))
        return false;
    if (s->out == NULL)
        return write_environment(s, s->step + 1, s->at);
    buf_add_str(export_file_buf(s->out), "}\n");
    return true;
}

bool reverie_export_steps(const struct reverie_export *e, struct err *err)
{
    struct steps s = { .e = e, .err = err, .ok = true, .step = -1 };
    char *path = path_join(e->options->folder, "master_movement.json");
    bool ok = e->options->compress || make_folders(e, err);

    s.before = mem_calloc((size_t)e->count, sizeof(*s.before));
    s.at = mem_calloc((size_t)e->count, sizeof(*s.at));
    s.known = mem_calloc((size_t)e->count, sizeof(*s.known));
    s.last = mem_calloc((size_t)e->count * PEOPLE, sizeof(*s.last));
    if (ok && e->options->compress) {
        s.out = export_file_open(path, err);
        ok = s.out != NULL;
    }
    ok = ok && write_all(&s);
    if (s.out != NULL && ok)
        ok = export_file_close(s.out, err);
    else
        export_file_drop(s.out);
    for (int i = 0; i < e->count * PEOPLE; i++)
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

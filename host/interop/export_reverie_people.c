// personas/NAME/bootstrap_memory/{scratch,spatial_memory}.json: facts from the run file, made into
// the original's keys by scripts/lib/export_reverie.lua.
#include <stdlib.h>
#include <string.h>

#include "interop/export_json.h"
#include "interop/export_reverie_parts.h"
#include "interop/reverie_time.h"
#include "interop/run_texts.h"
#include "script/convert.h"
#include "script/script.h"
#include "script/services.h"
#include "script/texts.h"
#include "script/value.h"
#include "text/json.h"

#define MODULE "propersim.export_reverie"

// The scripts, with the personas of the run.
static struct script *open_script(const struct reverie_export *e, struct err *err)
{
    static const char *const exports[] = { MODULE ".resident", MODULE ".assistant", NULL };
    const struct script_needs needs = { .exports = exports };
    struct texts *texts = run_texts(e->reader, e->options->data, 0, "personas/%.lua", err);
    struct script *script = services_load_script(NULL, texts, &needs, err);

    texts_unref(texts);
    return script;
}

// ---- Facts, as JSON.

static bool add_text_item(void *user, const struct value *row, size_t columns)
{
    struct buf *out = user;

    (void)columns;
    export_json_comma(out);
    json_add_string(out, row[0].bytes);
    return true;
}

static bool add_line(void *user, const struct value *row, size_t columns)
{
    struct buf *out = user;

    (void)columns;
    export_json_comma(out);
    buf_add_char(out, '{');
    export_json_int(out, "start", row[0].i);
    export_json_int(out, "minutes", row[1].i);
    export_json_text(out, "activity", row[2].bytes);
    buf_add_char(out, '}');
    return true;
}

struct doing {
    const struct reverie_export *e;
    struct buf *out;
    int who;
};

// The conversation that an activity is: its lines, and when it is over.
static void add_conversation(const struct doing *d, const struct value *row)
{
    const char *lines = NULL;
    char stop[REVERIE_TIME_BYTES];

    if (row[7].bytes.data == NULL || row[8].bytes.data == NULL ||
        !view_equal(row[7].bytes, view_of(REVERIE_TALKS_OURS)))
        return;
    lines = reverie_chats_find(d->e->chats, d->who, row[8].bytes, row[0].i, row[1].i);
    if (lines == NULL)
        return;
    reverie_time_format(row[0].i + row[1].i * 60, stop);
    export_json_text(d->out, "talk_stop", view_of(stop));
    export_json_key(d->out, "talk_lines");
    buf_add_str(d->out, lines);
}

static bool add_doing(void *user, const struct value *row, size_t columns)
{
    static const char *const keys[] = { "address", "description", "task",   "emoji",
                                        "subject", "predicate",   "object", "object_state" };
    const struct doing *d = user;
    struct buf *out = d->out;
    char start[REVERIE_TIME_BYTES];

    (void)columns;
    reverie_time_format(row[0].i, start);
    buf_add_char(out, '{');
    export_json_text(out, "start", view_of(start));
    export_json_int(out, "minutes", row[1].i);
    for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
        export_json_text(out, keys[i],
                         i == 5 ? reverie_predicate(d->e, row[7].bytes, row[8].bytes)
                                : row[2 + i].bytes);
    add_conversation(d, row);
    buf_add_char(out, '}');
    return false;
}

// How many steps ago they talked with whom.
static bool add_talk(void *user, const struct value *row, size_t columns)
{
    struct buf *out = user;

    (void)columns;
    export_json_comma(out);
    buf_add_char(out, '{');
    export_json_text(out, "name", row[0].bytes);
    export_json_int(out, "steps", row[1].i);
    buf_add_char(out, '}');
    return true;
}

// The last step: tile, whether on the way.
static bool add_place(void *user, const struct value *row, size_t columns)
{
    struct buf *out = user;

    (void)columns;
    buf_addf(out, "[%d,%d],\"walking\":%s", (int)row[0].i, (int)row[1].i,
             row[2].i != 0 ? "true" : "false");
    return false;
}

// The resident's part of the state of the last finished midnight.
static bool add_state(struct buf *out, const struct reverie_export *e, int who, struct err *err)
{
    struct buf text = { 0 };
    struct json *state = NULL;
    const struct json *resident = NULL;
    bool ok = e->days == 0 || reader_state(e->reader, e->days, &text, err);

    if (ok && text.len > 0) {
        state = json_parse(buf_view(&text), err);
        ok = state != NULL;
    }
    if (state != NULL && json_get(state, "residents") != NULL)
        resident = json_first(json_get(state, "residents"));
    for (int i = 1; i < who && resident != NULL; i++)
        resident = json_next(resident);
    export_json_key(out, "state");
    if (resident != NULL)
        json_add_canonical(out, resident);
    else
        buf_add_str(out, "null");
    json_free(state);
    buf_fini(&text);
    return ok;
}

static bool add_options(struct buf *out, const struct reverie_export *e, struct err *err)
{
    struct json *config = json_parse(view_of(e->info->config), err);

    if (config == NULL)
        return false;
    for (int i = 0; i < 2; i++) {
        const char *key = i == 0 ? "resident" : "retrieval";
        const struct json *group = json_get(config, key);
        if (group == NULL) {
            err_set(err, "its settings have no `%s`", key);
            json_free(config);
            return false;
        }
        export_json_key(out, key);
        json_add_canonical(out, group);
    }
    json_free(config);
    return true;
}

static bool add_query(struct buf *out, const struct reverie_export *e, const char *sql, int who,
                      reader_row_fn fn, struct err *err)
{
    const struct value params[] = { value_int(who) };

    return reader_query(e->reader, sql, params, 1, fn, out, err);
}

// Lines of the last day's schedule, in minutes from its midnight.
#define LINES(level)                                                                               \
    "SELECT (c.start - unixepoch(d.date)) / 60, c.minutes, c.activity FROM schedule c"             \
    " JOIN day d ON d.day = c.day WHERE c.who = ?1 AND c.level = '" level "'"                      \
    " AND c.day = (SELECT max(day) FROM day) ORDER BY c.seq"

// What they are doing in the last step, null before the first.
static bool add_activity(struct buf *out, const struct reverie_export *e, int who, struct err *err)
{
    const struct value params[] = { value_int(who) };
    struct doing doing = { .e = e, .out = out, .who = who };
    bool ok = false;

    export_json_key(out, "doing");
    ok = reader_query(e->reader,
                      "SELECT a.start, a.minutes, a.address, a.description, a.task, a.emoji,"
                      " a.subject, a.predicate, a.object, a.object_state FROM step s"
                      " JOIN activity a ON a.who = s.who AND a.seq = s.activity"
                      " WHERE s.who = ?1 AND s.step = (SELECT max(step) FROM step)",
                      params, 1, add_doing, &doing, err);
    if (ok && out->data[out->len - 1] == ':')
        buf_add_str(out, "null");
    return ok;
}

static bool add_facts(struct buf *out, const struct reverie_export *e, int who, struct err *err)
{
    char now[REVERIE_TIME_BYTES];
    bool ok = false;

    reverie_time_format(e->info->start + (e->steps - 1) * e->info->sec_per_step, now);
    export_json_text(out, "now", view_of(now));
    ok = add_state(out, e, who, err) && add_options(out, e, err);
    export_json_key(out, "tile");
    ok = ok && add_query(out, e,
                         "SELECT x, y, walking FROM step WHERE who = ?1 ORDER BY step DESC LIMIT 1",
                         who, add_place, err);
    export_json_key(out, "addresses");
    buf_add_char(out, '[');
    ok = ok && add_query(out, e,
                         "SELECT DISTINCT address FROM event WHERE who = ?1 AND address <> ''"
                         " ORDER BY address",
                         who, add_text_item, err);
    buf_add_char(out, ']');
    export_json_key(out, "hourly");
    buf_add_char(out, '[');
    ok = ok && add_query(out, e, LINES("hourly"), who, add_line, err);
    buf_add_char(out, ']');
    export_json_key(out, "decomposed");
    buf_add_char(out, '[');
    ok = ok && add_query(out, e, LINES("decomposed"), who, add_line, err);
    buf_add_char(out, ']');
    export_json_key(out, "talks");
    buf_add_char(out, '[');
    ok = ok && add_query(out, e,
                         "SELECT object, (SELECT max(step) FROM step) - max(step) FROM memory"
                         " WHERE who = ?1 AND stream = 'resident' AND type = 'chat'"
                         " AND object IS NOT NULL GROUP BY object ORDER BY object",
                         who, add_talk, err);
    buf_add_char(out, ']');
    ok = ok && add_activity(out, e, who, err);
    return ok;
}

// ---- What the script makes of them.

struct call {
    const char *id; // NULL: of an assistant
    const struct json *facts;
    struct buf scratch, spatial;
};

static int push(struct lua_State *L, void *user)
{
    const struct call *c = user;

    if (c->id != NULL)
        value_push_text(L, view_of(c->id));
    value_push_json(L, c->facts);
    return c->id != NULL ? 2 : 1;
}

static bool read_result(struct lua_State *L, int count, void *user, struct err *err)
{
    struct call *c = user;
    struct buf text = { 0 };
    struct json *doc = NULL;

    (void)count;
    if (convert_to_json(L, 1, "result", CONVERT_CANONICAL, &text, err))
        doc = json_parse(buf_view(&text), err);
    if (doc != NULL) {
        json_add_canonical(&c->scratch, json_get(doc, "scratch"));
        json_add_canonical(&c->spatial, json_get(doc, "spatial"));
    }
    json_free(doc);
    buf_fini(&text);
    return doc != NULL;
}

// facts: begun as an object, closed here. id: NULL for an assistant.
static bool write_person(struct script *script, const struct reverie_export *e, const char *name,
                         const char *id, const struct buf *facts, struct err *err)
{
    struct call call = { .id = id };
    struct json *doc = json_parse(buf_view(facts), err);
    bool ok = false;

    call.facts = doc;
    ok = doc != NULL &&
         script_call(script, MODULE, id != NULL ? "resident" : "assistant", push, read_result,
                     &call, err) &&
         reverie_export_write(e, "personas", name, "bootstrap_memory/scratch.json",
                              buf_view(&call.scratch), err) &&
         reverie_export_write(e, "personas", name, "bootstrap_memory/spatial_memory.json",
                              buf_view(&call.spatial), err);
    buf_fini(&call.scratch);
    buf_fini(&call.spatial);
    json_free(doc);
    return ok ? true : err_wrap(err, "%s", name);
}

static bool write_people_of(struct script *script, const struct reverie_export *e, int who,
                            struct err *err)
{
    const struct run_resident *r = &e->info->residents[who - 1];
    const char *names[] = { r->name, e->assistants[who - 1] };
    bool ok = true;

    for (int i = 0; ok && i < 2 && names[i] != NULL; i++) {
        struct buf facts = { 0 };
        buf_add_char(&facts, '{');
        export_json_text(&facts, "name", view_of(names[i]));
        export_json_text(&facts, "of", view_of(r->name));
        ok = add_facts(&facts, e, who, err);
        buf_add_char(&facts, '}');
        ok = ok && write_person(script, e, names[i], i == 0 ? r->persona : NULL, &facts, err);
        buf_fini(&facts);
    }
    return ok;
}

bool reverie_export_people(const struct reverie_export *e, struct err *err)
{
    struct script *script = open_script(e, err);
    bool ok = script != NULL;

    for (int who = 1; ok && who <= e->count; who++)
        ok = write_people_of(script, e, who, err);
    script_free(script);
    return ok;
}

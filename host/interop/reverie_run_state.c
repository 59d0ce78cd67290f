// The state of a household at a midnight.
#include <string.h>

#include "base/simtime.h"
#include "interop/export_json.h"
#include "interop/reverie_run_rows.h"
#include "text/json.h"

static bool is_repeated(const struct json *list, const struct json *text)
{
    for (const struct json *t = json_first(list); t != text; t = json_next(t)) {
        if (json_type(t) == JSON_STRING && view_equal(json_string(t), json_string(text)))
            return true;
    }
    return false;
}

// world > sector > arena > [objects], as the scripts keep it: a tree of records.
static void add_places(struct buf *out, const struct json *tree)
{
    buf_add_char(out, '{');
    if (tree != NULL && (json_type(tree) == JSON_OBJECT || json_type(tree) == JSON_ARRAY)) {
        bool list = json_type(tree) == JSON_ARRAY;
        for (const struct json *child = json_first(tree); child != NULL; child = json_next(child)) {
            if (list && (json_type(child) != JSON_STRING || is_repeated(tree, child)))
                continue;
            export_json_key(out, list ? json_string(child).data : json_key(child));
            add_places(out, list ? NULL : child);
        }
    }
    buf_add_char(out, '}');
}

// With whom somebody talked in a memory; without data if it is no conversation.
static struct view talked_with(const struct reverie_memory *m)
{
    const struct json *type = json_get(m->node, "type"), *object = json_get(m->node, "object");

    if (m->node == NULL)
        return reverie_view(m->with);
    if (json_type(type) != JSON_STRING || strcmp(json_string(type).data, "chat") != 0 ||
        object == NULL || json_type(object) != JSON_STRING)
        return (struct view){ 0 };
    return json_string(object);
}

static void add_talk(struct buf *out, const struct reverie_rows *rows,
                     const struct reverie_memory *m, const char *persona)
{
    int64_t time_s = reverie_time_of(rows->run, m->step);
    struct civil c = simtime_civil(time_s);
    char date[40];
    struct buf when = { 0 };

    simtime_format_date(time_s, date);
    buf_addf(&when, "%s, %02d:%02d", date, c.hour, c.minute);
    export_json_key(out, persona);
    buf_add_char(out, '{');
    export_json_text(out, "about",
                     m->node != NULL ? json_string(json_get(m->node, "description"))
                                     : reverie_take_apart(m->description).task);
    export_json_int(out, "step", m->step);
    export_json_text(out, "when", buf_view(&when));
    buf_add_char(out, '}');
    buf_fini(&when);
}

// Their last conversation with each other: they do not speak to each other again at once.
static void add_talks(struct buf *out, const struct reverie_rows *rows,
                      const struct reverie_resident *r, int64_t last)
{
    export_json_key(out, "talked");
    buf_add_char(out, '{');
    for (size_t i = 0; i < rows->run->resident_count; i++) {
        struct view name = view_of(rows->run->residents[i].name);
        for (size_t k = r->memory_count; k > 0; k--) {
            struct view with = talked_with(&r->memories[k - 1]);
            if (r->memories[k - 1].step > last || with.data == NULL || !view_equal(with, name))
                continue;
            add_talk(out, rows, &r->memories[k - 1], rows->personas[i]);
            break;
        }
    }
    buf_add_char(out, '}');
}

void reverie_run_state(const struct reverie_rows *rows, int day, struct buf *out)
{
    int64_t last = (int64_t)day * reverie_run_steps_per_day(rows->run) - 1;

    buf_add_str(out, "{\"residents\":[");
    for (size_t i = 0; i < rows->run->resident_count; i++) {
        const struct reverie_resident *r = &rows->run->residents[i];
        const struct reverie_step *s = &r->steps[last];
        export_json_comma(out);
        buf_addf(out, "{\"activity_seq\":%lld,\"asleep\":%s,\"knows\":",
                 (long long)reverie_activity_number(r, last),
                 reverie_is_asleep(s) ? "true" : "false");
        add_places(out, r->spatial);
        add_talks(out, rows, r, last);
        buf_addf(out, ",\"walking\":false,\"x\":%d,\"y\":%d}", s->x, s->y);
    }
    buf_add_str(out, "]}");
}

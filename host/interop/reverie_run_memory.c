// The memory rows of a run file, out of a run of the original.
#include <stdio.h>
#include <string.h>

#include "base/simtime.h"
#include "interop/export_json.h"
#include "interop/reverie_run_rows.h"
#include "text/json.h"

enum { IMPORTANCE = 5 }; // of the assistant's memories

// A node's step: that in which it was created, within the run.
static int64_t step_of(const struct reverie_run *run, int64_t created, int64_t not_before)
{
    int64_t step = (created - run->start) / run->sec_per_step;

    if (created < run->start)
        step = 0;
    if (step >= (int64_t)run->count)
        step = (int64_t)run->count - 1;
    return step > not_before ? step : not_before;
}

static bool want_time(const struct json *node, const char *key, int64_t *out, struct err *err)
{
    struct view text = { 0 };

    return json_want_string(node, key, &text, err) &&
           (simtime_parse(text.data, out, err) || err_wrap(err, "`%s`", key));
}

static bool has_text(const struct json *node, const char *key)
{
    const struct json *value = json_get(node, key);

    return value != NULL && json_type(value) == JSON_STRING;
}

static struct view text_of(const struct json *node, const char *key)
{
    return has_text(node, key) ? json_string(json_get(node, key)) : (struct view){ 0 };
}

// Names of nodes become their numbers; lines of a conversation stay as they are.
static void add_filling(struct buf *out, const struct json *list)
{
    buf_add_char(out, '[');
    for (const struct json *item = list != NULL && json_type(list) == JSON_ARRAY ? json_first(list)
                                                                                 : NULL;
         item != NULL; item = json_next(item)) {
        int number = 0;
        if (json_type(item) == JSON_STRING &&
            sscanf(json_string(item).data, "node_%d", &number) == 1) {
            export_json_comma(out);
            buf_addf(out, "%d", number);
        } else if (json_type(item) == JSON_ARRAY) {
            export_json_comma(out);
            json_add_canonical(out, item);
        }
    }
    buf_add_char(out, ']');
}

static bool node_type(struct view name, enum row_node_type *out, struct err *err)
{
    static const char *const names[] = { "event", "thought", "chat" };

    for (int i = 0; i < 3; i++) {
        if (strcmp(names[i], name.data) == 0) {
            *out = (enum row_node_type)(NODE_EVENT + i);
            return true;
        }
    }
    return err_set(err, "`type` is \"%s\"; it must be event, thought or chat", name.data);
}

// The action in "Ann is reading | How about tea?", or in the original's "Ann's Action:
// reading\n...".
static struct view action_in(struct view text)
{
    static const char mark[] = "Action: ";
    const char *begin = strstr(text.data, mark), *end = strstr(text.data, " | ");

    if (end != NULL)
        return (struct view){ text.data, (size_t)(end - text.data) };
    if (begin == NULL)
        return text;
    begin += strlen(mark);
    return (struct view){ begin, strcspn(begin, "\n") };
}

static bool write_node(const struct reverie_day *d, const struct json *node, int64_t id,
                       int64_t step, enum row_stream stream)
{
    struct row_memory row = {
        .who = 1, .stream = stream, .id = id, .step = step, .expiration = ROW_NONE
    };
    struct view type = { 0 };
    struct buf filling = { 0 }, keywords = { 0 };
    const struct json *words = json_get(node, "keywords");
    int64_t depth = 0;
    bool ok = json_want_string(node, "type", &type, d->err) && node_type(type, &row.type, d->err) &&
              json_want_int(node, "depth", 0, 1000, &depth, d->err) &&
              want_time(node, "created", &row.created, d->err) &&
              json_want_string(node, "description", &row.text, d->err) &&
              json_want_number(node, "poignancy", &row.importance, d->err);

    if (ok && has_text(node, "expiration"))
        ok = want_time(node, "expiration", &row.expiration, d->err);
    if (ok) {
        if (words != NULL && json_type(words) == JSON_ARRAY)
            json_add_canonical(&keywords, words);
        else
            buf_add_str(&keywords, "[]");
        add_filling(&filling, json_get(node, "filling"));
        row.depth = (int)depth;
        row.last_accessed = row.created;
        row.subject = text_of(node, "subject");
        row.predicate = text_of(node, "predicate");
        row.object = text_of(node, "object");
        row.keywords = buf_view(&keywords);
        row.filling = buf_view(&filling);
        if (stream == STREAM_ASSISTANT) { // its nodes have no triple in the original's files
            row.subject = view_of(d->run->resident);
            row.predicate = view_of("is");
            row.object = action_in(row.text);
        }
        ok = writer_append_memory(d->w, &row, d->err);
    }
    buf_fini(&keywords);
    buf_fini(&filling);
    return ok;
}

// The nodes of a memory folder that belong to the day. They are named node_1, node_2, ...
bool reverie_write_nodes(const struct reverie_day *d, const struct json *nodes,
                         enum row_stream stream)
{
    int64_t before = 0, created = 0;
    char name[32];

    for (int64_t id = 1; nodes != NULL; id++) {
        const struct json *node = NULL;
        int64_t step = 0;
        snprintf(name, sizeof(name), "node_%lld", (long long)id);
        node = json_get(nodes, name);
        if (node == NULL)
            break;
        if (!want_time(node, "created", &created, d->err))
            return err_wrap(d->err, "nodes.json: %s", name);
        before = step = step_of(d->run, created, before);
        if (step >= d->first && step < d->last && !write_node(d, node, id, step, stream))
            return err_wrap(d->err, "nodes.json: %s", name);
    }
    return true;
}

bool reverie_remember(const struct reverie_day *d, int64_t step, int64_t id)
{
    const struct reverie_step *s = &d->run->steps[step];
    struct buf text = { 0 };
    struct row_memory row = { .who = 1,
                              .stream = STREAM_ASSISTANT,
                              .id = id,
                              .step = step,
                              .type = NODE_EVENT,
                              .created = reverie_time_of(d, step),
                              .last_accessed = reverie_time_of(d, step),
                              .expiration = ROW_NONE,
                              .importance = IMPORTANCE,
                              .keywords = view_of("[]"),
                              .filling = view_of("[]") };
    struct view action =
        s->action != NULL ? view_of(s->action) : reverie_take_apart(s->description).task;
    bool ok = false;

    buf_add_view(&text, action);
    buf_add_str(&text, " | ");
    buf_add_str(&text, s->suggestion);
    row.text = buf_view(&text);
    row.subject = view_of(d->run->resident);
    row.predicate = view_of("is");
    row.object = action;
    ok = writer_append_memory(d->w, &row, d->err);
    buf_fini(&text);
    return ok;
}

// The memory rows of a run file, out of a run of the original.
#include <stdio.h>
#include <string.h>

#include "base/simtime.h"
#include "interop/export_json.h"
#include "interop/reverie_run_rows.h"
#include "text/json.h"

enum { IMPORTANCE = 5 }; // of memories whose own is not known

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

// The id of a node: its place in the list, which conversations that no node holds have moved.
static int64_t id_of(const struct reverie_memory *list, size_t count, int number)
{
    for (size_t i = number > 0 ? (size_t)number - 1 : count; i < count; i++) {
        if (list[i].number == number)
            return (int64_t)i + 1;
    }
    return 0; // of no node that there is
}

// Evidence: names of nodes become ids.
static void add_evidence(struct buf *out, const struct json *list,
                         const struct reverie_memory *memories, size_t count)
{
    buf_add_char(out, '[');
    for (const struct json *item = list != NULL && json_type(list) == JSON_ARRAY ? json_first(list)
                                                                                 : NULL;
         item != NULL; item = json_next(item)) {
        int number = 0;
        int64_t id = 0;
        if (json_type(item) == JSON_STRING &&
            sscanf(json_string(item).data, "node_%d", &number) == 1)
            id = id_of(memories, count, number);
        if (id > 0) {
            export_json_comma(out);
            buf_addf(out, "%lld", (long long)id);
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

// What two people do who talk, in our words.
static struct view predicate_of(const struct reverie_run *run, const struct row_memory *row,
                                struct view predicate)
{
    bool talk = predicate.data != NULL && view_equal(predicate, view_of("chat with")) &&
                row->object.data != NULL && reverie_run_find(run, row->object) != NULL;

    return talk ? view_of("talk with") : predicate;
}

// Everything about a node but whose it is.
static bool read_node(struct row_memory *row, const struct json *node, struct err *err)
{
    struct view type = { 0 };
    int64_t depth = 0;
    bool ok = json_want_string(node, "type", &type, err) && node_type(type, &row->type, err) &&
              json_want_int(node, "depth", 0, 1000, &depth, err) &&
              want_time(node, "created", &row->created, err) &&
              json_want_string(node, "description", &row->text, err) &&
              json_want_number(node, "poignancy", &row->importance, err);

    if (ok && has_text(node, "expiration"))
        ok = want_time(node, "expiration", &row->expiration, err);
    row->depth = (int)depth;
    row->last_accessed = row->created;
    row->subject = text_of(node, "subject");
    row->object = text_of(node, "object");
    return ok;
}

static bool write_node(const struct reverie_day *d, const struct reverie_memory *list, size_t count,
                       size_t at, enum row_stream stream)
{
    const struct json *node = list[at].node, *words = json_get(node, "keywords");
    const struct json *filling = json_get(node, "filling");
    struct row_memory row = { .who = d->who,
                              .stream = stream,
                              .id = (int64_t)at + 1,
                              .step = list[at].step,
                              .expiration = ROW_NONE };
    struct buf said = { 0 }, keywords = { 0 };
    bool ok = read_node(&row, node, d->err);

    if (ok && words != NULL && json_type(words) == JSON_ARRAY)
        json_add_canonical(&keywords, words);
    else
        buf_add_str(&keywords, "[]");
    if (ok && row.type == NODE_CHAT && filling != NULL && json_type(filling) == JSON_ARRAY)
        ok = reverie_take_lines(filling, &said, d->err) || err_wrap(d->err, "`filling`");
    else
        add_evidence(&said, filling, list, count);
    if (ok) {
        row.predicate = predicate_of(d->run, &row, text_of(node, "predicate"));
        row.keywords = buf_view(&keywords);
        row.filling = buf_view(&said);
        if (stream == STREAM_ASSISTANT) { // its nodes have no triple in the original's files
            row.subject = view_of(d->resident->name);
            row.predicate = view_of("is");
            row.object = action_in(row.text);
        }
        ok = writer_append_memory(d->w, &row, d->err);
    }
    buf_fini(&keywords);
    buf_fini(&said);
    return ok ? true
              : reverie_run_wrap_node(d->resident, stream == STREAM_ASSISTANT, list[at].number,
                                      d->err);
}

// What a conversation was about: the original says so in what they do meanwhile, ours does not.
static void add_summary(struct buf *out, const struct reverie_day *d,
                        const struct reverie_memory *m, struct view with)
{
    struct view task = reverie_take_apart(m->description).task;

    if (task.len > 0 && !view_starts(task, "talking with")) {
        buf_add_view(out, task);
        return;
    }
    buf_add_str(out, d->resident->name);
    if (with.data != NULL) {
        buf_add_str(out, " and ");
        buf_add_view(out, with);
    }
    buf_add_str(out, " talked");
}

// A conversation that no node holds, as ours are remembered.
static bool write_chat(const struct reverie_day *d, const struct reverie_memory *m, int64_t id)
{
    struct view with = m->with != NULL ? view_of(m->with) : (struct view){ 0 };
    struct buf text = { 0 }, keywords = { 0 };
    struct row_memory row = { .who = d->who,
                              .stream = STREAM_RESIDENT,
                              .id = id,
                              .step = m->step,
                              .type = NODE_CHAT,
                              .created = reverie_time_of(d->run, m->step),
                              .last_accessed = reverie_time_of(d->run, m->step),
                              .expiration = ROW_NONE,
                              .subject = view_of(d->resident->name),
                              .predicate = view_of("talk with"),
                              .importance = IMPORTANCE,
                              .filling = view_of(m->chat) };
    bool ok = false;

    add_summary(&text, d, m, with);
    buf_add_char(&keywords, '[');
    json_add_string(&keywords, row.subject);
    if (with.data != NULL) {
        export_json_comma(&keywords);
        json_add_string(&keywords, with);
    }
    buf_add_char(&keywords, ']');
    row.object = with;
    row.text = buf_view(&text);
    row.keywords = buf_view(&keywords);
    ok = writer_append_memory(d->w, &row, d->err);
    buf_fini(&text);
    buf_fini(&keywords);
    return ok;
}

static bool write_list(const struct reverie_day *d, const struct reverie_memory *list, size_t count,
                       enum row_stream stream)
{
    bool ok = true;

    for (size_t i = 0; ok && i < count; i++) {
        if (list[i].step < d->first || list[i].step >= d->last)
            continue;
        ok = list[i].node != NULL ? write_node(d, list, count, i, stream)
                                  : write_chat(d, &list[i], (int64_t)i + 1);
    }
    return ok;
}

// Makes the assistant's memory of what it said in a step, as ours remembers it by default.
static bool remember(const struct reverie_day *d, int64_t step, int64_t id)
{
    const struct reverie_step *s = &d->resident->steps[step];
    struct buf text = { 0 };
    struct row_memory row = { .who = d->who,
                              .stream = STREAM_ASSISTANT,
                              .id = id,
                              .step = step,
                              .type = NODE_EVENT,
                              .created = reverie_time_of(d->run, step),
                              .last_accessed = reverie_time_of(d->run, step),
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
    row.subject = view_of(d->resident->name);
    row.predicate = view_of("is");
    row.object = action;
    ok = writer_append_memory(d->w, &row, d->err);
    buf_fini(&text);
    return ok;
}

// For runs whose assistant's memories were not saved: the original saves only when it is told to.
static bool remember_offers(const struct reverie_day *d)
{
    int64_t id = 0;
    bool ok = true;

    for (int64_t step = 0; ok && step < d->last; step++) {
        if (d->resident->steps[step].suggestion == NULL)
            continue;
        id++;
        ok = step < d->first || remember(d, step, id);
    }
    return ok;
}

bool reverie_write_memories(const struct reverie_day *d)
{
    const struct reverie_resident *r = d->resident;

    return write_list(d, r->memories, r->memory_count, STREAM_RESIDENT) &&
           (r->offer_count > 0 ? write_list(d, r->offers, r->offer_count, STREAM_ASSISTANT)
                               : remember_offers(d));
}

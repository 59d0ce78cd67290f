// Conversations in the original's form: [["NAME", "line"], ...], in every step in which somebody
// talks. Ours keep the lines once, with the memory that each side has of the conversation.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "interop/export_json.h"
#include "interop/export_reverie_parts.h"
#include "text/json.h"

enum { MINUTE = 60 };

struct chat {
    int who;
    int64_t created;
    char *with, *lines;
};

struct reverie_chats {
    struct chat *list; // by who, then time
    size_t count, cap;
    int sec_per_step;
    struct err *err;
    bool ok;
};

// "NAME: line"; what has no name in front was said by nobody in particular.
static void add_line(struct buf *out, struct view line)
{
    const char *colon = strstr(line.data, ": ");
    size_t name = colon != NULL ? (size_t)(colon - line.data) : 0;
    size_t skip = colon != NULL ? name + 2 : 0;

    buf_add_char(out, '[');
    json_add_string(out, (struct view){ line.data, name });
    buf_add_char(out, ',');
    json_add_string(out, (struct view){ line.data + skip, line.len - skip });
    buf_add_char(out, ']');
}

bool reverie_add_lines(struct buf *out, struct view filling, struct err *err)
{
    struct json *list = filling.len > 0 ? json_parse(filling, err) : NULL;

    if (filling.len > 0 && list == NULL)
        return err_wrap(err, "filling of a memory");
    buf_add_char(out, '[');
    for (const struct json *item = list != NULL ? json_first(list) : NULL; item != NULL;
         item = json_next(item)) {
        export_json_comma(out);
        if (json_type(item) == JSON_STRING)
            add_line(out, json_string(item));
        else
            json_add_canonical(out, item);
    }
    buf_add_char(out, ']');
    json_free(list);
    return true;
}

static bool take_chat(void *user, const struct value *row, size_t columns)
{
    struct reverie_chats *chats = user;
    struct chat *chat = NULL;
    struct buf lines = { 0 };

    (void)columns;
    chats->ok = reverie_add_lines(&lines, row[3].bytes, chats->err);
    if (chats->count == chats->cap) {
        chats->cap = mem_grow(chats->cap, chats->count + 1);
        chats->list = mem_realloc(chats->list, chats->cap, sizeof(*chats->list));
    }
    chat = &chats->list[chats->count++];
    *chat = (struct chat){ .who = (int)row[0].i, .created = row[1].i };
    chat->with = mem_strdup(row[2].bytes.data);
    chat->lines = buf_take(&lines);
    return chats->ok;
}

struct reverie_chats *reverie_chats_read(const struct reverie_export *e, struct err *err)
{
    struct reverie_chats *chats = mem_calloc(1, sizeof(*chats));

    chats->sec_per_step = e->info->sec_per_step;
    chats->err = err;
    chats->ok = true;
    if (reader_query(e->reader,
                     "SELECT who, created, object, filling FROM memory"
                     " WHERE stream = 'resident' AND type = 'chat' ORDER BY who, created, id",
                     NULL, 0, take_chat, chats, err) &&
        chats->ok)
        return chats;
    reverie_chats_free(chats);
    return NULL;
}

void reverie_chats_free(struct reverie_chats *chats)
{
    for (size_t i = 0; chats != NULL && i < chats->count; i++) {
        free(chats->list[i].with);
        free(chats->list[i].lines);
    }
    if (chats != NULL)
        free(chats->list);
    free(chats);
}

// The first of theirs that is not earlier than this.
static size_t find_first(const struct reverie_chats *chats, int who, int64_t time)
{
    size_t low = 0, high = chats->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct chat *c = &chats->list[middle];
        if (c->who < who || (c->who == who && c->created < time))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const char *reverie_chats_find(const struct reverie_chats *chats, int who, struct view with,
                               int64_t start, int64_t minutes)
{
    // who of the original talks remembers it a step later
    int64_t end = start + minutes * MINUTE + chats->sec_per_step;

    for (size_t i = find_first(chats, who, start); i < chats->count; i++) {
        const struct chat *c = &chats->list[i];
        if (c->who != who || c->created > end)
            break;
        if (c->with != NULL && view_equal(view_of(c->with), with))
            return c->lines;
    }
    return NULL;
}

struct view reverie_predicate(const struct reverie_export *e, struct view predicate,
                              struct view object)
{
    if (predicate.data == NULL || object.data == NULL ||
        !view_equal(predicate, view_of(REVERIE_TALKS_OURS)))
        return predicate;
    for (int i = 0; i < e->count; i++) {
        if (view_equal(object, view_of(e->info->residents[i].name)))
            return view_of(REVERIE_TALKS);
    }
    return predicate;
}

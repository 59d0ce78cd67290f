// What the people of a run remember: their memory folders, and the conversations that are in none.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/simtime.h"
#include "interop/export_json.h"
#include "interop/reverie_run_rows.h"
#include "text/json.h"

// A file of a person's memory folder; *out stays NULL if there is none.
static bool read_file(const char *folder, const char *person, const char *kind, struct json **out,
                      struct err *err)
{
    struct buf name = { 0 };
    bool ok = false;

    if (strchr(person, '/') != NULL) // is no name of a folder
        return true;
    buf_addf(&name, "personas/%s/bootstrap_memory/%s", person, kind);
    ok = reverie_run_object(folder, buf_str(&name), REVERIE_NODES_BYTES, true, out, err);
    buf_fini(&name);
    return ok;
}

static bool read_evaluations(struct reverie_resident *r, const char *folder, const char *person,
                             struct err *err)
{
    if (!read_file(folder, person, "evaluation_memory/nodes.json", &r->evaluations, err))
        return false;
    if (r->evaluations != NULL)
        r->evaluated_by = mem_strdup(person);
    return true;
}

// Of a single resident whose assistant says nothing: the first other one with such a folder.
static bool find_evaluations(struct reverie_resident *r, const char *folder, struct err *err)
{
    char *people = path_join(folder, "personas");
    struct file_list list = { 0 };
    bool ok = !file_is_folder(people) || file_list_folder(&list, people, err);

    for (size_t i = 0; ok && i < list.count && r->evaluations == NULL; i++) {
        if (strcmp(list.names[i], r->name) != 0)
            ok = read_evaluations(r, folder, list.names[i], err);
    }
    file_list_free(&list);
    free(people);
    return ok;
}

bool reverie_run_read_memories(struct reverie_run *run, const char *folder, struct err *err)
{
    for (size_t i = 0; i < run->resident_count; i++) {
        struct reverie_resident *r = &run->residents[i];
        if (!read_file(folder, r->name, "associative_memory/nodes.json", &r->nodes, err) ||
            !read_file(folder, r->name, "spatial_memory.json", &r->spatial, err))
            return false;
        if (r->assistant != NULL && !read_evaluations(r, folder, r->assistant, err))
            return false;
        if (r->assistant == NULL && run->resident_count == 1 && !find_evaluations(r, folder, err))
            return false;
    }
    return true;
}

bool reverie_take_lines(const struct json *list, struct buf *out, struct err *err)
{
    if (json_type(list) != JSON_ARRAY)
        return err_set(err, "must be a list of lines [name, text], not %s",
                       json_type_phrase(json_type(list)));
    buf_add_char(out, '[');
    for (const struct json *line = json_first(list); line != NULL; line = json_next(line)) {
        const struct json *name = json_type(line) == JSON_ARRAY ? json_first(line) : line;
        const struct json *said = name != line && name != NULL ? json_next(name) : NULL;
        struct buf text = { 0 };
        bool whole = json_type(line) == JSON_STRING; // earlier exports of ours have them like this
        if (!whole &&
            (said == NULL || json_type(name) != JSON_STRING || json_type(said) != JSON_STRING))
            return err_set(err, "must hold lines [name, text]");
        buf_add_view(&text, json_string(name));
        if (!whole && text.len > 0)
            buf_add_str(&text, ": ");
        if (!whole)
            buf_add_view(&text, json_string(said));
        export_json_comma(out);
        json_add_string(out, buf_view(&text));
        buf_fini(&text);
    }
    buf_add_char(out, ']');
    return true;
}

struct view reverie_other_voice(const struct reverie_run *run, const struct reverie_resident *r,
                                const struct json *lines)
{
    for (const struct json *line = json_first(lines); line != NULL; line = json_next(line)) {
        struct view text = json_string(line);
        for (size_t i = 0; i < run->resident_count; i++) {
            const char *name = run->residents[i].name;
            if (&run->residents[i] != r && view_starts(text, name) &&
                strncmp(text.data + strlen(name), ": ", 2) == 0)
                return view_of(name);
        }
    }
    return (struct view){ 0 };
}

// ---- The order of memories.

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

static struct reverie_memory *add_memory(struct reverie_memory **list, size_t *count)
{
    if ((*count & (*count - 1)) == 0)
        *list = mem_realloc(*list, *count > 0 ? *count * 2 : 1, sizeof(**list));
    (*list)[*count] = (struct reverie_memory){ 0 };
    return &(*list)[(*count)++];
}

bool reverie_run_wrap_node(const struct reverie_resident *r, bool of_assistant, int64_t number,
                           struct err *err)
{
    return err_wrap(err, "personas/%s/bootstrap_memory/%s/nodes.json: node_%lld",
                    of_assistant ? r->evaluated_by : r->name,
                    of_assistant ? "evaluation_memory" : "associative_memory", (long long)number);
}

// The nodes of a folder in the order of their numbers. They are named node_1, node_2, ...
static bool list_nodes(const struct reverie_run *run, struct reverie_resident *r, bool of_assistant,
                       struct err *err)
{
    const struct json *nodes = of_assistant ? r->evaluations : r->nodes;
    struct reverie_memory **list = of_assistant ? &r->offers : &r->memories;
    size_t *count = of_assistant ? &r->offer_count : &r->memory_count;
    int64_t created = 0, before = 0;
    char name[32];

    for (int64_t number = 1; nodes != NULL; number++) {
        const struct json *node = NULL;
        struct reverie_memory *m = NULL;
        struct view text = { 0 };
        snprintf(name, sizeof(name), "node_%lld", (long long)number);
        node = json_get(nodes, name);
        if (node == NULL)
            break;
        if (!json_want_string(node, "created", &text, err) ||
            !(simtime_parse(text.data, &created, err) || err_wrap(err, "`created`")))
            return reverie_run_wrap_node(r, of_assistant, number, err);
        m = add_memory(list, count);
        *m = (struct reverie_memory){ .node = node, .number = number };
        before = m->step = step_of(run, created, before);
    }
    return true;
}

// The lines of all nodes that are conversations, to see which are not among them.
static bool node_lines(const struct reverie_resident *r, struct buf *out, struct err *err)
{
    for (size_t i = 0; i < r->memory_count; i++) {
        const struct json *node = r->memories[i].node, *type = json_get(node, "type");
        const struct json *filling = json_get(node, "filling");
        if (type == NULL || json_type(type) != JSON_STRING || filling == NULL ||
            strcmp(json_string(type).data, "chat") != 0)
            continue;
        if (!reverie_take_lines(filling, out, err))
            return err_wrap(err, "`filling`") ||
                   reverie_run_wrap_node(r, false, r->memories[i].number, err);
        buf_add_char(out, '\n');
    }
    return true;
}

static bool is_listed(const struct buf *all, const char *lines)
{
    size_t len = strlen(lines);

    for (const char *at = strstr(buf_str(all), lines); at != NULL; at = strstr(at + 1, lines)) {
        if (at[len] == '\n')
            return true;
    }
    return false;
}

static bool begins_chat(const struct reverie_resident *r, size_t step)
{
    const char *chat = r->steps[step].chat;

    return chat != NULL && (step == 0 || r->steps[step - 1].chat == NULL ||
                            strcmp(r->steps[step - 1].chat, chat) != 0);
}

// Puts a conversation behind all memories of earlier steps and of its own.
static bool insert_chat(const struct reverie_run *run, struct reverie_resident *r, size_t step,
                        struct err *err)
{
    struct json *lines = json_parse(view_of(r->steps[step].chat), err);
    struct reverie_memory m = { .step = (int64_t)step,
                                .chat = r->steps[step].chat,
                                .description = r->steps[step].description };
    size_t at = r->memory_count;

    if (lines == NULL)
        return false;
    m.with = reverie_other_voice(run, r, lines).data;
    json_free(lines);
    add_memory(&r->memories, &r->memory_count);
    for (; at > 0 && r->memories[at - 1].step > m.step; at--)
        r->memories[at] = r->memories[at - 1];
    r->memories[at] = m;
    return true;
}

static bool add_chats(const struct reverie_run *run, struct reverie_resident *r, struct err *err)
{
    struct buf known = { 0 };
    bool ok = node_lines(r, &known, err);

    for (size_t step = 0; ok && step < r->step_count; step++) {
        if (!begins_chat(r, step))
            continue;
        r->chats++;
        if (is_listed(&known, r->steps[step].chat))
            continue;
        r->bare_chats++;
        ok = insert_chat(run, r, step, err);
    }
    buf_fini(&known);
    return ok;
}

bool reverie_run_list_memories(struct reverie_run *run, const char *folder, struct err *err)
{
    for (size_t i = 0; i < run->resident_count; i++) {
        struct reverie_resident *r = &run->residents[i];
        if (!list_nodes(run, r, false, err) || !list_nodes(run, r, true, err) ||
            !add_chats(run, r, err))
            return err_wrap(err, "%s", folder);
    }
    return true;
}

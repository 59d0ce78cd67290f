// load-history: thoughts for many people from a CSV file. All rows are checked before any is told.

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "base/mem.h"
#include "command/repl.h"
#include "text/csv.h"

enum { MAX_BYTES = 16 << 20, MOST_PROBLEMS = 5 };

struct thought {
    int who;
    char *text;
};

struct loading {
    struct repl *repl;
    struct thought *thoughts;
    size_t count, cap;
    struct buf problems; // one line each
    size_t problem_count;
};

static void complain(struct loading *l, int line, const char *what)
{
    if (l->problem_count++ < MOST_PROBLEMS)
        buf_addf(&l->problems, "\n  line %d: %s", line, what);
}

static struct view trimmed(struct view v)
{
    while (v.len > 0 && strchr(" \t\r\n", v.data[0]) != NULL)
        v = (struct view){ v.data + 1, v.len - 1 };
    while (v.len > 0 && strchr(" \t\r\n", v.data[v.len - 1]) != NULL)
        v.len--;
    return v;
}

// Adds what stands between semicolons; returns how many there were.
static size_t add_thoughts(struct loading *l, int who, struct view text)
{
    size_t added = 0;

    for (size_t from = 0; from <= text.len;) {
        const char *end = memchr(text.data + from, ';', text.len - from);
        size_t len = end != NULL ? (size_t)(end - text.data) - from : text.len - from;
        struct view one = trimmed((struct view){ text.data + from, len });
        if (one.len > 0) {
            if (l->count == l->cap) {
                l->cap = mem_grow(l->cap, l->count + 1);
                l->thoughts = mem_realloc(l->thoughts, l->cap, sizeof(*l->thoughts));
            }
            l->thoughts[l->count++] = (struct thought){ who, mem_strndup(one.data, one.len) };
            added++;
        }
        from += len + 1;
    }
    return added;
}

static void take_row(struct loading *l, const struct csv *csv)
{
    struct view name = trimmed(csv->fields[0]);
    char *text = mem_strndup(name.data, name.len);
    const char *argument = text;
    struct buf who = { 0 }, thoughts = { 0 };
    struct err err = { { 0 } };

    // a comma in a thought that is not in quotes belongs to the thought
    for (size_t i = 1; i < csv->count; i++) {
        buf_add_str(&thoughts, i > 1 ? "," : "");
        buf_add_view(&thoughts, csv->fields[i]);
    }
    if (name.len == 0)
        complain(l, csv->row_line, "the name is missing");
    else if (!repl_call(l->repl, "who", &argument, 1, &who, &err))
        complain(l, csv->row_line, err.text);
    else if (add_thoughts(l, atoi(buf_str(&who)),
                          (struct view){ buf_str(&thoughts), thoughts.len }) == 0)
        complain(l, csv->row_line, "there are no thoughts after the name");
    buf_fini(&who);
    buf_fini(&thoughts);
    free(text);
}

static bool is_heading(const struct csv *csv)
{
    struct view first = trimmed(csv->fields[0]);

    return first.len == 4 && strncasecmp(first.data, "name", 4) == 0;
}

// A file in another encoding is refused as a whole: no row of it can be trusted.
static bool check_lines(struct view text, struct err *err)
{
    size_t line = 1;

    for (size_t from = 0; from < text.len; line++) {
        const char *end = memchr(text.data + from, '\n', text.len - from);
        size_t len = end != NULL ? (size_t)(end - text.data) - from : text.len - from;
        if (!repl_check_text((struct view){ text.data + from, len }, err))
            return err_wrap(err, "line %zu", line);
        from += len + 1;
    }
    return true;
}

static bool read_rows(struct loading *l, struct view text, struct err *err)
{
    struct csv csv;
    bool found = false, first = true, ok = true;

    if (!check_lines(text, err))
        return false;
    csv_init(&csv, text);
    while ((ok = csv_next(&csv, &found, err)) && found) {
        if (!first || !is_heading(&csv))
            take_row(l, &csv);
        first = false;
    }
    csv_fini(&csv);
    if (!ok || l->problem_count == 0)
        return ok;
    if (l->problem_count > MOST_PROBLEMS)
        buf_addf(&l->problems, "\n  and %zu more", l->problem_count - MOST_PROBLEMS);
    return err_set(err, "nothing was loaded:%s", buf_str(&l->problems));
}

static bool tell_all(struct loading *l, struct err *err)
{
    for (size_t i = 0; i < l->count; i++)
        if (!session_tell(l->repl->session, l->thoughts[i].who, INTERVENTION_HISTORY,
                          view_of(l->thoughts[i].text), err))
            return false;
    return true;
}

bool repl_load_history(struct repl *r, const char *rest, struct err *err)
{
    struct loading l = { .repl = r };
    struct buf text = { 0 };
    bool ok = false;

    if (rest[0] == '\0')
        return err_set(err, "which file? load-history FILE.csv");
    ok = file_read(&text, rest, MAX_BYTES, err);
    if (ok) {
        ok = read_rows(&l, buf_view(&text), err);
        if (ok && l.count == 0)
            ok = err_set(err, "there is no row in it");
        ok = ok ? tell_all(&l, err) : err_wrap(err, "%s", rest);
    }
    if (ok)
        printf("%zu thought%s will be had at the next step\n", l.count, l.count == 1 ? "" : "s");
    for (size_t i = 0; i < l.count; i++)
        free(l.thoughts[i].text);
    free(l.thoughts);
    buf_fini(&l.problems);
    buf_fini(&text);
    return ok;
}

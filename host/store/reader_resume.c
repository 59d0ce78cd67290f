#include "store/reader.h"

#include "store/reader_impl.h"

struct found {
    bool any;
    int64_t first;       // column 0 as a number
    struct buf *text[4]; // by column; NULL: not wanted
};

static bool keep(void *user, const struct value *row, size_t columns)
{
    struct found *f = user;

    f->any = true;
    f->first = row[0].i;
    for (size_t i = 0; i < columns; i++)
        if (f->text[i] != NULL)
            buf_add_view(f->text[i], row[i].bytes);
    return false;
}

bool reader_state(struct reader *r, int day, struct buf *out, struct err *err)
{
    const struct value params[] = { value_int(day) };
    struct found f = { .text = { out } };

    buf_clear(out);
    if (!db_query(&r->db, "SELECT state FROM day_data WHERE day = ?1 AND finished", params, 1, keep,
                  &f, err))
        return false;
    return f.any ? true : err_set(err, "%s: day %d is not finished", r->db.path, day);
}

bool reader_policy(struct reader *r, int who, int day, int *policy_day, struct buf *weights,
                   struct buf *optimizer, struct buf *names, struct err *err)
{
    const struct value params[] = { value_int(who), value_int(day) };
    struct found f = { .text = { NULL, weights, optimizer, names } };

    for (size_t i = 0; i < 4; i++)
        if (f.text[i] != NULL)
            buf_clear(f.text[i]);
    if (!db_query(&r->db,
                  "SELECT day, weights, optimizer, names FROM policy"
                  " WHERE who = ?1 AND day <= ?2 ORDER BY day DESC LIMIT 1",
                  params, 2, keep, &f, err))
        return false;
    *policy_day = (int)f.first;
    return true;
}

struct memory_walk {
    reader_memory_fn fn;
    void *user;
    struct row_memory fixed; // what all nodes of the walk have in common
};

static int64_t time_of(const struct value *v)
{
    return v->type == VALUE_INT ? v->i : ROW_NONE;
}

static bool give_node(void *user, const struct value *row, size_t columns)
{
    const struct memory_walk *walk = user;
    struct row_memory m = walk->fixed;

    (void)columns;
    m.id = row[0].i;
    m.step = row[1].i;
    m.type = (enum row_node_type)row[2].i;
    m.depth = (int)row[3].i;
    m.created = row[4].i;
    m.last_accessed = row[5].i;
    m.expiration = time_of(&row[6]);
    m.subject = row[7].bytes;
    m.predicate = row[8].bytes;
    m.object = row[9].bytes;
    m.text = row[10].bytes;
    m.importance = row[11].r;
    m.keywords = row[12].bytes;
    m.filling = row[13].bytes;
    return walk->fn(walk->user, &m);
}

#define TEXT_OF(column) "(SELECT text FROM text WHERE id = m." column ")"

bool reader_memory(struct reader *r, int who, enum row_stream stream, reader_memory_fn fn,
                   void *user, struct err *err)
{
    // clang-format off
    static const char sql[] =
        "SELECT id, step, type, depth, created, last_accessed, expiration,"
        TEXT_OF("subject") "," TEXT_OF("predicate") "," TEXT_OF("object") ","
        TEXT_OF("text") ", importance," TEXT_OF("keywords") "," TEXT_OF("filling")
        " FROM memory_data m WHERE who = ?1 AND stream = ?2 AND id >= (SELECT"
        " coalesce(max(below), 0) FROM memory_clear_data WHERE who = ?1 AND stream = ?2)"
        " ORDER BY id";
    // clang-format on
    const struct value params[] = { value_int(who), value_int(stream) };
    struct memory_walk walk = { .fn = fn, .user = user, .fixed = { .who = who, .stream = stream } };

    return db_query(&r->db, sql, params, 2, give_node, &walk, err);
}

struct summary_walk {
    reader_summary_fn fn;
    void *user;
    struct row_summary fixed;
};

static bool give_summary(void *user, const struct value *row, size_t columns)
{
    const struct summary_walk *walk = user;
    struct row_summary s = walk->fixed;

    (void)columns;
    s.level = (enum row_summary_level)row[0].i;
    s.start = row[1].i;
    s.stop = row[2].i;
    s.step = row[3].i;
    s.text = row[4].bytes;
    return walk->fn(walk->user, &s);
}

bool reader_summaries(struct reader *r, int who, enum row_stream stream, reader_summary_fn fn,
                      void *user, struct err *err)
{
    static const char sql[] = "SELECT level, start, stop, step, " TEXT_OF(
        "text") " FROM summary_data m"
                " WHERE who = ?1 AND stream = ?2 AND step >= (SELECT coalesce(max(step), 0)"
                " FROM memory_clear_data WHERE who = ?1 AND stream = ?2) ORDER BY level, start";
    const struct value params[] = { value_int(who), value_int(stream) };
    struct summary_walk walk = { .fn = fn,
                                 .user = user,
                                 .fixed = { .who = who, .stream = stream } };

    return db_query(&r->db, sql, params, 2, give_summary, &walk, err);
}

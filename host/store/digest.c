#include "store/digest.h"

#include <string.h>

#include "store/reader_impl.h"

struct part {
    const char *name, *sql;
};

// Tables from here on count only if they have rows: a run without them has the digest that it had
// before there were such tables.
enum { FIRST_IF_ANY = 18 };

#define T(column) "(SELECT text FROM text WHERE id = t." column ")"

// What counts, in which order. A column that is not here does not count; the test goes through
// every column of the schema, so that none is forgotten.
// clang-format off
static const struct part parts[DIGEST_TABLES] = {
    { "meta",
      "SELECT key, value FROM meta WHERE counted ORDER BY key" },
    { "resident",
      "SELECT who, persona, name FROM resident ORDER BY who" },
    { "script",
      "SELECT hash, text FROM script ORDER BY hash" },
    { "day",
      "SELECT day, texts, state, finished FROM day ORDER BY day" },
    { "day_script",
      "SELECT day, path, hash FROM day_script ORDER BY day, path" },
    { "step",
      "SELECT step, who, x, y," T("path") ", asleep, walking," T("action") ", activity"
      " FROM step_data t ORDER BY step, who" },
    { "activity",
      "SELECT who, seq, day, start, minutes," T("description") "," T("task") "," T("kind") ","
      T("address") "," T("emoji") "," T("subject") "," T("predicate") "," T("object") ","
      T("object_state")
      " FROM activity_data t ORDER BY who, seq" },
    { "schedule",
      "SELECT day, who, seq, step, level, start, minutes," T("activity")
      " FROM schedule_data t ORDER BY day, who, seq" },
    { "event",
      "SELECT step, who, seq," T("address") "," T("subject") "," T("predicate") ","
      T("object") "," T("description")
      " FROM event_data t ORDER BY step, who, seq" },
    { "memory",
      "SELECT who, stream, id, step, type, depth, created, last_accessed, expiration,"
      T("subject") "," T("predicate") "," T("object") "," T("text") ", importance,"
      T("keywords") "," T("filling")
      " FROM memory_data t ORDER BY who, stream, id" },
    { "memory_clear",
      "SELECT step, who, stream, below FROM memory_clear_data ORDER BY step, who, stream" },
    { "suggestion",
      "SELECT step, who, slot," T("text") "," T("topic") "," T("tone") ","
      " silent, source, delivered, logit, probability," T("reason")
      " FROM suggestion_data t ORDER BY step, who, slot" },
    { "rating",
      "SELECT step, who, slot, preference, timing, frequency, communication, shared,"
      T("preference_reason") "," T("timing_reason") "," T("frequency_reason") ","
      T("communication_reason")
      " FROM rating_data t ORDER BY step, who, slot" },
    { "pair",
      "SELECT step, who, chosen_slot, rejected_slot, margin FROM pair_data ORDER BY step, who" },
    { "policy",
      "SELECT day, who," T("names") ", weights, optimizer FROM policy_data t ORDER BY day, who" },
    { "summary",
      "SELECT who, stream, level, start, stop, step," T("text")
      " FROM summary_data t ORDER BY who, stream, level, start" },
    { "retrieval",
      "SELECT step, who, stream, seq, rank, node," T("query") ","
      " score, recency, relevance, importance"
      " FROM retrieval_data t ORDER BY step, who, stream, seq, rank" },
    { "log",
      "SELECT step, level, message FROM log_data WHERE source = 1 ORDER BY seq" },
    { "intervention",
      "SELECT step, seq, who, kind, text FROM intervention_data ORDER BY step, seq" },
    { "mmlu",
      "SELECT day, who, seq," T("subject") "," T("question") ", answer, given," T("comment")
      " FROM mmlu_data t ORDER BY day, who, seq" },
    { "pair_prompt",
      "SELECT step, who, prompt, inputs FROM pair_prompt_data ORDER BY step, who" },
    { "rating_total",
      "SELECT step, who, slot, total FROM rating_total_data ORDER BY step, who, slot" },
    { "measure",
      "SELECT day, who, name, value FROM measure_data ORDER BY day, who, name" },
};
// clang-format on

struct hashing {
    struct hasher *hasher;
    struct buf row; // one row's bytes, so that the hasher is called once for each row
    int64_t rows;
};

static void add_u64(struct buf *b, uint64_t value)
{
    unsigned char bytes[8];

    for (size_t i = 0; i < sizeof(bytes); i++)
        bytes[i] = (unsigned char)(value >> (8 * i));
    buf_add(b, bytes, sizeof(bytes));
}

static void add_value(struct buf *b, const struct value *v)
{
    uint64_t bits = 0;

    switch (v->type) {
    case VALUE_NULL: buf_add_char(b, 'n'); break;
    case VALUE_INT:
        buf_add_char(b, 'i');
        add_u64(b, (uint64_t)v->i);
        break;
    case VALUE_REAL:
        memcpy(&bits, &v->r, sizeof(bits));
        buf_add_char(b, 'r');
        add_u64(b, bits);
        break;
    case VALUE_TEXT:
    case VALUE_BLOB:
        buf_add_char(b, v->type == VALUE_TEXT ? 't' : 'b');
        add_u64(b, v->bytes.len);
        buf_add_view(b, v->bytes);
        break;
    }
}

static bool hash_row(void *user, const struct value *row, size_t columns)
{
    struct hashing *h = user;

    buf_clear(&h->row);
    for (size_t i = 0; i < columns; i++)
        add_value(&h->row, &row[i]);
    hasher_add(h->hasher, h->row.data, h->row.len);
    h->rows++;
    return true;
}

static bool digest_tables(struct reader *r, struct digest *out, struct err *err)
{
    bool ok = true;
    struct hashing h = { 0 };

    for (size_t i = 0; ok && i < DIGEST_TABLES; i++) {
        h.hasher = hasher_new();
        h.rows = 0;
        ok = db_query(&r->db, parts[i].sql, NULL, 0, hash_row, &h, err);
        out->tables[i] = (struct digest_table){ .name = parts[i].name, .rows = h.rows };
        out->tables[i].hash = hasher_end(h.hasher);
    }
    buf_fini(&h.row);
    return ok;
}

bool digest_run(struct reader *r, struct digest *out, struct err *err)
{
    struct buf all = { 0 };
    bool held = r->snapshot, ok = false;

    *out = (struct digest){ 0 };
    if (!held && !reader_snapshot(r, err)) // else the writer could commit between two tables
        return false;
    ok = digest_tables(r, out, err);
    for (size_t i = 0; i < DIGEST_TABLES; i++) {
        if (i >= FIRST_IF_ANY && out->tables[i].rows == 0)
            continue;
        buf_add(&all, parts[i].name, strlen(parts[i].name) + 1);
        buf_add(&all, out->tables[i].hash.bytes, HASH_BYTES);
    }
    out->hash = hash_of(buf_view(&all));
    buf_fini(&all);
    if (!held)
        reader_release(r);
    return ok;
}

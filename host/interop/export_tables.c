#include "interop/export_tables.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "interop/export_file.h"
#include "text/json.h"

struct table {
    const char *name, *view, *columns, *order;
};

#define KEYS "condition, persona, seed, "
#define META(key) "(SELECT value FROM meta WHERE key = '" key "') AS " key

// clang-format off
static const struct table tables[] = {
    { "runs", NULL,
      "study, residents, names, start, sec_per_step, steps_per_day, map, days_finished, models,"
      " embedder, program, config", NULL },
    { "meta", "meta", "key, value, counted", "key" },
    { "residents", "resident", "who, persona AS id, name", "who" },
    { "days", "daily",
      "day, who, finished, steps, awake_steps, ratings, scored, failed, score_sum, preference_sum,"
      " timing_sum, frequency_sum, communication_sum, recommendations, recommendations_scored,"
      " recommendation_score_sum, successes, abstentions, abstentions_scored,"
      " abstention_score_sum, score_mean, recommendation_score_mean, abstention_score_mean,"
      " success_rate, recommendations_per_hour", "day, who" },
    { "day_states", "day", "day, date, texts, state, finished, wall_ms", "day" },
    { "day_scripts", "day_script", "day, path, hash", "day, path" },
    { "scripts", "script", "hash, text", "hash" },
    { "steps", "step",
      "step, day, clock, who, time, x, y, path, asleep, walking, action, activity", "step, who" },
    { "activities", "activity",
      "day, who, seq, start, start_clock, minutes, description, task, kind, address, emoji,"
      " subject, predicate, object, object_state", "who, seq" },
    { "schedules", "schedule",
      "day, who, seq, step, level, start, start_clock, minutes, activity", "day, who, seq" },
    { "events", "event",
      "step, day, clock, who, seq, address, subject, predicate, object, description",
      "step, who, seq" },
    { "memory", "memory",
      "who, stream, id, step, day, type, depth, created, created_clock, last_accessed,"
      " last_accessed_clock, expiration, expiration_clock, subject, predicate, object, text,"
      " importance, keywords, filling, cleared_step", "who, stream, id" },
    { "memory_accesses", "memory_access",
      "who, stream, id, day, last_accessed, last_accessed_clock", "who, stream, id, day" },
    { "memory_clears", "memory_clear",
      "step, day, clock, who, stream, below", "step, who, stream" },
    { "suggestions", "suggestion",
      "step, day, clock, who, slot, text, topic, tone, silent, source, delivered, logit,"
      " probability, reason", "step, who, slot" },
    { "ratings", "rating",
      "step, day, clock, who, slot, criterion, value, reason, status",
      "step, who, slot, criterion" },
    { "rating_totals", "rating_total", "step, day, clock, who, slot, total", "step, who, slot" },
    { "scores", "score",
      "step, day, clock, who, slot, score, preference, timing, frequency, communication, shared",
      "step, who, slot" },
    { "deliveries", "delivery",
      "step, day, clock, who, slot, text, topic, tone, silent, score, preference, timing,"
      " frequency, communication, rated", "step, who" },
    { "pairs", "pair",
      "step, day, clock, who, chosen_slot, rejected_slot, margin", "step, who" },
    { "pair_prompts", "pair_prompt",
      "step, day, clock, who, prompt, inputs", "step, who" },
    { "measures", "measure", "day, who, name, value", "day, who, name" },
    { "policies", "policy", "day, who, names, weights", "day, who" },
    { "adapters", "adapter",
      "day, who, name, path, examples, status, message, ms", "day, who" },
    { "interventions", "intervention",
      "step, day, clock, who, seq, kind, text", "step, seq" },
    { "mmlu", "mmlu",
      "day, who, seq, subject, question, answer, given, correct, comment", "day, who, seq" },
    { "summaries", "summary",
      "who, stream, level, start, start_clock, stop, stop_clock, step, text",
      "who, stream, level, start" },
    { "retrievals", "retrieval",
      "step, day, clock, who, stream, seq, rank, node, query, score, recency, relevance,"
      " importance", "step, who, stream, seq, rank" },
    { "calls", "call",
      "id, step, day, clock, who, role, prompt, version, model, request, draw, status, tokens_in,"
      " tokens_out, tokens_cached, cost, ms, retries, error", "id" },
    { "costs", "cost",
      "role, prompt, model, questions, stored, failed, requests, tokens_in, tokens_out,"
      " tokens_cached, cost, ms", "role, prompt, model" },
    { "embeddings", "embedding", "model, text, dim, vector", "model, text" },
    { "replies", "reply", "request, draw, reply, request_text", "request, draw" },
    { "log", "log", "seq, step, day, clock, level, source, message", "seq" },
};

static const char runs_sql[] =
    "SELECT " META("study") ","
    " (SELECT group_concat(persona, '+') FROM (SELECT persona FROM resident ORDER BY who)),"
    " (SELECT group_concat(name, '+') FROM (SELECT name FROM resident ORDER BY who)),"
    " datetime((SELECT value FROM meta WHERE key = 'start'), 'unixepoch'),"
    META("sec_per_step") "," META("steps_per_day") "," META("map") ","
    " (SELECT count(*) FROM day WHERE finished)," META("models") "," META("embedder") ","
    META("program") "," META("config");
// clang-format on

enum { TABLES = sizeof(tables) / sizeof(*tables) };

// Of the numbers in the blobs of a table; 0: it has none.
static size_t number_bytes(const struct table *t)
{
    if (t->view == NULL)
        return 0;
    return strcmp(t->view, "policy") == 0      ? sizeof(double)
           : strcmp(t->view, "embedding") == 0 ? sizeof(float)
                                               : 0;
}

const char *export_table_name(size_t i)
{
    return i < TABLES ? tables[i].name : NULL;
}

const char *export_table_view(size_t i)
{
    return tables[i].view;
}

const char *export_table_columns(size_t i)
{
    return tables[i].columns;
}

// One table being written.
struct output {
    enum export_form form;
    struct export_file *file;
    const struct export_run *run; // whose rows come
    struct view names[64];        // of the columns, those of the run first
    size_t columns, number_bytes;
    int64_t rows;
    struct err *err;
    bool ok;
};

// Splits "a, b AS c" into the names a and c; returns how many.
static size_t split(const char *list, struct view *out)
{
    size_t count = 0;

    for (const char *at = list; *at != '\0';) {
        size_t len = strcspn(at, ",");
        const char *as = strstr(at, " AS ");
        size_t skip = as != NULL && as < at + len ? (size_t)(as - at) + strlen(" AS ") : 0;
        out[count++] = (struct view){ at + skip, len - skip };
        at += len + strspn(at + len, ", ");
    }
    return count;
}

static void add_csv_text(struct buf *out, struct view text)
{
    bool plain = text.len > 0;

    for (size_t i = 0; plain && i < text.len; i++)
        plain = strchr(",\"\r\n", text.data[i]) == NULL && text.data[i] != '\0';
    plain = plain && text.data[0] != ' ' && text.data[text.len - 1] != ' ';
    if (plain) {
        buf_add_view(out, text);
        return;
    }
    buf_add_char(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] == '"')
            buf_add_char(out, '"');
        buf_add_char(out, text.data[i]);
    }
    buf_add_char(out, '"');
}

// The numbers of a blob as a JSON list; what is not finite is null.
static void add_numbers(struct buf *out, struct view blob, size_t bytes)
{
    buf_add_char(out, '[');
    for (size_t at = 0; bytes > 0 && at + bytes <= blob.len; at += bytes) {
        double number = 0;
        float narrow = 0;
        if (bytes == sizeof(number)) {
            memcpy(&number, blob.data + at, sizeof(number));
        } else {
            memcpy(&narrow, blob.data + at, sizeof(narrow));
            number = (double)narrow;
        }
        if (at > 0)
            buf_add_char(out, ',');
        if (!isfinite(number))
            buf_add_str(out, "null");
        else if (bytes == sizeof(number))
            json_add_number(out, number);
        else
            buf_addf(out, "%.9g", number);
    }
    buf_add_char(out, ']');
}

// A value that is not NULL and no blob.
static void add_value(struct buf *out, enum export_form form, const struct value *v)
{
    if (v->type == VALUE_INT)
        buf_addf(out, "%lld", (long long)v->i);
    else if (v->type == VALUE_REAL)
        json_add_number(out, v->r);
    else if (form == EXPORT_CSV)
        add_csv_text(out, v->bytes);
    else
        json_add_string(out, v->bytes);
}

static void add_column(struct output *o, size_t i, const struct value *v)
{
    struct buf *out = export_file_buf(o->file);
    bool null = v->type == VALUE_NULL || (v->type == VALUE_REAL && !isfinite(v->r));

    if (i > 0)
        buf_add_char(out, ',');
    if (o->form == EXPORT_JSONL) {
        json_add_string(out, o->names[i]);
        buf_add_str(out, null ? ":null" : ":");
    }
    if (v->type == VALUE_BLOB) {
        struct buf list = { 0 };
        add_numbers(&list, v->bytes, o->number_bytes);
        if (o->form == EXPORT_CSV)
            add_csv_text(out, buf_view(&list));
        else
            buf_add_view(out, buf_view(&list));
        buf_fini(&list);
    } else if (!null) {
        add_value(out, o->form, v);
    }
}

static bool add_row(void *user, const struct value *row, size_t columns)
{
    struct output *o = user;
    struct buf *out = export_file_buf(o->file);
    const struct value keys[] = { value_text(view_of(o->run->condition)),
                                  value_text(view_of(o->run->persona)), value_int(o->run->seed) };
    size_t key_count = sizeof(keys) / sizeof(*keys);

    if (o->form == EXPORT_JSONL)
        buf_add_char(out, '{');
    for (size_t i = 0; i < key_count; i++)
        add_column(o, i, &keys[i]);
    for (size_t i = 0; i < columns; i++)
        add_column(o, key_count + i, &row[i]);
    buf_add_str(out, o->form == EXPORT_JSONL ? "}\n" : "\n");
    o->rows++;
    o->ok = export_file_flush(o->file, o->err);
    return o->ok;
}

static void add_header(struct output *o)
{
    struct buf *out = export_file_buf(o->file);

    for (size_t i = 0; o->form == EXPORT_CSV && i < o->columns; i++) {
        buf_add_str(out, i > 0 ? "," : "");
        buf_add_view(out, o->names[i]);
    }
    buf_add_str(out, o->form == EXPORT_CSV ? "\n" : "");
}

// Appends a run's rows to the table.
static bool add_run(struct output *o, const struct table *t, const struct export_run *run,
                    struct reader *reader, struct err *err)
{
    struct buf sql = { 0 };
    bool ok = false;

    o->run = run;
    if (t->view != NULL)
        buf_addf(&sql, "SELECT %s FROM %s ORDER BY %s", t->columns, t->view, t->order);
    else
        buf_add_str(&sql, runs_sql);
    ok = reader_query(reader, buf_str(&sql), NULL, 0, add_row, o, err) && o->ok;
    buf_fini(&sql);
    return ok ? true : err_wrap(err, "%s: table %s", run->path, t->name);
}

static char *table_path(const struct export_tables_options *options, const struct table *t)
{
    struct buf path = { 0 };

    buf_addf(&path, "%s/%s.%s", options->folder, t->name,
             options->form == EXPORT_CSV ? "csv" : "jsonl");
    return buf_take(&path);
}

static bool begin(struct output *o, const struct table *t,
                  const struct export_tables_options *options, struct err *err)
{
    char *path = table_path(options, t);

    *o = (struct output){
        .form = options->form, .number_bytes = number_bytes(t), .err = err, .ok = true
    };
    o->columns = split(KEYS, o->names);
    o->columns += split(t->columns, o->names + o->columns);
    o->file = export_file_open(path, err);
    if (o->file != NULL)
        add_header(o);
    free(path);
    return o->file != NULL;
}

bool export_table_is_wanted(const struct export_tables_options *options, size_t table)
{
    bool wanted = options->only == NULL && number_bytes(&tables[table]) == 0;

    for (size_t i = 0; options->only != NULL && options->only[i] != NULL; i++)
        wanted = wanted || strcmp(options->only[i], tables[table].name) == 0;
    return wanted;
}

static bool check_free(const struct export_tables_options *options, const struct table *t,
                       struct err *err)
{
    char *path = table_path(options, t);
    bool ok = options->force || !file_exists(path);

    if (!ok)
        err_set(err, "%s: is there already; name another folder, or use --force to replace it",
                path);
    free(path);
    return ok;
}

// All tables of one run, as of one moment.
static bool write_run(struct output *outputs, const struct export_run *run, struct err *err)
{
    struct reader *reader = export_run_open(run, err);
    bool ok = reader != NULL;

    for (size_t i = 0; ok && i < TABLES; i++) {
        if (outputs[i].file != NULL)
            ok = add_run(&outputs[i], &tables[i], run, reader, err);
    }
    reader_close(reader);
    return ok;
}

bool export_tables(const struct export_source *source, const struct export_tables_options *options,
                   int64_t *rows, struct err *err)
{
    struct output *outputs = mem_calloc(TABLES, sizeof(*outputs));
    bool ok = true;

    for (size_t i = 0; ok && i < TABLES; i++)
        ok = !export_table_is_wanted(options, i) || check_free(options, &tables[i], err);
    for (size_t i = 0; ok && i < TABLES; i++)
        ok = !export_table_is_wanted(options, i) || begin(&outputs[i], &tables[i], options, err);
    for (size_t i = 0; ok && i < source->count; i++)
        ok = write_run(outputs, &source->runs[i], err);
    for (size_t i = 0; i < TABLES; i++) {
        if (ok && outputs[i].file != NULL)
            ok = export_file_close(outputs[i].file, err);
        else
            export_file_drop(outputs[i].file);
        if (rows != NULL)
            rows[i] = outputs[i].rows;
    }
    free(outputs);
    return ok;
}

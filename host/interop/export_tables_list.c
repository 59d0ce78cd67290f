// Which tables there are, and what is read for each of them.
#include <string.h>

#include "interop/export_tables_parts.h"

#define META(key) "(SELECT value FROM meta WHERE key = '" key "') AS " key

// clang-format off
static const struct export_table tables[] = {
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

const struct export_table *export_table_at(size_t i)
{
    return i < TABLES ? &tables[i] : NULL;
}

size_t export_table_count(void)
{
    return TABLES;
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

size_t export_table_number_bytes(const struct export_table *t)
{
    if (t->view == NULL)
        return 0;
    return strcmp(t->view, "policy") == 0      ? sizeof(double)
           : strcmp(t->view, "embedding") == 0 ? sizeof(float)
                                               : 0;
}

void export_table_add_query(struct buf *out, const struct export_table *t)
{
    if (t->view != NULL)
        buf_addf(out, "SELECT %s FROM %s ORDER BY %s", t->columns, t->view, t->order);
    else
        buf_add_str(out, runs_sql);
}

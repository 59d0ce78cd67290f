#include "store/writer_impl.h"

// A plain INSERT each, in the order of the values that append.c and transport.c give.
static const char *const sql[WRITER_STMTS] = {
    [PUT_STEP] = "INSERT INTO step_data(step, who, x, y, path, asleep, walking, action, activity)"
                 " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    [PUT_ACTIVITY] = "INSERT INTO activity_data(who, seq, day, start, minutes, description, task,"
                     " kind, address, emoji, subject, predicate, object, object_state)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
    [PUT_SCHEDULE] = "INSERT INTO schedule_data(day, who, seq, step, level, start, minutes,"
                     " activity) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    [PUT_EVENT] = "INSERT INTO event_data(step, who, seq, address, subject, predicate, object,"
                  " description) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    [PUT_MEMORY] = "INSERT INTO memory_data(who, stream, id, step, type, depth, created,"
                   " last_accessed, expiration, subject, predicate, object, text, importance,"
                   " keywords, filling) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12,"
                   " ?13, ?14, ?15, ?16)",
    [PUT_CLEAR] = "INSERT INTO memory_clear_data(step, who, stream, below)"
                  " VALUES (?1, ?2, ?3, ?4)",
    [PUT_SUGGESTION] = "INSERT INTO suggestion_data(step, who, slot, text, topic, tone, silent,"
                       " source, delivered, logit, probability, reason)"
                       " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    [PUT_RATING] = "INSERT INTO rating_data(step, who, slot, shared, preference, timing, frequency,"
                   " communication, preference_reason, timing_reason, frequency_reason,"
                   " communication_reason)"
                   " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    [PUT_PAIR] = "INSERT INTO pair_data(step, who, chosen_slot, rejected_slot, margin)"
                 " VALUES (?1, ?2, ?3, ?4, ?5)",
    [PUT_POLICY] = "INSERT INTO policy_data(day, who, names, weights, optimizer)"
                   " VALUES (?1, ?2, ?3, ?4, ?5)",
    [PUT_SUMMARY] = "INSERT INTO summary_data(who, stream, level, start, stop, step, text)"
                    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    [PUT_RETRIEVAL] = "INSERT INTO retrieval_data(step, who, stream, seq, rank, node, query,"
                      " score, recency, relevance, importance)"
                      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    [PUT_LOG] = "INSERT INTO log_data(step, level, source, message) VALUES (?1, ?2, ?3, ?4)",
    [PUT_CALL] = "INSERT INTO call_data(step, who, role, prompt, version, model, request, draw,"
                 " status, tokens_in, tokens_out, tokens_cached, cost, ms, retries, error)"
                 " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
    [PUT_REPLY] = "INSERT INTO reply_data(request, draw, reply, request_text)"
                  " VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
    [PUT_EMBEDDING] = "INSERT INTO embedding_data(model, text, vector) VALUES (?1, ?2, ?3)"
                      " ON CONFLICT DO NOTHING",
    [PUT_TEXT] = "INSERT INTO text(id, text) VALUES (?1, ?2)",
    [PUT_LABEL] = "INSERT INTO label(id, text) VALUES (?1, ?2)",
    [PUT_INTERVENTION] = "INSERT INTO intervention_data(step, seq, who, kind, text)"
                         " VALUES (?1, ?2, ?3, ?4, ?5)",
    [PUT_MMLU] = "INSERT INTO mmlu_data(day, who, seq, subject, question, answer, given, comment)"
                 " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    [PUT_MEASURE] = "INSERT INTO measure_data(day, who, name, value) VALUES (?1, ?2, ?3, ?4)",
    [PUT_PAIR_PROMPT] = "INSERT INTO pair_prompt_data(step, who, prompt, inputs)"
                        " VALUES (?1, ?2, ?3, ?4)",
    [PUT_RATING_TOTAL] = "INSERT INTO rating_total_data(step, who, slot, total)"
                         " VALUES (?1, ?2, ?3, ?4)",
    [PUT_ADAPTER] = "INSERT INTO adapter_data(day, who, name, path, examples, status, message, ms)"
                    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING",
    // What a node's last_accessed was at the midnight before the day, for forks. A node that is not
    // older than the day was not there then.
    [PUT_ACCESS] = "INSERT INTO memory_access_data(who, stream, id, day, last_accessed)"
                   " SELECT who, stream, id, ?5, last_accessed FROM memory_data"
                   " WHERE who = ?1 AND stream = ?2 AND id = ?3 AND step < ?6"
                   " AND last_accessed <> ?4",
    [SET_ACCESS] = "UPDATE memory_data SET last_accessed = ?4 WHERE who = ?1 AND stream = ?2"
                   " AND id = ?3 RETURNING 1",
    [GET_REPLY] = "SELECT reply FROM reply_data WHERE request = ?1 AND draw = ?2",
    [GET_EMBEDDING] = "SELECT e.vector FROM embedding_data e JOIN label l ON l.id = e.model"
                      " WHERE l.text = ?1 AND e.text = ?2",
};

bool writer_run(struct writer *w, enum writer_stmt which, const struct value *params, size_t count,
                struct value *row, bool *found, struct err *err)
{
    if (!writer_ready(w, err))
        return false;
    if (w->stmts[which] == NULL)
        w->stmts[which] = db_prepare(&w->db, sql[which], err);
    if (w->stmts[which] == NULL || !db_run(&w->db, w->stmts[which], params, count, row, found, err))
        return writer_break(w, err);
    return true;
}

static struct value id_of(struct writer *w, struct intern *in, enum writer_stmt put,
                          struct view text)
{
    bool added = false;
    int64_t id = 0;
    struct err err = { { 0 } };

    if (text.data == NULL || w->failed)
        return value_null();
    id = intern_text(in, text, &added);
    if (added) {
        struct value row[] = { value_int(id), value_text(text) };
        // An error stays in w and is what the insert of the row itself will report
        if (!writer_run(w, put, row, 2, NULL, NULL, &err))
            return value_null();
    }
    return value_int(id);
}

struct value writer_text(struct writer *w, struct view text)
{
    return id_of(w, &w->texts, PUT_TEXT, text);
}

struct value writer_label(struct writer *w, struct view text)
{
    return id_of(w, &w->labels, PUT_LABEL, text);
}

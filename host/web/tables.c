// The routes /api/v1/runs/<run>/<table>: each is one query of the run file over its documented
// views. A reply is {"columns": [...], "rows": [[...], ...], "next": number or null}; `next` is the
// `offset` of the next page.

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "store/reader.h"
#include "text/json.h"
#include "web/inside.h"

enum { MAX_PARAMS = 8, MAX_STEPS = 4000, TEXT_LIMIT = 200 };

/// What a query takes, in the order of ?1, ?2, ...; two more are the page's size and offset.
/// a: from, b: to (steps, at most MAX_STEPS apart), s: step, d: day, w: who (0: all),
/// m: stream (resident, assistant, rater), t: type of memory ("": all), q: words to find ("": all),
/// i: id of a memory (0: all).
struct table {
    const char *name, *takes;
    int page, max_page; // rows of a page, usually and at most
    const char *columns;
    const char *sql;
};

#define IN_RANGE "step BETWEEN ?1 AND ?2 AND (?3 = 0 OR who = ?3)"
#define ALIVE                                                                                      \
    "who = ?1 AND stream = ?2 AND step <= ?3 AND (cleared_step IS NULL OR cleared_step > ?3)"

static const struct table tables[] = {
    { "steps", "abw", 4000, 8000, "step,who,x,y,path,asleep,walking,action,activity",
      "SELECT step, who, x, y, path, asleep, walking, action, activity FROM step WHERE " IN_RANGE
      " ORDER BY step, who LIMIT ?4 OFFSET ?5" },
    { "activities", "abw", 2000, 4000,
      "who,seq,day,start,minutes,description,task,kind,address,emoji",
      "SELECT who, seq, day, start, minutes, description, task, kind, address, emoji FROM activity "
      "WHERE (who, seq) IN (SELECT who, activity FROM step WHERE " IN_RANGE
      ") ORDER BY who, seq LIMIT ?4 OFFSET ?5" },
    { "suggestions", "abw", 2000, 8000,
      "step,who,slot,text,topic,tone,silent,source,delivered,logit,probability,reason,score,"
      "preference,timing,frequency,communication,shared",
      "SELECT g.step, g.who, g.slot, g.text, g.topic, g.tone, g.silent, g.source, g.delivered, "
      "g.logit, g.probability, g.reason, c.score, c.preference, c.timing, c.frequency, "
      "c.communication, c.shared FROM (SELECT * FROM suggestion WHERE " IN_RANGE
      ") g LEFT JOIN score c USING (step, who, slot) ORDER BY 1, 2, 3 LIMIT ?4 OFFSET ?5" },
    { "ratings-simulated", "abw", 2000, 8000, "step,who,slot,criterion,value,reason,status",
      "SELECT step, who, slot, criterion, value, reason, status FROM rating WHERE " IN_RANGE
      " ORDER BY step, who, slot LIMIT ?4 OFFSET ?5" },
    { "marks", "abw", 8000, 20000, "step,who,score,silent",
      "SELECT step, who, score, silent FROM delivery WHERE " IN_RANGE
      " ORDER BY step, who LIMIT ?4 OFFSET ?5" },
    { "schedule", "dws", 500, 2000, "who,seq,step,level,start,minutes,activity",
      "SELECT who, seq, step, level, start, minutes, activity FROM schedule WHERE day = ?1 AND "
      "(?2 = 0 OR who = ?2) AND step <= ?3 ORDER BY who, level, start, seq LIMIT ?4 OFFSET ?5" },
    { "events", "abw", 500, 4000, "step,who,seq,address,subject,predicate,object,description",
      "SELECT step, who, seq, address, subject, predicate, object, description FROM event "
      "WHERE " IN_RANGE " ORDER BY step DESC, who, seq LIMIT ?4 OFFSET ?5" },
    // Revised at the midnight that a day begins with, kept in the state that the day ends with
    { "identity", "dw", 100, 1000, "who,day,currently",
      "SELECT r.who, d.day, json_extract(d.state, '$.residents[' || (r.who - 1) || '].currently') "
      "FROM resident r, day d WHERE d.day = (SELECT max(day) FROM day WHERE finished AND day <= "
      "?1) AND (?2 = 0 OR r.who = ?2) ORDER BY 1 LIMIT ?3 OFFSET ?4" },
    { "memory", "wmstqi", 100, 1000,
      "id,step,type,depth,created,last_accessed,text,importance,keywords,filling",
      "SELECT id, step, type, depth, created, last_accessed, text, importance, keywords, filling "
      "FROM memory WHERE " ALIVE " AND (?4 = '' OR type = ?4) AND (?5 = '' OR instr(lower(text), "
      "lower(?5)) > 0) AND (?6 = 0 OR id = ?6) ORDER BY id DESC LIMIT ?7 OFFSET ?8" },
    { "summaries", "wms", 100, 1000, "level,start,stop,step,text",
      "SELECT level, start, stop, step, text FROM summary AS u WHERE who = ?1 AND stream = ?2 AND "
      "step <= ?3 AND NOT EXISTS (SELECT 1 FROM memory_clear c WHERE c.who = ?1 AND c.stream = ?2 "
      "AND c.step <= ?3 AND c.step > u.step) ORDER BY start DESC LIMIT ?4 OFFSET ?5" },
    { "places", "ws", 1000, 4000, "address",
      "SELECT address FROM event WHERE who = ?1 AND step <= ?2 AND address IS NOT NULL UNION "
      "SELECT address FROM activity WHERE who = ?1 AND address IS NOT NULL AND seq <= (SELECT "
      "max(activity) FROM step WHERE who = ?1 AND step <= ?2) ORDER BY 1 LIMIT ?3 OFFSET ?4" },
    { "retrievals", "sw", 200, 1000,
      "who,stream,seq,rank,node,query,score,recency,relevance,importance,text,created",
      "SELECT r.who, r.stream, r.seq, r.rank, r.node, r.query, r.score, r.recency, r.relevance, "
      "r.importance, m.text, m.created FROM (SELECT * FROM retrieval WHERE step = ?1 AND (?2 = 0 "
      "OR who = ?2)) r LEFT JOIN memory m ON m.who = r.who AND m.stream = r.stream AND m.id = "
      "r.node ORDER BY 1, 2, 3, 4 LIMIT ?3 OFFSET ?4" },
    { "calls", "sw", 50, 200,
      "id,who,role,prompt,version,model,draw,status,tokens_in,tokens_out,cost,ms,retries,error,"
      "reply,request_text",
      "SELECT c.id, c.who, c.role, c.prompt, c.version, c.model, c.draw, c.status, c.tokens_in, "
      "c.tokens_out, c.cost, c.ms, c.retries, c.error, r.reply, r.request_text FROM (SELECT * FROM "
      "call WHERE step = ?1 AND (?2 = 0 OR who = ?2)) c LEFT JOIN reply r ON r.request = c.request "
      "AND r.draw = c.draw ORDER BY c.id LIMIT ?3 OFFSET ?4" },
    { "pairs", "abw", 2000, 8000, "step,who,chosen_slot,rejected_slot,margin",
      "SELECT step, who, chosen_slot, rejected_slot, margin FROM pair WHERE " IN_RANGE
      " ORDER BY step, who LIMIT ?4 OFFSET ?5" },
    { "texts", "dq", 20, 100, "path,hash,text",
      "SELECT path, hash, text FROM day_script JOIN script USING (hash) WHERE day = ?1 AND path = "
      "?2 ORDER BY path LIMIT ?3 OFFSET ?4" },
    { "log", "abw", 200, 2000, "seq,step,level,source,message",
      "SELECT seq, step, level, source, message FROM log WHERE coalesce(step, ?1) BETWEEN ?1 AND "
      "?2 AND ?3 >= 0 ORDER BY seq DESC LIMIT ?4 OFFSET ?5" },
};

#undef IN_RANGE
#undef ALIVE

// ---- What is asked for.

struct asking {
    const struct table *table;
    struct value params[MAX_PARAMS];
    size_t count;
    int64_t page, offset;
};

static bool take_text(struct server_request *q, const char *name, struct value *out,
                      struct server_reply *reply)
{
    const char *text = server_query(q, name);

    if (text != NULL && strlen(text) > TEXT_LIMIT) {
        web_fail(reply, 400, "what you look for is too long");
        return false;
    }
    *out = value_text(view_of(text != NULL ? text : ""));
    return true;
}

static bool take_stream(struct server_request *q, struct value *out, struct server_reply *reply)
{
    const char *text = server_query(q, "stream");

    text = text != NULL ? text : "resident";
    if (strcmp(text, "resident") != 0 && strcmp(text, "assistant") != 0 &&
        strcmp(text, "rater") != 0) {
        web_fail(reply, 400, "stream must be resident, assistant or rater");
        return false;
    }
    *out = value_text(view_of(text));
    return true;
}

static bool take_one(struct server_request *q, char what, struct asking *a,
                     struct server_reply *reply)
{
    struct value *out = &a->params[a->count];
    int64_t n = 0, from = a->count > 0 ? a->params[0].i : 0;
    bool ok = true;

    switch (what) {
    case 'a': ok = web_query_int(q, "from", 0, INT32_MAX, 0, &n, reply); break;
    case 'b': // a day's marks of a whole run are small; what else is asked for in ranges is not
        ok = web_query_int(q, "to", from,
                           strcmp(a->table->name, "marks") == 0 ? INT32_MAX : from + MAX_STEPS - 1,
                           from, &n, reply);
        break;
    case 's': ok = web_query_int(q, "step", 0, INT32_MAX, INT32_MAX, &n, reply); break;
    case 'd': ok = web_query_int(q, "day", 1, INT32_MAX, 1, &n, reply); break;
    case 'w': // whose memory it is must be said; in a list of all, nobody means everybody
        ok = web_query_int(q, "who", 0, INT32_MAX, a->table->takes[0] == 'w' ? 1 : 0, &n, reply);
        break;
    case 'i': ok = web_query_int(q, "id", 0, INT32_MAX, 0, &n, reply); break;
    case 'm': a->count++; return take_stream(q, out, reply);
    case 't': a->count++; return take_text(q, "type", out, reply);
    default: a->count++; return take_text(q, "q", out, reply);
    }
    *out = value_int(n);
    a->count++;
    return ok;
}

static bool take_params(struct server_request *q, struct asking *a, struct server_reply *reply)
{
    for (const char *p = a->table->takes; *p != '\0'; p++) {
        if (!take_one(q, *p, a, reply))
            return false;
    }
    if (!web_query_int(q, "limit", 1, a->table->max_page, a->table->page, &a->page, reply) ||
        !web_query_int(q, "offset", 0, INT32_MAX, 0, &a->offset, reply))
        return false;
    a->params[a->count++] = value_int(a->page + 1); // one more tells whether there is a next page
    a->params[a->count++] = value_int(a->offset);
    return true;
}

// ---- What comes back.

struct answering {
    struct buf *out;
    int64_t rows, page;
};

static void add_value(struct buf *out, const struct value *v)
{
    switch (v->type) {
    case VALUE_NULL:
    case VALUE_BLOB: buf_add_str(out, "null"); break;
    case VALUE_INT: buf_addf(out, "%" PRId64, v->i); break;
    case VALUE_REAL:
        if (isfinite(v->r))
            json_add_number(out, v->r);
        else
            buf_add_str(out, "null");
        break;
    case VALUE_TEXT: json_add_string(out, v->bytes); break;
    }
}

static bool add_row(void *user, const struct value *row, size_t columns)
{
    struct answering *a = user;

    if (a->rows == a->page) {
        a->rows++;
        return false;
    }
    buf_add_str(a->out, a->rows++ > 0 ? ",\n[" : "\n[");
    for (size_t i = 0; i < columns; i++) {
        if (i > 0)
            buf_add_char(a->out, ',');
        add_value(a->out, &row[i]);
    }
    buf_add_char(a->out, ']');
    return true;
}

static void add_columns(struct buf *out, const char *columns)
{
    buf_add_str(out, "{\"columns\":[");
    for (const char *p = columns; *p != '\0';) {
        size_t len = strcspn(p, ",");
        buf_add_str(out, p > columns ? ",\"" : "\"");
        buf_add(out, p, len);
        buf_add_char(out, '"');
        p += len + (p[len] == ',');
    }
    buf_add_str(out, "],\"rows\":[");
}

void api_table(void *user, struct server_request *q, struct server_reply *reply)
{
    struct web *w = user;
    struct err err = { { 0 } };
    struct asking a = { 0 };
    struct answering answer = { .out = &reply->body };
    struct reader *reader = NULL;

    for (size_t i = 0; i < sizeof(tables) / sizeof(*tables) && a.table == NULL; i++) {
        if (strcmp(tables[i].name, server_part(q, 1)) == 0)
            a.table = &tables[i];
    }
    if (a.table == NULL) {
        web_fail(reply, 404, "there is nothing under this address; see docs/http-api.md");
        return;
    }
    if (!take_params(q, &a, reply))
        return;
    reader = web_reader(w, q, reply);
    if (reader == NULL)
        return;
    answer.page = a.page;
    add_columns(&reply->body, a.table->columns);
    if (!reader_query(reader, a.table->sql, a.params, a.count, add_row, &answer, &err)) {
        web_fail_err(reply, 500, &err);
        return;
    }
    buf_add_str(&reply->body, "],\"next\":");
    if (answer.rows > a.page)
        buf_addf(&reply->body, "%" PRId64 "}", a.offset + a.page);
    else
        buf_add_str(&reply->body, "null}");
}

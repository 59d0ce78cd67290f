#include "store/schema.h"

#include <stddef.h>

// What format 2 added; the rest is as in format 1. PREFIX is "" or "TEMP ": see schema_added.
#define ADDED_TABLES(PREFIX)                                                                       \
    "CREATE " PREFIX "TABLE memory_access_data("                                                   \
    "  who INTEGER NOT NULL, stream INTEGER NOT NULL, id INTEGER NOT NULL, day INTEGER NOT NULL,"  \
    "  last_accessed INTEGER NOT NULL, PRIMARY KEY (who, stream, id, day)"                         \
    ") STRICT, WITHOUT ROWID;"                                                                     \
    "CREATE " PREFIX "TABLE intervention_data("                                                    \
    "  step INTEGER NOT NULL, seq INTEGER NOT NULL, who INTEGER NOT NULL,"                         \
    "  kind INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (step, seq)"                         \
    ") STRICT, WITHOUT ROWID;"                                                                     \
    "CREATE " PREFIX "TABLE mmlu_data("                                                            \
    "  day INTEGER NOT NULL, who INTEGER NOT NULL, seq INTEGER NOT NULL, subject INTEGER,"         \
    "  question INTEGER, answer INTEGER NOT NULL, given INTEGER, comment INTEGER,"                 \
    "  PRIMARY KEY (day, who, seq)"                                                                \
    ") STRICT, WITHOUT ROWID;"                                                                     \
    "CREATE " PREFIX "TABLE pair_prompt_data("                                                     \
    "  step INTEGER NOT NULL, who INTEGER NOT NULL, prompt TEXT NOT NULL, inputs TEXT NOT NULL,"   \
    "  PRIMARY KEY (step, who)"                                                                    \
    ") STRICT;"                                                                                    \
    "CREATE " PREFIX "TABLE IF NOT EXISTS rating_total_data("                                      \
    "  step INTEGER NOT NULL, who INTEGER NOT NULL, slot INTEGER NOT NULL,"                        \
    "  total INTEGER NOT NULL, PRIMARY KEY (step, who, slot)"                                      \
    ") STRICT, WITHOUT ROWID;"                                                                     \
    "CREATE " PREFIX "TABLE IF NOT EXISTS measure_data("                                           \
    "  day INTEGER NOT NULL, who INTEGER NOT NULL, name TEXT NOT NULL, value REAL NOT NULL,"       \
    "  PRIMARY KEY (day, who, name)"                                                               \
    ") STRICT, WITHOUT ROWID;"                                                                     \
    "CREATE " PREFIX "TABLE adapter_data("                                                         \
    "  day INTEGER NOT NULL, who INTEGER NOT NULL, name TEXT, path TEXT, examples INTEGER,"        \
    "  status INTEGER NOT NULL, message TEXT, ms REAL, PRIMARY KEY (day, who)"                     \
    ") STRICT, WITHOUT ROWID;"

const char *const schema_added = ADDED_TABLES("");
const char *const schema_added_for_reading = ADDED_TABLES("TEMP ");

// `*_data` tables hold ids of texts; the view of the plain name shows the texts. Rows with a step
// are keyed by it first, so that a step's rows lie together and appends go to the end.
const char *const schema_tables =
    "CREATE TABLE meta("
    "  key TEXT PRIMARY KEY, value ANY, counted INTEGER NOT NULL CHECK (counted IN (0, 1))"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE resident("
    "  who INTEGER PRIMARY KEY, persona TEXT NOT NULL, name TEXT NOT NULL"
    ") STRICT;"
    "CREATE TABLE text(id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;"
    "CREATE TABLE label(id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;"
    "CREATE TABLE script(id INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE, text TEXT NOT NULL)"
    "  STRICT;"
    "CREATE TABLE script_set(id INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE) STRICT;"
    "CREATE TABLE script_set_data("
    "  script_set INTEGER NOT NULL REFERENCES script_set, path TEXT NOT NULL,"
    "  script INTEGER NOT NULL REFERENCES script, PRIMARY KEY (script_set, path)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE day_data("
    "  day INTEGER PRIMARY KEY, script_set INTEGER NOT NULL REFERENCES script_set,"
    "  text_mark INTEGER NOT NULL, state TEXT, finished INTEGER NOT NULL, wall_ms REAL"
    ") STRICT;"
    "CREATE TABLE step_data("
    "  step INTEGER NOT NULL, who INTEGER NOT NULL, x INTEGER NOT NULL, y INTEGER NOT NULL,"
    "  path INTEGER, asleep INTEGER NOT NULL, walking INTEGER NOT NULL, action INTEGER,"
    "  activity INTEGER, PRIMARY KEY (step, who)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE activity_data("
    "  who INTEGER NOT NULL, seq INTEGER NOT NULL, day INTEGER NOT NULL, start INTEGER NOT NULL,"
    "  minutes INTEGER NOT NULL, description INTEGER, task INTEGER, kind INTEGER,"
    "  address INTEGER, emoji INTEGER, subject INTEGER, predicate INTEGER, object INTEGER,"
    "  object_state INTEGER, PRIMARY KEY (who, seq)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE schedule_data("
    "  day INTEGER NOT NULL, who INTEGER NOT NULL, seq INTEGER NOT NULL, step INTEGER NOT NULL,"
    "  level INTEGER NOT NULL, start INTEGER NOT NULL, minutes INTEGER NOT NULL,"
    "  activity INTEGER, PRIMARY KEY (day, who, seq)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE event_data("
    "  step INTEGER NOT NULL, who INTEGER NOT NULL, seq INTEGER NOT NULL, address INTEGER,"
    "  subject INTEGER, predicate INTEGER, object INTEGER, description INTEGER,"
    "  PRIMARY KEY (step, who, seq)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE memory_data("
    "  who INTEGER NOT NULL, stream INTEGER NOT NULL, id INTEGER NOT NULL, step INTEGER NOT NULL,"
    "  type INTEGER NOT NULL, depth INTEGER NOT NULL, created INTEGER NOT NULL,"
    "  last_accessed INTEGER NOT NULL, expiration INTEGER, subject INTEGER, predicate INTEGER,"
    "  object INTEGER, text INTEGER, importance REAL NOT NULL, keywords INTEGER,"
    "  filling INTEGER, PRIMARY KEY (who, stream, id)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE memory_clear_data("
    "  step INTEGER NOT NULL, who INTEGER NOT NULL, stream INTEGER NOT NULL,"
    "  below INTEGER NOT NULL, PRIMARY KEY (step, who, stream)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE suggestion_data("
    "  step INTEGER NOT NULL, who INTEGER NOT NULL, slot INTEGER NOT NULL CHECK (slot IN (1, 2)),"
    "  text INTEGER, topic INTEGER, tone INTEGER, silent INTEGER NOT NULL,"
    "  source INTEGER NOT NULL, delivered INTEGER NOT NULL, logit REAL, probability REAL,"
    "  reason INTEGER, PRIMARY KEY (step, who, slot)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE rating_data("
    "  step INTEGER NOT NULL, who INTEGER NOT NULL, slot INTEGER NOT NULL, preference INTEGER,"
    "  timing INTEGER, frequency INTEGER, communication INTEGER, shared INTEGER NOT NULL,"
    "  preference_reason INTEGER, timing_reason INTEGER, frequency_reason INTEGER,"
    "  communication_reason INTEGER, PRIMARY KEY (step, who, slot),"
    "  FOREIGN KEY (step, who, slot) REFERENCES suggestion_data"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE pair_data("
    "  step INTEGER NOT NULL, who INTEGER NOT NULL, chosen_slot INTEGER NOT NULL,"
    "  rejected_slot INTEGER NOT NULL, margin REAL NOT NULL, PRIMARY KEY (step, who),"
    "  FOREIGN KEY (step, who, chosen_slot) REFERENCES suggestion_data,"
    "  FOREIGN KEY (step, who, rejected_slot) REFERENCES suggestion_data"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE policy_data("
    "  day INTEGER NOT NULL, who INTEGER NOT NULL, names INTEGER, weights BLOB NOT NULL,"
    "  optimizer BLOB, PRIMARY KEY (day, who)"
    ") STRICT;"
    "CREATE TABLE summary_data("
    "  who INTEGER NOT NULL, stream INTEGER NOT NULL, level INTEGER NOT NULL,"
    "  start INTEGER NOT NULL, stop INTEGER NOT NULL, step INTEGER NOT NULL, text INTEGER,"
    "  PRIMARY KEY (who, stream, level, start)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE retrieval_data("
    "  step INTEGER NOT NULL, who INTEGER NOT NULL, stream INTEGER NOT NULL,"
    "  seq INTEGER NOT NULL, rank INTEGER NOT NULL, node INTEGER NOT NULL, query INTEGER,"
    "  score REAL, recency REAL, relevance REAL, importance REAL,"
    "  PRIMARY KEY (step, who, stream, seq, rank)"
    ") STRICT, WITHOUT ROWID;"
    // These keep their texts to themselves: a resume takes texts away, but not these rows.
    "CREATE TABLE log_data("
    "  seq INTEGER PRIMARY KEY, step INTEGER, level INTEGER NOT NULL, source INTEGER NOT NULL,"
    "  message TEXT"
    ") STRICT;"
    "CREATE TABLE call_data("
    "  id INTEGER PRIMARY KEY, step INTEGER, who INTEGER NOT NULL, role INTEGER, prompt INTEGER,"
    "  version INTEGER, model INTEGER, request BLOB, draw INTEGER NOT NULL,"
    "  status INTEGER NOT NULL, tokens_in INTEGER, tokens_out INTEGER, tokens_cached INTEGER,"
    "  cost REAL, ms REAL, retries INTEGER NOT NULL, error TEXT"
    ") STRICT;"
    "CREATE TABLE reply_data("
    "  request BLOB NOT NULL, draw INTEGER NOT NULL, reply TEXT NOT NULL, request_text TEXT,"
    "  PRIMARY KEY (request, draw)"
    ") STRICT;"
    "CREATE TABLE embedding_data("
    "  model INTEGER NOT NULL, text TEXT NOT NULL, vector BLOB NOT NULL,"
    "  PRIMARY KEY (model, text)"
    ") STRICT;" ADDED_TABLES("");

const char *const schema_truncate[] = {
    "DELETE FROM step_data WHERE step >= ?1",
    "DELETE FROM activity_data WHERE day >= ?2",
    "DELETE FROM schedule_data WHERE day >= ?2",
    "DELETE FROM event_data WHERE step >= ?1",
    "DELETE FROM memory_data WHERE step >= ?1",
    "DELETE FROM memory_clear_data WHERE step >= ?1",
    "DELETE FROM pair_data WHERE step >= ?1",
    "DELETE FROM pair_prompt_data WHERE step >= ?1",
    "DELETE FROM rating_total_data WHERE step >= ?1",
    "DELETE FROM rating_data WHERE step >= ?1",
    "DELETE FROM suggestion_data WHERE step >= ?1",
    "DELETE FROM policy_data WHERE day >= ?2 OR ?2 = 1", // day 0 is where day 1 starts from
    "DELETE FROM summary_data WHERE step >= ?1",
    "DELETE FROM retrieval_data WHERE step >= ?1",
    "DELETE FROM memory_access_data WHERE day >= ?2",
    "DELETE FROM mmlu_data WHERE day >= ?2",
    "DELETE FROM measure_data WHERE day >= ?2",
    "DELETE FROM log_data WHERE step >= ?1 AND source = 1",
    // Texts are numbered in order of first use, so those of the day are those above its mark.
    "DELETE FROM text WHERE id > (SELECT text_mark FROM day_data WHERE day = ?2)",
    "DELETE FROM day_data WHERE day >= ?2",
    "DELETE FROM script_set_data WHERE script_set NOT IN (SELECT script_set FROM day_data)",
    "DELETE FROM script_set WHERE id NOT IN (SELECT script_set FROM day_data)",
    "DELETE FROM script WHERE id NOT IN (SELECT script FROM script_set_data)",
    NULL,
};

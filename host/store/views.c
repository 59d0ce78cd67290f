// The views: what users query. docs/run-file.md describes them.
#include "store/schema.h"

#define META(key) "(SELECT value FROM meta WHERE key = '" key "')"
#define DAY "t.step / " META("steps_per_day") " + 1 AS day"
#define TIME "(" META("start") " + t.step * " META("sec_per_step") ")"
#define CLOCK(time, name) time " AS " name ", datetime(" time ", 'unixepoch') AS " name "_clock"
#define STEP "t.step, " DAY ", datetime(" TIME ", 'unixepoch') AS clock, t.who"
#define TEXT(column) "(SELECT text FROM text WHERE id = t." column ") AS " column
#define LABEL(column) "(SELECT text FROM label WHERE id = t." column ") AS " column
// Of an imported rating only the total may be known.
#define TOTAL(t)                                                                                   \
    "(SELECT o.total FROM rating_total_data o WHERE o.step = " t ".step AND o.who = " t ".who"     \
    " AND o.slot = " t ".slot)"
#define SCORE(t)                                                                                   \
    "coalesce(" t ".preference + " t ".timing + " t ".frequency + " t                              \
    ".communication, " TOTAL(t) ")"

// clang-format off
#define STREAM                                                                                     \
    "CASE t.stream WHEN 1 THEN 'resident' WHEN 2 THEN 'assistant' WHEN 3 THEN 'rater' END"         \
    " AS stream"
#define CRITERION(name)                                                                            \
    "SELECT " STEP ", t.slot, '" name "' AS criterion, t." name " AS value,"                       \
    " (SELECT text FROM text WHERE id = t." name "_reason) AS reason,"                             \
    " CASE WHEN t." name " IS NULL THEN iif(" TOTAL("t") " IS NULL, 'failed', 'unknown')"          \
    "  WHEN t.shared THEN 'shared' ELSE 'ok' END AS status FROM rating_data t"
// Sums of scored ratings: as they are made, and as they are shown (0 on a day without ratings).
#define MAKE_SUM(name) "sum(CASE WHEN t.score IS NOT NULL THEN t." name " END) AS " name "_sum,"
#define SHOW_SUM(name) "coalesce(r." name "_sum, 0) AS " name "_sum,"
#define SHOW(name) "coalesce(r." name ", 0) AS " name ","

// What format 2 added; as in schema.c.
#define ADDED_VIEWS(PREFIX)                                                                        \
    "CREATE " PREFIX "VIEW memory_access AS SELECT t.who, " STREAM ", t.id, t.day,"                \
    CLOCK("t.last_accessed", "last_accessed") " FROM memory_access_data t;"                        \
    "CREATE " PREFIX "VIEW intervention AS SELECT " STEP ", t.seq,"                                \
    " CASE t.kind WHEN 1 THEN 'whisper' WHEN 2 THEN 'history' END AS kind, t.text"                 \
    " FROM intervention_data t;"                                                                   \
    "CREATE " PREFIX "VIEW mmlu AS SELECT t.day, t.who, t.seq," TEXT("subject") ","                \
    TEXT("question") ", char(65 + t.answer) AS answer, char(65 + t.given) AS given,"               \
    " CASE WHEN t.given IS NOT NULL THEN t.given = t.answer END AS correct," TEXT("comment")       \
    " FROM mmlu_data t;"                                                                           \
    "CREATE " PREFIX "VIEW pair_prompt AS SELECT " STEP ", t.prompt, t.inputs"                     \
    " FROM pair_prompt_data t;"                                                                    \
    "CREATE " PREFIX "VIEW IF NOT EXISTS rating_total AS SELECT " STEP ", t.slot, t.total"                       \
    " FROM rating_total_data t;"                                                                   \
    "CREATE " PREFIX "VIEW IF NOT EXISTS measure AS SELECT t.day, t.who, t.name, t.value"          \
    " FROM measure_data t;"                                                                        \
    "CREATE " PREFIX "VIEW adapter AS SELECT t.day, t.who, t.name, t.path, t.examples,"            \
    " CASE t.status WHEN 1 THEN 'loaded' WHEN 2 THEN 'kept' WHEN 3 THEN 'failed' END AS status,"   \
    " t.message, t.ms FROM adapter_data t;"

const char *const schema_added_views = ADDED_VIEWS("");
const char *const schema_added_views_for_reading = ADDED_VIEWS("TEMP ");

const char *const schema_views =
    "CREATE VIEW day AS SELECT t.day,"
    " date(" META("start") " + (t.day - 1) * " META("steps_per_day") " * " META("sec_per_step") ","
    "  'unixepoch') AS date,"
    " (SELECT hash FROM script_set WHERE id = t.script_set) AS texts,"
    " t.state, t.finished, t.wall_ms"
    " FROM day_data t;"

    "CREATE VIEW day_script AS SELECT d.day, p.path, s.hash"
    " FROM day_data d JOIN script_set_data p ON p.script_set = d.script_set"
    " JOIN script s ON s.id = p.script;"

    "CREATE VIEW step AS SELECT " STEP ", " TIME " AS time, t.x, t.y," TEXT("path") ","
    " t.asleep, t.walking," TEXT("action") ", t.activity"
    " FROM step_data t;"

    "CREATE VIEW activity AS SELECT t.day, t.who, t.seq,"
    CLOCK("t.start", "start") ", t.minutes,"
    TEXT("description") "," TEXT("task") "," TEXT("kind") "," TEXT("address") "," TEXT("emoji") ","
    TEXT("subject") "," TEXT("predicate") "," TEXT("object") "," TEXT("object_state")
    " FROM activity_data t;"

    "CREATE VIEW schedule AS SELECT t.day, t.who, t.seq, t.step,"
    " CASE t.level WHEN 1 THEN 'hourly' WHEN 2 THEN 'decomposed' END AS level,"
    CLOCK("t.start", "start") ", t.minutes," TEXT("activity")
    " FROM schedule_data t;"

    "CREATE VIEW event AS SELECT " STEP ", t.seq,"
    TEXT("address") "," TEXT("subject") "," TEXT("predicate") "," TEXT("object") ","
    TEXT("description")
    " FROM event_data t;"

    "CREATE VIEW memory AS SELECT t.who, " STREAM ", t.id, t.step, " DAY ","
    " CASE t.type WHEN 1 THEN 'event' WHEN 2 THEN 'thought' WHEN 3 THEN 'chat' END AS type,"
    " t.depth," CLOCK("t.created", "created") "," CLOCK("t.last_accessed", "last_accessed") ","
    CLOCK("t.expiration", "expiration") ","
    TEXT("subject") "," TEXT("predicate") "," TEXT("object") "," TEXT("text") ", t.importance,"
    TEXT("keywords") "," TEXT("filling") ","
    " (SELECT min(c.step) FROM memory_clear_data c WHERE c.who = t.who AND c.stream = t.stream"
    "  AND c.below > t.id AND c.step >= t.step) AS cleared_step"
    " FROM memory_data t;"

    "CREATE VIEW memory_clear AS SELECT " STEP ", " STREAM ", t.below FROM memory_clear_data t;"

    "CREATE VIEW suggestion AS SELECT " STEP ", t.slot,"
    TEXT("text") "," TEXT("topic") "," TEXT("tone") ", t.silent,"
    " CASE t.source WHEN 1 THEN 'drawn' WHEN 2 THEN 'forced' WHEN 3 THEN 'revised'"
    "  WHEN 4 THEN 'failed' END AS source,"
    " t.delivered, t.logit, t.probability," TEXT("reason")
    " FROM suggestion_data t;"

    "CREATE VIEW rating AS "
    CRITERION("preference") " UNION ALL "
    CRITERION("timing") " UNION ALL "
    CRITERION("frequency") " UNION ALL "
    CRITERION("communication") ";"

    "CREATE VIEW score AS SELECT " STEP ", t.slot, " SCORE("t") " AS score,"
    " t.preference, t.timing, t.frequency, t.communication, t.shared"
    " FROM rating_data t;"

    "CREATE VIEW pair AS SELECT " STEP ", t.chosen_slot, t.rejected_slot, t.margin"
    " FROM pair_data t;"

    "CREATE VIEW policy AS SELECT t.day, t.who," TEXT("names") ", t.weights, t.optimizer"
    " FROM policy_data t;"

    "CREATE VIEW summary AS SELECT t.who, " STREAM ","
    " CASE t.level WHEN 1 THEN 'hour' WHEN 2 THEN 'four_hours' END AS level,"
    CLOCK("t.start", "start") "," CLOCK("t.stop", "stop") ", t.step," TEXT("text")
    " FROM summary_data t;"

    "CREATE VIEW retrieval AS SELECT " STEP ", " STREAM ", t.seq, t.rank, t.node," TEXT("query") ","
    " t.score, t.recency, t.relevance, t.importance"
    " FROM retrieval_data t;"

    "CREATE VIEW log AS SELECT t.seq, t.step, " DAY ", datetime(" TIME ", 'unixepoch') AS clock,"
    " CASE t.level WHEN 1 THEN 'debug' WHEN 2 THEN 'info' WHEN 3 THEN 'warning'"
    "  WHEN 4 THEN 'error' END AS level,"
    " CASE t.source WHEN 1 THEN 'script' WHEN 2 THEN 'host' END AS source, t.message"
    " FROM log_data t;"

    "CREATE VIEW call AS SELECT t.id, " STEP ","
    LABEL("role") "," LABEL("prompt") "," LABEL("version") "," LABEL("model") ","
    " lower(hex(t.request)) AS request, t.draw,"
    " CASE t.status WHEN 1 THEN 'ok' WHEN 2 THEN 'stored' WHEN 3 THEN 'unusable'"
    "  WHEN 4 THEN 'failed' END AS status,"
    " t.tokens_in, t.tokens_out, t.tokens_cached, t.cost, t.ms, t.retries, t.error"
    " FROM call_data t;"

    "CREATE VIEW cost AS " STORE_COST ";"

    "CREATE VIEW reply AS SELECT lower(hex(t.request)) AS request, t.draw, t.reply, t.request_text"
    " FROM reply_data t;"

    "CREATE VIEW embedding AS SELECT " LABEL("model") ", t.text, length(t.vector) / 4 AS dim,"
    " t.vector FROM embedding_data t;"

    // What reached the resident, with its rating: what most questions are about.
    "CREATE VIEW delivery AS SELECT " STEP ", t.slot,"
    TEXT("text") "," TEXT("topic") "," TEXT("tone") ", t.silent,"
    " " SCORE("r") " AS score,"
    " r.preference, r.timing, r.frequency, r.communication, r.step IS NOT NULL AS rated"
    " FROM suggestion_data t LEFT JOIN rating_data r USING (step, who, slot)"
    " WHERE t.delivered AND t.source <> 4;"

    "CREATE VIEW daily AS SELECT s.day, s.who, d.finished, s.steps, s.awake_steps,"
    " coalesce(r.scored, 0) + coalesce(r.failed, 0) AS ratings,"
    SHOW("scored") SHOW("failed") SHOW_SUM("score")
    SHOW_SUM("preference") SHOW_SUM("timing") SHOW_SUM("frequency") SHOW_SUM("communication")
    SHOW("recommendations") SHOW("recommendations_scored") SHOW("recommendation_score_sum")
    SHOW("successes") SHOW("abstentions") SHOW("abstentions_scored") SHOW("abstention_score_sum")
    " 1.0 * r.score_sum / r.scored AS score_mean,"
    " 1.0 * r.recommendation_score_sum / r.recommendations_scored AS recommendation_score_mean,"
    " 1.0 * r.abstention_score_sum / r.abstentions_scored AS abstention_score_mean,"
    " 1.0 * r.successes / r.recommendations_scored AS success_rate,"
    " 3600.0 * coalesce(r.recommendations, 0) / (s.awake_steps * " META("sec_per_step") ")"
    "  AS recommendations_per_hour"
    " FROM"
    " (SELECT " DAY ", t.who, count(*) AS steps, sum(t.asleep = 0) AS awake_steps"
    "  FROM step_data t GROUP BY 1, 2) s"
    " JOIN day_data d ON d.day = s.day"
    " LEFT JOIN"
    " (SELECT t.day, t.who, count(t.score) AS scored,"
    "  sum(t.rated AND t.score IS NULL) AS failed, "
    MAKE_SUM("score")
    MAKE_SUM("preference") MAKE_SUM("timing") MAKE_SUM("frequency") MAKE_SUM("communication")
    "  sum(t.silent = 0) AS recommendations,"
    "  count(CASE WHEN NOT t.silent THEN t.score END) AS recommendations_scored,"
    "  sum(CASE WHEN NOT t.silent THEN t.score END) AS recommendation_score_sum,"
    "  sum(NOT t.silent AND coalesce(t.score, 0) >= 3) AS successes,"
    "  sum(t.silent) AS abstentions,"
    "  count(CASE WHEN t.silent THEN t.score END) AS abstentions_scored,"
    "  sum(CASE WHEN t.silent THEN t.score END) AS abstention_score_sum"
    "  FROM delivery t GROUP BY 1, 2) r ON r.day = s.day AND r.who = s.who;"

    ADDED_VIEWS("");
// clang-format on

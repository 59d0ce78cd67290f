#pragma once
// The tables and views of a run file. docs/run-file.md says what they mean; keep both in step.
// Inside this room only.

enum {
    SCHEMA_VERSION = 2,                 // PRAGMA user_version
    SCHEMA_APPLICATION_ID = 0x5053524e, // PRAGMA application_id: "PSRN"
};

/// Creates everything, in order.
extern const char *const schema_tables;
extern const char *const schema_views;

/// What a file of format 1 lacks: for a writer, which adds it to the file, and for a reader, which
/// adds it to its own connection and so sees empty tables.
extern const char *const schema_added, *const schema_added_for_reading;
extern const char *const schema_added_views, *const schema_added_views_for_reading;

/// Takes away the rows of the days after the last finished one. Statements with ?1 = the first
/// step and ?2 = the number of the first day to take away; ends with NULL.
extern const char *const schema_truncate[];

// What models were asked and what it took: the view `cost`, and what older files without it are
// asked. A question that was asked again after a kill has two rows: the last says how it ended.
#define STORE_COST                                                                                 \
    "SELECT role, prompt, model, count(*) AS questions, sum(requests = 0) AS stored,"              \
    " sum(status IN ('unusable', 'failed')) AS failed, sum(requests) AS requests,"                 \
    " sum(tokens_in) AS tokens_in, sum(tokens_out) AS tokens_out,"                                 \
    " sum(tokens_cached) AS tokens_cached, sum(cost) AS cost, sum(ms) AS ms"                       \
    " FROM (SELECT role, prompt, model, max(id), status,"                                          \
    "  sum(CASE WHEN status = 'stored' THEN 0 ELSE 1 + retries END) AS requests,"                  \
    "  sum(tokens_in) AS tokens_in, sum(tokens_out) AS tokens_out,"                                \
    "  sum(tokens_cached) AS tokens_cached, sum(cost) AS cost,"                                    \
    "  sum(CASE WHEN status = 'stored' THEN 0 ELSE ms END) AS ms"                                  \
    "  FROM call GROUP BY role, request, draw) GROUP BY role, prompt, model"

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

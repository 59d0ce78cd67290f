#pragma once
// The tables of run files as CSV or JSON lines, for everybody who does not read SQLite: one file a
// table, the runs of a study one after the other, told apart by their first columns condition,
// persona and seed. What each column is: docs/run-file.md, under the view that the table is of.
//
// CSV: RFC 4180 with a header line, lines end in LF; a field without anything is NULL, an empty
// text is "". JSON lines: one object a line; NULL is null. Numbers read back exactly; yes and no
// are 1 and 0. Weights of the policy and embeddings are JSON lists of numbers; they are large, so
// their tables are written only if they are named.

#include "base/err.h"
#include "interop/export_source.h"

enum export_form { EXPORT_CSV, EXPORT_JSONL };

/// The names of the tables, in the order in which they are written; NULL past the end.
const char *export_table_name(size_t i);
/// The view of the run file that a table is of; NULL for `runs`, which is made from `meta`.
const char *export_table_view(size_t i);
/// Its columns after condition, persona and seed: "step, day, persona AS id".
const char *export_table_columns(size_t i);

struct export_tables_options {
    enum export_form form;
    const char *folder;      // must exist
    const char *const *only; // names of tables, NULL at the end; NULL: all but the large ones
    bool force;              // replace files that are there
};

/// Is the table with this number among those to be written?
bool export_table_is_wanted(const struct export_tables_options *options, size_t table);

/// Writes FOLDER/<table>.csv or .jsonl. rows: unless NULL, how many rows each table has. Errors
/// name the file. O(rows), in constant memory.
bool export_tables(const struct export_source *source, const struct export_tables_options *options,
                   int64_t *rows, struct err *err) NODISCARD;

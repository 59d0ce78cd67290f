#pragma once
// What the files of an export of tables share.
//
// export_tables.c       chooses the tables, writes the files
// export_tables_list.c  which tables there are, and what is read for each of them
// export_tables_row.c   what a row looks like, as CSV and as JSON lines

#include "base/buf.h"
#include "interop/export_tables.h"

struct export_table {
    const char *name, *view, *columns, *order; // view, order: NULL for `runs`
};

/// The table with this number; NULL past the end.
const struct export_table *export_table_at(size_t i);
size_t export_table_count(void);
/// Of each of the numbers in the blobs of a table; 0: it has none.
size_t export_table_number_bytes(const struct export_table *t);
/// Appends the query (SQL) of its rows, in their order.
void export_table_add_query(struct buf *out, const struct export_table *t);

// How the rows of one table are written.
struct export_row_form {
    enum export_form form;
    struct view names[64]; // of the columns, those of the run first; borrowed
    size_t columns, number_bytes;
};

void export_row_form_init(struct export_row_form *f, enum export_form form,
                          const struct export_table *t);
/// Appends the line with the names of the columns, if the form has one.
void export_row_add_header(struct buf *out, const struct export_row_form *f);
/// Appends the line of a run's row, of which `columns` values were read.
void export_row_add(struct buf *out, const struct export_row_form *f, const struct export_run *run,
                    const struct value *row, size_t columns);

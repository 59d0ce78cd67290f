#pragma once
// The two kinds of CSV files in a matrix folder (see matrix.h), as text in memory. Fields are
// trimmed; quotes are not understood.

#include "base/buf.h"
#include "base/err.h"

#include <stdint.h>

enum { MATRIX_MAX_BLOCKS = 10000, MATRIX_MAX_COLUMNS = 4 };

/// A row of special_blocks/*.csv.
struct matrix_block {
    uint32_t id;                             // above 0, unique in its table
    struct view columns[MATRIX_MAX_COLUMNS]; // world, what it must lie in, its name; none is empty
    size_t count;
};

struct matrix_table {
    struct buf text; // the columns point into it
    struct matrix_block *rows;
    size_t count, cap;
};

/// Reads table->text. Columns are counted without the id.
bool matrix_parse_table(struct matrix_table *table, size_t min_columns, size_t max_columns,
                        struct err *err) NODISCARD;
void matrix_table_fini(struct matrix_table *table);
/// The row with an id; table->count if there is none.
size_t matrix_find_block(const struct matrix_table *table, uint32_t id);

/// Reads maze/*.csv: exactly `count` ids, in one line or several.
bool matrix_parse_ids(struct view text, uint32_t *ids, size_t count, struct err *err) NODISCARD;

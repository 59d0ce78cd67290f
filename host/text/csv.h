#pragma once
// CSV as RFC 4180 has it, and as people write it: fields between commas; a field in quotes may hold
// commas, line ends and doubled quotes; spaces around a quoted field are dropped. Lines end with LF
// or CRLF; empty ones are skipped, and so is a byte order mark.

#include "base/buf.h"
#include "base/err.h"

struct csv {
    struct view text; // borrowed
    size_t at;
    int line; // of `at`, from 1; 0 before the first row
    // The row that was read last:
    int row_line;        // where it begins
    struct view *fields; // valid until the next row
    size_t count;
    // inside
    struct buf bytes;
    size_t *ends, cap;
};

/// Starts reading `text`; csv_fini in any case.
void csv_init(struct csv *csv, struct view text);
void csv_fini(struct csv *csv);

/// Reads the next row; *found is false at the end. Errors name the line.
bool csv_next(struct csv *csv, bool *found, struct err *err) NODISCARD;

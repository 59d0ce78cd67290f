#pragma once
// The inside of a struct texts, for texts.c and texts_read.c.

#include "script/texts.h"

struct text_entry {
    char *path, *text;
    size_t len;
    size_t root; // index: the smaller hides the larger
    struct buf chunk;
};

struct texts {
    int references;
    struct text_entry *files;
    size_t count, cap;
    char **roots;
    size_t root_count;
    struct text_file *views; // of files, after texts_finish
};

struct texts *texts_new(void) NODISCARD;
/// Checks and copies one file.
bool texts_add(struct texts *t, const char *path, struct view text, size_t root,
               struct err *err) NODISCARD;
/// Sorts, drops what is hidden, hashes. Once, at the end.
void texts_finish(struct texts *t);

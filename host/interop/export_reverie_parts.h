#pragma once
// The parts of export_reverie, for the export_reverie*.c files only.

#include "interop/export_reverie.h"

// How an event of two people who talk is told there, and by ours.
#define REVERIE_TALKS "chat with"
#define REVERIE_TALKS_OURS "talk with"

struct reverie_export {
    struct reader *reader;
    const struct run_info *info;
    const struct export_reverie_options *options;
    struct export_reverie_numbers *numbers;
    int64_t steps;     // that have been written
    int days;          // that are finished
    int count;         // of residents
    char **assistants; // by resident: the name, NULL if there is none
    struct reverie_chats *chats;
};

/// Writes DIR/a/b/c (c may be NULL, and b).
bool reverie_export_write(const struct reverie_export *e, const char *a, const char *b,
                          const char *c, struct view text, struct err *err) NODISCARD;

/// The conversations of a run; NULL on error.
struct reverie_chats *reverie_chats_read(const struct reverie_export *e, struct err *err) NODISCARD;
void reverie_chats_free(struct reverie_chats *chats); // takes NULL
/// The lines (JSON) of the conversation with somebody that began at `start`; NULL if it is not
/// known. Borrowed.
const char *reverie_chats_find(const struct reverie_chats *chats, int who, struct view with,
                               int64_t start, int64_t minutes);
/// Appends the lines of a memory's filling as the original has them: [["NAME","line"],...].
bool reverie_add_lines(struct buf *out, struct view filling, struct err *err) NODISCARD;
/// The original's word for a predicate of ours, if `object` is one of the residents.
struct view reverie_predicate(const struct reverie_export *e, struct view predicate,
                              struct view object);

/// movement/ and environment/, or master_movement.json.
bool reverie_export_steps(const struct reverie_export *e, struct err *err) NODISCARD;
/// personas/: scratch.json, spatial_memory.json.
bool reverie_export_people(const struct reverie_export *e, struct err *err) NODISCARD;
/// personas/: associative_memory, evaluation_memory.
bool reverie_export_memories(const struct reverie_export *e, struct err *err) NODISCARD;
/// propersim/: what has no place in the others.
bool reverie_export_extras(const struct reverie_export *e, struct err *err) NODISCARD;

/// True if the original's notebook takes these words for an abstention.
bool reverie_sounds_silent(struct view text);

#pragma once
// What the files of the steps of an export share.
//
// export_reverie_steps.c       walks over the steps and puts each together
// export_reverie_entry.c       what the entry of a resident says, and that of an assistant
// export_reverie_step_files.c  the files of a step

#include "interop/export_file.h"
#include "interop/export_reverie_parts.h"

enum { REVERIE_PEOPLE = 2 }; // of one `who`: the resident, the assistant

// What the query in export_reverie_steps.c gives of one resident and step.
enum reverie_column {
    C_STEP,
    C_WHO,
    C_X,
    C_Y,
    C_PATH,
    C_ASLEEP,
    C_WALKING,
    C_ACTION,
    C_BLOCK,
    C_TASK,
    C_ADDRESS,
    C_EMOJI,
    C_PREDICATE,
    C_OBJECT,
    C_START,
    C_MINUTES,
    C_TEXT,
    C_SILENT,
    C_SCORE,
    C_REASON, // four columns, in the order in which the original asks
};

struct reverie_place {
    int x, y; // tile
};

/// Appends the entry, not yet closed, with the four keys that a compressed run has, too.
void reverie_entry_begin_resident(struct buf *out, const struct reverie_export *e,
                                  const struct value *row);
void reverie_entry_begin_assistant(struct buf *out, const struct reverie_export *e,
                                   const struct value *row);
/// Appends the keys about the suggestion, and closes the entry.
void reverie_entry_end_resident(struct buf *out);
/// The same; returns how many bytes of it are what was said and done, and counts an answer that the
/// original would mistake for an abstention.
size_t reverie_entry_end_assistant(struct buf *out, const struct reverie_export *e,
                                   const struct value *row);

/// Makes movement/ and environment/.
bool reverie_export_step_folders(const struct reverie_export *e, struct err *err) NODISCARD;
/// Writes movement/STEP.json. entries: the people, an object that is not yet closed. walking: the
/// first resident is on the way. words: bytes of what is said and done.
bool reverie_export_movement(const struct reverie_export *e, int64_t step, struct view entries,
                             bool walking, size_t words, struct err *err) NODISCARD;
/// Writes environment/STEP.json. places: of each resident; their assistants are where they are.
bool reverie_export_environment(const struct reverie_export *e, int64_t step,
                                const struct reverie_place *places, struct err *err) NODISCARD;
/// Adds a step to master_movement.json. entries: those that changed, not yet closed; may be empty.
bool reverie_export_change(struct export_file *out, int64_t step, struct view entries,
                           struct err *err) NODISCARD;

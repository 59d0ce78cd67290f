#pragma once
// What readers and makers of rows share, for the reverie_run_*.c files only.
//
// reverie_run.c             the run as a whole
// reverie_run_steps.c       reads the steps
// reverie_run_holes.c       are all of them there?
// reverie_run_people.c      reads what people remember
// reverie_run_extras.c      reads what `propersim export reverie` puts beside
// reverie_run_ways.c        finds the ways between the tiles
// reverie_run_sense.c       what the texts of a step say, and what follows from them for ours
// reverie_run_write.c       the rows of a day
// reverie_run_suggestion.c  those of what was suggested, and how it was rated
// reverie_run_memory.c      those of what people remember
// reverie_run_state.c       the state at a midnight

#include "interop/reverie_run.h"

enum {
    REVERIE_MAX_STEPS = 10000000,
    REVERIE_STEP_BYTES = 4 << 20,
    REVERIE_NODES_BYTES = 256 << 20,
};

/// The object in a file of the folder. *out stays NULL, without an error, if the file is optional
/// and missing.
bool reverie_run_object(const char *folder, const char *name, size_t max, bool optional,
                        struct json **out, struct err *err) NODISCARD;
bool reverie_run_has(const char *folder, const char *name);

/// Is there any movement/N.json?
bool reverie_run_has_movements(const char *folder);
/// How many steps movement/ holds, from 0.json on. A hole is an error that names the missing file.
bool reverie_run_count_movements(const char *folder, int64_t *steps, struct err *err) NODISCARD;
/// Likewise of master_movement.json, which has at least one.
bool reverie_run_count_master(const struct json *doc, int64_t *steps, struct err *err) NODISCARD;

/// A text of an object, a number as text; *out stays as it is if it is null or missing. Other types
/// are errors. Caller frees.
bool reverie_optional_text(const struct json *object, const char *key, char **out,
                           struct err *err) NODISCARD;

/// Reads movement/N.json, or master_movement.json. Finds the residents if there are none yet.
bool reverie_run_read_steps(struct reverie_run *run, const char *folder, struct err *err) NODISCARD;
struct reverie_resident *reverie_run_add_resident(struct reverie_run *run, const char *name);
/// The resident of this name, NULL if there is none.
struct reverie_resident *reverie_run_find(const struct reverie_run *run, struct view name);
/// The one whom an assistant with this description follows ("suggestion @ <persona> NAME"); NULL.
struct reverie_resident *reverie_run_followed(const struct reverie_run *run,
                                              const char *description);

/// Reads the memory folders below personas/, as far as there are any.
bool reverie_run_read_memories(struct reverie_run *run, const char *folder,
                               struct err *err) NODISCARD;
/// Lists what everybody remembers, in the order of their ids: nodes, and between them the
/// conversations that are in no node. `folder` is for messages.
bool reverie_run_list_memories(struct reverie_run *run, const char *folder,
                               struct err *err) NODISCARD;
/// Puts before a message where a node lies: of the resident's own memory, or of their assistant's.
/// Always returns false.
bool reverie_run_wrap_node(const struct reverie_resident *r, bool of_assistant, int64_t number,
                           struct err *err);
/// Appends the lines of a conversation as ours keep them, a JSON list of "NAME: line".
bool reverie_take_lines(const struct json *list, struct buf *out, struct err *err) NODISCARD;
/// With whom they talk, by the lines (texts "NAME: line"): the first other resident who says
/// something. Without data if there is none. Borrowed from the run.
struct view reverie_other_voice(const struct reverie_run *run, const struct reverie_resident *r,
                                const struct json *lines);

/// Reads propersim/ beside the run, if it is there.
bool reverie_run_read_extras(struct reverie_run *run, const char *folder,
                             struct err *err) NODISCARD;

struct reverie_day {
    const struct reverie_rows *rows;
    const struct reverie_run *run;
    const struct reverie_resident *resident; // whose rows are written
    struct writer *w;
    int day, who;
    int64_t first, last; // steps; `last` is the first that is not in it
    struct err *err;
};

/// A text that may be NULL; then the view has no data. Borrowed.
struct view reverie_view(const char *text);
/// Without spaces at both ends.
struct view reverie_trim(struct view text);

/// The parts of "block (task) @ address"; borrowed from the text, which may be NULL.
struct reverie_description {
    struct view block, task, address;
};
struct reverie_description reverie_take_apart(const char *text);

/// The simulated time at which a step begins.
int64_t reverie_time_of(const struct reverie_run *run, int64_t step);

/// Activities count over the whole run, from 1: a new one begins where the description changes.
bool reverie_begins_activity(const struct reverie_resident *r, int64_t step);
/// The number of the activity at a step. O(step).
int64_t reverie_activity_number(const struct reverie_resident *r, int64_t step);
/// How many minutes the activity lasts from this step on.
int reverie_activity_minutes(const struct reverie_run *run, const struct reverie_resident *r,
                             int64_t step);
/// Nothing is suggested to who sleeps, and nobody sleeps on their way to bed.
bool reverie_is_asleep(const struct reverie_step *s);

/// Writes what was suggested at a step, which has a suggestion, and its ratings.
bool reverie_write_suggestion(const struct reverie_day *d, int64_t step) NODISCARD;
/// Writes the memories of a resident that belong to the day, and those of their assistant.
bool reverie_write_memories(const struct reverie_day *d) NODISCARD;

#pragma once
// The parts of a night, for the night*.c files only.

#include "sim/household_data.h"
#include "sim/night.h"

struct night_work {
    struct household *h;
    const struct night *night;
    int day, who;
    const struct json *learn; // assistant.learn
    char *folder;             // OUT/trainer/RUN/r1-day-0002
    char *name;               // of the adapter, for the server
    char *adapter;            // its path; NULL: none came of it
    int64_t examples;
    bool stopped;
};

/// Chooses pairs by the study's replay rule and writes the data set; w->examples is 0 if there is
/// nothing to learn from.
bool night_write_set(struct night_work *w, const char *path, struct err *err) NODISCARD;
/// Runs the trainer; w->adapter is where the adapter is. `last`: the path of the one before, or
/// NULL.
bool night_run_trainer(struct night_work *w, const char *set, const char *last,
                       struct err *err) NODISCARD;
/// Goes on with the loop until *over, or the run is to end (w->stopped).
bool night_wait(struct night_work *w, const bool *over, struct err *err) NODISCARD;
/// Loads an adapter into all servers of the assistant's model, in place of what they have under
/// that name.
bool night_load(struct night_work *w, const char *name, const char *path,
                struct err *err) NODISCARD;

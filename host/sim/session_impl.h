#pragma once
// The inside of a session, for session.c (opening, looking, saving) and session_drive.c (steps).

#include "script/texts.h"
#include "sim/household_look.h"
#include "sim/session.h"

struct session {
    struct session_options options;
    char *folder, *path, *work; // work: the copy that the household writes
    int lock_fd;                // of path
    struct study study;
    const struct study_cell *cell;
    struct map *map;
    struct paths *paths;
    struct roles *roles; // NULL: every role is offline
    struct pins pins;
    struct household *household; // NULL: broken
    int64_t start_s;
    int step_seconds;
    double day_ms;            // wall time of the day's steps
    bool going_back;          // then nothing stops it, or a failure could not be taken back
    struct look *look;        // NULL: made when it is needed
    struct texts *look_texts; // that it was made of; borrowed for comparing only
    bool fresh;               // looks use the files of now, which the next day will have
    int64_t saved_step, told; // told: since the last save
    bool slice_failed;
    struct err slice_err;
};

/// False with an error if the household could not be brought back after a failure.
bool session_is_whole(const struct session *s, struct err *err) NODISCARD;
/// Lets models answer until nobody waits any more.
bool session_settle(struct session *s, struct err *err) NODISCARD;
bool session_open_roles(struct session *s, struct err *err) NODISCARD;
/// Opens the household as of the last finished midnight (again, if it is open) and simulates until
/// step `until` comes next.
bool session_go_back(struct session *s, int64_t until, struct err *err) NODISCARD;
/// The same after a failure; where even that fails, as of midnight; else the session is broken.
void session_take_back(struct session *s, int64_t to);
void session_forget_look(struct session *s);

#pragma once
// Starting programs, for the files of this room.

#include <stdbool.h>
#include <sys/types.h>

/// Starts argv[0] (a path, or a name that is looked for in PATH) with these descriptors as its
/// standard input, output and error; in -1: no input. It has the usual signals, whatever this
/// process does with its own. own_group: in a process group of its own, so that it does not get
/// the terminal's Ctrl-C, and can be killed with all that it started. folder: where; NULL: here.
/// Returns 0, or an errno.
int spawn_program(const char *const *argv, const char *folder, int in, int out, int error,
                  bool own_group, pid_t *pid);

/// Waits for its end. Its exit status, or 128 + the signal that ended it.
int spawn_reap(pid_t pid);

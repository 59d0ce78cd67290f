#pragma once
// The parts of `propersim prompt`. Each takes the arguments after its own name, argv[0] being that
// name, and returns an exit code.

#include "base/buf.h"
#include "command/command.h"

#include <stddef.h>

int prompt_show(int argc, char **argv);
int prompt_try(int argc, char **argv);
int prompt_diff(int argc, char **argv);

struct script;

/// A file that takes the place of another among the texts.
struct prompt_file {
    const char *path; // "prompts/rater/timing.lua"
    struct view text;
};

/// A script with the installed texts, those of `folders` in front of them (in order of precedence),
/// and `file` (NULL: none) before all. What `exports` names must be there.
struct script *prompt_script(const char *const *folders, size_t count,
                             const struct prompt_file *file, const char *const *exports,
                             struct err *err) NODISCARD;

#pragma once
// `propersim test`: runs the tests of one *_test.lua file in the sandbox of scripts, against the
// same modules. Its chunk has `describe`, `it` and `assert` (scripts/lib/test.lua) as globals; each
// `it` runs as a task with its own budget.

#include "script/script.h"

struct script_test_result {
    const char *file; // as given
    const char *name; // "describe text, it text"
    bool passed;
    const char *message; // failed: "file:line: what was expected, what came" and a traceback
};

struct script_tests {
    const char *filter; // run only tests whose name holds this text; NULL: all
    void (*report)(void *user, const struct script_test_result *result);
    /// Called while a test waits, to let the loop make progress; false: give the test up. NULL: a
    /// test that waits fails.
    bool (*wait)(void *user);
    void *user;
};

/// Runs the file at `path` on the disk (not in the set; what it requires comes from the set in
/// force). *passed and *failed are added to. False with err if the file does not load, which is
/// not the same as a failed test.
bool script_run_tests(struct script *s, const char *path, const struct script_tests *tests,
                      size_t *passed, size_t *failed, struct err *err) NODISCARD;

#pragma once
// A Lua file of the user's (a study, a persona to check) among the installed scripts: loaded in the
// same sandbox, as a module of its own.

#include "base/err.h"
#include "script/script.h"
#include "script/texts.h"

struct guest {
    struct script *script;
    char *path;                  // as the user named it
    char inner[TEXTS_MAX_PATH];  // its place among the scripts
    char module[TEXTS_MAX_PATH]; // its name for require
};

/// Reads the file and puts the scripts of `roots` (in order of precedence) in force with it.
/// `exports`: functions that must exist, as in struct script_needs. The file itself is not run.
bool guest_open(struct guest *guest, const char *path, const char *const *roots, size_t root_count,
                const char *const *exports, struct err *err) NODISCARD;
/// The same with texts that are read already, and limits of the caller's.
bool guest_open_among(struct guest *guest, const char *path, const struct texts *texts,
                      const struct script_limits *limits, const struct script_needs *needs,
                      struct err *err) NODISCARD;
void guest_close(struct guest *guest);

/// script_call, with messages that name the file as the user did.
bool guest_call(struct guest *guest, const char *module, const char *function, script_push_fn push,
                script_read_fn read, void *user, struct err *err) NODISCARD;

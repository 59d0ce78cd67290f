#pragma once
// A study: what a study file says, checked and with all defaults filled in. Its cells are the runs:
// every condition with every household and every seed, in this order. A household is named by the
// personas that live in it, joined by "+": "p01", or "p01+p02".

#include "base/err.h"
#include "text/json.h"

#include <stdint.h>

struct map;
struct texts;

/// A copy of the study file in the study folder.
#define STUDY_FILE "study.lua"

/// One run of a study. All texts are owned by the study.
struct study_cell {
    const char *condition, *persona; // persona: the household's name
    int64_t seed;
    const struct json *options; // the options of its condition
    const char *config;         // the same as canonical JSON
    const char *run_config;     // the same without `models`: equal for equal digests
    size_t number;              // of the cell, from 0
    int phase; // 0, or more if it starts from what conditions of earlier phases have learned
};

/// Persona number `i` of a household's name, from 0; data is NULL if it has no more.
struct view study_persona(const char *household, size_t i);

struct study {
    char *name;
    char *folder; // absolute path of the folder of the study file, whose files override ours
    char *data;   // absolute path of the installed scripts, prompts, maps and personas
    int days;
    char *spec;   // canonical JSON of everything that decides results but days: two equal specs are
                  // the same study
    char *report; // canonical JSON of what only reports need: {"baseline", "published"}
    char *text;   // of the study file; NULL for a study restored from its manifest
    struct json *doc;
    char **configs, **run_configs; // by condition
    size_t condition_count;
    struct study_cell *cells;
    size_t cell_count;
    int phase_count; // 1 or more; all cells of a phase finish before the next begins
};

/// Reads a study file and applies `--set` settings ("key=value"). Errors name the file and the key.
bool study_load(struct study *study, const char *path, const char *const *settings,
                size_t setting_count, struct err *err) NODISCARD;
/// Restores a study from what study_manifest wrote.
bool study_from_manifest(struct study *study, const char *manifest_config,
                         struct err *err) NODISCARD;
/// What a study folder must remember to go on: canonical JSON. Caller frees.
char *study_manifest(const struct study *study);
void study_fini(struct study *study);

/// Reads the texts of now: the study folder's files first, then the installed ones.
struct texts *study_read_texts(const struct study *study, struct err *err) NODISCARD;
/// The map of a condition, loaded and checked: everything on it can be reached. Caller frees.
struct map *study_load_map(const struct study *study, const char *name, struct err *err) NODISCARD;
/// Are the maps of all conditions, and the questions of their nightly checks, as they must be?
bool study_check_maps(const struct study *study, struct err *err) NODISCARD;

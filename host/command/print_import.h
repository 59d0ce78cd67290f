#pragma once
// What `propersim import` has made, and how it tells the user of it.

#include <stdbool.h>
#include <stddef.h>

#include "interop/reverie.h"
#include "interop/reverie_run.h"

struct json;
struct map;

struct import_arguments {
    char *const *sources;
    size_t source_count;
    const char *out, *map, *storage;
    const char *options; // the original's options file; then there are no sources
    bool force;
};

// A storage folder's steps, and whose they are.
struct import_run {
    const char *storage;           // the folder; borrowed
    size_t *people;                // of `people` below, by `who`
    size_t count;                  // 0: of those in it there are no files
    char (*ids)[REVERIE_ID_BYTES]; // of everybody in the run
    struct reverie_run run;
};

// Everything is read and made before anything is written.
struct import {
    const struct import_arguments *args;
    struct reverie people;
    struct map *map; // NULL: no map is imported
    char *map_source;
    char map_id[REVERIE_ID_BYTES];
    struct import_run *runs;
    size_t run_count;
    char *run_map;         // that a run of ours was on, if it ships with us; NULL: not known
    struct json **persons; // what import_reverie.lua made of each of `people`; NULL: not a resident
    struct json *study;
    char *data; // the folder of the installed scripts
    struct reverie_convert *convert;
    struct json *options; // what the options file says; NULL: none was given
    char *persona_folder; // that it names; NULL: there is none
};

/// The run in which somebody of `people` is; NULL if there is none.
const struct import_run *import_run_of(const struct import *im, size_t person);

/// Prints a path as a word for the shell.
void print_quoted(const char *path);

/// Prints what was imported, assumed and not read. Returns how many problems a person has to
/// correct; then also the command for after that.
size_t print_import(const struct import *im);
/// Prints the commands with which to go on.
void print_next(const struct import *im);
/// Says that people of ours stand in for the one that an options file names, if they do.
void print_substitute(const struct import *im);

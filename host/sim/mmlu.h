#pragma once
// The questions of the nightly check of an assistant: multiple choice, four answers, from files in
// the form of the MMLU dataset that the user has.
//
// A folder has one file a subject: SUBJECT.csv or SUBJECT_test.csv (rows question,A,B,C,D,answer
// with the answer as a letter), or SUBJECT.jsonl or SUBJECT_test.jsonl ({"question", "choices",
// "answer": 0..3 or a letter} a line), in the folder itself, in its folder test/, or as
// SUBJECT/test.jsonl or .csv. A file ends in .jsonl and has lines with a "subject" besides.

#include "sim/study.h"

struct mmlu_source {
    struct view path;            // "own": the small set that ships with propersim
    const struct json *subjects; // list of texts; NULL: the five of the original
    int questions;               // of each subject; all, if there are fewer
    int64_t seed;
    const char *who; // household: draws differ from one to the next
};

/// What the group `mmlu` of a condition's options says; false if it asks for no check.
bool mmlu_source_of(const struct json *options, struct mmlu_source *source);

/// The questions as a list of {"subject", "question", "choices": [4 texts], "answer": 0..3}: drawn
/// by seed and household, so the same each night. Caller frees. NULL with an error that names the
/// file and line.
struct json *mmlu_read(const struct study *study, const struct mmlu_source *source,
                       struct err *err) NODISCARD;

/// Can the questions of all conditions be read?
bool mmlu_check(const struct study *study, struct err *err) NODISCARD;

#pragma once
// In which situations of a run a changed prompt is tried.

#include "command/situations.h"

struct prompt_sample_options {
    const char *run; // the run file
    int day;         // 0: the first, the one in the middle and the last that is finished
    int most, seed;  // how many situations at most, and which
};

struct prompt_sample {
    struct situations stored; // all of these days
    const struct situation **picked;
    size_t count;    // of those picked; they are in the order of the run
    struct buf days; // "1, 4, 7"
};

/// Picks situations of a prompt, which must outlive them. The same seed picks the same ones. Fails
/// if it was never asked on these days. *s is all-zero before; prompt_sample_fini in any case.
bool prompt_sample_take(struct prompt_sample *s, const char *prompt,
                        const struct prompt_sample_options *options, struct err *err) NODISCARD;
void prompt_sample_fini(struct prompt_sample *s);

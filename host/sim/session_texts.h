#pragma once
// The scripts that a session looks at a household with.

#include "sim/study.h"

struct texts;

/// `base` with the installed scripts of the terminal (scripts/terminal/ and the prompt of
/// interviews) where it has none: a day of an older program may lack them. base NULL: the texts
/// pinned for `day`, or the files of now if day is 0. Caller unrefs.
struct texts *session_look_texts(const struct study *study, const char *folder, struct texts *base,
                                 int day, struct err *err) NODISCARD;

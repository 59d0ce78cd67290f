#pragma once
// Which texts (scripts, prompts, personas) a day is simulated with. The first household of a study
// that comes to a day fixes the day's texts for all others, in this process or another: they are
// the files of that moment if those load, else the ones of the day before.

#include "sim/study.h"
#include "store/texts.h"

struct script_needs;

/// A day's texts, in the form that scripts load and in the form that run files record.
struct day_texts {
    int day; // 0: nothing here yet
    struct texts *texts;
    struct text_set set;
};

/// Tells the user that changed files were not taken, and why.
typedef void (*pins_refused_fn)(void *user, int day, const char *why);

struct pins {
    const struct study *study; // borrowed
    const char *folder;        // of the run files; borrowed
    struct day_texts now;      // of the day asked for last
    pins_refused_fn refused;
    void *refused_user;
};

/// What every set of texts must be good for to be put in force.
const struct script_needs *pins_needs(void);

/// A set of texts in the form that scripts load. Caller unrefs.
struct texts *pins_texts(const struct text_set *set, struct err *err) NODISCARD;

/// Makes pins->now the texts of `day`. Days must be asked for in ascending order.
bool pins_day(struct pins *pins, int day, struct err *err) NODISCARD;
/// Makes the files of now the texts of `day`, in the place of what is pinned for it; *changed: they
/// differ. Fails, and changes nothing, if they do not load, if a household of the study has
/// finished the day, or if another process writes one. `mine`: the run file that the caller itself
/// has locked; NULL: none.
bool pins_replace(struct pins *pins, int day, const char *mine, bool *changed,
                  struct err *err) NODISCARD;
void pins_fini(struct pins *pins);

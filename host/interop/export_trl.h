#pragma once
// The pairs of runs as data sets for TRL, the trainer of language models by preference: JSON lines
// in its conversational forms.
//
//   dpo   {"prompt": [messages], "chosen": [message], "rejected": [message]}
//   kto   {"prompt": [messages], "completion": [message], "label": true | false}
//   sft   {"prompt": [messages], "completion": [message]}
//
// The messages are those of the prompt as it was on the pair's day, rendered with the inputs that
// the run file keeps (`pair_prompt`).

#include "base/err.h"
#include "interop/export_source.h"

enum trl_kind { TRL_DPO, TRL_KTO, TRL_SFT };

/// "dpo", "kto", "sft".
const char *trl_kind_name(enum trl_kind kind);
/// False if there is no such kind.
bool trl_kind_find(const char *name, enum trl_kind *out);

/// Which pairs: all if `steps` is NULL, else those of these steps (ascending), of resident `who`.
struct trl_choice {
    int who; // 0: all residents
    const int64_t *steps;
    size_t step_count;
};

/// The lines of a pair, and the day that it is from. False stops, with err.
typedef bool (*trl_fn)(void *user, int day, struct view lines, struct err *err);

/// Goes through the pairs in the order of their steps. data: the folder of the installed scripts.
/// *pairs is how many there are, *without of how many the prompt was not kept (they are left out).
bool trl_examples(struct reader *reader, const char *data, enum trl_kind kind,
                  const struct trl_choice *choice, trl_fn fn, void *user, int64_t *pairs,
                  int64_t *without, struct err *err) NODISCARD;

/// Writes the pairs of some steps into one file. *examples: how many lines.
bool export_trl_set(struct reader *reader, const char *data, enum trl_kind kind,
                    const struct trl_choice *choice, const char *path, int64_t *examples,
                    struct err *err) NODISCARD;

struct export_trl_options {
    const char *data;   // the folder of the installed scripts
    const char *folder; // made if it is missing
    enum trl_kind kind;
    bool force; // replace files that are there
};

/// Writes FOLDER/KIND-day-0001.jsonl for each day with pairs. *examples: how many lines; 0 if the
/// run has no pairs. Errors: the prompts of pairs were not kept.
bool export_trl(const struct export_run *run, const struct export_trl_options *options,
                int64_t *examples, struct err *err) NODISCARD;

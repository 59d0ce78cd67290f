#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "command/prompt.h"
#include "script/services.h"
#include "script/texts.h"
#include "sim/data.h"

enum { MAX_FOLDERS = 4 };

// The same texts with one file in the place of another, or added.
static struct texts *with_file(struct texts *take, const struct prompt_file *file, struct err *err)
{
    size_t count = texts_count(take), n = 0;
    struct text_row *rows = mem_calloc(count + 1, sizeof(*rows));
    struct texts *all = NULL;

    for (size_t i = 0; i < count; i++) {
        const struct text_file *f = texts_at(take, i);
        if (strcmp(f->path, file->path) != 0)
            rows[n++] = (struct text_row){ f->path, f->text, f->hash };
    }
    rows[n++] = (struct text_row){ file->path, file->text, hash_of(file->text) };
    all = texts_from_rows(rows, n, err);
    free(rows);
    texts_unref(take);
    return all;
}

struct script *prompt_script(const char *const *folders, size_t count,
                             const struct prompt_file *file, const char *const *exports,
                             struct err *err)
{
    const struct script_needs needs = { .exports = exports };
    const char *roots[MAX_FOLDERS + 1];
    char *data = data_find(err);
    struct texts *texts = NULL;
    struct script *s = NULL;
    size_t n = 0;

    if (data == NULL)
        return NULL;
    for (size_t i = 0; i < count && n < MAX_FOLDERS; i++) {
        if (strcmp(folders[i], data) != 0)
            roots[n++] = folders[i];
    }
    roots[n++] = data;
    texts = texts_read(roots, n, err);
    if (texts != NULL && file != NULL)
        texts = with_file(texts, file, err);
    s = services_load_script(NULL, texts, &needs, err);
    texts_unref(texts);
    free(data);
    return s;
}

static int run(int argc, char **argv)
{
    if (argc >= 2 && strcmp(argv[1], "show") == 0)
        return prompt_show(argc - 1, argv + 1);
    if (argc >= 2 && strcmp(argv[1], "try") == 0)
        return prompt_try(argc - 1, argv + 1);
    if (argc >= 2 && strcmp(argv[1], "diff") == 0)
        return prompt_diff(argc - 1, argv + 1);
    return command_usage(&command_prompt, "what? show, try or diff");
}

const struct command command_prompt = {
    .name = "prompt",
    .summary = "show what was asked, try a changed prompt, compare versions",
    .help =
        "usage: propersim prompt show NAME --run RUN --step N [--draw N]\n"
        "       propersim prompt try FILE --run RUN [--sample N] [--model M] ...\n"
        "       propersim prompt diff NAME OLD [NEW]\n\n"
        "show prints the exact messages and the answer of a question of a run: NAME is like\n"
        "rater/timing, N a step of the run file. Without NAME it lists what was asked in the "
        "step.\n"
        "  --draw N        of several draws of the question, this one\n\n"
        "try asks a changed prompt on situations of a run, and compares its answers with the old\n"
        "ones: side by side, agreement, Cohen's kappa, shift of the mean with a 95 % interval,\n"
        "and what it cost. FILE is prompts/WHO/WHAT.lua in any folder; scripts/offline of that\n"
        "folder count as well.\n"
        "  --sample N      situations (default 20)\n"
        "  --model M       ask this model (a name as in a study, or its table as JSON); default:\n"
        "                  who answered in the run, offline or not\n"
        "  --day N         of this day; default: of up to three days of the run\n"
        "  --seed N        of the sample (default 1)\n"
        "  --name NAME     which prompt it is, if FILE lies somewhere else\n\n"
        "diff compares two versions of a prompt: OLD and NEW are prompt files, or run files with "
        "a\n"
        "day (RUN:3; without a day the last one). NEW is the installed prompt if it is left "
        "out.\n\n"
        "The situations of a run are had by simulating its days again: runs are exact, so nothing\n"
        "need have been kept. Models answer from the run's stored replies meanwhile.\n",
    .run = run,
};

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "command/command.h"
#include "interop/export_reverie.h"
#include "interop/export_source.h"
#include "interop/export_tables.h"
#include "interop/export_trl.h"
#include "sim/data.h"

enum { MAX_TABLES = 64 };

struct arguments {
    const char *kind, *source, *out, *trl;
    char *tables; // a copy of --tables, cut into `only`
    const char *only[MAX_TABLES];
    size_t only_count;
    bool compress, force;
};

static bool is_table(const char *name)
{
    for (size_t i = 0; export_table_name(i) != NULL; i++) {
        if (strcmp(export_table_name(i), name) == 0)
            return true;
    }
    return false;
}

static bool read_tables(struct arguments *a, const char *list, struct err *err)
{
    struct buf known = { 0 };

    free(a->tables);
    a->tables = strdup(list);
    a->only_count = 0;
    for (char *name = strtok(a->tables, ","); name != NULL; name = strtok(NULL, ",")) {
        if (!is_table(name) || a->only_count + 1 == MAX_TABLES) {
            for (size_t i = 0; export_table_name(i) != NULL; i++)
                buf_addf(&known, "%s%s", i > 0 ? ", " : "", export_table_name(i));
            err_set(err, "--tables: there is no table '%s'; known are %s", name, buf_str(&known));
            buf_fini(&known);
            return false;
        }
        a->only[a->only_count++] = name;
    }
    return a->only_count > 0 || err_set(err, "--tables: name at least one table");
}

// Options that only some forms have.
static bool check_options(const struct arguments *a, struct err *err)
{
    bool tables = strcmp(a->kind, "csv") == 0 || strcmp(a->kind, "jsonl") == 0;

    if (a->tables != NULL && !tables)
        return err_set(err, "--tables belongs to export csv and export jsonl, not to %s", a->kind);
    if (a->compress && strcmp(a->kind, "reverie") != 0)
        return err_set(err, "--compress belongs to export reverie, not to %s", a->kind);
    if (a->trl != NULL && strcmp(a->kind, "trl") != 0)
        return err_set(err, "--kind belongs to export trl, not to %s", a->kind);
    return true;
}

static bool read_arguments(struct arguments *a, int argc, char **argv, struct err *err)
{
    static const struct option options[] = {
        { "out", required_argument, NULL, 'o' },  { "tables", required_argument, NULL, 't' },
        { "kind", required_argument, NULL, 'k' }, { "compress", no_argument, NULL, 'c' },
        { "force", no_argument, NULL, 'f' },      { NULL, 0, NULL, 0 }
    };

    for (int o = getopt_long(argc, argv, "o:", options, NULL); o != -1;
         o = getopt_long(argc, argv, "o:", options, NULL)) {
        if (o == '?')
            return err_set(err, "see above");
        if (o == 'o')
            a->out = optarg;
        if (o == 'k')
            a->trl = optarg;
        if (o == 't' && !read_tables(a, optarg, err))
            return false;
        a->compress = a->compress || o == 'c';
        a->force = a->force || o == 'f';
    }
    if (optind == argc)
        return err_set(err, "as what? Write: export csv SRC --out DIR");
    a->kind = argv[optind];
    if (optind + 2 != argc)
        return err_set(err, "name one run file or study folder to export");
    a->source = argv[optind + 1];
    if (a->out == NULL || a->out[0] == '\0')
        return err_set(err, "where to? Name a folder with --out");
    return true;
}

static bool export_as_tables(const struct arguments *a, const struct export_source *source,
                             struct err *err)
{
    const struct export_tables_options options = {
        .form = strcmp(a->kind, "csv") == 0 ? EXPORT_CSV : EXPORT_JSONL,
        .folder = a->out,
        .only = a->only_count > 0 ? a->only : NULL,
        .force = a->force,
    };
    int64_t rows[MAX_TABLES] = { 0 };

    if (!export_tables(source, &options, rows, err))
        return false;
    for (size_t i = 0; export_table_name(i) != NULL; i++) {
        if (export_table_is_wanted(&options, i))
            printf("%10lld rows  %s/%s.%s\n", (long long)rows[i], a->out, export_table_name(i),
                   a->kind);
    }
    return true;
}

static void print_reverie(const char *folder, const struct export_reverie_numbers *n)
{
    printf("%10lld steps, %lld memories  %s\n", (long long)n->steps, (long long)n->memories,
           folder);
    if (n->mistaken > 0)
        printf("           %lld recommendations have words (\"no\" and \"recom\" or \"recrea\") by "
               "which the original's notebook\n           takes them for abstentions\n",
               (long long)n->mistaken);
    if (n->unembedded > 0)
        printf("           %lld memories have no stored vector; theirs are empty lists\n",
               (long long)n->unembedded);
}

// One simulation folder; of a study, one below DIR for each run.
static bool export_as_reverie(const struct arguments *a, const struct export_source *source,
                              struct err *err)
{
    char *data = data_find(err);
    bool ok = data != NULL, many = file_is_folder(a->source);

    for (size_t i = 0; ok && i < source->count; i++) {
        char *name = export_run_name(&source->runs[i]);
        char *folder = many ? path_join(a->out, name) : strdup(a->out);
        struct export_reverie_options options = {
            .data = data, .folder = folder, .compress = a->compress, .force = a->force
        };
        struct export_reverie_numbers numbers;
        ok = export_reverie(&source->runs[i], &options, &numbers, err);
        if (ok)
            print_reverie(folder, &numbers);
        free(folder);
        free(name);
    }
    free(data);
    return ok;
}

// A run's pairs; of a study, in a folder for each run that has any.
static bool export_as_trl(const struct arguments *a, const struct export_source *source,
                          struct err *err)
{
    bool ok = true, many = file_is_folder(a->source);
    enum trl_kind kind = TRL_DPO;
    char *data = data_find(err);

    if (a->trl != NULL && !trl_kind_find(a->trl, &kind))
        ok = err_set(err, "--kind must be dpo, kto or sft, not '%s'", a->trl);
    for (size_t i = 0; ok && data != NULL && i < source->count; i++) {
        const struct export_run *run = &source->runs[i];
        char *name = export_run_name(run);
        char *folder = many ? path_join(a->out, name) : strdup(a->out);
        struct export_trl_options options = {
            .data = data, .folder = folder, .kind = kind, .force = a->force
        };
        int64_t examples = 0;
        ok = export_trl(run, &options, &examples, err);
        if (ok)
            printf("%10lld examples  %s/%s-day-*.jsonl\n", (long long)examples, folder,
                   trl_kind_name(kind));
        free(folder);
        free(name);
    }
    ok = ok && data != NULL;
    free(data);
    return ok;
}

struct kind {
    const char *name;
    bool (*write)(const struct arguments *a, const struct export_source *source, struct err *err);
};

static const struct kind kinds[] = {
    { "csv", export_as_tables },
    { "jsonl", export_as_tables },
    { "reverie", export_as_reverie },
    { "trl", export_as_trl },
};

static const struct kind *find_kind(const char *name, struct err *err)
{
    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
        if (strcmp(kinds[i].name, name) == 0)
            return &kinds[i];
    }
    err_set(err, "'%s' is no form of export; known are csv, jsonl, reverie and trl", name);
    return NULL;
}

static int run(int argc, char **argv)
{
    struct arguments a = { 0 };
    struct export_source source = { 0 };
    const struct kind *kind = NULL;
    struct err err = { { 0 } };
    int code = EXIT_DONE;

    if (!read_arguments(&a, argc, argv, &err) || (kind = find_kind(a.kind, &err)) == NULL ||
        !check_options(&a, &err)) {
        free(a.tables);
        return command_usage(&command_export, "%s", err.text);
    }
    if (!export_source_find(&source, a.source, &err) || !file_make_folder(a.out, &err) ||
        !kind->write(&a, &source, &err))
        code = command_fail(EXIT_WRONG_INPUT, &err);
    else if (source.missing > 0)
        printf("%zu of %zu runs of this study do not exist yet and are not in it\n", source.missing,
               source.missing + source.count);
    export_source_fini(&source);
    free(a.tables);
    return code;
}

const struct command command_export = {
    .name = "export",
    .summary = "write runs in other forms: CSV, JSON lines, the original's, TRL's",
    .help =
        "usage: propersim export csv|jsonl RUN|STUDY --out DIR [--tables A,B] [--force]\n"
        "       propersim export reverie RUN|STUDY --out DIR [--compress] [--force]\n"
        "       propersim export trl RUN|STUDY --out DIR [--kind dpo|kto|sft] [--force]\n\n"
        "Writes what happened in a run, or in all runs of a study, for other programs.\n\n"
        "  csv, jsonl      a file for each table (steps, suggestions, ratings, pairs, ...)\n"
        "  reverie         a simulation folder of the original; of a study, one for each run\n"
        "  trl             pairs as data sets to fine-tune a model on, a file for each day\n\n"
        "  -o, --out DIR   where to; made if it is missing\n"
        "  --tables A,B    only these tables (policies and embeddings are written only if named)\n"
        "  --compress      reverie: master_movement.json and meta.json instead of steps\n"
        "  --kind KIND     trl: pairs (dpo, the default), single answers with a label (kto), or\n"
        "                  answers to imitate (sft)\n"
        "  --force         replace files that are there already\n\n"
        "See docs/export.md.\n",
    .run = run,
};

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/hash.h"
#include "command/command.h"
#include "store/digest.h"
#include "store/manifest.h"

static bool digest_file(const char *path, struct digest *digest, struct err *err)
{
    struct reader *reader = reader_open(path, err);
    bool ok = reader != NULL && digest_run(reader, digest, err);

    reader_close(reader);
    return ok;
}

static void print_tables(const struct digest *digest)
{
    char hex[HASH_HEX_BYTES];

    for (size_t i = 0; i < DIGEST_TABLES; i++) {
        hash_hex(&digest->tables[i].hash, hex);
        printf("  %.16s %10lld %s\n", hex, (long long)digest->tables[i].rows,
               digest->tables[i].name);
    }
}

// The digest of a study: of its runs' file names and digests, in the order of the manifest.
static bool digest_folder(const char *folder, bool verbose, struct hash *out, struct err *err)
{
    struct manifest m = { 0 };
    struct buf all = { 0 };
    bool ok = manifest_read(&m, folder, err);

    for (size_t i = 0; ok && i < m.cell_count; i++) {
        struct digest digest;
        char hex[HASH_HEX_BYTES];
        char *path = path_join(folder, m.cells[i].file);
        ok = digest_file(path, &digest, err);
        free(path);
        if (!ok)
            break;
        hash_hex(&digest.hash, hex);
        buf_addf(&all, "%s %s\n", hex, m.cells[i].file);
        if (verbose) {
            printf("%s %s\n", hex, m.cells[i].file);
            print_tables(&digest);
        }
    }
    *out = hash_of(buf_view(&all));
    buf_fini(&all);
    manifest_fini(&m);
    return ok;
}

static int run(int argc, char **argv)
{
    static const struct option options[] = { { "verbose", no_argument, NULL, 'v' },
                                             { NULL, 0, NULL, 0 } };
    struct err err = { { 0 } };
    struct hash hash = { { 0 } };
    struct digest digest;
    char hex[HASH_HEX_BYTES];
    bool verbose = false, ok = false;

    for (int o = getopt_long(argc, argv, "v", options, NULL); o != -1;
         o = getopt_long(argc, argv, "v", options, NULL)) {
        if (o != 'v')
            return command_usage(&command_digest, "see above");
        verbose = true;
    }
    if (optind + 1 != argc)
        return command_usage(&command_digest, "name one study folder or run file");
    if (file_is_folder(argv[optind])) {
        ok = digest_folder(argv[optind], verbose, &hash, &err);
    } else {
        ok = digest_file(argv[optind], &digest, &err);
        if (ok && verbose)
            print_tables(&digest);
        hash = digest.hash;
    }
    if (!ok)
        return command_fail(EXIT_WRONG_INPUT, &err);
    hash_hex(&hash, hex);
    puts(hex);
    return EXIT_DONE;
}

const struct command command_digest = {
    .name = "digest",
    .summary = "print one hash of everything that happened in a study or run",
    .help = "usage: propersim digest DIR|RUN [-v]\n\n"
            "Prints one hash of everything but wall times: equal for equal inputs, whatever the\n"
            "machine, the compiler, the number of jobs and interruptions.\n\n"
            "  -v, --verbose   also print the hash of each run and of each of its tables\n",
    .run = run,
};

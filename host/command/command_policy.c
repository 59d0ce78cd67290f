#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "command/command.h"
#include "command/policy_print.h"
#include "learn/policy.h"
#include "store/reader.h"
#include "text/json.h"

enum { USUAL_COUNT = 6, USUAL_ALL = 20, MOST_COUNT = 1000 };

struct arguments {
    const char *run;
    int day, who, count; // day 0: the last one; count 0: the usual
    bool all;
};

static bool read_arguments(struct arguments *a, int argc, char **argv, struct err *err)
{
    static const struct option options[] = { { "day", required_argument, NULL, 'd' },
                                             { "resident", required_argument, NULL, 'r' },
                                             { "count", required_argument, NULL, 'c' },
                                             { "all", no_argument, NULL, 'a' },
                                             { NULL, 0, NULL, 0 } };

    for (int o = getopt_long(argc, argv, "", options, NULL); o != -1;
         o = getopt_long(argc, argv, "", options, NULL)) {
        bool ok = (o == 'd' && command_int("--day", optarg, 1, 100000, &a->day, err)) ||
                  (o == 'r' && command_int("--resident", optarg, 1, 1000, &a->who, err)) ||
                  (o == 'c' && command_int("--count", optarg, 1, MOST_COUNT, &a->count, err)) ||
                  (o == 'a' && (a->all = true));
        if (o == '?')
            err_set(err, "see above");
        if (!ok)
            return false;
    }
    if (optind + 1 != argc)
        return err_set(err,
                       "which run? Name one run file, such as DIR/runs/learning/p01-s1.sqlite");
    a->run = argv[optind];
    return true;
}

static bool take_count(void *user, const struct value *row, size_t columns)
{
    (void)columns;
    *(int64_t *)user = row[0].i;
    return false;
}

// Why a run has no policy, and what to do; false in any case.
static bool explain_nothing(struct reader *reader, const struct arguments *a, int last,
                            struct err *err)
{
    const struct value who[] = { value_int(a->who) };
    struct json *config = json_parse(view_of(reader_info(reader)->config), err);
    const struct json *learn = json_get(json_get(config, "assistant"), "learn");
    const struct json *method = json_get(learn, "method"), *start = json_get(learn, "start");
    int64_t pairs = 0;
    bool ok = config != NULL && reader_query(reader, "SELECT count(*) FROM pair WHERE who = ?1",
                                             who, 1, take_count, &pairs, err);

    if (ok && (method == NULL || view_equal(json_string(method), view_of("none"))))
        err_set(err, "nothing was learned in this run; %s%s",
                start == NULL ? "set assistant.learn.method"
                              : "it goes by what it starts from, which `propersim "
                                "policy` tells of a run of ",
                start == NULL ? "" : json_string(start).data);
    else if (ok && last == 0)
        err_set(err, "nothing was learned yet: no day is finished");
    else if (ok && pairs == 0)
        err_set(err,
                "nothing was learned: no pairs were kept, since no two offers of a moment were "
                "rated differently (assistant.rank, feedback and assistant.policy decide "
                "what there is to compare)");
    else if (ok)
        err_set(err,
                "the policy learned nothing of the %lld pairs that were kept: they teach the "
                "model (learn.trainer, table adapter), or tell candidates apart that are the "
                "same to the policy",
                (long long)pairs);
    json_free(config);
    return err_wrap(err, "%s", a->run);
}

static bool load(struct policy *p, const struct arguments *a, int *day, struct err *err)
{
    struct buf weights = { 0 }, names = { 0 };
    struct reader *reader = reader_open(a->run, err);
    int last = 0;
    bool ok = reader != NULL && reader_progress(reader, &last, NULL, err);

    if (ok && a->day > last)
        ok = err_set(err, "%s: has %d finished days; there is no day %d", a->run, last, a->day);
    ok = ok && reader_policy(reader, a->who, a->day > 0 ? a->day : last, day, &weights, NULL,
                             &names, err);
    if (ok && *day == 0)
        ok = explain_nothing(reader, a, last, err);
    ok = ok && policy_load(p, buf_view(&weights), err) &&
         policy_load_names(p, buf_view(&names), err);
    reader_close(reader);
    buf_fini(&weights);
    buf_fini(&names);
    return ok;
}

static int run(int argc, char **argv)
{
    struct arguments a = { .who = 1 };
    struct policy *p = NULL;
    struct err err = { { 0 } };
    int day = 0;
    bool ok = false;

    if (!read_arguments(&a, argc, argv, &err))
        return command_usage(&command_policy, "%s", err.text);
    p = policy_new(POLICY_BITS);
    ok = load(p, &a, &day, &err);
    if (ok) {
        if (a.count == 0)
            a.count = a.all ? USUAL_ALL : USUAL_COUNT;
        printf("What the assistant had learned by day %d, the strongest first:\n", day);
        policy_print(p, (size_t)a.count, a.all);
    }
    policy_free(p);
    return ok ? EXIT_DONE : command_fail(EXIT_WRONG_INPUT, &err);
}

const struct command command_policy = {
    .name = "policy",
    .summary = "say what an assistant has learned",
    .help = "usage: propersim policy RUN [--day N] [--count N] [--all] [--resident N]\n\n"
            "Prints the strongest learned preferences of a run file in words: when the assistant\n"
            "rather speaks or stays silent, which topics it chooses during what, and in which\n"
            "tone; each with its weight. docs/learning.md says how to read them.\n\n"
            "  --day N        as of the end of day N (default: the last)\n"
            "  --count N      how many lines of each kind (default 6; with --all, 20 in all)\n"
            "  --all          one list of all kinds, topics by the hour and so on too\n"
            "  --resident N   whose assistant (default 1)\n",
    .run = run,
};

#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command/prompt.h"
#include "command/situations.h"
#include "text/json.h"

struct arguments {
    const char *name, *run; // name NULL: list what was asked
    int step, draw;         // draw -1: all
};

static bool read_arguments(struct arguments *a, int argc, char **argv, struct err *err)
{
    static const struct option options[] = { { "run", required_argument, NULL, 'r' },
                                             { "step", required_argument, NULL, 's' },
                                             { "draw", required_argument, NULL, 'd' },
                                             { NULL, 0, NULL, 0 } };

    *a = (struct arguments){ .step = -1, .draw = -1 };
    optind = 1;
    for (int o = getopt_long(argc, argv, "", options, NULL); o != -1;
         o = getopt_long(argc, argv, "", options, NULL)) {
        bool ok = o != '?' || err_set(err, "see above");
        if (o == 'r')
            a->run = optarg;
        else if (o == 's')
            ok = command_int("--step", optarg, 0, INT32_MAX, &a->step, err);
        else if (o == 'd')
            ok = command_int("--draw", optarg, 0, INT32_MAX, &a->draw, err);
        if (!ok)
            return false;
    }
    if (optind < argc)
        a->name = argv[optind];
    if (optind + 1 < argc)
        return err_set(err, "one prompt at a time");
    if (a->run == NULL)
        return err_set(err, "of which run? Give --run DIR/runs/CONDITION/PERSONA-sSEED.sqlite");
    return a->step >= 0 ? true : err_set(err, "of which step? Give --step N");
}

static bool day_of(const struct arguments *a, int *day, struct err *err)
{
    struct reader *r = reader_open(a->run, err);
    int64_t steps = 0, per_day = 1;
    int days = 0;
    bool ok = r != NULL && reader_progress(r, &days, &steps, err) &&
              situations_meta(r, "steps_per_day", &per_day, err);

    if (ok && a->step >= steps)
        ok = err_set(err, "%s: has %" PRId64 " steps; there is no step %d", a->run, steps, a->step);
    *day = (int)(a->step / per_day) + 1;
    reader_close(r);
    return ok;
}

static void print_one(const struct situation *s)
{
    printf("%s version %s, role %s, step %" PRId64 ", resident %d, draw %d\n", s->prompt,
           s->version, s->role, s->step, s->who, s->draw);
    if (s->system[0] != '\0')
        printf("--- system\n%s\n", s->system);
    printf("--- user\n%s\n--- schema of the answer\n%s\n", s->user, s->schema);
    if (s->answer != NULL)
        printf("--- answer\n%s\n\n", s->answer);
    else
        printf("--- failed: %s\n\n", s->failure);
}

// What was asked in the step, with how often.
static void list_prompts(const struct situations *s, FILE *out)
{
    for (size_t i = 0; i < s->count; i++) {
        int times = 0;
        bool seen = false;
        for (size_t k = 0; k < s->count; k++) {
            bool same = strcmp(s->all[k].prompt, s->all[i].prompt) == 0;
            times += same;
            seen = seen || (same && k < i);
        }
        if (!seen)
            fprintf(out, "  %s%s", s->all[i].prompt, times > 1 ? "" : "\n");
        if (!seen && times > 1)
            fprintf(out, " (%d times)\n", times);
    }
}

int prompt_show(int argc, char **argv)
{
    struct arguments a;
    struct situations s = { 0 };
    struct err err = { { 0 } };
    int day = 0, code = EXIT_DONE;
    size_t shown = 0;

    if (!read_arguments(&a, argc, argv, &err))
        return command_usage(&command_prompt, "%s", err.text);
    s.step = a.step;
    if (!day_of(&a, &day, &err) || !situations_add_day(&s, a.run, day, &err)) {
        situations_fini(&s);
        return command_fail(EXIT_WRONG_INPUT, &err);
    }
    for (size_t i = 0; a.name != NULL && i < s.count; i++) {
        if (strcmp(s.all[i].prompt, a.name) != 0 || (a.draw >= 0 && s.all[i].draw != a.draw))
            continue;
        print_one(&s.all[i]);
        shown++;
    }
    if (a.name == NULL) {
        printf("asked in step %d of day %d:\n", a.step, day);
        list_prompts(&s, stdout);
    } else if (shown == 0) {
        fprintf(stderr, "propersim: %s was not asked in step %d (day %d)%s; asked were:\n", a.name,
                a.step, day, a.draw >= 0 ? ", or not with this draw" : "");
        list_prompts(&s, stderr);
        code = EXIT_WRONG_INPUT;
    }
    situations_fini(&s);
    return code;
}

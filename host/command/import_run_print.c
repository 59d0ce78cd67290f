// What `propersim import` says of the runs that it has imported.
#include <stdio.h>

#include "command/import_run.h"
#include "interop/reverie_time.h"

struct sums {
    size_t suggestions, chats, bare_chats, without_memories;
};

static struct sums sum_up(const struct reverie_run *run)
{
    struct sums s = { 0 };

    for (size_t i = 0; i < run->resident_count; i++) {
        const struct reverie_resident *r = &run->residents[i];
        for (size_t n = 0; n < r->step_count; n++)
            s.suggestions += r->steps[n].suggestion != NULL;
        s.chats += r->chats;
        s.bare_chats += r->bare_chats;
        s.without_memories += r->nodes == NULL;
    }
    return s;
}

static void print_name(const struct import *im, const struct import_run *run)
{
    size_t count = run->run.resident_count;

    if (count > 4) {
        printf("%s: %zu residents", run->storage, count);
        return;
    }
    for (size_t i = 0; i < count; i++)
        printf("%s%s", i > 0 ? "+" : "",
               run->count > 0 ? im->people.people[run->people[i]].id : run->ids[i]);
}

// Where the files contradict each other.
static void print_contradictions(const struct reverie_run *run)
{
    char follows[REVERIE_TIME_BYTES];

    if (run->said > (int64_t)run->count)
        printf("  meta.json says that %lld steps were made, but there are files of %zu only: the "
               "rest is missing\n",
               (long long)run->said, run->count);
    if (run->odd_times == 0)
        return;
    reverie_time_format(run->start + (int64_t)run->odd_time_step * run->sec_per_step, follows);
    printf(
        "  movement/%zu.json says `curr_time` %s; by start_date and sec_per_step of meta.json it "
        "is %s",
        run->odd_time_step, run->odd_time, follows);
    if (run->odd_times > 1)
        printf(" (and so on in %zu more files)", run->odd_times - 1);
    printf(": meta.json counts\n");
}

static void print_lacks(const struct reverie_run *run, const struct sums *s)
{
    if (run->compressed)
        printf("  compressed: holds no suggestions and ratings; a report has nothing to count\n");
    if (run->odd_scores > 0)
        printf("  %zu ratings are no whole number from 0 to 4; they count as failed\n",
               run->odd_scores);
    if (run->unclaimed > 0)
        printf("  %zu suggestions are not imported: their movements do not say to whom they were "
               "made (\"... @ <persona> NAME\")\n",
               run->unclaimed);
    if (s->bare_chats > 0)
        printf("  %zu of the conversations are in no associative_memory/nodes.json; they are taken "
               "from the movements, with importance 5\n",
               s->bare_chats);
}

static void print_ways(const struct import *im, const struct reverie_run *run)
{
    if (im->map == NULL && im->run_map == NULL)
        printf("  tiles are those of the original's map, and are shown on ours, without the ways "
               "between them; --map imports theirs\n");
    if (run->ways > 0)
        printf("  the ways that %zu steps went were found on the map, as short as can be\n",
               run->ways);
    if (run->jumps > 0)
        printf("  in %zu steps somebody jumps: the map has no way between the two tiles\n",
               run->jumps);
}

static void print_resume(const struct import_run *run, int days, size_t rest)
{
    if (run->count == 0) {
        printf("  there are no personas/*/bootstrap_memory/scratch.json with `criteria`: who these "
               "people are is not known.\n"
               "  So the run can be looked at (serve, report, export csv), but not resumed, asked "
               "(repl), or exported as reverie\n");
        return;
    }
    if (days == 0)
        printf("  resume: there is no finished day to go on from; the run begins anew\n");
    else
        printf(
            "  resume: goes on from the midnight after day %d with positions, memories and known "
            "places; plans begin anew, and what a model learned is not in these files\n",
            days);
    if (rest > 0)
        printf("  resume: the %zu steps of the unfinished day are simulated again\n", rest);
}

static void print_run(const struct import *im, const struct import_run *one)
{
    const struct reverie_run *run = &one->run;
    int per_day = reverie_run_steps_per_day(run), days = reverie_run_days(run);
    size_t rest = run->count - (size_t)days * (size_t)per_day;
    struct sums s = sum_up(run);

    print_name(im, one);
    printf(": %zu steps imported, %d whole days%s, %zu suggestions", run->count, days,
           rest > 0 ? " and a part of one" : "", s.suggestions);
    if (run->resident_count > 1 || s.chats > 0)
        printf(", %zu memories of conversations", s.chats);
    putchar('\n');
    print_contradictions(run);
    print_lacks(run, &s);
    if (s.without_memories > 0)
        printf("  %zu of %zu residents have no associative_memory/nodes.json; they remember %s\n",
               s.without_memories, run->resident_count,
               s.bare_chats > 0 ? "conversations only" : "nothing");
    print_ways(im, run);
    print_resume(one, days, rest);
}

void import_print_runs(const struct import *im)
{
    for (size_t i = 0; i < im->run_count; i++)
        print_run(im, &im->runs[i]);
}

// How many world steps of a whole town (all of its residents) a second of one core simulates, and
// whether a step costs more as memories grow: the CPU time of each quarter of each day. Counts CPU
// time and not the clock, so that a busy machine does not blur it; writing the run file is in it.
// Usage: town_bench STUDY.lua FOLDER DAYS

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "sim/runner.h"

enum { MAX_QUARTERS = 4 * 60 };

struct measure {
    int64_t steps, per_quarter;
    double seconds[MAX_QUARTERS]; // CPU time at the end of each quarter of a day
};

static double cpu_seconds(void)
{
    struct rusage u = { 0 };

    getrusage(RUSAGE_SELF, &u);
    return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
           (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

static void on_steps(void *user, int64_t count)
{
    struct measure *m = user;

    for (int64_t i = 0; i < count; i++) {
        if (++m->steps % m->per_quarter == 0 && m->steps / m->per_quarter <= MAX_QUARTERS)
            m->seconds[m->steps / m->per_quarter - 1] = cpu_seconds();
    }
}

static void print(const struct measure *m, int days, double begun)
{
    double first = 0, last = 0, before = begun, total = cpu_seconds() - begun;

    printf("day  us of CPU per world step: 0-6 h, 6-12 h, 12-18 h, 18-24 h, whole day\n");
    for (int day = 0; day < days && day * 4 + 3 < MAX_QUARTERS; day++) {
        double start = before;
        printf("%3d ", day + 1);
        for (int q = 0; q < 4; q++) {
            double end = m->seconds[day * 4 + q];
            printf(" %7.1f", (end - before) * 1e6 / (double)m->per_quarter);
            before = end;
        }
        last = (before - start) * 1e6 / (double)(4 * m->per_quarter);
        if (day == 0)
            first = last;
        printf(" %7.1f\n", last);
    }
    printf("%lld world steps in %.2f s of CPU: %.0f a second; last day / first day: %.2f\n",
           (long long)m->steps, total, (double)m->steps / total, last / first);
}

int main(int argc, char **argv)
{
    struct measure m = { 0 };
    struct study study = { 0 };
    struct err err = { { 0 } };
    struct runner_options options = { .jobs = 1, .events = { .steps = on_steps, .user = &m } };
    enum runner_end end = RUNNER_DONE;
    bool resumed = false;
    double begun = 0;

    if (argc != 4 || atoi(argv[3]) < 1) {
        fprintf(stderr, "usage: town_bench STUDY.lua FOLDER DAYS\n");
        return 2;
    }
    options.out = argv[2];
    if (!study_load(&study, argv[1], NULL, 0, &err))
        goto failed;
    study.days = atoi(argv[3]);
    m.per_quarter =
        86400 / 4 / (int64_t)json_number(json_get(study.cells[0].options, "sec_per_step"));
    begun = cpu_seconds();
    if (!runner_prepare(&study, argv[2], &resumed, &err) ||
        !runner_run(&study, &options, &end, &err))
        goto failed;
    print(&m, study.days, begun);
    study_fini(&study);
    return end == RUNNER_DONE ? 0 : 1;
failed:
    fprintf(stderr, "town_bench: %s\n", err.text);
    study_fini(&study);
    return 1;
}

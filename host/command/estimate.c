#include "command/estimate.h"

#include <errno.h>
#include <ftw.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "command/command.h"
#include "command/progress.h"
#include "sim/meter.h"
#include "sim/runner.h"

enum { MOST_DAYS = 3 };

static const double request_s = 1; // how long a request is assumed to take

// The part of the study that is simulated: its first seed. Others are like it.
static struct study sample_of(const struct study *study)
{
    struct study sample = *study;
    int64_t seed = study->cell_count > 0 ? study->cells[0].seed : 0;

    sample.cells = mem_calloc(study->cell_count, sizeof(*sample.cells));
    sample.cell_count = 0;
    for (size_t i = 0; i < study->cell_count; i++) {
        if (study->cells[i].seed != seed)
            continue;
        sample.cells[sample.cell_count] = study->cells[i];
        sample.cells[sample.cell_count].number = sample.cell_count;
        sample.cell_count++;
    }
    return sample;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)st;
    (void)type;
    (void)ftw;
    return remove(path);
}

static bool dry_run(struct study *sample, struct meter *meter, int days, bool quiet,
                    struct err *err)
{
    const char *temp = getenv("TMPDIR");
    struct buf folder = { 0 };
    struct progress *progress = NULL;
    enum runner_end end = RUNNER_DONE;
    bool ok = false;

    buf_addf(&folder, "%s/propersim-estimate-XXXXXX", temp != NULL ? temp : "/tmp");
    if (mkdtemp((char *)buf_str(&folder)) == NULL) {
        err_set(err, "%s: no folder can be made there: %s", temp != NULL ? temp : "/tmp",
                strerror(errno));
        buf_fini(&folder);
        return false;
    }
    sample->days = days;
    progress = progress_new(sample, quiet);
    struct runner_options options = {
        .out = buf_str(&folder), .jobs = 1, .meter = meter, .events = progress_events(progress)
    };
    ok = runner_run(sample, &options, &end, err);
    progress_free(progress);
    if (ok && end != RUNNER_DONE)
        ok = err_set(err, "the dry run did not come to its end");
    nftw(buf_str(&folder), remove_one, 16, FTW_DEPTH | FTW_PHYS);
    buf_fini(&folder);
    return ok;
}

static void print_amount(double n)
{
    if (n >= 1e7)
        printf(" %8.1f M", n / 1e6);
    else if (n >= 1e5)
        printf(" %8.0f k", n / 1e3);
    else
        printf(" %10.0f", n);
}

static void print_row(const char *name, double questions, double in, double out, bool priced,
                      double cost)
{
    printf("%-34s", name);
    print_amount(questions);
    print_amount(in);
    print_amount(out);
    if (priced)
        printf(" %10.4f\n", cost);
    else
        printf("          –\n");
}

// The sums of the rows of one endpoint.
struct sums {
    double questions, in, out;
};

static bool is_same(const struct endpoint *a, const struct endpoint *b)
{
    return strcmp(a->name, b->name) == 0 && a->concurrency == b->concurrency;
}

// One endpoint: its rows' sum, and how long they take at its limits.
static double print_endpoint(const struct endpoint *e, const struct sums *s)
{
    double cost = endpoint_cost(e, s->in, s->out, 0);
    double seconds = endpoint_seconds(e, s->questions, s->in + s->out, request_s);

    print_row(e->name, s->questions, s->in, s->out, e->has_price, cost);
    return seconds;
}

static void print_time(double seconds)
{
    if (seconds < 120)
        printf("%.0f seconds", ceil(seconds));
    else if (seconds < 7200)
        printf("%.0f minutes", ceil(seconds / 60));
    else
        printf("%.1f hours", seconds / 3600);
}

static bool print_all(struct meter *meter, double seeds, struct err *err)
{
    struct meter_row *rows = NULL;
    size_t count = meter_rows(meter, &rows);
    struct endpoint **endpoints = mem_calloc(count + 1, sizeof(*endpoints));
    double longest = meter_longest(meter) * request_s, cost = 0, seconds = longest;
    bool ok = true, priced = true;

    printf("%-34s %10s %10s %10s %10s\n", "role, prompt", "questions", "tokens in", "tokens out",
           "cost");
    for (size_t i = 0; i < count && ok; i++) {
        const struct meter_row *r = &rows[i];
        double n = r->questions * seeds, in = r->tokens_in * seeds, out = r->tokens_out * seeds;
        char name[100];
        endpoints[i] = endpoint_check(r->model, err);
        ok = endpoints[i] != NULL;
        if (!ok)
            break;
        snprintf(name, sizeof(name), "%s%s%s", strchr(r->prompt, '/') ? "" : role_name(r->role),
                 strchr(r->prompt, '/') ? "" : ": ", r->prompt);
        print_row(name, n, in, out, endpoints[i]->has_price,
                  endpoint_cost(endpoints[i], in, out, 0));
        priced = priced && endpoints[i]->has_price;
        cost += endpoint_cost(endpoints[i], in, out, 0);
    }
    printf("\n");
    for (size_t i = 0; i < count && ok; i++) {
        struct sums s = { 0 };
        bool first = true;
        for (size_t k = 0; k < count; k++) {
            if (!is_same(endpoints[i], endpoints[k]))
                continue;
            first = first && k >= i;
            s.questions += rows[k].questions * seeds;
            s.in += rows[k].tokens_in * seeds;
            s.out += rows[k].tokens_out * seeds;
        }
        if (first)
            seconds = fmax(seconds, print_endpoint(endpoints[i], &s));
    }
    if (ok) {
        printf("\nabout ");
        print_time(seconds);
        printf(", if a request takes %g s%s", request_s,
               seconds == longest ? " (the questions of a household follow one another)" : "");
        if (priced)
            printf("; cost about %.2f\n", cost);
        else
            printf("; the cost is not known: give every endpoint a `price`\n");
    }
    for (size_t i = 0; i < count; i++)
        endpoint_free(endpoints[i]);
    free(endpoints);
    return ok;
}

int estimate_study(const struct study *study, bool quiet)
{
    struct study sample = sample_of(study);
    int days = study->days < MOST_DAYS ? study->days : MOST_DAYS;
    double seeds = sample.cell_count > 0 ? (double)(study->cell_count / sample.cell_count) : 1;
    struct meter *meter = meter_new(&sample, days);
    struct err err = { { 0 } };
    bool ok = false;

    sample.days = study->days;
    if (!roles_needed(study)) {
        printf("every role is offline: nothing is asked, nothing is paid\n");
        ok = true;
    } else {
        ok = dry_run(&sample, meter, days, quiet, &err);
        sample.days = study->days;
        if (ok) {
            printf("estimate of study '%s': %zu households, %d days\n\n", study->name,
                   study->cell_count, study->days);
            ok = print_all(meter, seeds, &err);
        }
        if (ok)
            printf("\nMeasured over the first %d days%s, answered offline; later days are taken to "
                   "be like the last of them.\n"
                   "Assumed: a token is 4 bytes, answers are as long as the offline ones (those of "
                   "models are usually longer,\nand reasoning counts as output), nothing fails, no "
                   "prompt is cached, and what conditions ask alike is asked once.\n",
                   days, seeds > 1 ? " of the first seed" : "");
    }
    meter_free(meter);
    free(sample.cells);
    return ok ? EXIT_DONE : command_fail(EXIT_WRONG_INPUT, &err);
}

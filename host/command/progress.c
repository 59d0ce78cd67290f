#include "command/progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/simtime.h"
#include "command/print_report.h"

enum { REDRAW_MS = 100, BAR_WIDTH = 24 };

struct progress {
    const struct study *study;
    bool quiet, terminal;
    int64_t begun_ms, drawn_ms;
    int64_t steps;      // done in this run
    int64_t steps_left; // of this run; shrinks
    size_t days_done;   // household days
    int64_t failed;     // households
    int *day_cells;     // by day: how many households have finished it
    bool drawn;
    struct runner_usage usage; // of models; all-zero: none are asked
};

static void clear_line(struct progress *p)
{
    if (p->drawn)
        fputs("\r\033[K", stderr);
    p->drawn = false;
}

static void add_amount(struct buf *out, int64_t n, const char *what)
{
    if (n >= 1000000)
        buf_addf(out, ", %.1f M %s", (double)n / 1e6, what);
    else if (n >= 10000)
        buf_addf(out, ", %lld k %s", (long long)n / 1000, what);
    else
        buf_addf(out, ", %lld %s", (long long)n, what);
}

// What the models have been asked: ", 12 k requests (64 now, 3 again), 10.4 M tokens, cost 1.23"
static void add_usage(struct buf *out, const struct runner_usage *usage)
{
    const struct usage *u = &usage->used;

    if (u->questions + u->requests == 0)
        return;
    add_amount(out, u->requests, "requests");
    buf_addf(out, " (%lld now", (long long)usage->running);
    if (u->retries > 0)
        buf_addf(out, ", %lld again", (long long)u->retries);
    if (u->failed > 0)
        buf_addf(out, ", %lld questions failed", (long long)u->failed);
    buf_add_char(out, ')');
    add_amount(out, u->tokens_in + u->tokens_out, "tokens");
    if (u->cost > 0)
        buf_addf(out, ", cost %s%.2f", u->estimated ? "about " : "", u->cost);
}

static void add_time_left(struct buf *out, const struct progress *p, double per_second)
{
    double seconds = per_second > 0 ? (double)p->steps_left / per_second + 1 : 0;

    if (seconds <= 0)
        return;
    if (seconds < 600)
        buf_addf(out, ", %.0f s left", seconds);
    else if (seconds < 36000)
        buf_addf(out, ", %.0f min left", seconds / 60);
    else
        buf_addf(out, ", %.1f h left", seconds / 3600);
}

static void draw(struct progress *p)
{
    size_t all = p->study->cell_count * (size_t)p->study->days;
    double share = all > 0 ? (double)p->days_done / (double)all : 1;
    double seconds = (double)(clock_ms() - p->begun_ms) / 1000;
    int filled = (int)(share * BAR_WIDTH), day = 1, width = print_width();
    double per_second = seconds > 0.2 ? (double)p->steps / seconds : 0;
    struct buf line = { 0 };

    while (day < p->study->days && p->day_cells[day] == (int)p->study->cell_count)
        day++;
    buf_add_char(&line, '[');
    for (int i = 0; i < BAR_WIDTH; i++)
        buf_add_char(&line, i < filled ? '#' : '.');
    buf_addf(&line, "] day %d of %d, %zu of %zu household days, %.0f steps/s", day, p->study->days,
             p->days_done, all, per_second);
    add_time_left(&line, p, per_second);
    add_usage(&line, &p->usage);
    clear_line(p);
    // a line that wraps could not be cleared
    fprintf(stderr, "%.*s", line.len < (size_t)width ? (int)line.len : width - 1, buf_str(&line));
    fflush(stderr);
    buf_fini(&line);
    p->drawn = true;
    p->drawn_ms = clock_ms();
}

static void on_steps(void *user, int64_t count)
{
    struct progress *p = user;

    p->steps += count;
    p->steps_left -= count;
    if (p->terminal && !p->quiet && clock_ms() - p->drawn_ms >= REDRAW_MS)
        draw(p);
}

static void on_day(void *user, size_t cell, int day)
{
    struct progress *p = user;
    struct buf used = { 0 };

    (void)cell;
    p->days_done++;
    if (++p->day_cells[day] < (int)p->study->cell_count || p->quiet || p->terminal)
        return;
    add_usage(&used, &p->usage);
    fprintf(stderr, "day %d of %d done by %zu households (%lld steps in %.1f s%s)\n", day,
            p->study->days, p->study->cell_count, (long long)p->steps,
            (double)(clock_ms() - p->begun_ms) / 1000, buf_str(&used));
    buf_fini(&used);
}

static void on_refused(void *user, int day, const char *why)
{
    struct progress *p = user;

    clear_line(p);
    fprintf(stderr,
            "propersim: changed files are not taken for day %d; the last good ones stay:\n  %s\n",
            day, why);
}

static void on_night(void *user, const char *household, const char *text)
{
    clear_line(user);
    fprintf(stderr, "propersim: %s: %s\n", household, text);
}

static void on_failed(void *user, size_t cell, const char *why)
{
    struct progress *p = user;
    const struct study_cell *c = &p->study->cells[cell];

    p->failed++;
    clear_line(p);
    fprintf(stderr, "propersim: household %s %s seed %lld failed; the others go on:\n  %s\n",
            c->condition, c->persona, (long long)c->seed, why);
}

static void on_usage(void *user, const struct runner_usage *usage)
{
    struct progress *p = user;

    p->usage = *usage;
    if (p->terminal && !p->quiet && clock_ms() - p->drawn_ms >= REDRAW_MS)
        draw(p);
}

static void on_halted(void *user, const char *why)
{
    clear_line(user);
    fprintf(stderr, "propersim: the study stops here: %s\n", why);
}

static bool on_midnight(void *user, int day)
{
    struct progress *p = user;
    char line[16];

    clear_line(p);
    fprintf(stderr,
            "midnight after day %d: edit what you like, then Enter goes on, q stops: ", day);
    fflush(stderr);
    // the end of the input stops like q: nobody is there to say go on
    return fgets(line, sizeof(line), stdin) != NULL && line[0] != 'q';
}

struct progress *progress_new(const struct study *study, bool quiet)
{
    struct progress *p = mem_calloc(1, sizeof(*p));
    const struct study_cell *first = &study->cells[0];
    int64_t step_s = (int64_t)json_number(json_get(first->options, "sec_per_step"));

    *p = (struct progress){
        .study = study,
        .quiet = quiet,
        .terminal = isatty(STDERR_FILENO) != 0,
        .begun_ms = clock_ms(),
        .steps_left = (int64_t)study->cell_count * study->days * (DAY_SECONDS / step_s),
        .day_cells = mem_calloc((size_t)study->days + 1, sizeof(*p->day_cells)),
    };
    return p;
}

struct runner_events progress_events(struct progress *p)
{
    return (struct runner_events){ .steps = on_steps,
                                   .day = on_day,
                                   .refused = on_refused,
                                   .night = on_night,
                                   .failed = on_failed,
                                   .usage = on_usage,
                                   .halted = on_halted,
                                   .midnight = on_midnight,
                                   .user = p };
}

int64_t progress_failed(const struct progress *p)
{
    return p->failed;
}

void progress_free(struct progress *p)
{
    clear_line(p);
    free(p->day_cells);
    free(p);
}

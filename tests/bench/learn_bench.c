// How long a night of learning takes, and what the ways of learning and of drawing come to.
//
//   learn_bench time [ROUNDS]
//   learn_bench study [PEOPLE] [DAYS]
//
// `time`: microseconds a night on 200 pairs, per example, for each method. `study`: one line per
// condition over PEOPLE synthetic people (tests/host/learn/people.h) in each of three wishes; the
// table of docs/learning.md. No test: the numbers are to be read.

#include <time.h>

#include "../host/learn/persona_sim.h"

// --- time

static double now_us(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void time_method(enum learn_method method, const char *name, int rounds)
{
    struct persona p = person_of(1, 1, 2);
    struct sim_options o = sim_usual();
    struct err err = { { 0 } };
    struct learner_report report;
    struct sim_day day;
    struct sim sim;
    double best = 1e18, mean = 0;

    sim_open(&sim, &p, &o, 1);
    for (int d = 0; d < 2; d++)
        sim_run_day(&sim, &day);
    learner_defaults(&o.learner, method);
    for (int i = 0; i < rounds; i++) {
        struct rng rng = rng_start(1, "bench", "night", (uint64_t)i);
        double start = now_us(), us = 0;
        must(learner_train(sim.policy, sim.replay, &o.learner, 2, &rng, &report, &err), &err);
        us = now_us() - start;
        best = us < best ? us : best;
        mean += us / rounds;
    }
    printf("%-5s drawn %zu used %zu steps %zu night_us %.0f (mean %.0f) per_example_us %.2f\n",
           name, report.drawn, report.used, report.steps, best, mean,
           best / (double)(report.used * o.learner.epochs));
    sim_close(&sim);
}

// --- study

struct outcome {
    double first_mean, mean, said_mean, missed, per_hour[3], wish[3];
    int near50, near25, good, spoke, runs;
};

static const double wishes[3][2] = { { 2, 0 }, { 1, 2 }, { 2, 1 } };

static void run(const struct sim_options *o, int people, int days, struct outcome *out)
{
    for (int i = 0; i < 3 * people; i++) {
        struct persona p = person_of((uint64_t)(1000 + i), wishes[i % 3][0], wishes[i % 3][1]);
        double said = 0, score = 0, got = 0, wished = 0;
        struct sim_day d;
        struct sim sim;
        sim_open(&sim, &p, o, (uint64_t)i);
        for (int day = 1; day <= days; day++) {
            sim_run_day(&sim, &d);
            out->first_mean += day == 1 ? d.mean : 0;
            if (day < days - 1)
                continue;
            out->mean += d.mean / 2;
            out->missed += d.missed / 2.0;
            got += d.per_hour / 2;
            wished += d.wish_per_hour / 2;
            said += d.said;
            score += d.said > 0 ? d.said_mean * d.said : 0;
        }
        out->runs++;
        out->near50 += fabs(got / wished - 1) <= 0.5;
        out->near25 += fabs(got / wished - 1) <= 0.25;
        out->spoke += said > 0;
        out->said_mean += said > 0 ? score / said : 0;
        out->good += said > 0 && score / said >= 3;
        out->per_hour[i % 3] += got / people;
        out->wish[i % 3] += wished / people;
        sim_close(&sim);
    }
}

static void report(const char *name, const struct sim_options *o, int people, int days)
{
    struct outcome r = { 0 };

    run(o, people, days, &r);
    printf("| %s | %.2f | %.2f | %.2f | %.2f / %.2f | %.2f / %.2f | %.2f / %.2f | %d %% | %d %% | "
           "%d %% | %.0f |\n",
           name, r.first_mean / r.runs, r.mean / r.runs, r.spoke > 0 ? r.said_mean / r.spoke : NAN,
           r.per_hour[0], r.wish[0], r.per_hour[1], r.wish[1], r.per_hour[2], r.wish[2],
           100 * r.near50 / r.runs, 100 * r.near25 / r.runs, 100 * r.good / r.runs,
           r.missed / r.runs);
    fflush(stdout);
}

static void study_drawing(int people, int days)
{
    struct sim_options o = sim_usual();

    o.learns = false;
    report("frozen", &o, people, days);
    o = sim_usual();
    report("DPO, two independent draws", &o, people, days);
    o.learner.replay.rule = REPLAY_HALF_TODAY;
    report("... halftoday", &o, people, days);
    o.learner.replay = (struct replay_options){ REPLAY_EQUALLY, 400, 0 };
    report("... equally400", &o, people, days);
    o = sim_usual();
    o.force_silence = 0.5;
    report("... first draw silent, 50 %", &o, people, days);
    o = sim_usual();
    o.first_temperature = 10;
    report("... first draw at temperature 10", &o, people, days);
    o = sim_usual();
    o.epsilon = 0.01;
    report("... 1 % of what is delivered made to speak", &o, people, days);
    o = sim_usual();
    o.learner.balance = 1;
    report("... kinds of pairs balanced", &o, people, days);
    o = sim_usual();
    o.force_speech = 0.5;
    report("... first draw speaks, 50 %", &o, people, days);
    o.force_speech = 1;
    report("... first draw speaks, always", &o, people, days);
    o = sim_usual();
    o.contrast = 0.5;
    report("... first draw the opposite, 50 %", &o, people, days);
    o.contrast = 1;
    report("... first draw the opposite, always", &o, people, days);
    o.contrast = 0.5;
    o.tie_weight = 0.5;
    report("... opposite 50 %, ties speak", &o, people, days);
}

static void study_recommended(int people, int days)
{
    struct sim_options r = sim_recommended(), o = r;

    report("**recommended**", &r, people, days);
    o.contrast = o.force_speech = 0.05;
    report("... 5 % opposite, 5 % speaking", &o, people, days);
    o = r;
    o.tie_weight = 0;
    report("... without ties", &o, people, days);
    o.tie_weight = 1;
    report("... ties of weight 1", &o, people, days);
    o = r;
    o.learner.replay.count = 200;
    report("... equally200", &o, people, days);
    o = r;
    o.learner.replay.rule = REPLAY_HALF_TODAY;
    report("... halftoday", &o, people, days);
    o = r;
    o.learner.replay.half_life_days = 3;
    report("... half-life of 3 days", &o, people, days);
    o = r;
    o.margin_weight = true;
    report("... weighted by difference of scores", &o, people, days);
    o = r;
    o.learner.balance = 1;
    report("... kinds of pairs balanced", &o, people, days);
    o = r;
    o.learner.smoothing = 0.1;
    report("... label smoothing 0.1", &o, people, days);
    o = r;
    o.learner.weight_decay = 0.1;
    report("... weight decay 0.1", &o, people, days);
    o = r;
    o.learner.from_reference = true;
    o.learner.replay.rule = REPLAY_ALL;
    report("... each night anew on everything", &o, people, days);
    o = r;
    o.temperature = 0.5;
    report("... temperature 0.5", &o, people, days);
    o = r;
    o.crosses = true;
    report("... features activity x since", &o, people, days);
    o = r;
    o.thermometer = true;
    report("... features since>=, not since<", &o, people, days);
}

static void study_rates(int people, int days)
{
    static const double rates[] = { 0.02, 0.05, 0.2, 0.5 };

    for (size_t i = 0; i < sizeof(rates) / sizeof(*rates); i++) {
        struct sim_options o = sim_recommended();
        char name[64];
        o.learner.learning_rate = rates[i];
        snprintf(name, sizeof(name), "... learning rate %g", rates[i]);
        report(name, &o, people, days);
    }
}

static void study_methods(int people, int days)
{
    static const char *const names[] = { "DPO", "IPO, beta 0.01", "KTO", "SFT" };

    for (int method = LEARN_IPO; method <= LEARN_SFT; method++)
        for (int drawing = 0; drawing < 2; drawing++) {
            struct sim_options o = drawing == 0 ? sim_usual() : sim_recommended();
            struct replay_options replay = o.learner.replay;
            char name[64];
            learner_defaults(&o.learner, (enum learn_method)method);
            o.learner.replay = replay;
            o.learner.beta = method == LEARN_IPO ? 0.01 : 0.1;
            snprintf(name, sizeof(name), "%s%s", names[method],
                     drawing == 0 ? ", two independent draws" : ", drawing as recommended");
            report(name, &o, people, days);
        }
}

static void study_controls(int people, int days)
{
    struct sim_options o = sim_usual();

    o.shuffle_ratings = true;
    report("DPO, ratings shuffled", &o, people, days);
    o = sim_recommended();
    o.shuffle_ratings = true;
    report("recommended, ratings shuffled", &o, people, days);
}

int main(int argc, char **argv)
{
    const char *what = argc > 1 ? argv[1] : "";
    int first = argc > 2 ? atoi(argv[2]) : 0, days = argc > 3 ? atoi(argv[3]) : 14;

    if (strcmp(what, "time") == 0) {
        int rounds = first > 0 ? first : 200;
        time_method(LEARN_DPO, "dpo", rounds);
        time_method(LEARN_IPO, "ipo", rounds);
        time_method(LEARN_KTO, "kto", rounds);
        time_method(LEARN_SFT, "sft", rounds);
        return 0;
    }
    if (strcmp(what, "study") != 0 || first < 0 || days < 2) {
        fprintf(stderr, "usage: learn_bench time [ROUNDS] | study [PEOPLE] [DAYS, 2 or more]\n");
        return 2;
    }
    first = first > 0 ? first : 10;
    printf("| condition | day 1 | day %d | said | 2 a day | 1 in 2 h | 2 an hour | in 50 %% | "
           "in 25 %% | said >= 3 | missed |\n|---|---|---|---|---|---|---|---|---|---|---|\n",
           days);
    study_drawing(first, days);
    study_recommended(first, days);
    study_rates(first, days);
    study_methods(first, days);
    study_controls(first, days);
    return 0;
}

// What learning from shuffled ratings does to the policy: does it lean towards silence, and why?
//
//   lean_bench [PEOPLE] [DAYS]
//
// One line per way of drawing; the table of docs/learning.md, "Control: shuffled ratings". No test:
// the numbers are to be read. cc as learn_bench.c, with this file in its place.
//
// p(silence): mean probability of silence on the last day. lean: mean difference of the logit of
// silence and the mean logit of all that speaks, which is linear in the weights: 0 if they walk
// without a direction. said: mean score of what was said, first and last day.

#include "../host/learn/persona_sim.h"

struct lean {
    double silence, lean, squares, change, change_squares, said[2];
    int people, spoke[2];
};

struct day_lean {
    double silence, lean;
};

static void look(struct sim *s, const struct sim_pair *pair, struct day_lean *day)
{
    double logits[SIM_COUNT], log_probs[SIM_COUNT], mean = 0;

    policy_score(s->policy, &pair->situation, s->candidates, logits);
    choice_log_probs(logits, SIM_COUNT, 1, log_probs);
    for (int i = 1; i < SIM_COUNT; i++)
        mean += logits[i] / (SIM_COUNT - 1);
    day->silence += exp(log_probs[0]);
    day->lean += logits[0] - mean;
}

// As sim_run_day, with a look at the policy in each step.
static void live(struct sim *s, struct sim_day *d, struct day_lean *day)
{
    static struct sim_pair pairs[576];
    int count = 0;

    *d = (struct sim_day){ 0 };
    *day = (struct day_lean){ 0 };
    s->day++;
    sim_plan(s);
    for (int step = 0; step < 576; step++) {
        if (s->kinds[step] < 0)
            continue;
        sim_step(s, step, d, &pairs[count]);
        look(s, &pairs[count++], day);
    }
    d->mean /= d->steps;
    day->silence /= d->steps;
    day->lean /= d->steps;
    sim_night(s, d, pairs, count);
}

static void add_said(struct lean *l, int when, const struct sim_day *d)
{
    l->said[when] += d->said > 0 ? d->said_mean / d->said : 0;
    l->spoke[when] += d->said > 0;
}

static void one_person(const struct sim_options *o, int number, int days, struct lean *l)
{
    static const double wishes[3][2] = { { 2, 0 }, { 1, 2 }, { 2, 1 } };
    const double *wish = wishes[number % 3];
    struct persona p = person_of((uint64_t)(1000 + number), wish[0], wish[1]);
    struct day_lean day = { 0 };
    struct sim_day d = { 0 };
    struct sim s;
    double first = 0, change = 0;

    sim_open(&s, &p, o, (uint64_t)(5000 + number));
    for (int i = 1; i <= days; i++) {
        live(&s, &d, &day);
        if (i == 1) {
            first = d.mean;
            add_said(l, 0, &d);
        }
    }
    change = d.mean - first;
    add_said(l, 1, &d);
    l->people++;
    l->silence += day.silence;
    l->lean += day.lean;
    l->squares += day.lean * day.lean;
    l->change += change;
    l->change_squares += change * change;
    sim_close(&s);
}

static double error_of(double sum, double squares, int n)
{
    double mean = sum / n;

    return sqrt((squares / n - mean * mean) / n);
}

static void report(const char *name, struct sim_options o, int people, int days)
{
    struct lean l = { 0 };

    o.shuffle_ratings = true;
    for (int i = 0; i < people; i++)
        one_person(&o, i, days, &l);
    printf("| %s | %+.2f ± %.2f | %.3f | %+.1f ± %.1f | %.2f | %.2f |\n", name, l.change / people,
           error_of(l.change, l.change_squares, people), l.silence / people, l.lean / people,
           error_of(l.lean, l.squares, people), l.said[0] / l.spoke[0], l.said[1] / l.spoke[1]);
    fflush(stdout);
}

int main(int argc, char **argv)
{
    int people = argc > 1 ? atoi(argv[1]) : 30, days = argc > 2 ? atoi(argv[2]) : 14;
    struct sim_options usual = sim_usual(), recommended = sim_recommended(), o;

    if (people < 2 || days < 2) {
        fprintf(stderr, "usage: lean_bench [PEOPLE, 2 or more] [DAYS, 2 or more]\n");
        return 2;
    }
    printf(
        "| drawing, ratings shuffled | score, day %d - day 1 | p(silence) | lean | said, day 1 | "
        "said, day %d |\n|---|---|---|---|---|---|\n",
        days, days);
    report("two independent draws", usual, people, days);
    report("recommended", recommended, people, days);
    o = recommended;
    o.tie_weight = 0;
    report("... without ties", o, people, days);
    o.force_speech = 0.5;
    o.contrast = 0;
    report("... without ties and opposites: the first speaks, 50 %", o, people, days);
    o = recommended;
    o.speak_temperature = 10;
    report("recommended, made to speak at temperature 10", o, people, days);
    o.speak_temperature = 1000;
    report("recommended, made to speak at temperature 1000", o, people, days);
    return 0;
}

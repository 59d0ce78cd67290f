#include "learn/learner.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "learn/explain.h"
#include "learn/objective.h"

void learner_defaults(struct learner_options *options, enum learn_method method)
{
    bool kto = method == LEARN_KTO;

    *options = (struct learner_options){
        .method = method,
        .beta = 0.1,
        .learning_rate = method == LEARN_DPO || method == LEARN_IPO ? 0.1 : 0.05,
        .linear_decay = true,
        .epochs = 2,
        .batch = kto ? 2 : 1,
        .accumulate = kto ? 2 : 4,
        .max_norm = 1,
        .kto_reference = KTO_BATCH,
        .desirable = 1,
        .undesirable = 1,
        .silence_attribute = name_key("silent"),
        .replay = { .rule = REPLAY_EQUALLY, .count = 200 },
    };
}

static bool within(const char *name, double value, double least, double most, struct err *err)
{
    if (value >= least && value <= most)
        return true;
    return err_set(err, "learning: %s is %g; it must be within %g and %g", name, value, least,
                   most);
}

static bool check(const struct learner_options *o, struct err *err)
{
    static const double tiny = 1e-9;

    return within("beta", o->beta, tiny, 1e6, err) &&
           within("smoothing", o->smoothing, 0, 0.5, err) &&
           within("learning_rate", o->learning_rate, tiny, 1e3, err) &&
           within("epochs", o->epochs, 1, 1000, err) && within("batch", o->batch, 1, 1e6, err) &&
           within("accumulate", o->accumulate, 1, 1e6, err) &&
           within("weight_decay", o->weight_decay, 0, 1e3, err) &&
           within("max_norm", o->max_norm, 0, 1e9, err) &&
           within("desirable", o->desirable, 0, 1e6, err) &&
           within("undesirable", o->undesirable, 0, 1e6, err) &&
           within("unlikelihood", o->unlikelihood, 0, 1e6, err) &&
           within("balance", o->balance, 0, 1, err) &&
           within("half_life_days", o->replay.half_life_days, 0, 1e6, err);
}

// One night.
struct night {
    struct policy *policy;
    const struct replay *replay;
    const struct learner_options *options;
    struct learner_report *report;
    struct objective *objective;
    struct adamw *adamw;
    struct unit *units, *shuffled;
    size_t count;
    float *before;
};

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static bool is_silent(const struct night *n, const struct unit *unit, uint16_t candidate)
{
    const struct example *e = replay_example(n->replay, unit->example);
    struct feature attributes[ATTRIBUTES_MAX];
    size_t count = candidates_get(replay_candidates(n->replay, e->set), candidate, attributes);

    for (size_t i = 0; i < count; i++)
        if (attributes[i].key == n->options->silence_attribute)
            return true;
    return false;
}

// 0 silence wins, 1 silence loses, 2 neither is silent (or both).
static size_t kind_of(const struct night *n, const struct unit *unit)
{
    bool wins = is_silent(n, unit, unit->chosen), loses = is_silent(n, unit, unit->rejected);

    return wins == loses ? 2 : wins ? 0 : 1;
}

// Brings the kinds of pairs towards the same total weight; the total of all stays as it is.
static void balance(struct night *n)
{
    double totals[3] = { 0 }, all = 0, share = n->options->balance;
    size_t kinds = 0;

    if (share == 0 || n->options->method == LEARN_KTO || n->options->method == LEARN_SFT)
        return;
    for (size_t i = 0; i < n->count; i++)
        totals[kind_of(n, &n->units[i])] += n->units[i].weight;
    for (size_t k = 0; k < 3; k++) {
        kinds += totals[k] > 0;
        all += totals[k];
    }
    for (size_t i = 0; i < n->count; i++) {
        double even = all / (double)kinds / totals[kind_of(n, &n->units[i])];
        n->units[i].weight *= 1 - share + share * even;
    }
}

static void choose_units(struct night *n, uint32_t today, struct rng *rng)
{
    size_t all = replay_count(n->replay);
    uint32_t *drawn = mem_calloc(all, sizeof(*drawn));

    n->report->drawn = replay_draw(n->replay, &n->options->replay, today, rng, drawn);
    n->units = mem_calloc(2 * n->report->drawn, sizeof(*n->units));
    n->count = units_of(n->replay, n->options, drawn, n->report->drawn, n->units);
    n->report->used = n->count;
    for (size_t i = 0; i < n->count; i++)
        n->report->todays += replay_example(n->replay, n->units[i].example)->day == today;
    balance(n);
    n->shuffled = mem_calloc(n->count, sizeof(*n->shuffled));
    if (n->count > 0)
        memcpy(n->shuffled, n->units, n->count * sizeof(*n->units));
    free(drawn);
}

static struct learner_view view(struct night *n)
{
    struct learner_view v = { 0 };
    size_t batch = least(n->options->batch, n->count);
    double *margins = mem_calloc(batch, sizeof(*margins));

    for (size_t at = 0; at < n->count; at += batch) {
        size_t size = least(batch, n->count - at);
        v.loss += objective_batch(n->objective, &n->units[at], size, NULL, margins);
        for (size_t i = 0; i < size; i++) {
            v.margin += margins[i];
            v.accuracy += margins[i] > 0 ? 1 : margins[i] == 0 ? 0.5 : 0;
        }
    }
    v.loss /= (double)n->count;
    v.margin /= (double)n->count;
    v.accuracy /= (double)n->count;
    free(margins);
    return v;
}

static void shuffle(struct unit *units, size_t count, struct rng *rng)
{
    for (size_t i = 0; i < count; i++) {
        size_t other = i + rng_below(rng, count - i);
        struct unit swap = units[i];
        units[i] = units[other];
        units[other] = swap;
    }
}

// One step of the optimiser on the units from..to. The gradient is that of the mean over all of
// them, also where the last step of an epoch has fewer.
static bool step(struct night *n, size_t from, size_t to, double rate, struct err *err)
{
    double norm = 0;

    for (size_t at = from; at < to; at += n->options->batch)
        objective_batch(n->objective, &n->shuffled[at], least(n->options->batch, to - at), n->adamw,
                        NULL);
    norm = adamw_step(n->adamw, policy_weights(n->policy), rate, 1.0 / (double)(to - from),
                      n->options->max_norm);
    if (!isfinite(norm))
        return err_set(err,
                       "learning: the gradient is not finite in step %zu; "
                       "use a smaller learning_rate",
                       n->report->steps + 1);
    n->report->steps++;
    n->report->gradient_norm += norm;
    n->report->gradient_norm_max = fmax(n->report->gradient_norm_max, norm);
    return true;
}

static bool descend(struct night *n, struct rng *rng, struct err *err)
{
    size_t each = (size_t)n->options->batch * n->options->accumulate;
    size_t per_epoch = (n->count + each - 1) / each, steps = per_epoch * n->options->epochs;

    for (unsigned epoch = 0; epoch < n->options->epochs; epoch++) {
        shuffle(n->shuffled, n->count, rng);
        for (size_t at = 0; at < n->count; at += each) {
            double rate = n->options->learning_rate;
            if (n->options->linear_decay)
                rate *= (double)(steps - n->report->steps) / (double)steps;
            if (!step(n, at, least(at + each, n->count), rate, err))
                return false;
        }
    }
    n->report->gradient_norm /= (double)n->report->steps;
    return true;
}

// Fails if a weight is not finite.
static bool measure_change(struct night *n, struct err *err)
{
    const float *now = policy_weights(n->policy);
    double sum = 0;

    for (size_t b = 0; b < (size_t)1 << policy_bits(n->policy); b++) {
        double change = (double)now[b] - (double)n->before[b];
        if (!isfinite(change))
            return err_set(err, "learning: weight %zu is not finite; use a smaller learning_rate",
                           b);
        sum += change * change;
        n->report->weights_changed += change != 0;
    }
    n->report->change = sqrt(sum);
    return true;
}

static void note(struct night *n)
{
    for (size_t i = 0; i < n->count; i++) {
        const struct unit *unit = &n->units[i];
        const struct candidates *c =
            replay_candidates(n->replay, replay_example(n->replay, unit->example)->set);
        struct features situation;
        replay_situation(n->replay, unit->example, &situation);
        if (unit->chosen != EXAMPLE_NONE)
            policy_note(n->policy, &situation, c, unit->chosen);
        if (unit->rejected != EXAMPLE_NONE)
            policy_note(n->policy, &situation, c, unit->rejected);
    }
}

static void restart(struct policy *p)
{
    const float *reference = policy_reference(p);
    size_t bytes = sizeof(float) << policy_bits(p);

    if (reference != NULL)
        memcpy(policy_weights(p), reference, bytes);
    else
        memset(policy_weights(p), 0, bytes);
}

bool learner_train(struct policy *p, const struct replay *replay,
                   const struct learner_options *options, uint32_t today, struct rng *rng,
                   struct learner_report *report, struct err *err)
{
    const struct adamw_options adamw = { 0.9, 0.999, 1e-8, options->weight_decay };
    struct night n = { .policy = p, .replay = replay, .options = options, .report = report };
    size_t bytes = sizeof(float) << policy_bits(p);
    bool ok = false;

    *report = (struct learner_report){ 0 };
    if (!check(options, err))
        return false;
    choose_units(&n, today, rng);
    if (n.count == 0) {
        ok = true;
        goto done;
    }
    n.before = mem_calloc(1, bytes);
    memcpy(n.before, policy_weights(p), bytes);
    n.objective = objective_new(p, replay, options);
    report->before = view(&n);
    if (options->from_reference)
        restart(p);
    n.adamw = adamw_new(&adamw, policy_weights(p), policy_bits(p));
    ok = descend(&n, rng, err) && measure_change(&n, err);
    if (ok) {
        report->after = view(&n);
        note(&n);
    } else {
        memcpy(policy_weights(p), n.before, bytes);
    }
done:
    adamw_free(n.adamw);
    objective_free(n.objective);
    free(n.before);
    free(n.units);
    free(n.shuffled);
    return ok;
}

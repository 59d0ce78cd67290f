#include "learn/objective.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "learn/choice.h"
#include "learn/exact.h"
#include "learn/internal.h"
#include "learn/loss.h"

struct objective {
    const struct policy *policy;
    const struct replay *replay;
    const struct learner_options *options;
    // The step of the unit that was looked at last.
    struct features situation;
    struct candidates *candidates;
    size_t count; // of candidates
    // One for each of CANDIDATES_MAX.
    double *log_probs, *reference_log_probs, *amounts;
    double *scores; // one for each distinct attribute
    size_t scores_cap;
};

struct objective *objective_new(const struct policy *p, const struct replay *replay,
                                const struct learner_options *options)
{
    struct objective *o = mem_calloc(1, sizeof(*o));

    *o = (struct objective){ .policy = p, .replay = replay, .options = options };
    o->log_probs = mem_calloc(CANDIDATES_MAX, sizeof(double));
    o->reference_log_probs = mem_calloc(CANDIDATES_MAX, sizeof(double));
    o->amounts = mem_calloc(CANDIDATES_MAX, sizeof(double));
    return o;
}

void objective_free(struct objective *o)
{
    if (o == NULL)
        return;
    free(o->log_probs);
    free(o->reference_log_probs);
    free(o->amounts);
    free(o->scores);
    free(o);
}

static bool has(const struct candidates *c, uint16_t candidate, uint64_t attribute)
{
    struct feature attributes[ATTRIBUTES_MAX];
    size_t n = attribute != 0 ? candidates_get(c, candidate, attributes) : 0;

    for (size_t i = 0; i < n; i++)
        if (attributes[i].key == attribute)
            return true;
    return false;
}

static bool is_paired(enum learn_method method)
{
    return method == LEARN_DPO || method == LEARN_IPO;
}

size_t units_of(const struct replay *replay, const struct learner_options *options,
                const uint32_t *examples, size_t count, struct unit *out)
{
    bool pairs = is_paired(options->method);
    bool rejected = options->method == LEARN_KTO || options->unlikelihood > 0;
    size_t n = 0;

    for (size_t i = 0; i < count; i++) {
        const struct example *e = replay_example(replay, examples[i]);
        const struct candidates *c = replay_candidates(replay, e->set);
        struct unit unit = { examples[i], e->chosen, EXAMPLE_NONE, (double)e->weight };
        if (pairs && e->chosen != EXAMPLE_NONE && e->rejected != EXAMPLE_NONE) {
            unit.rejected = e->rejected;
            out[n++] = unit;
            continue;
        }
        if (pairs)
            continue;
        if (e->chosen != EXAMPLE_NONE && !has(c, e->chosen, options->skip_attribute))
            out[n++] = unit;
        unit.chosen = EXAMPLE_NONE;
        unit.rejected = e->rejected;
        if (rejected && e->rejected != EXAMPLE_NONE &&
            !has(c, e->rejected, options->skip_attribute))
            out[n++] = unit;
    }
    return n;
}

// Makes a unit's step the current one.
static void look_at(struct objective *o, const struct unit *unit)
{
    uint32_t set = replay_example(o->replay, unit->example)->set;

    o->candidates = replay_candidates(o->replay, set);
    o->count = candidates_count(o->candidates);
    replay_situation(o->replay, unit->example, &o->situation);
    policy_score(o->policy, &o->situation, o->candidates, o->log_probs);
    policy_score_reference(o->policy, &o->situation, o->candidates, o->reference_log_probs);
    if (is_paired(o->options->method)) // only differences count: what normalises cancels
        return;
    choice_log_probs(o->log_probs, o->count, 1, o->log_probs);
    choice_log_probs(o->reference_log_probs, o->count, 1, o->reference_log_probs);
}

static double ratio(const struct objective *o, uint16_t candidate)
{
    return o->log_probs[candidate] - o->reference_log_probs[candidate];
}

static double divergence(const struct objective *o)
{
    double sum = 0;

    for (size_t i = 0; i < o->count; i++) {
        double p = exact_exp(o->log_probs[i]);
        sum += p > 0 ? p * ratio(o, (uint16_t)i) : 0;
    }
    return sum;
}

static uint16_t candidate_of(const struct unit *unit)
{
    return unit->chosen != EXAMPLE_NONE ? unit->chosen : unit->rejected;
}

// KTO's reference point of a batch.
static double reference_point(struct objective *o, const struct unit *units, size_t count)
{
    double sum = 0;

    for (size_t i = 0; i < count; i++) {
        const struct unit *before = &units[(i + count - 1) % count];
        uint32_t set = replay_example(o->replay, units[i].example)->set;
        bool same = replay_example(o->replay, before->example)->set == set;
        look_at(o, &units[i]);
        if (o->options->kto_reference == KTO_BATCH && same)
            sum += ratio(o, candidate_of(before));
        else
            sum += divergence(o);
    }
    return sum > 0 ? sum / (double)count : 0;
}

static struct loss loss_of(const struct objective *o, const struct unit *unit, double kl)
{
    const struct learner_options *options = o->options;
    bool good = unit->chosen != EXAMPLE_NONE;
    struct loss loss = { 0 };

    switch (options->method) {
    case LEARN_DPO:
        return loss_dpo(ratio(o, unit->chosen), ratio(o, unit->rejected), options->beta,
                        options->smoothing);
    case LEARN_IPO:
        return loss_ipo(ratio(o, unit->chosen), ratio(o, unit->rejected), options->beta);
    case LEARN_KTO:
        return loss_kto(ratio(o, candidate_of(unit)), kl, good, options->beta,
                        good ? options->desirable : options->undesirable);
    case LEARN_SFT:
        if (good)
            return loss_sft(o->log_probs[unit->chosen]);
        loss = loss_unlikelihood(o->log_probs[unit->rejected]);
        loss.value *= options->unlikelihood;
        loss.by_rejected *= options->unlikelihood;
        return loss;
    }
    return loss;
}

static double margin_of(const struct objective *o, const struct unit *unit)
{
    double sum = 0;

    sum += unit->chosen != EXAMPLE_NONE ? ratio(o, unit->chosen) : 0;
    sum -= unit->rejected != EXAMPLE_NONE ? ratio(o, unit->rejected) : 0;
    return o->options->beta * sum;
}

static void add_amount(struct adamw *gradient, double amount, uint64_t context, uint64_t attribute,
                       unsigned bits)
{
    if (amount != 0)
        adamw_add(gradient, policy_bucket(context, attribute, bits), amount);
}

// From the derivatives by log-probabilities to those by logits, attributes and weights.
static void add_gradient(struct objective *o, const struct unit *unit, const struct loss *loss,
                         struct adamw *gradient)
{
    double both = loss->by_chosen + loss->by_rejected; // exactly 0 for DPO and IPO
    size_t attributes = candidates_attribute_count(o->candidates);
    unsigned bits = policy_bits(o->policy);

    if (attributes > o->scores_cap) {
        o->scores_cap = mem_grow(o->scores_cap, attributes);
        o->scores = mem_realloc(o->scores, o->scores_cap, sizeof(*o->scores));
    }
    for (size_t i = 0; i < o->count; i++)
        o->amounts[i] = both != 0 ? -both * exact_exp(o->log_probs[i]) : 0;
    if (unit->chosen != EXAMPLE_NONE)
        o->amounts[unit->chosen] += loss->by_chosen;
    if (unit->rejected != EXAMPLE_NONE)
        o->amounts[unit->rejected] += loss->by_rejected;
    candidates_spread(o->candidates, o->amounts, o->scores);
    for (size_t a = 0; a < attributes; a++) {
        uint64_t attribute = candidates_attribute(o->candidates, a);
        double amount = unit->weight * o->scores[a];
        add_amount(gradient, amount, 0, attribute, bits);
        for (size_t i = 0; amount != 0 && i < o->situation.count; i++)
            add_amount(gradient, amount * o->situation.items[i].value, o->situation.items[i].key,
                       attribute, bits);
    }
}

double objective_batch(struct objective *o, const struct unit *units, size_t count,
                       struct adamw *gradient, double *margins)
{
    double kl = 0, sum = 0;

    if (o->options->method == LEARN_KTO)
        kl = reference_point(o, units, count);
    for (size_t i = 0; i < count; i++) {
        struct loss loss = { 0 };
        look_at(o, &units[i]);
        loss = loss_of(o, &units[i], kl);
        sum += units[i].weight * loss.value;
        if (margins != NULL)
            margins[i] = margin_of(o, &units[i]);
        if (gradient != NULL)
            add_gradient(o, &units[i], &loss, gradient);
    }
    return sum;
}

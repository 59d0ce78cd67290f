#pragma once
// Two situations, three candidates and six weights, small enough to compute with by hand; for the
// tests of learning. The numbers are those of the script in objective_test.c.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "learn/learner.h"

enum { WEIGHTS = 6 };

struct small {
    struct policy *policy;
    struct replay *replay;
    struct features situations[2];
    uint32_t set, buckets[WEIGHTS];
};

static inline void ok(bool fine, const struct err *err)
{
    if (!fine)
        fail_msg("%s", err->text);
}

static inline void find_buckets(struct small *s)
{
    static const char *const contexts[] = { NULL, NULL, "c", "c", "d", "d" };
    const struct feature both[] = { { name_key("a"), 1 }, { name_key("b"), 1 } };
    struct policy_pair pairs[POLICY_PAIRS_MAX];
    struct features c_and_d = { 2, { { name_key("c"), 1 }, { name_key("d"), 1 } } };
    size_t n = policy_pairs(s->policy, &c_and_d, both, 2, pairs);

    for (size_t w = 0; w < WEIGHTS; w++)
        for (size_t i = 0; i < n; i++)
            if (pairs[i].attribute == both[w % 2].key &&
                pairs[i].context == (contexts[w] != NULL ? name_key(contexts[w]) : 0))
                s->buckets[w] = pairs[i].bucket;
}

static inline struct small open_small(void)
{
    static const double attributes[][2] = { { 1, 0 }, { 0.5, -1 }, { 0, 2 } };
    static const float weights[] = { 0.5F, -0.25F, 1, 0.75F, -0.5F, 0.125F };
    static const float reference[] = { 0.125F, 0.25F, 0, -0.5F, 0.25F, 0 };
    struct small s = { policy_new(POLICY_BITS), replay_new(), { { 0 }, { 0 } }, 0, { 0 } };
    struct candidates *c = candidates_new();
    struct names *names = policy_names(s.policy);
    struct err err = { { 0 } };

    for (size_t i = 0; i < 3; i++) {
        ok(candidates_open(c, &err), &err);
        ok(candidates_add(c, names, "a", attributes[i][0], &err), &err);
        ok(candidates_add(c, names, "b", attributes[i][1], &err), &err);
    }
    s.set = replay_add_set(s.replay, c);
    candidates_free(c);
    ok(features_add(&s.situations[0], names, "c", 1.5, &err), &err);
    ok(features_add(&s.situations[0], names, "d", 0, &err), &err);
    ok(features_add(&s.situations[1], names, "c", -0.5, &err), &err);
    ok(features_add(&s.situations[1], names, "d", 1, &err), &err);
    find_buckets(&s);
    for (size_t w = 0; w < WEIGHTS; w++)
        policy_weights(s.policy)[s.buckets[w]] = reference[w];
    policy_freeze_reference(s.policy);
    for (size_t w = 0; w < WEIGHTS; w++)
        policy_weights(s.policy)[s.buckets[w]] = weights[w];
    return s;
}

static inline void close_small(struct small *s)
{
    policy_free(s->policy);
    replay_free(s->replay);
}

static inline void add(struct small *s, int situation, int chosen, int rejected, float weight,
                       int day)
{
    struct err err = { { 0 } };
    const struct example e = { s->set, chosen < 0 ? EXAMPLE_NONE : (uint16_t)chosen,
                               rejected < 0 ? EXAMPLE_NONE : (uint16_t)rejected, weight,
                               (uint32_t)day };

    ok(replay_add(s->replay, &s->situations[situation], &e, &err), &err);
}

static inline void options_of(struct learner_options *o, enum learn_method method)
{
    learner_defaults(o, method);
    o->replay.rule = REPLAY_ALL;
    o->desirable = 1.5;
    o->undesirable = 0.5;
}

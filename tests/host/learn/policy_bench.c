// How long the policy takes for a step: 65 candidates of 3 attributes, 10 context features; score,
// log-probabilities, two draws. Prints one line. No test: build it by hand or wire it up.
//
//   policy_bench [ROUNDS]

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "learn/choice.h"
#include "learn/policy.h"

enum { COUNT = 65, CONTEXTS = 10, STEPS = 1000 };

static double now_us(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void add(struct candidates *c, struct names *names, const char *name)
{
    struct err err = { { 0 } };

    if (!candidates_add(c, names, name, 1, &err)) {
        fprintf(stderr, "policy_bench: %s\n", err.text);
        exit(1);
    }
}

static void build(struct candidates *c, struct names *names)
{
    struct err err = { { 0 } };
    char name[32];

    for (int i = 0; i < COUNT; i++) {
        if (!candidates_open(c, &err))
            exit(1);
        add(c, names, i == 0 ? "silent" : "say");
        snprintf(name, sizeof(name), "topic=%d", i % 16);
        add(c, names, name);
        snprintf(name, sizeof(name), "tone=%d", i / 16);
        add(c, names, name);
    }
}

static void build_situation(struct features *f, struct names *names, int step)
{
    struct err err = { { 0 } };
    char name[32];

    f->count = 0;
    for (int i = 0; i < CONTEXTS; i++) {
        snprintf(name, sizeof(name), "context%d=%d", i, (step / (i + 1)) % 24);
        if (!features_add(f, names, name, 1, &err))
            exit(1);
    }
}

int main(int argc, char **argv)
{
    long rounds = argc > 1 ? strtol(argv[1], NULL, 10) : 200;
    struct policy *p = policy_new(POLICY_BITS);
    struct candidates *c = candidates_new();
    static struct features situations[STEPS];
    struct rng r = rng_start(1, "bench", "policy", 0);
    double score_us = 1e9, step_us = 1e9, build_us = 1e9, logits[COUNT], sum = 0;

    for (size_t i = 0; i < (size_t)1 << POLICY_BITS; i++)
        policy_weights(p)[i] = (float)(rng_unit(&r) - 0.5);
    build(c, policy_names(p));
    for (int i = 0; i < STEPS; i++)
        build_situation(&situations[i], policy_names(p), i);
    for (long round = 0; round < rounds; round++) {
        double times[4];
        times[0] = now_us();
        for (int i = 0; i < STEPS; i++) {
            policy_score(p, &situations[i], c, logits);
            sum += logits[3];
        }
        times[1] = now_us();
        for (int i = 0; i < STEPS; i++) {
            size_t two[2];
            policy_score(p, &situations[i], c, logits);
            choice_log_probs(logits, COUNT, 1, logits);
            choice_sample_two(logits, COUNT, &r, two);
            sum += (double)two[0];
        }
        times[2] = now_us();
        for (int i = 0; i < STEPS / 10; i++) {
            candidates_clear(c);
            build(c, policy_names(p));
        }
        times[3] = now_us();
        score_us = times[1] - times[0] < score_us ? times[1] - times[0] : score_us;
        step_us = times[2] - times[1] < step_us ? times[2] - times[1] : step_us;
        build_us = times[3] - times[2] < build_us ? times[3] - times[2] : build_us;
    }
    printf("policy candidates %d attributes %zu contexts %d score_us %.2f step_us %.2f "
           "build_candidates_us %.2f (%g)\n",
           COUNT, candidates_attribute_count(c), CONTEXTS, score_us / STEPS, step_us / STEPS,
           build_us / (STEPS / 10), sum);
    candidates_free(c);
    policy_free(p);
    return 0;
}

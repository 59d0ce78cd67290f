#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <math.h>

#include <cmocka.h>

#include "learn/objective.h"
#include "small.h"

// --- the case that was computed elsewhere: two situations, three candidates, six weights
//
//   A=[(1,0),(.5,-1),(0,2)]; C=[(1.5,0),(-.5,1)]  # candidates' attributes a, b; situations' c, d
//   phi=[[[a,b,c*a,c*b,d*a,d*b] for a,b in A] for c,d in C]
//   w=[.5,-.25,1,.75,-.5,.125]; ref=[.125,.25,0,-.5,.25,0]
//   def logp(v,x):
//       l=[sum(a*b for a,b in zip(v,f)) for f in phi[x]]
//       z=log(sum(exp(i) for i in l)); return [i-z for i in l]
//   sg=lambda t:1/(1+exp(-t))
//   def ratio(v,x,y): return logp(v,x)[y]-logp(ref,x)[y]
//   def dpo(v): return sum(-log(sg(.1*(ratio(v,x,c)-ratio(v,x,r)))) for x,c,r in [(0,1,2),(1,0,1)])
//   def ipo(v): return sum((ratio(v,x,c)-ratio(v,x,r)-5)**2 for x,c,r in [(0,1,2),(1,0,1)])
//   # KTO, one batch: x 0, y 1, desirable; x 1, y 2, undesirable; z0 as TRL: each with the other's
//   y def z0(v): return max(0,(ratio(v,0,2)+ratio(v,1,1))/2) def exact(v): return
//   sum(sum(exp(logp(v,x)[y])*ratio(v,x,y) for y in range(3)) for x in (0,1))/2 def kto(v,kl):
//   return (1-sg(.1*(ratio(v,0,1)-kl)))*1.5+(1-sg(.1*(kl-ratio(v,1,2))))*.5 def sft(v): return
//   -logp(v,0)[1]-logp(v,1)[0]
//
// Gradients by (8 (f(w+h) - f(w-h)) - (f(w+2h) - f(w-2h))) / 12h with h = 1e-3, KTO's z0 held.

static const struct {
    const char *name;
    enum learn_method method;
    enum kto_reference kto_reference;
    double loss, gradient[WEIGHTS];
} computed[] = {
    { "dpo",
      LEARN_DPO,
      KTO_BATCH,
      1.632771939729,
      { -0.0557447665, 0.1201183019, -0.0300295755, 0.2873526015, -0.0267937872, -0.0535875743 } },
    { "ipo",
      LEARN_IPO,
      KTO_BATCH,
      108.4765625,
      { -14.625, 36.25, -9.0625, 80.125, -6.4375, -12.875 } },
    { "kto batch",
      LEARN_KTO,
      KTO_BATCH,
      1.088288618268,
      { -0.0047092350, 0.0906945237, 0.0065383086, 0.0808600281, -0.0068010805, 0.0275908787 } },
    { "kto exact",
      LEARN_KTO,
      KTO_EXACT,
      1.069880074229,
      { -0.0047420585, 0.0915945902, 0.0065995381, 0.0817619904, -0.0068563129, 0.0278149474 } },
    { "sft",
      LEARN_SFT,
      KTO_BATCH,
      3.848308673147,
      { -0.3899229229, 1.4840132595, 0.3094445806, 2.7115476185, -0.4471644825, -0.2427638647 } },
};

static double sum_loss(struct small *s, const struct learner_options *o, struct adamw *gradient)
{
    uint32_t examples[8];
    struct unit units[16];
    struct objective *objective = objective_new(s->policy, s->replay, o);
    size_t n = 0;
    double loss = 0;

    for (uint32_t i = 0; i < replay_count(s->replay); i++)
        examples[i] = i;
    n = units_of(s->replay, o, examples, replay_count(s->replay), units);
    loss = objective_batch(objective, units, n, gradient, NULL);
    objective_free(objective);
    return loss;
}

static void losses_and_gradients_agree_with_another_computation(void **state)
{
    const struct adamw_options adamw = { 0.9, 0.999, 1e-8, 0 };

    (void)state;
    for (size_t i = 0; i < sizeof(computed) / sizeof(*computed); i++) {
        struct small s = open_small();
        struct learner_options o;
        struct adamw *gradient = adamw_new(&adamw, policy_weights(s.policy), POLICY_BITS);
        double loss = 0;
        bool kto = computed[i].method == LEARN_KTO;
        options_of(&o, computed[i].method);
        o.kto_reference = computed[i].kto_reference;
        add(&s, 0, 1, kto ? -1 : 2, 1, 1);
        add(&s, 1, kto ? -1 : 0, kto ? 2 : 1, 1, 1);
        loss = sum_loss(&s, &o, gradient);
        if (!(fabs(loss - computed[i].loss) < 1e-9))
            fail_msg("%s: loss %.12f", computed[i].name, loss);
        for (size_t w = 0; w < WEIGHTS; w++) {
            double g = adamw_gradient(gradient, s.buckets[w]);
            if (!(fabs(g - computed[i].gradient[w]) < 1e-8))
                fail_msg("%s: gradient %zu is %.10f", computed[i].name, w, g);
        }
        adamw_free(gradient);
        close_small(&s);
    }
}

// Five points, steps that floats hold exactly: the error is of the order of 1e-10. KTO's z0 is
// held constant by the loss, so its singles are made so that z0 is 0 on both sides.
static void gradients_are_the_slopes_of_the_losses(void **state)
{
    const struct adamw_options adamw = { 0.9, 0.999, 1e-8, 0 };
    const float h = 0x1p-7F;

    (void)state;
    for (int method = LEARN_DPO; method <= LEARN_SFT; method++) {
        struct small s = open_small();
        struct learner_options o;
        struct adamw *gradient = adamw_new(&adamw, policy_weights(s.policy), POLICY_BITS);
        options_of(&o, (enum learn_method)method);
        o.smoothing = 0.125;
        o.beta = 0.5;
        o.unlikelihood = 0.75;
        add(&s, 0, 1, 2, 2, 1);
        add(&s, 1, 0, 1, 0.5F, 1);
        add(&s, 1, 2, method == LEARN_SFT ? 0 : 1, 1, 1);
        if (method == LEARN_KTO) { // one at a time, its own neighbour, with a ratio below 0
            close_small(&s);
            s = open_small();
            add(&s, 0, -1, 1, 3, 1);
        }
        sum_loss(&s, &o, gradient);
        for (size_t w = 0; w < WEIGHTS; w++) {
            float *weight = &policy_weights(s.policy)[s.buckets[w]], old = *weight;
            double at[5] = { 0 }, slope = 0;
            for (int k = -2; k <= 2; k++) {
                *weight = old + (float)k * h;
                at[k + 2] = sum_loss(&s, &o, NULL);
            }
            *weight = old;
            slope = (8 * (at[3] - at[1]) - (at[4] - at[0])) / (12 * (double)h);
            if (!(fabs(slope - adamw_gradient(gradient, s.buckets[w])) < 1e-6))
                fail_msg("method %d weight %zu: slope %.9f, gradient %.9f", method, w, slope,
                         adamw_gradient(gradient, s.buckets[w]));
        }
        adamw_free(gradient);
        close_small(&s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(losses_and_gradients_agree_with_another_computation),
        cmocka_unit_test(gradients_are_the_slopes_of_the_losses),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

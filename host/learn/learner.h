#pragma once
// One night of learning: draws examples from the replay buffer and trains the policy on them with
// one of the published losses (learn/loss.h) and AdamW (learn/adamw.h), against the reference that
// policy_freeze_reference (learn/policy.h) froze.
//
// pi(y|x) is the softmax of the policy's logits over the candidates of the example's step, at
// temperature 1, and ref(y|x) that of the reference's logits. The derivative of log pi(y|x) by
// logit i is [i = y] - pi(i|x); by a weight, the sum of that over the candidates times the value
// of the pair (context, attribute). For DPO and IPO the terms with pi cancel, so only what tells
// the two candidates apart gets a gradient.
//
// Same policy, examples, options and random stream: same weights, bit for bit, whatever the
// compiler. No state between nights (as in TRL, where each training run has a new optimiser). Not
// thread-safe; one policy each.

#include "learn/policy.h"
#include "learn/replay.h"

enum learn_method { LEARN_DPO, LEARN_IPO, LEARN_KTO, LEARN_SFT };

/// How KTO estimates its reference point, the divergence of policy and reference.
enum kto_reference {
    KTO_BATCH, // as TRL: the mean, over a batch, of the log-ratio of each situation with the
               // candidate of the example before it (the last one's for the first), not below 0.
               // An example whose neighbour has other candidates adds its exact divergence.
    KTO_EXACT  // the mean over a batch of KL(pi(.|x) || ref(.|x)), summed over the candidates
};

struct learner_options {
    enum learn_method method;
    double beta;          // above 0
    double smoothing;     // 0..0.5, DPO only: learn/loss.h
    double learning_rate; // above 0; a good one is larger than for an adapter: docs/learning.md
    bool linear_decay;    // the rate falls to 0 over the night (the usual of TRL), else constant
    unsigned epochs;      // 1 or more
    unsigned batch;       // examples that share a reference point in KTO; 1 or more
    unsigned accumulate;  // batches in one step of the optimiser; 1 or more
    double weight_decay;  // 0 or more, towards 0
    double max_norm;      // of a step's gradient; 0: no limit
    enum kto_reference kto_reference;
    double desirable, undesirable; // KTO's weights of good and bad examples; 0 or more
    double unlikelihood; // SFT: weight of the rejected candidate's unlikelihood; 0: leave it out
    /// KTO and SFT leave out candidates with this attribute; 0: none. The original left abstentions
    /// out of KTO; it then cannot learn to be silent, so it is not the default.
    uint64_t skip_attribute;
    /// 0..1. DPO and IPO: how far pairs in which silence wins, silence loses and nobody is silent
    /// are brought to the same total weight (0: not, 1: fully); silence_attribute tells them.
    double balance;
    uint64_t silence_attribute;
    bool from_reference; // start from the reference's weights, not from last night's
    struct replay_options replay;
};

/// The settings of the original: beta 0.1, 2 epochs, batch 1 x 4 (KTO 2 x 2), equally200, and where
/// it says nothing those of TRL: the rate falls linearly, gradients are at most 1 long, no decay.
/// The rate is 0.1 (KTO and SFT 0.05): docs/learning.md says how that was found. IPO wants a
/// smaller beta (0.01) here.
void learner_defaults(struct learner_options *options, enum learn_method method);

/// What the night's training set looked like to the policy.
struct learner_view {
    double loss;     // mean
    double margin;   // mean of beta * (chosen_ratio - rejected_ratio) over pairs; for single
                     // candidates of beta * ratio, with the sign turned for bad ones
    double accuracy; // share of the examples whose margin is above 0; of equal ones half
};

struct learner_report {
    size_t drawn;  // examples
    size_t used;   // pairs (DPO, IPO) or single candidates (KTO, SFT) that these gave
    size_t todays; // of the used ones
    size_t steps;  // of the optimiser
    struct learner_view before, after;
    double gradient_norm, gradient_norm_max; // before shrinking; mean and greatest of the steps
    double change;                           // length of the difference of the weights
    size_t weights_changed;
};

/// Trains one night; `today` is the day that ended (examples of later days do not count). Takes from the stream what replay_draw takes,
/// and one number per example and epoch. Notes the words of what it learned from (learn/explain.h).
/// Nothing to learn from is no error: `used` is 0 and the weights stay. Fails, and leaves the
/// weights as they were, if an option is out of range or the weights would not stay finite.
bool learner_train(struct policy *p, const struct replay *replay,
                   const struct learner_options *options, uint32_t today, struct rng *rng,
                   struct learner_report *report, struct err *err) NODISCARD;

#pragma once
// The assistant's policy: a log-linear model over hashed features. The logit of a candidate in a
// situation is the sum, over each pair (context feature, attribute) and each attribute alone, of
//
//   weight[bucket(context, attribute)] * context value * attribute value
//
// where bucket() hashes to 2^bits places (the hashing trick of Weinberger et al. 2009, without
// signs) and an attribute alone counts as paired with "always", value 1. Learning changes the
// weights; learn/choice.h turns logits into a choice. The reference policy that preference
// learning measures against (Rafailov et al. 2023) is the weights as they were when
// policy_freeze_reference was last called; all zero before that.
//
// Sums run in double in a fixed order. Not thread-safe; one owner.

#include "base/buf.h"
#include "learn/features.h"

enum {
    POLICY_BITS = 16, // the usual size
    POLICY_BITS_MIN = 4,
    POLICY_BITS_MAX = 24,
    POLICY_PAIRS_MAX = ATTRIBUTES_MAX * (FEATURES_MAX + 1)
};

struct policy;

/// bits: POLICY_BITS_MIN..POLICY_BITS_MAX. All weights are zero: every candidate is as likely.
struct policy *policy_new(unsigned bits) NODISCARD;
void policy_free(struct policy *p);

unsigned policy_bits(const struct policy *p);
/// The words for features, to be given to features_add and candidates_add. Owned by the policy;
/// policy_load_names (learn/explain.h) replaces them.
struct names *policy_names(struct policy *p);

/// The 2^bits weights, for learners to read and write; they must stay finite.
float *policy_weights(struct policy *p);
/// The same of the reference policy, or NULL as long as it is all zero.
const float *policy_reference(const struct policy *p);
/// Makes the weights of this moment the reference.
void policy_freeze_reference(struct policy *p);

/// logits[i] = logit of candidate i. Every distinct attribute is looked up once, however many
/// candidates have it.
void policy_score(const struct policy *p, const struct features *situation, struct candidates *c,
                  double *logits);
/// The same under the reference policy.
void policy_score_reference(const struct policy *p, const struct features *situation,
                            struct candidates *c, double *logits);

/// One term of a logit: weight[bucket] * value. Also its derivative by that weight is `value`.
struct policy_pair {
    uint32_t bucket;
    uint64_t context, attribute; // keys; context is 0 for "always"
    double value;
};

/// All terms of one candidate's logit, for gradients. Two may share a bucket. Returns how many.
size_t policy_pairs(const struct policy *p, const struct features *situation,
                    const struct feature *attributes, size_t attribute_count,
                    struct policy_pair out[POLICY_PAIRS_MAX]);

/// Weights as bytes (learn/sparse.h), appended to `out`; and back. policy_load leaves the
/// reference and the words alone, and changes nothing if the bytes are wrong.
void policy_save(struct policy *p, struct buf *out);
bool policy_load(struct policy *p, struct view bytes, struct err *err) NODISCARD;
/// Makes saved weights the reference, as after a resume.
bool policy_load_reference(struct policy *p, struct view bytes, struct err *err) NODISCARD;

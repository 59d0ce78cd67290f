#pragma once
// The policy in words: what speaks for and against a candidate, and what was learned.
//
// A bucket's weight can be put in words if policy_note has seen the pair of names that falls into
// it. Learners note each candidate that they learn from; scoring notes nothing and so costs
// nothing. Of two pairs that share a bucket the first one noted is named; how often that happened
// is counted. A feature of the situation that is called "always" reads as the attribute alone: the
// two make one row, with the sum of their weights. Memory is bounded: 4 bytes a bucket and the
// names.

#include "learn/policy.h"

struct policy_reason {
    const char *context;   // "always" for an attribute alone, "?" if its name is not known
    const char *attribute; // "?" if its name is not known
    uint32_t bucket;       // of a sum: the first
    double weight;
    double value;        // of the pair; 1 in policy_strongest
    double contribution; // weight * value
};

/// Why a candidate has its logit: one reason for each pair, the greatest contribution (by size)
/// first, ties by bucket; their contributions add up to the logit. Returns how many.
size_t policy_explain(const struct policy *p, const struct features *situation,
                      const struct candidates *c, size_t candidate,
                      struct policy_reason out[POLICY_PAIRS_MAX]);

/// Notes the words for all pairs of this situation and candidate.
void policy_note(struct policy *p, const struct features *situation, const struct candidates *c,
                 size_t candidate);

/// What was learned: the buckets whose weights differ most from the reference, by size, ties by
/// bucket; `weight` and `contribution` are the difference. Returns how many, at most `max`.
size_t policy_strongest(const struct policy *p, struct policy_reason *out, size_t max);

/// How often policy_note met a bucket that other names own, since the policy was made or loaded.
uint64_t policy_shared_buckets(const struct policy *p);

/// The words as bytes for the run file, appended to `out`; and back into a policy that has noted
/// nothing yet (else it fails). Little-endian: "PSN1", u32 bits, u32 names, u32 owners; each name
/// as u16 length and bytes; each owner as u32 bucket (rising), u16 context, u16 attribute, which
/// are numbers of names from 1, 0 is unknown, and 65535 as context is "always".
void policy_save_names(const struct policy *p, struct buf *out);
bool policy_load_names(struct policy *p, struct view bytes, struct err *err) NODISCARD;

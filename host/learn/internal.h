#pragma once
// What the files of this room share about the policy; no other room includes it.

#include "learn/policy.h"

// The pair of names that a bucket was first used for; numbers of names, 0 is unknown.
struct owner {
    uint16_t context; // OWNER_ALWAYS for an attribute alone
    uint16_t attribute;
};

enum { OWNER_ALWAYS = UINT16_MAX };

struct policy {
    unsigned bits;
    float *weights;
    float *reference; // NULL: all zero
    struct names *names;
    struct owner *owners; // by bucket; NULL until policy_note is first called
    uint64_t shared;
};

/// Where the weight of a pair is; context 0 is "always".
uint32_t policy_bucket(uint64_t context, uint64_t attribute, unsigned bits);

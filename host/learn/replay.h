#pragma once
// What there is to learn from: an append-only list of examples, and the rules by which a night's
// training set is drawn from it (REFERENCE.md 6).
//
// An example is a situation, the set of candidates that was open to the assistant, and which of
// them was chosen over which (DPO, IPO), or one that was good or bad by itself (KTO, SFT). Sets of
// candidates are kept once, however many examples share them, and situations as numbers into a
// list of distinct features, so an example takes about 80 bytes. Not thread-safe; one owner.

#include "base/buf.h"
#include "base/rng.h"
#include "learn/features.h"

enum { EXAMPLE_NONE = UINT16_MAX, REPLAY_MAX = 1 << 24 };

struct example {
    uint32_t set;      // of candidates, from replay_add_set
    uint16_t chosen;   // number of a candidate, or EXAMPLE_NONE: the rejected one was bad by itself
    uint16_t rejected; // or EXAMPLE_NONE: the chosen one was good by itself
    float weight;      // above 0; multiplies the example's loss; usually 1
    uint32_t day;      // on which it was rated; days do not fall from one example to the next
};

struct replay;

struct replay *replay_new(void) NODISCARD;
void replay_free(struct replay *r);

/// Keeps a copy of a set of candidates (at least one) and returns its number; a set with the same
/// attributes and values, added as often as one likes, keeps its number.
uint32_t replay_add_set(struct replay *r, const struct candidates *c);
/// Borrowed until r is freed; only for scoring, not to be changed.
struct candidates *replay_candidates(const struct replay *r, uint32_t set);
size_t replay_sets(const struct replay *r);

/// Adds an example. Fails if the set or a candidate does not exist, if neither or twice the same
/// candidate is named, if a value or the weight is not finite, or if the day is before the last.
bool replay_add(struct replay *r, const struct features *situation, const struct example *e,
                struct err *err) NODISCARD;
size_t replay_count(const struct replay *r);
const struct example *replay_example(const struct replay *r, size_t i); // borrowed until an add
void replay_situation(const struct replay *r, size_t i, struct features *out);

enum replay_rule {
    REPLAY_EQUALLY,    // `count` at random from everything, all if there are fewer
    REPLAY_HALF_TODAY, // all of today's, and as many earlier ones at random (all if fewer)
    REPLAY_ALL
};

struct replay_options {
    enum replay_rule rule;
    size_t count;          // for REPLAY_EQUALLY; equally200 is 200
    double half_life_days; // 0: earlier examples are all as likely; else drawn with probability
                           // proportional to 2^(-age / half_life_days), one after the other
};

/// Draws without repeats; `today` is the day that ended, or the last whose ratings have come in:
/// later examples are left out as if they were not there. Returns how many, written to out, which
/// has room for replay_count(r). Order: REPLAY_ALL as they were added; REPLAY_EQUALLY as drawn,
/// REPLAY_HALF_TODAY today's as they were added, then earlier ones as drawn. A draw of n from m
/// takes n numbers from the stream (rng_below), m numbers (rng_unit) with a half-life, and none
/// where everything is taken. With a half-life, n of m are those with the greatest log(u) / w
/// (Efraimidis and Spirakis 2006), in that order.
size_t replay_draw(const struct replay *r, const struct replay_options *options, uint32_t today,
                   struct rng *rng, uint32_t *out);

/// The examples from number `first` on as bytes, appended to `out`: each night can be saved by
/// itself. replay_load appends them; loading all parts in order gives the same list, and the same
/// draws. Changes nothing if the bytes are wrong. Little-endian:
///
///   "PSX1", u32 features, u32 sets, u32 examples
///   each feature: u64 key, f64 value
///   each set: u16 candidates; each of those: u8 attributes; each of those: u32 feature
///   each example: u32 set, u16 chosen, u16 rejected, f32 weight, u32 day, u8 count of features of
///   its situation, u32 each
///
/// Numbers of features and sets count within these bytes, in the order of first use.
void replay_save(const struct replay *r, size_t first, struct buf *out);
bool replay_load(struct replay *r, struct view bytes, struct err *err) NODISCARD;

#include "memory/embed.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/hash.h"

// Share of a word's weight that its parts have together, and of a pair of words.
static const double parts_weight = 0.8, pair_weight = 0.6, common_weight = 0.15;

enum { WORD_BYTES = 64 }; // longer words are cut into several

struct word {
    char bytes[WORD_BYTES + 2]; // with a boundary mark at either end
    size_t len;                 // without them
    uint64_t hash;
    double weight;
};

static bool is_common(const struct word *w)
{
    static const char *const common[] = {
        "a",    "an",   "the",   "is", "are", "was",  "were", "be",   "been", "am",   "and",
        "or",   "of",   "to",    "in", "on",  "at",   "for",  "with", "from", "by",   "it",
        "its",  "this", "as",    "he", "she", "they", "his",  "her",  "that", "then", "has",
        "have", "had",  "their", "i",  "my",  "you",  "your", "s",    "some", "about"
    };

    for (size_t i = 0; w->len <= 5 && i < sizeof(common) / sizeof(*common); i++)
        if (common[i][0] == w->bytes[1] && strlen(common[i]) == w->len &&
            memcmp(common[i], w->bytes + 1, w->len) == 0)
            return true;
    return false;
}

// The byte as it counts in a word, or 0 if it separates words.
static char word_byte(char c)
{
    if (c >= 'A' && c <= 'Z')
        return (char)(c + ('a' - 'A'));
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 128)
        return c;
    return '\0';
}

static bool next_word(struct view text, size_t *at, struct word *w)
{
    w->len = 0;
    for (; *at < text.len && w->len < WORD_BYTES; ++*at) {
        char c = word_byte(text.data[*at]);
        if (c != '\0')
            w->bytes[++w->len] = c;
        else if (w->len > 0)
            break;
    }
    w->bytes[0] = '^';
    w->bytes[w->len + 1] = '$';
    return w->len > 0;
}

// A feature goes to four places with a sign each, so that two features that share a place by chance
// look a little alike and not the same. FNV's low bits are weak: the hash is mixed first.
static void add_feature(double sum[EMBED_DIM], uint64_t hash, double weight)
{
    hash ^= hash >> 32;
    hash *= UINT64_C(0x9E3779B97F4A7C15);
    hash ^= hash >> 29;
    for (int i = 0; i < 4; i++, hash >>= 9)
        sum[hash & 255] += (hash & 256) != 0 ? weight : -weight;
}

static void add_word(double sum[EMBED_DIM], struct word *w)
{
    double part = 0;

    w->weight = is_common(w) ? common_weight : 1;
    w->hash = hash64_add(HASH64_START, w->bytes + 1, w->len);
    add_feature(sum, w->hash, w->weight);
    part = w->weight * parts_weight / sqrt((double)w->len); // a word of n bytes has n parts
    for (size_t i = 0; i < w->len; i++)
        add_feature(sum, hash64_add(HASH64_START, w->bytes + i, 3), part);
}

void embed_text(struct view text, float out[EMBED_DIM])
{
    _Static_assert(EMBED_DIM == 1 << 8, "add_feature takes eight bits of the hash");
    double sum[EMBED_DIM] = { 0 }, squares = 0, scale = 0;
    struct word words[2];
    size_t at = 0;

    for (size_t n = 0; next_word(text, &at, &words[n % 2]); n++) {
        struct word *w = &words[n % 2], *before = &words[(n + 1) % 2];
        add_word(sum, w);
        if (n > 0)
            add_feature(sum, hash64_u64(before->hash, w->hash),
                        pair_weight * sqrt(w->weight * before->weight));
    }
    for (size_t i = 0; i < EMBED_DIM; i++)
        squares += sum[i] * sum[i];
    scale = squares > 0 ? 1 / sqrt(squares) : 0;
    for (size_t i = 0; i < EMBED_DIM; i++)
        out[i] = (float)(sum[i] * scale);
}

// The replay buffer as bytes; the layout is in learn/replay.h.

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "learn/distinct.h"
#include "learn/replay_inside.h"
#include "learn/sparse.h"

// --- writing

static void add_u64(struct buf *out, uint64_t value)
{
    bytes_add_u32(out, (uint32_t)value);
    bytes_add_u32(out, (uint32_t)(value >> 32));
}

// Numbers the sets and features that the saved examples use, and writes both parts beside.
struct writer {
    const struct replay *r;
    struct distinct *features;
    uint32_t *set_numbers; // by set: number in these bytes + 1
    uint32_t sets;
    struct buf set_bytes, example_bytes;
};

static void write_set(struct writer *w, const struct candidates *c)
{
    struct feature attributes[ATTRIBUTES_MAX];

    bytes_add_u16(&w->set_bytes, (uint16_t)candidates_count(c));
    for (size_t i = 0; i < candidates_count(c); i++) {
        size_t n = candidates_get(c, i, attributes);
        buf_add_char(&w->set_bytes, (char)n);
        for (size_t j = 0; j < n; j++)
            bytes_add_u32(&w->set_bytes, distinct_add(w->features, attributes[j]));
    }
}

static void write_example(struct writer *w, size_t i)
{
    const struct example *e = replay_example(w->r, i);
    struct features situation;
    uint32_t weight = 0;

    if (w->set_numbers[e->set] == 0) {
        write_set(w, w->r->sets[e->set]);
        w->set_numbers[e->set] = ++w->sets;
    }
    replay_situation(w->r, i, &situation);
    memcpy(&weight, &e->weight, sizeof(weight));
    bytes_add_u32(&w->example_bytes, w->set_numbers[e->set] - 1);
    bytes_add_u16(&w->example_bytes, e->chosen);
    bytes_add_u16(&w->example_bytes, e->rejected);
    bytes_add_u32(&w->example_bytes, weight);
    bytes_add_u32(&w->example_bytes, e->day);
    buf_add_char(&w->example_bytes, (char)situation.count);
    for (size_t j = 0; j < situation.count; j++)
        bytes_add_u32(&w->example_bytes, distinct_add(w->features, situation.items[j]));
}

void replay_save(const struct replay *r, size_t first, struct buf *out)
{
    struct writer w = { .r = r, .features = distinct_new() };

    w.set_numbers = mem_calloc(r->set_count, sizeof(*w.set_numbers));
    for (size_t i = first; i < r->count; i++)
        write_example(&w, i);
    buf_add_str(out, "PSX1");
    bytes_add_u32(out, (uint32_t)distinct_count(w.features));
    bytes_add_u32(out, w.sets);
    bytes_add_u32(out, (uint32_t)(first < r->count ? r->count - first : 0));
    for (size_t i = 0; i < distinct_count(w.features); i++) {
        struct feature f = distinct_get(w.features, (uint32_t)i);
        uint64_t bits = 0;
        memcpy(&bits, &f.value, sizeof(bits));
        add_u64(out, f.key);
        add_u64(out, bits);
    }
    buf_add_view(out, buf_view(&w.set_bytes));
    buf_add_view(out, buf_view(&w.example_bytes));
    distinct_free(w.features);
    free(w.set_numbers);
    buf_fini(&w.set_bytes);
    buf_fini(&w.example_bytes);
}

// --- reading

struct reader {
    struct view left;
    bool short_of; // ran out of bytes
    struct feature *features;
    uint32_t feature_count;
    uint32_t *sets; // numbers in the replay buffer
    uint32_t set_count;
};

static uint64_t read(struct reader *rd, size_t bytes)
{
    uint64_t value = 0;

    if (rd->left.len < bytes) {
        rd->short_of = true;
        rd->left.len = 0;
        return 0;
    }
    for (size_t i = 0; i < bytes; i++)
        value |= (uint64_t)(unsigned char)rd->left.data[i] << (8 * i);
    rd->left.data += bytes;
    rd->left.len -= bytes;
    return value;
}

// Each of `count` things takes at least `least` bytes, so a count that lies allocates nothing.
static bool read_count(struct reader *rd, size_t least, uint32_t *count, struct err *err)
{
    *count = (uint32_t)read(rd, 4);
    if (rd->short_of || *count > rd->left.len / least)
        return err_set(err, "saved examples are cut");
    return true;
}

static bool read_features(struct reader *rd, struct err *err)
{
    rd->features = mem_calloc(rd->feature_count, sizeof(*rd->features));
    for (uint32_t i = 0; i < rd->feature_count; i++) {
        uint64_t bits = 0;
        rd->features[i].key = read(rd, 8);
        bits = read(rd, 8);
        memcpy(&rd->features[i].value, &bits, sizeof(bits));
        if (rd->short_of || rd->features[i].key == 0 || !isfinite(rd->features[i].value))
            return err_set(err, "saved examples: feature %" PRIu32 " is cut or not valid", i);
    }
    return true;
}

static bool read_feature(struct reader *rd, struct feature *out, struct err *err)
{
    uint32_t number = (uint32_t)read(rd, 4);

    if (rd->short_of || number >= rd->feature_count)
        return err_set(err, "saved examples are cut, or name feature %" PRIu32 " of %" PRIu32,
                       number, rd->feature_count);
    *out = rd->features[number];
    return true;
}

static bool read_set(struct reader *rd, struct candidates *c, struct err *err)
{
    size_t count = read(rd, 2);

    candidates_clear(c);
    for (size_t i = 0; i < count && !rd->short_of; i++) {
        size_t attributes = read(rd, 1);
        if (!candidates_open(c, err))
            return false;
        for (size_t j = 0; j < attributes; j++) {
            struct feature f;
            if (!read_feature(rd, &f, err) || !candidates_add_key(c, f.key, f.value, err))
                return false;
        }
    }
    if (rd->short_of || count == 0)
        return err_set(err, "saved examples: a set of candidates is cut or empty");
    return true;
}

static bool read_sets(struct reader *rd, struct replay *r, struct err *err)
{
    struct candidates *c = candidates_new();
    bool ok = true;

    rd->sets = mem_calloc(rd->set_count, sizeof(*rd->sets));
    for (uint32_t i = 0; i < rd->set_count && ok; i++) {
        ok = read_set(rd, c, err);
        if (ok)
            rd->sets[i] = replay_add_set(r, c);
    }
    candidates_free(c);
    return ok;
}

static bool read_example(struct reader *rd, struct replay *r, struct err *err)
{
    struct features situation = { 0 };
    struct example e = { 0 };
    uint32_t set = (uint32_t)read(rd, 4), weight = 0;
    size_t count = 0;

    e.chosen = (uint16_t)read(rd, 2);
    e.rejected = (uint16_t)read(rd, 2);
    weight = (uint32_t)read(rd, 4);
    memcpy(&e.weight, &weight, sizeof(weight));
    e.day = (uint32_t)read(rd, 4);
    count = read(rd, 1);
    if (rd->short_of || set >= rd->set_count || count > FEATURES_MAX)
        return err_set(err, "saved examples are cut, or an example has a wrong set or count");
    e.set = rd->sets[set];
    for (; situation.count < count; situation.count++)
        if (!read_feature(rd, &situation.items[situation.count], err))
            return false;
    return replay_add(r, &situation, &e, err);
}

// Forgets what was added; distinct features that nobody uses any more do no harm.
static void shrink(struct replay *r, size_t count, size_t situations, size_t sets)
{
    while (r->set_count > sets)
        candidates_free(r->sets[--r->set_count]);
    r->count = count;
    r->situation_count = situations;
}

bool replay_load(struct replay *r, struct view bytes, struct err *err)
{
    size_t count = r->count, situations = r->situation_count, sets = r->set_count;
    struct reader rd = { .left = bytes };
    uint32_t examples = 0;
    bool ok = false;

    if (!view_starts(bytes, "PSX1"))
        return err_set(err, "these bytes are no saved examples (they should start with PSX1)");
    read(&rd, 4);
    if (!read_count(&rd, 16, &rd.feature_count, err) || !read_count(&rd, 3, &rd.set_count, err) ||
        !read_count(&rd, 17, &examples, err))
        goto done;
    if (!read_features(&rd, err) || !read_sets(&rd, r, err))
        goto done;
    for (uint32_t i = 0; i < examples; i++)
        if (!read_example(&rd, r, err))
            goto done;
    if (rd.left.len != 0)
        err_set(err, "saved examples: %zu bytes too many", rd.left.len);
    else
        ok = true;
done:
    if (!ok)
        shrink(r, count, situations, sets);
    free(rd.features);
    free(rd.sets);
    return ok;
}

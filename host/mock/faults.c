#include "mock/faults.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

static const char *const names[FAULT_COUNT] = {
    [FAULT_NONE] = "none",         [FAULT_BUSY] = "429",    [FAULT_ERROR] = "500",
    [FAULT_RESET] = "reset",       [FAULT_HALF] = "half",   [FAULT_HANG] = "hang",
    [FAULT_NOT_JSON] = "not-json", [FAULT_HTML] = "html",   [FAULT_SCHEMA] = "schema",
    [FAULT_REFUSAL] = "refusal",   [FAULT_EMPTY] = "empty", [FAULT_LENGTH] = "length",
    [FAULT_DRIP] = "drip",
};

const char *fault_name(enum fault f)
{
    return names[f];
}

bool fault_is_answer(enum fault f)
{
    return f == FAULT_SCHEMA || f == FAULT_REFUSAL || f == FAULT_EMPTY || f == FAULT_LENGTH;
}

static bool no_such_kind(const char *item, size_t len, struct err *err)
{
    struct buf list = { 0 };

    for (int f = FAULT_NONE + 1; f < FAULT_COUNT; f++)
        buf_addf(&list, "%s, ", names[f]);
    err_set(err, "'%.*s' is no kind of fault; there are %sand all", (int)len, item, buf_str(&list));
    buf_fini(&list);
    return false;
}

// One "kind=rate".
static bool read_item(const char *item, size_t len, struct faults *out, struct err *err)
{
    const char *equals = memchr(item, '=', len);
    size_t name_len = equals != NULL ? (size_t)(equals - item) : len;
    char *end = NULL;
    double rate = equals != NULL ? strtod(equals + 1, &end) : -1;
    struct view name = { item, name_len };
    bool all = view_equal(name, view_of("all")), known = all;

    if (equals == NULL || end == equals + 1 || end != item + len || !(rate >= 0 && rate <= 1))
        return err_set(err, "a fault is written KIND=RATE with a rate from 0 to 1, not '%.*s'",
                       (int)len, item);
    for (int f = FAULT_NONE + 1; f < FAULT_COUNT; f++) {
        if (!all && !view_equal(name, view_of(names[f])))
            continue;
        out->rate[f] = rate;
        known = true;
    }
    return known ? true : no_such_kind(item, name_len, err);
}

bool faults_parse(const char *text, struct faults *out, struct err *err)
{
    struct faults f = { { 0 } };
    double sum = 0;

    for (const char *item = text; *item != '\0';) {
        size_t len = strcspn(item, ",");
        if (!read_item(item, len, &f, err))
            return false;
        item += len;
        item += *item == ',';
    }
    for (int i = FAULT_NONE + 1; i < FAULT_COUNT; i++)
        sum += f.rate[i];
    if (sum > 1 + 1e-9)
        return err_set(err, "the rates of all faults together are %g; they may be 1 at most", sum);
    *out = f;
    return true;
}

enum fault faults_draw(const struct faults *f, struct rng *rng)
{
    double at = rng_unit(rng), sum = 0;

    for (int i = FAULT_NONE + 1; i < FAULT_COUNT; i++) {
        sum += f->rate[i];
        if (at < sum)
            return (enum fault)i;
    }
    return FAULT_NONE;
}

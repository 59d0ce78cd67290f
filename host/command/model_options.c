#include "command/model_options.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const int64_t day_ms = 86400000;

static bool read_number(const char *option, const char *text, double least, double *out,
                        struct err *err)
{
    char *end = NULL;

    errno = 0;
    *out = strtod(text, &end);
    if (end == text || *end != '\0' || errno != 0 || !isfinite(*out) || *out < least || *out > 1e15)
        return err_set(err, "%s must be a number of at least %g, not '%s'", option, least, text);
    return true;
}

// "90", "90s", "10m", "2h", "1d"
static bool read_duration(const char *text, int64_t *ms, struct err *err)
{
    static const char units[] = "smhd";
    static const double seconds[] = { 1, 60, 3600, 86400 };
    char *end = NULL;
    double value = strtod(text, &end);
    const char *unit = *end != '\0' ? strchr(units, *end) : units;

    if (end == text || unit == NULL || (*end != '\0' && end[1] != '\0') || !(value > 0) ||
        value > 1e6)
        return err_set(err, "--wait-for-endpoint must be a time such as 90s, 10m or 2h, not '%s'",
                       text);
    *ms = (int64_t)(value * seconds[unit - units] * 1000);
    return true;
}

bool model_options_take(struct roles_options *o, int letter, const char *argument, struct err *err)
{
    double number = 0;

    switch (letter) {
    case MODEL_REPLIES: o->replies_path = argument; return true;
    case MODEL_REPLIES_MODE:
        return reply_mode_parse(argument, &o->replies, err) || err_wrap(err, "--replies-mode");
    case MODEL_MAX_COST: return read_number("--max-cost", argument, 1e-9, &o->limits.cost, err);
    case MODEL_MAX_REQUESTS:
        if (!read_number("--max-requests", argument, 1, &number, err))
            return false;
        o->limits.requests = (int64_t)number;
        return true;
    case MODEL_WAIT:
        o->wait_ms = day_ms;
        return argument == NULL || read_duration(argument, &o->wait_ms, err);
    default: return err_set(err, "unknown option or missing value: see above");
    }
}

bool model_options_check(const struct roles_options *o, struct err *err)
{
    if (o->replies == REPLIES_RECORD && o->replies_path == NULL)
        return err_set(err, "--replies-mode record needs a file to record into: --replies FILE");
    return true;
}

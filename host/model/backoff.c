#include "model/backoff.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const double longest_s = 30 * 86400.0;

int64_t backoff_ms(struct rng *jitter, int64_t tries, int64_t base, int64_t max)
{
    double ms = (double)base * pow(2, (double)(tries < 40 ? tries : 40));

    if (ms > (double)max)
        ms = (double)max;
    return (int64_t)ceil(ms * (0.5 + 0.5 * rng_unit(jitter)));
}

// A number without sign; below 0 if it is none.
static double number(const char *text)
{
    char *end = NULL;
    double n = 0;

    if (!isdigit((unsigned char)text[0]))
        return -1;
    n = strtod(text, &end);
    return *end == '\0' && isfinite(n) ? n : -1;
}

int64_t backoff_asked_ms(const char *retry_after, const char *retry_after_ms)
{
    struct tm date = { 0 };
    double s = number(retry_after_ms) / 1000;
    const char *end = NULL;

    if (s < 0)
        s = number(retry_after);
    if (s < 0 && (end = strptime(retry_after, "%a, %d %b %Y %H:%M:%S GMT", &date)) != NULL &&
        *end == '\0')
        s = difftime(timegm(&date), time(NULL)); // a wait, never a result
    if (s <= 0)
        return 0;
    return (int64_t)ceil((s > longest_s ? longest_s : s) * 1000);
}

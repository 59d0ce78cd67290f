#include "interop/reverie_time.h"

#include <stdio.h>
#include <string.h>

#include "base/simtime.h"

static const char *const months[] = { "January",   "February", "March",    "April",
                                      "May",       "June",     "July",     "August",
                                      "September", "October",  "November", "December" };

void reverie_date_format(int64_t time_s, char out[REVERIE_TIME_BYTES])
{
    struct civil c = simtime_civil(time_s);

    snprintf(out, REVERIE_TIME_BYTES, "%s %02d, %04d", months[c.month - 1], c.day, c.year);
}

void reverie_time_format(int64_t time_s, char out[REVERIE_TIME_BYTES])
{
    struct civil c = simtime_civil(time_s);
    size_t len = 0;

    reverie_date_format(time_s, out);
    len = strlen(out);
    snprintf(out + len, REVERIE_TIME_BYTES - len, ", %02d:%02d:%02d", c.hour, c.minute, c.second);
}

bool reverie_time_parse(struct view text, const char *key, int64_t *time_s, struct err *err)
{
    char line[64], month[16];
    int day = 0, year = 0, hour = 0, minute = 0, second = 0, date_end = -1, time_end = -1;

    snprintf(line, sizeof(line), "%.*s", (int)(text.len < 63 ? text.len : 63), text.data);
    sscanf(line, "%15[A-Za-z] %2d, %4d%n, %2d:%2d:%2d%n", month, &day, &year, &date_end, &hour,
           &minute, &second, &time_end);
    if (text.len < sizeof(line) && (date_end == (int)text.len || time_end == (int)text.len)) {
        for (int m = 0; m < 12; m++) {
            if (strcmp(month, months[m]) != 0 || day < 1 || year < 1)
                continue;
            snprintf(line, sizeof(line), "%04d-%02d-%02d %02d:%02d:%02d", year, m + 1, day, hour,
                     minute, second);
            return simtime_parse(line, time_s, err) ? true : err_wrap(err, "`%s`", key);
        }
    }
    return err_set(err, "`%s` must be a date such as \"February 13, 2025\", not \"%.*s\"", key,
                   (int)(text.len < 40 ? text.len : 40), text.data);
}

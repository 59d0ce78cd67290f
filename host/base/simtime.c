#include "base/simtime.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

struct civil simtime_civil(int64_t time_s)
{
    time_t t = (time_t)time_s;
    struct tm tm = { 0 };

    gmtime_r(&t, &tm);
    return (struct civil){ .year = tm.tm_year + 1900,
                           .month = tm.tm_mon + 1,
                           .day = tm.tm_mday,
                           .hour = tm.tm_hour,
                           .minute = tm.tm_min,
                           .second = tm.tm_sec,
                           .weekday = tm.tm_wday == 0 ? 7 : tm.tm_wday };
}

int64_t simtime_from_civil(int year, int month, int day, int hour, int minute, int second)
{
    struct tm tm = { .tm_year = year - 1900,
                     .tm_mon = month - 1,
                     .tm_mday = day,
                     .tm_hour = hour,
                     .tm_min = minute,
                     .tm_sec = second };

    return (int64_t)timegm(&tm);
}

bool simtime_parse(const char *text, int64_t *time_s, struct err *err)
{
    int y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0, used = 0;
    size_t len = strlen(text);
    char again[20];

    if (len == 10 && sscanf(text, "%4d-%2d-%2d%n", &y, &mo, &d, &used) == 3 && used == 10)
        h = mi = s = 0;
    else if (len != 19 ||
             sscanf(text, "%4d-%2d-%2d %2d:%2d:%2d%n", &y, &mo, &d, &h, &mi, &s, &used) != 6 ||
             used != 19)
        return err_set(err, "'%.40s' is not a date; write it as 2025-02-13 or 2025-02-13 07:30:00",
                       text);
    *time_s = simtime_from_civil(y, mo, d, h, mi, s);
    simtime_format(*time_s, again);
    if (strncmp(again, text, len) != 0)
        return err_set(err, "'%s' is no day of the calendar or no time of the day", text);
    return true;
}

void simtime_format(int64_t time_s, char out[20])
{
    struct civil c = simtime_civil(time_s);

    snprintf(out, 20, "%04u-%02u-%02u %02u:%02u:%02u", (unsigned)c.year % 10000u,
             (unsigned)c.month % 100u, (unsigned)c.day % 100u, (unsigned)c.hour % 100u,
             (unsigned)c.minute % 100u, (unsigned)c.second % 100u);
}

void simtime_format_date(int64_t time_s, char out[40])
{
    static const char *const days[] = { "Monday", "Tuesday",  "Wednesday", "Thursday",
                                        "Friday", "Saturday", "Sunday" };
    static const char *const months[] = { "January",   "February", "March",    "April",
                                          "May",       "June",     "July",     "August",
                                          "September", "October",  "November", "December" };
    struct civil c = simtime_civil(time_s);

    snprintf(out, 40, "%s %s %u, %u", days[c.weekday - 1], months[c.month - 1],
             (unsigned)c.day % 100u, (unsigned)c.year % 10000u);
}

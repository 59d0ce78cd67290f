#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool err_set(struct err *err, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    vsnprintf(err->text, sizeof(err->text), fmt, args);
    va_end(args);
    return false;
}

bool err_wrap(struct err *err, const char *fmt, ...)
{
    char inner[ERR_TEXT_BYTES];
    va_list args;
    int len = 0;

    memcpy(inner, err->text, sizeof(inner));
    va_start(args, fmt);
    len = vsnprintf(err->text, sizeof(err->text), fmt, args);
    va_end(args);
    if (len >= 0 && (size_t)len + 3 < sizeof(err->text)) {
        size_t room = sizeof(err->text) - (size_t)len - 3; // for the text and its zero byte
        memcpy(err->text + len, ": ", 2);
        memccpy(err->text + len + 2, inner, '\0', room);
        err->text[sizeof(err->text) - 1] = '\0';
    }
    return false;
}

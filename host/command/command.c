#include "command/command.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

int command_fail(int code, const struct err *err)
{
    fprintf(stderr, "propersim: %s\n", err->text);
    return code;
}

int command_usage(const struct command *command, const char *fmt, ...)
{
    va_list args;

    fprintf(stderr, "propersim %s: ", command->name);
    va_start(args, fmt);
    vfprintf(stderr, fmt, args);
    va_end(args);
    fprintf(stderr, "\n  See propersim %s --help.\n", command->name);
    return EXIT_WRONG_INPUT;
}

bool command_int(const char *option, const char *text, int min, int max, int *out, struct err *err)
{
    char *end = NULL;
    long value = 0;

    errno = 0;
    value = strtol(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0' || value < min || value > max)
        return err_set(err, "%s must be a whole number from %d to %d, not '%s'", option, min, max,
                       text);
    *out = (int)value;
    return true;
}

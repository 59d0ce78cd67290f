#include "command/policy_print.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "learn/words.h"

static bool starts_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

static bool is_speaking(const struct policy_reason *r)
{
    return strcmp(r->attribute, "say") == 0 || strcmp(r->attribute, "silent") == 0;
}

static bool is_topic(const struct policy_reason *r)
{
    return starts_with(r->attribute, "topic=") &&
           (starts_with(r->context, "activity=") || strcmp(r->context, "always") == 0);
}

static bool is_tone(const struct policy_reason *r)
{
    return starts_with(r->attribute, "tone=");
}

static const struct section {
    const char *title;
    bool (*has)(const struct policy_reason *r);
} sections[] = {
    { "When it speaks or stays silent", is_speaking },
    { "Which topics, during what", is_topic },
    { "In which tone, and when", is_tone },
};

// To speak more is to be silent less: is there the row that says so from the other side?
static bool is_mirrored(const struct policy_reason *r, const struct policy_reason *all,
                        size_t count)
{
    for (size_t i = 0; i < count && strcmp(r->attribute, "say") == 0; i++) {
        if (strcmp(all[i].attribute, "silent") == 0 && strcmp(all[i].context, r->context) == 0)
            return true;
    }
    return false;
}

static void print_reason(const struct policy_reason *r)
{
    struct buf line = { 0 };

    policy_say_act(&line, r->attribute);
    buf_add_str(&line, ", ");
    policy_say_moment(&line, r->context);
    printf("  %+8.3f  %s %s\n", r->weight, r->weight > 0 ? "rather" : "less often", buf_str(&line));
    buf_fini(&line);
}

enum sign { RATHER, LESS_OFTEN, EITHER };

// The first `most` rows of a kind (NULL: of any) and sign. Returns how many there were.
static size_t print_rows(const struct policy_reason *rows, size_t count,
                         bool (*has)(const struct policy_reason *r), enum sign sign, size_t most)
{
    size_t printed = 0;

    for (size_t i = 0; i < count && printed < most; i++) {
        if ((has != NULL && !has(&rows[i])) || is_mirrored(&rows[i], rows, count) ||
            (sign != EITHER && (rows[i].weight > 0) != (sign == RATHER)))
            continue;
        print_reason(&rows[i]);
        printed++;
    }
    return printed;
}

// Half of the lines say what it rather does, the others what it does less often.
static size_t print_section(const struct section *section, const struct policy_reason *rows,
                            size_t count, size_t most)
{
    size_t printed = print_rows(rows, count, section->has, RATHER, (most + 1) / 2);

    return printed + print_rows(rows, count, section->has, LESS_OFTEN, most - printed);
}

void policy_print(const struct policy *p, size_t count, bool all)
{
    size_t most = (size_t)1 << POLICY_BITS;
    struct policy_reason *rows = mem_calloc(most, sizeof(*rows));
    size_t n = policy_strongest(p, rows, most);

    if (all && print_rows(rows, n, NULL, EITHER, count) == 0)
        printf("  nothing yet\n");
    for (size_t i = 0; !all && i < sizeof(sections) / sizeof(*sections); i++) {
        printf("%s\n", sections[i].title);
        if (print_section(&sections[i], rows, n, count) == 0)
            printf("  nothing yet\n");
    }
    free(rows);
}

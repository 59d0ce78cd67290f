#include "text/regex.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/mem.h"
#include "text/utf8.h"

// PCRE2 counts its match limit anew from every starting place, so on a long subject it bounds
// nothing: (a*)\1[bc] on 50,000 letters ran for minutes. So every item of a pattern is compiled
// with a callout, which costs some nanoseconds, and the callouts count the work of a whole search.
// The limits come to about 0.05 s on a model's reply and 1 s on a megabyte; patterns that read each
// sentence from each of its characters need about 100 units a byte.
#define WORK_BASE UINT64_C(10000000)
#define WORK_PER_BYTE UINT64_C(200)
enum {
    MATCH_LIMIT = 10000000,
    DEPTH_LIMIT = 1000000, // the interpreter's; it runs only where there is no JIT
    HEAP_LIMIT_KIB = 64 << 10,
    JIT_STACK_MIN_BYTES = 32 << 10,
    JIT_STACK_MAX_BYTES = 8 << 20,
    SHOWN_BYTES = 200, // of a pattern in a message
};

// The meter of the match that is running.
struct meter {
    uint64_t work; // left
    size_t last;   // the place of the previous callout
    bool weigh_captures;
};

struct regex {
    pcre2_code *code;
    pcre2_match_data *match;
    pcre2_match_context *context;
    pcre2_jit_stack *stack; // NULL without JIT
    struct buf pattern;
    char **names; // of group i; NULL if it has none
    size_t group_count;
    struct meter meter;
};

// What happened since the last callout is at most one item over the characters between the two
// places. A back reference that fails leaves no trace but has compared up to a whole capture.
static int count_work(pcre2_callout_block *block, void *user)
{
    struct meter *m = user;
    size_t here = block->current_position;
    uint64_t cost = 1 + (here > m->last ? here - m->last : m->last - here);

    if (m->weigh_captures) {
        for (uint32_t i = 1; i < block->capture_top; i++) {
            PCRE2_SIZE from = block->offset_vector[2 * i], to = block->offset_vector[2 * i + 1];
            if (from != PCRE2_UNSET && to > from)
                cost += (to - from) / 16; // a comparison is faster than a step of the matcher
        }
    }
    m->last = here;
    if (cost > m->work)
        return PCRE2_ERROR_MATCHLIMIT;
    m->work -= cost;
    return 0;
}

static bool fail(const struct regex *re, struct err *err, const char *fmt, ...) PRINTF_LIKE(3, 4);
static bool fail(const struct regex *re, struct err *err, const char *fmt, ...)
{
    char what[512];
    struct view shown = utf8_cut(buf_view(&re->pattern), SHOWN_BYTES);
    va_list args;

    va_start(args, fmt);
    vsnprintf(what, sizeof(what), fmt, args);
    va_end(args);
    return err_set(err, "pattern `%.*s`%s", (int)shown.len, shown.data, what);
}

static uint32_t options_of(unsigned flags)
{
    uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C | PCRE2_AUTO_CALLOUT;

    options |= flags & REGEX_CASELESS ? PCRE2_CASELESS : 0;
    options |= flags & REGEX_MULTILINE ? PCRE2_MULTILINE : 0;
    options |= flags & REGEX_DOTALL ? PCRE2_DOTALL : 0;
    options |= flags & REGEX_EXTENDED ? PCRE2_EXTENDED : 0;
    return options;
}

static void read_groups(struct regex *re)
{
    uint32_t groups = 0, names = 0, entry_bytes = 0, back_references = 0;
    PCRE2_SPTR table = NULL;

    pcre2_pattern_info(re->code, PCRE2_INFO_CAPTURECOUNT, &groups);
    pcre2_pattern_info(re->code, PCRE2_INFO_NAMECOUNT, &names);
    pcre2_pattern_info(re->code, PCRE2_INFO_NAMEENTRYSIZE, &entry_bytes);
    pcre2_pattern_info(re->code, PCRE2_INFO_NAMETABLE, &table);
    pcre2_pattern_info(re->code, PCRE2_INFO_BACKREFMAX, &back_references);
    re->group_count = groups;
    re->meter.weigh_captures = back_references > 0;
    re->names = mem_calloc(groups + 1, sizeof(*re->names));
    for (uint32_t i = 0; i < names; i++) {
        // An entry is the group's number in two bytes, high byte first, and the name.
        PCRE2_SPTR entry = table + (size_t)i * entry_bytes;
        size_t group = (size_t)entry[0] << 8 | entry[1];
        free(re->names[group]);
        re->names[group] = mem_strdup((const char *)entry + 2);
    }
}

static bool compile(struct regex *re, unsigned flags, struct err *err)
{
    int code = 0;
    PCRE2_SIZE offset = 0;

    if (re->pattern.len > REGEX_PATTERN_MAX_BYTES)
        return fail(re, err, " and what follows is longer than 64 KiB");
    re->code = pcre2_compile((PCRE2_SPTR)buf_str(&re->pattern), re->pattern.len, options_of(flags),
                             &code, &offset, NULL);
    if (re->code == NULL) {
        PCRE2_UCHAR why[256];
        struct view before = utf8_cut(buf_view(&re->pattern), offset);
        pcre2_get_error_message(code, why, sizeof(why));
        return fail(re, err, ", character %zu: %s", utf8_count(before) + 1, (const char *)why);
    }
    re->match = pcre2_match_data_create_from_pattern(re->code, NULL);
    re->context = pcre2_match_context_create(NULL);
    if (re->match == NULL || re->context == NULL)
        return fail(re, err, ": there is not enough memory to compile it");
    pcre2_set_match_limit(re->context, MATCH_LIMIT);
    pcre2_set_depth_limit(re->context, DEPTH_LIMIT);
    pcre2_set_heap_limit(re->context, HEAP_LIMIT_KIB);
    pcre2_set_callout(re->context, count_work, &re->meter);
    // Where machine code is forbidden PCRE2 interprets the pattern: slower, with the same results.
    if (pcre2_jit_compile(re->code, PCRE2_JIT_COMPLETE) == 0) {
        re->stack = pcre2_jit_stack_create(JIT_STACK_MIN_BYTES, JIT_STACK_MAX_BYTES, NULL);
        pcre2_jit_stack_assign(re->context, NULL, re->stack);
    }
    read_groups(re);
    return true;
}

struct regex *regex_compile(struct view pattern, unsigned flags, struct err *err)
{
    struct regex *re = mem_calloc(1, sizeof(*re));

    buf_add_view(&re->pattern, pattern);
    if (compile(re, flags, err))
        return re;
    regex_free(re);
    return NULL;
}

void regex_free(struct regex *re)
{
    if (re == NULL)
        return;
    for (size_t i = 0; re->names != NULL && i <= re->group_count; i++)
        free(re->names[i]);
    free(re->names);
    pcre2_jit_stack_free(re->stack);
    pcre2_match_context_free(re->context);
    pcre2_match_data_free(re->match);
    pcre2_code_free(re->code);
    buf_fini(&re->pattern);
    free(re);
}

size_t regex_group_count(const struct regex *re)
{
    return re->group_count;
}

const char *regex_group_name(const struct regex *re, size_t group)
{
    assert(group >= 1 && group <= re->group_count);
    return re->names[group];
}

bool regex_search_start(struct regex_search *search, struct view subject, struct err *err)
{
    size_t bad = 0;

    if (subject.len > REGEX_SUBJECT_MAX_BYTES)
        return err_set(err, "the text is %zu bytes long; patterns search at most %d", subject.len,
                       REGEX_SUBJECT_MAX_BYTES);
    if (!utf8_valid(subject, &bad))
        return err_set(err, "the text is not valid UTF-8 at byte %zu", bad);
    *search = (struct regex_search){
        .subject = subject.len == 0 ? view_of("") : subject,
        .work = WORK_BASE + WORK_PER_BYTE * subject.len,
    };
    return true;
}

static bool explain(const struct regex *re, int code, size_t bytes, struct err *err)
{
    PCRE2_UCHAR why[256];

    switch (code) {
    case PCRE2_ERROR_MATCHLIMIT:
    case PCRE2_ERROR_DEPTHLIMIT:
    case PCRE2_ERROR_HEAPLIMIT:
    case PCRE2_ERROR_JIT_STACKLIMIT:
        return fail(re, err, " needs too much work on a text of %zu bytes; make it simpler", bytes);
    default:
        pcre2_get_error_message(code, why, sizeof(why));
        return fail(re, err, ": %s", (const char *)why);
    }
}

enum regex_result regex_search_next(struct regex_search *search, struct regex *re,
                                    struct view *groups, size_t group_max, struct err *err)
{
    struct view subject = search->subject;
    const PCRE2_SIZE *offsets = pcre2_get_ovector_pointer(re->match);
    uint32_t ignored = 0;
    int code = 0;

    if (search->at > subject.len)
        return REGEX_NO_MATCH;
    re->meter.work = search->work;
    re->meter.last = search->at;
    code = pcre2_match(re->code, (PCRE2_SPTR)subject.data, subject.len, search->at,
                       PCRE2_NO_UTF_CHECK, re->match, re->context);
    search->work = re->meter.work;
    search->at = subject.len + 1;
    if (code == PCRE2_ERROR_NOMATCH)
        return REGEX_NO_MATCH;
    if (code < 0) {
        explain(re, code, subject.len, err);
        return REGEX_ERROR;
    }
    for (size_t i = 0; i < group_max; i++) {
        bool took_part = i < (size_t)code && offsets[2 * i] != PCRE2_UNSET;
        groups[i] = (struct view){ 0 };
        if (took_part)
            groups[i] = (struct view){ .data = subject.data + offsets[2 * i],
                                       .len = offsets[2 * i + 1] - offsets[2 * i] };
    }
    // An empty match is followed by a step over one character, or it would be found for ever.
    search->at = offsets[1];
    if (offsets[1] == offsets[0]) {
        size_t len = utf8_decode(subject, search->at, &ignored);
        search->at += len == 0 ? 1 : len;
    }
    return REGEX_MATCH;
}

enum regex_result regex_match(struct regex *re, struct view subject, struct view *groups,
                              size_t group_max, struct err *err)
{
    struct regex_search search = { .at = 0 };

    if (!regex_search_start(&search, subject, err))
        return REGEX_ERROR;
    return regex_search_next(&search, re, groups, group_max, err);
}

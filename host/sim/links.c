#include "sim/links.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "script/script.h"
#include "script/texts.h"

enum { NAME_BYTES = 64, MAX_LINKS = 64 };

// A local name for a module.
struct link {
    char name[NAME_BYTES], module[TEXTS_MAX_PATH];
};

struct scan {
    struct script *script;
    const struct text_file *file;
    struct link links[MAX_LINKS];
    size_t count;
    int line;
};

static bool is_name_char(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

// Copies the name that starts at *at, and moves *at behind it. False if there is none, or it is too
// long to be one of ours.
static bool take_name(const char **at, const char *end, char out[NAME_BYTES])
{
    size_t len = 0;

    while (*at < end && is_name_char(**at) && len + 1 < NAME_BYTES)
        out[len++] = *(*at)++;
    out[len] = '\0';
    return len > 0 && !(*at < end && is_name_char(**at));
}

static bool skip(const char **at, const char *end, const char *text)
{
    size_t len = strlen(text);

    if ((size_t)(end - *at) < len || memcmp(*at, text, len) != 0)
        return false;
    *at += len;
    return true;
}

// local NAME = require "MODULE"
static void read_require(struct scan *s, const char *at, const char *end)
{
    struct link link;
    size_t len = 0;
    char quote = 0;

    if (!skip(&at, end, "local ") || !take_name(&at, end, link.name) ||
        !skip(&at, end, " = require ") || at == end)
        return;
    quote = *at++;
    if (quote != '"' && quote != '\'')
        return;
    while (at < end && *at != quote && len + 1 < sizeof(link.module))
        link.module[len++] = *at++;
    link.module[len] = '\0';
    if (at < end && s->count < MAX_LINKS)
        s->links[s->count++] = link;
}

static bool is_host_function(const struct script *script, const char *module, const char *function)
{
    const struct script_module *m = NULL;

    for (size_t i = 0; (m = script_module_at(script, i)) != NULL; i++) {
        if (strcmp(m->name, module) != 0)
            continue;
        for (const struct script_function *f = m->functions; f->name != NULL; f++) {
            if (strcmp(f->name, function) == 0)
                return true;
        }
    }
    return false;
}

static bool check_call(struct scan *s, const struct link *link, const char *function,
                       struct err *err)
{
    char path[TEXTS_MAX_PATH];

    if (!script_is_loaded(s->script, link->module) ||
        is_host_function(s->script, link->module, function) ||
        script_has(s->script, link->module, function))
        return true;
    if (!texts_module_path(link->module, path))
        snprintf(path, sizeof(path), "the module %s", link->module);
    return err_set(err, "%s: has no function '%s', which %s:%d calls", path, function,
                   s->file->path, s->line);
}

// Each NAME.FUNCTION( of the line.
static bool check_line(struct scan *s, const char *begin, const char *end, struct err *err)
{
    for (const char *at = begin; at < end;) {
        char name[NAME_BYTES], function[NAME_BYTES];
        bool is_start = at == begin || (at[-1] != '.' && at[-1] != ':');
        if (at + 1 < end && at[0] == '-' && at[1] == '-')
            return true;
        if (!is_name_char(*at)) {
            at++;
            continue;
        }
        if (!take_name(&at, end, name)) {
            while (at < end && is_name_char(*at))
                at++;
            continue;
        }
        if (!is_start || !skip(&at, end, ".") || !take_name(&at, end, function) || at == end ||
            *at != '(')
            continue;
        for (size_t i = 0; i < s->count; i++) {
            if (strcmp(s->links[i].name, name) == 0 && !check_call(s, &s->links[i], function, err))
                return false;
        }
    }
    return true;
}

static bool check_file(struct scan *s, struct err *err)
{
    const char *at = s->file->text.data, *end = at + s->file->text.len;

    s->count = 0;
    s->line = 0;
    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        if (stop == NULL)
            stop = end;
        s->line++;
        read_require(s, at, stop);
        if (!check_line(s, at, stop, err))
            return false;
        at = stop + 1;
    }
    return true;
}

bool links_check(struct script *script, const struct texts *texts, struct err *err)
{
    struct scan s = { .script = script };

    for (size_t i = 0; i < texts_count(texts); i++) {
        s.file = texts_at(texts, i);
        if (strncmp(s.file->path, "scripts/", strlen("scripts/")) == 0 && !check_file(&s, err))
            return false;
    }
    return true;
}

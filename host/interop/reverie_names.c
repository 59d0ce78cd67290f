// Names from outside, made fit to be printed and to name files.
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "interop/reverie_parts.h"
#include "text/utf8.h"

char *reverie_printable(const char *name)
{
    struct buf text = { 0 };

    buf_add_str(&text, name);
    utf8_sanitize(&text);
    for (size_t i = 0; i < text.len; i++) {
        if (iscntrl((unsigned char)text.data[i]))
            text.data[i] = '?';
        // the control characters U+0080 to U+009F
        if (i > 0 && (unsigned char)text.data[i - 1] == 0xc2 && (unsigned char)text.data[i] < 0xa0)
            text.data[i - 1] = text.data[i] = '?';
    }
    return buf_take(&text);
}

void reverie_make_id(char out[REVERIE_ID_BYTES], const char *prefix, const char *name)
{
    size_t len = (size_t)snprintf(out, REVERIE_ID_BYTES, "%s", prefix);

    while (*name != '\0' && !isalnum((unsigned char)*name))
        name++;
    if (*name == '\0')
        name = "unnamed";
    for (; *name != '\0' && len + 1 < REVERIE_ID_BYTES; name++) {
        bool plain = (unsigned char)*name < 0x80 && isalnum((unsigned char)*name);
        out[len++] = plain || *name == '-' ? *name : '_';
    }
    out[len] = '\0';
}

char *reverie_source_name(const char *folder)
{
    char *real = realpath(folder, NULL), *parent = NULL, *name = NULL;
    const char *last = path_name(real != NULL ? real : folder);

    if (strcmp(last, "matrix") == 0 && real != NULL) {
        parent = path_folder(real);
        last = path_name(parent);
    }
    name = reverie_printable(last);
    free(parent);
    free(real);
    return name;
}

static bool is_taken(const struct reverie *r, size_t before, const char *id)
{
    for (size_t i = 0; i < before; i++) {
        if (strcmp(r->people[i].id, id) == 0)
            return true;
    }
    return false;
}

void reverie_name_files(struct reverie *r, size_t first, size_t residents)
{
    static const char common[] = "base_the_ville_"; // what the original's own folders begin with

    for (size_t i = first; i < r->count; i++) {
        struct reverie_person *p = &r->people[i];
        const char *source = p->source;
        struct buf name = { 0 };
        if (!p->is_resident || p->own.len > 0)
            continue;
        if (strncmp(source, common, strlen(common)) == 0)
            source += strlen(common);
        buf_addf(&name, residents > 1 ? "%.14s_%.14s" : "%s", source, p->name);
        reverie_make_id(p->id, "reverie_", buf_str(&name));
        for (int again = 2; is_taken(r, i, p->id); again++) {
            buf_clear(&name);
            buf_addf(&name, "%.12s_%.8s_%d", source, p->name, again);
            reverie_make_id(p->id, "reverie_", buf_str(&name));
        }
        buf_fini(&name);
    }
}

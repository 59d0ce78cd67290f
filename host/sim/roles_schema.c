// The schemas of answers: each text is parsed and compiled once.

#include "sim/roles_impl.h"

#include <stdlib.h>

#include "base/mem.h"

static void drop(struct role_schema *s)
{
    free(s->text);
    json_free(s->json);
    schema_free(s->compiled);
    free(s);
}

const struct role_schema *roles_schema(struct roles *r, struct view text, struct err *err)
{
    struct role_schema *s = NULL;

    for (size_t i = 0; i < r->schema_count; i++) {
        if (view_equal(view_of(r->schemas[i]->text), text))
            return r->schemas[i];
    }
    s = mem_calloc(1, sizeof(*s));
    s->text = mem_strndup(text.data, text.len);
    s->json = json_parse(text, err);
    if (s->json != NULL)
        s->compiled = schema_compile(s->json, err);
    if (s->compiled == NULL) {
        drop(s);
        return NULL;
    }
    r->schemas = mem_realloc(r->schemas, r->schema_count + 1, sizeof(struct role_schema *));
    r->schemas[r->schema_count++] = s;
    return s;
}

void roles_free_schemas(struct roles *r)
{
    for (size_t i = 0; i < r->schema_count; i++)
        drop(r->schemas[i]);
    free(r->schemas);
}

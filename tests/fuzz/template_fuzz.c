// Hypothesis: some run of braces makes the compiler read beyond the text, or makes a value be read
// as template text: what a field inserts could then ask for other fields.

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "text/template.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool lookup(void *user, const char *name, struct view *value)
{
    size_t *calls = user;

    *calls += 1;
    if (name[0] == 'x') // so that missing values are tried as well
        return false;
    *value = view_of("{{never}}");
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct err err = { { 0 } };
    struct buf out = { 0 };
    struct template *t =
        template_compile((struct view){ .data = (const char *)data, .len = size }, &err);
    size_t calls = 0;

    if (t == NULL) {
        if (strstr(err.text, "line ") != err.text)
            abort();
        return 0;
    }
    if (template_render(t, lookup, &calls, &out, &err)) {
        if (calls != template_field_count(t))
            abort();
        // Without fields nothing grows; with fields every `{{` of the text is one or is escaped.
        if (calls == 0 && out.len > size)
            abort();
    } else if (out.len != 0 || strstr(err.text, "has no value") == NULL) {
        abort();
    }
    buf_fini(&out);
    template_free(t);
    return 0;
}

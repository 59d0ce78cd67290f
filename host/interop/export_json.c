#include "interop/export_json.h"

#include <string.h>

#include "text/json.h"

void export_json_comma(struct buf *out)
{
    char last = out->len > 0 ? out->data[out->len - 1] : '{';

    if (strchr("{[\n", last) == NULL)
        buf_add_char(out, ',');
}

void export_json_key(struct buf *out, const char *key)
{
    export_json_comma(out);
    json_add_string(out, view_of(key));
    buf_add_char(out, ':');
}

void export_json_text(struct buf *out, const char *key, struct view text)
{
    export_json_key(out, key);
    if (text.data == NULL)
        buf_add_str(out, "null");
    else
        json_add_string(out, text);
}

void export_json_int(struct buf *out, const char *key, int64_t number)
{
    export_json_key(out, key);
    buf_addf(out, "%lld", (long long)number);
}

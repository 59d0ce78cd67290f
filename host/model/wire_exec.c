// The lines that a program gets and gives (`exec:COMMAND`); docs/models.md describes them.

#include "model/wire_impl.h"

void wire_exec_chat(const struct endpoint *e, const struct wire_question *q, struct buf *out)
{
    buf_add_str(out, "{\"prompt\":");
    json_add_string(out, view_of(q->prompt != NULL ? q->prompt : ""));
    wire_add_key(out, "version");
    json_add_string(out, view_of(q->version != NULL ? q->version : ""));
    wire_add_key(out, "inputs");
    buf_add_view(out, q->inputs.len > 0 ? q->inputs : view_of("{}"));
    wire_add_key(out, "messages");
    wire_add_messages(q, false, (struct view){ NULL, 0 }, out);
    wire_add_key(out, "schema");
    if (q->schema != NULL)
        json_add_canonical(out, q->schema);
    else
        buf_add_str(out, "null");
    buf_addf(out, ",\"seed\":\"%llu\",\"draw\":%d", (unsigned long long)q->seed, q->draw);
    wire_add_extra(e, out);
    buf_add_char(out, '}');
}

// An error was read before, as that of a server.
void wire_exec_read(const struct json *doc, struct wire_reply *out)
{
    const struct json *answer = json_get(doc, "answer");
    struct view refused = wire_text(doc, "refused");

    out->tokens_in = wire_int(doc, "tokens_in");
    out->tokens_out = wire_int(doc, "tokens_out");
    if (refused.len > 0) {
        wire_fail(out, WIRE_REFUSED, "the program declined: %.*s", (int)refused.len, refused.data);
        return;
    }
    if (answer != NULL)
        json_add_canonical(&out->text, answer);
    else
        buf_add_view(&out->text, wire_text(doc, "text"));
    if (out->text.len > 0)
        out->outcome = WIRE_ANSWER;
    else
        wire_fail(out, WIRE_EMPTY, "the line of the program has neither `answer` nor `text`");
}

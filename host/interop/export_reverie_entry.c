// What the entry of a resident says, and that of an assistant.
#include <stdio.h>

#include "interop/export_json.h"
#include "interop/export_reverie_steps.h"

// "block (task) @ address".
static void add_description(struct buf *out, const struct value *row)
{
    struct view block = row[C_BLOCK].bytes, task = row[C_TASK].bytes;
    struct buf text = { 0 };

    if (task.data == NULL)
        task = row[C_ACTION].bytes;
    if (block.data != NULL && !view_equal(block, task)) {
        buf_add_view(&text, block);
        buf_add_str(&text, " (");
        buf_add_view(&text, task);
        buf_add_char(&text, ')');
    } else {
        buf_add_view(&text, task);
    }
    buf_add_str(&text, " @ ");
    buf_add_view(&text, row[C_ADDRESS].bytes);
    export_json_text(out, "description", buf_view(&text));
    buf_fini(&text);
}

// The lines that they are saying to each other, as JSON; NULL if they do not talk.
static const char *find_chat(const struct reverie_export *e, const struct value *row)
{
    if (row[C_PREDICATE].bytes.data == NULL || row[C_OBJECT].bytes.data == NULL ||
        !view_equal(row[C_PREDICATE].bytes, view_of(REVERIE_TALKS_OURS)))
        return NULL;
    return reverie_chats_find(e->chats, (int)row[C_WHO].i, row[C_OBJECT].bytes, row[C_START].i,
                              row[C_MINUTES].i);
}

// The four keys that a compressed run has, too. chat: JSON; NULL for none.
static void add_shown(struct buf *out, const struct value *row, struct view emoji,
                      struct view description, const char *chat)
{
    buf_addf(out, "{\"movement\":[%d,%d]", (int)row[C_X].i, (int)row[C_Y].i);
    export_json_text(out, "pronunciatio", emoji.data != NULL ? emoji : view_of(""));
    if (description.data != NULL)
        export_json_text(out, "description", description);
    else
        add_description(out, row);
    export_json_key(out, "chat");
    buf_add_str(out, chat != NULL ? chat : "null");
}

void reverie_entry_begin_resident(struct buf *out, const struct reverie_export *e,
                                  const struct value *row)
{
    add_shown(out, row, row[C_EMOJI].bytes, (struct view){ 0 }, find_chat(e, row));
}

// The assistant goes where its resident goes.
void reverie_entry_begin_assistant(struct buf *out, const struct reverie_export *e,
                                   const struct value *row)
{
    struct buf description = { 0 };

    buf_addf(&description, "%s @ <persona> %s", row[C_ASLEEP].i ? "sleeping" : "suggestion",
             e->info->residents[row[C_WHO].i - 1].name);
    add_shown(out, row, view_of("\xf0\x9f\x92\xac"), buf_view(&description), NULL);
    buf_fini(&description);
}

void reverie_entry_end_resident(struct buf *out)
{
    export_json_text(out, "user_action_for_suggestion", (struct view){ 0 });
    export_json_text(out, "suggestion", view_of(""));
    export_json_text(out, "eval_res_score", (struct view){ 0 });
    export_json_text(out, "eval_res_reason", (struct view){ 0 });
    buf_add_char(out, '}');
}

// What was recommended. An abstention without a score is no suggestion at all, since the original's
// notebook would count it among the abstentions and not among the steps.
size_t reverie_entry_end_assistant(struct buf *out, const struct reverie_export *e,
                                   const struct value *row)
{
    bool silent = row[C_SILENT].i != 0, scored = row[C_SCORE].type != VALUE_NULL;
    struct view text = row[C_TEXT].bytes;
    struct buf reason = { 0 };
    char score[16] = "";
    size_t words = 0;

    for (int i = C_REASON; i < C_REASON + 4; i++) {
        if (row[i].bytes.len > 0) {
            buf_add_char(&reason, ' ');
            buf_add_view(&reason, row[i].bytes);
        }
    }
    if (scored)
        snprintf(score, sizeof(score), "%d.0", (int)row[C_SCORE].i);
    if (text.data != NULL && !silent && reverie_sounds_silent(text))
        e->numbers->mistaken++;
    export_json_text(out, "user_action_for_suggestion",
                     text.data != NULL ? row[C_ACTION].bytes : (struct view){ 0 });
    export_json_text(out, "suggestion",
                     text.data == NULL || (silent && !scored) ? view_of("") : text);
    export_json_text(out, "eval_res_score", scored ? view_of(score) : (struct view){ 0 });
    export_json_text(out, "eval_res_reason", buf_view(&reason));
    buf_add_char(out, '}');
    words = text.len + reason.len + row[C_ACTION].bytes.len;
    buf_fini(&reason);
    return words;
}

// require "record": rows of the run file, written by the scripts of a household.

#include "script/lib_record.h"

#include <math.h>
#include <string.h>

#include <lauxlib.h>
#include <lua.h>

#include "script/fields.h"
#include "script/services.h"

static const char *const STREAMS[] = { "resident", "assistant", "rater", NULL };

// Argument 1 as a table, with room for its texts; the run file, or NULL if nothing is recorded.
static struct writer *begin(lua_State *L, struct script_services **services)
{
    *services = services_of(L);
    luaL_checktype(L, 1, LUA_TTABLE);
    if ((*services)->looking)
        luaL_error(L, "nothing can be recorded here: this only looks at the household");
    fields_keep(L);
    return (*services)->writer;
}

static int finish(lua_State *L, bool ok, const struct err *err)
{
    if (!ok)
        return luaL_error(L, "%s", err->text);
    return 0;
}

static int64_t step_of(lua_State *L)
{
    return script_context(script_of(L))->step;
}

static int who_of(lua_State *L, const struct script_services *services)
{
    int64_t who = field_int(L, 1, "who");

    if (who < 1 || who > services->resident_count)
        return luaL_error(L, "there is no resident %d", (int)who);
    return (int)who;
}

static int l_step(lua_State *L)
{
    struct script_services *services = NULL;
    struct writer *writer = begin(L, &services);
    struct err err = { { 0 } };
    struct row_step row = { .step = step_of(L), .who = who_of(L, services) };

    row.x = (int)field_int(L, 1, "x");
    row.y = (int)field_int(L, 1, "y");
    row.asleep = field_bool(L, 1, "asleep");
    row.walking = field_bool(L, 1, "walking");
    row.activity = field_int_or(L, 1, "activity", ROW_NONE);
    row.path = field_text_or_null(L, 1, "path");
    row.action = field_text_or_null(L, 1, "action");
    return finish(L, writer == NULL || writer_append_step(writer, &row, &err), &err);
}

static int l_activity(lua_State *L)
{
    struct script_services *services = NULL;
    struct writer *writer = begin(L, &services);
    struct err err = { { 0 } };
    struct row_activity row = { .day = script_context(script_of(L))->day,
                                .who = who_of(L, services) };

    row.seq = field_int(L, 1, "seq");
    row.start = field_int(L, 1, "start");
    row.minutes = (int)field_int(L, 1, "minutes");
    row.description = field_text(L, 1, "description");
    row.task = field_text(L, 1, "task");
    row.kind = field_text_or_null(L, 1, "kind");
    row.address = field_text(L, 1, "address");
    row.emoji = field_text(L, 1, "emoji");
    row.subject = field_text(L, 1, "subject");
    row.predicate = field_text(L, 1, "predicate");
    row.object = field_text(L, 1, "object");
    row.object_state = field_text(L, 1, "object_state");
    return finish(L, writer == NULL || writer_append_activity(writer, &row, &err), &err);
}

static int l_schedule(lua_State *L)
{
    static const char *const levels[] = { "hourly", "decomposed", NULL };
    struct script_services *services = NULL;
    struct writer *writer = begin(L, &services);
    struct script_context *context = script_context(script_of(L));
    struct err err = { { 0 } };
    struct row_schedule row = { .day = context->day, .step = context->step };

    row.who = who_of(L, services);
    row.seq = ++services->schedule_lines;
    row.level = SCHEDULE_HOURLY + (unsigned)field_choice(L, 1, "level", levels);
    row.start = field_int(L, 1, "start");
    row.minutes = (int)field_int(L, 1, "minutes");
    row.activity = field_text(L, 1, "activity");
    return finish(L, writer == NULL || writer_append_schedule(writer, &row, &err), &err);
}

static int l_event(lua_State *L)
{
    struct script_services *services = NULL;
    struct writer *writer = begin(L, &services);
    struct err err = { { 0 } };
    struct row_event row = { .step = step_of(L), .who = who_of(L, services) };

    row.seq = ++services->residents[row.who - 1].events;
    row.address = field_text_or_null(L, 1, "address");
    row.subject = field_text(L, 1, "subject");
    row.predicate = field_text(L, 1, "predicate");
    row.object = field_text(L, 1, "object");
    row.description = field_text(L, 1, "description");
    return finish(L, writer == NULL || writer_append_event(writer, &row, &err), &err);
}

static int l_suggestion(lua_State *L)
{
    static const char *const sources[] = { "drawn", "forced", "revised", "failed", NULL };
    struct script_services *services = NULL;
    struct writer *writer = begin(L, &services);
    struct err err = { { 0 } };
    struct row_suggestion row = { .step = step_of(L), .who = who_of(L, services) };

    row.slot = (int)field_int(L, 1, "slot");
    row.silent = field_bool(L, 1, "silent");
    row.delivered = field_bool(L, 1, "delivered");
    row.source = SOURCE_DRAWN + (unsigned)field_choice(L, 1, "source", sources);
    row.logit = field_number_or(L, 1, "logit", (double)NAN);
    row.probability = field_number_or(L, 1, "probability", (double)NAN);
    row.text = field_text(L, 1, "text");
    row.topic = field_text_or_null(L, 1, "topic");
    row.tone = field_text_or_null(L, 1, "tone");
    row.reason = field_text_or_null(L, 1, "reason");
    return finish(L, writer == NULL || writer_append_suggestion(writer, &row, &err), &err);
}

// Field `by` of argument 1: criterion -> { value = 0 | 1 | nil, reason = text }
static void read_criteria(lua_State *L, struct row_rating *row)
{
    static const char *const names[RATE_COUNT] = { "preference", "timing", "frequency",
                                                   "communication" };
    int by = 0;

    if (lua_getfield(L, 1, "by") != LUA_TTABLE) // by
        luaL_error(L, "field 'by' must be a table of the four criteria");
    by = lua_gettop(L);
    for (int i = 0; i < RATE_COUNT; i++) {
        int64_t value = 0;
        if (lua_getfield(L, by, names[i]) != LUA_TTABLE) // by ... criterion
            luaL_error(L, "field 'by.%s' is missing", names[i]);
        value = field_int_or(L, by + 1 + 2 * i, "value", -1);
        if (value < -1 || value > 1)
            luaL_error(L, "by.%s.value must be 0, 1 or nil", names[i]);
        row->value[i] = (int)value;
        row->reason[i] = field_text_or_null(L, by + 1 + 2 * i, "reason"); // by ... criterion reason
    }
}

static int l_rating(lua_State *L)
{
    struct script_services *services = NULL;
    struct writer *writer = begin(L, &services);
    struct err err = { { 0 } };
    struct row_rating row = { .step = step_of(L), .who = who_of(L, services) };

    row.slot = (int)field_int(L, 1, "slot");
    row.shared = field_bool(L, 1, "shared");
    read_criteria(L, &row);
    return finish(L, writer == NULL || writer_append_rating(writer, &row, &err), &err);
}

static int l_pair(lua_State *L)
{
    struct script_services *services = NULL;
    struct writer *writer = begin(L, &services);
    struct err err = { { 0 } };
    struct row_pair row = { .step = step_of(L), .who = who_of(L, services) };

    row.chosen_slot = (int)field_int(L, 1, "chosen");
    row.rejected_slot = (int)field_int(L, 1, "rejected");
    row.margin = field_number(L, 1, "margin");
    return finish(L, writer == NULL || writer_append_pair(writer, &row, &err), &err);
}

static int l_measure(lua_State *L)
{
    struct script_services *services = NULL;
    struct writer *writer = begin(L, &services);
    struct err err = { { 0 } };
    int64_t who = field_int_or(L, 1, "who", 0);
    struct row_measure row = { .day = script_context(script_of(L))->day, .who = (int)who };

    if (who < 0 || who > services->resident_count)
        return luaL_error(L, "there is no resident %d", (int)who);
    row.name = field_text(L, 1, "name");
    row.value = field_number(L, 1, "value");
    return finish(L, writer == NULL || writer_append_measure(writer, &row, &err), &err);
}

static int l_pair_prompt(lua_State *L)
{
    struct script_services *services = NULL;
    struct writer *writer = begin(L, &services);
    struct err err = { { 0 } };
    struct row_pair_prompt row = { .step = step_of(L), .who = who_of(L, services) };

    row.prompt = field_text(L, 1, "prompt");
    row.inputs = field_text(L, 1, "inputs");
    return finish(L, writer == NULL || writer_append_pair_prompt(writer, &row, &err), &err);
}

static int l_summary(lua_State *L)
{
    static const char *const levels[] = { "hour", "four_hours", NULL };
    struct script_services *services = NULL;
    struct writer *writer = begin(L, &services);
    struct err err = { { 0 } };
    struct row_summary row = { .step = step_of(L), .who = who_of(L, services) };

    row.stream = STREAM_RESIDENT + (unsigned)field_choice(L, 1, "stream", STREAMS);
    row.level = SUMMARY_HOUR + (unsigned)field_choice(L, 1, "level", levels);
    row.start = field_int(L, 1, "from");
    row.stop = field_int(L, 1, "to");
    row.text = field_text(L, 1, "text");
    return finish(L, writer == NULL || writer_append_summary(writer, &row, &err), &err);
}

static int l_clear(lua_State *L)
{
    struct script_services *services = NULL;
    struct writer *writer = begin(L, &services);
    struct err err = { { 0 } };
    struct row_clear row = { .step = step_of(L), .who = who_of(L, services) };

    row.stream = STREAM_RESIDENT + (unsigned)field_choice(L, 1, "stream", STREAMS);
    row.below = field_int(L, 1, "below");
    return finish(L, writer == NULL || writer_append_clear(writer, &row, &err), &err);
}

static int l_mmlu(lua_State *L)
{
    struct script_services *services = NULL;
    struct writer *writer = begin(L, &services);
    struct err err = { { 0 } };
    struct row_mmlu row = { .day = script_context(script_of(L))->day, .who = who_of(L, services) };

    row.seq = (int)field_int(L, 1, "seq");
    row.answer = (int)field_int(L, 1, "answer");
    row.given = (int)field_int_or(L, 1, "given", -1);
    row.subject = field_text(L, 1, "subject");
    row.question = field_text(L, 1, "question");
    row.comment = field_text_or_null(L, 1, "comment");
    return finish(L, writer == NULL || writer_append_mmlu(writer, &row, &err), &err);
}

static const struct script_function functions[] = {
    { "step", l_step, SCRIPT_EFFECT },
    { "activity", l_activity, SCRIPT_EFFECT },
    { "schedule", l_schedule, SCRIPT_EFFECT },
    { "event", l_event, SCRIPT_EFFECT },
    { "suggestion", l_suggestion, SCRIPT_EFFECT },
    { "rating", l_rating, SCRIPT_EFFECT },
    { "pair", l_pair, SCRIPT_EFFECT },
    { "measure", l_measure, SCRIPT_EFFECT },
    { "pair_prompt", l_pair_prompt, SCRIPT_EFFECT },
    { "summary", l_summary, SCRIPT_EFFECT },
    { "clear", l_clear, SCRIPT_EFFECT },
    { "mmlu", l_mmlu, SCRIPT_EFFECT },
    { NULL, NULL, SCRIPT_PURE },
};

const struct script_module lib_record = { .name = "record", .functions = functions };

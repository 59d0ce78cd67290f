// require "mmlu": the questions of the nightly check.

#include "script/lib_mmlu.h"

#include <lua.h>

#include "script/convert.h"
#include "script/services.h"

static int l_questions(lua_State *L)
{
    const struct script_services *s = services_of(L);

    if (s->mmlu == NULL)
        return 0;
    convert_push_json(L, s->mmlu);
    return 1;
}

static const struct script_function functions[] = {
    { "questions", l_questions, SCRIPT_EFFECT },
    { NULL, NULL, SCRIPT_PURE },
};

const struct script_module lib_mmlu = { .name = "mmlu", .functions = functions };

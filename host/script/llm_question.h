#pragma once
// A question as scripts put it to llm.ask: its prompt, looked up once per generation, and what is
// read from the arguments. For lib_llm.c.

#include "base/buf.h"

#include <lua.h>

// Fields of a cached prompt: what asking needs, looked up once per generation.
enum {
    ENTRY_ANSWERER = 1,
    ENTRY_INPUTS,
    ENTRY_REQUIRED,
    ENTRY_ROLE,
    ENTRY_DECLARED,
    ENTRY_SCHEMA,
    ENTRY_VERSION,
    ENTRY_CHECK,
    ENTRY_STREAM, // the prompt whose random streams it uses: mostly its own
    ENTRY_SIZE = ENTRY_STREAM
};

// Where a question's arguments are on the stack, and its prompt.
struct asked {
    const char *name;
    int inputs, options, entry;
};

/// Reads the question whose prompt's name is at stack index `at`, followed by inputs and options,
/// and pushes its entry. Raises what is wrong with it.
struct asked llm_read_question(lua_State *L, int at);
/// Pushes a table with exactly the inputs that the prompt declares (ENTRY_DECLARED), or with those
/// that only the offline answerer gets as well (ENTRY_INPUTS).
void llm_push_inputs(lua_State *L, const struct asked *a, int which);
/// A text of the entry; lives as long as the entry.
const char *llm_entry_text(lua_State *L, const struct asked *a, int which, struct view *view);
/// The key of the question's random stream, and which draw of it this is.
uint64_t llm_question_key(lua_State *L, const struct asked *a);
int llm_draw(lua_State *L, const struct asked *a);
/// Raises unless the value at the top of the stack is an answer with all that the prompt requires.
void llm_check_answer(lua_State *L, const struct asked *a);
/// Pushes the module FOLDER.WHO.WHAT of the prompt WHO/WHAT.
void llm_require(lua_State *L, const char *folder, const char *name);

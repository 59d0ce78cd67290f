#pragma once
// llm.together(list, fn, context): calls fn(context, item) for every item. Where one waits for a
// model the next goes on, and all wait together.

struct lua_State;

int l_llm_together(struct lua_State *L);

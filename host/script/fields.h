#pragma once
// Reading the named fields of a table argument ("record.step { who = 1, x = 3 }"). Each raises an
// error that names the field if it is missing or of the wrong type. Only for bindings.

#include "base/buf.h"

#include <stdint.h>

struct lua_State;

int64_t field_int(struct lua_State *L, int table, const char *name);
/// The value, or `none` if the field is nil.
int64_t field_int_or(struct lua_State *L, int table, const char *name, int64_t none);
double field_number(struct lua_State *L, int table, const char *name);
double field_number_or(struct lua_State *L, int table, const char *name, double none);
/// nil counts as false.
bool field_bool(struct lua_State *L, int table, const char *name);
/// The text stays on the stack, where the view points to: call fields_keep before the first one.
struct view field_text(struct lua_State *L, int table, const char *name);
/// Like field_text, but nil gives a view without data.
struct view field_text_or_null(struct lua_State *L, int table, const char *name);
/// The index of the text field in `list` (ends with NULL); raises, naming the list, if it is not
/// there.
int field_choice(struct lua_State *L, int table, const char *name, const char *const *list);

/// Makes room on the stack for the texts of one table.
void fields_keep(struct lua_State *L);

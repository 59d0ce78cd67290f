#pragma once
// Host objects in scripts. A script sees a userdata that holds a handle {slot, generation, type};
// the C pointer stays in a table of the script, and its owner closes the slot when the thing goes
// away. A script that kept the userdata then gets "this memory stream is closed".

#include <stddef.h>
#include <stdint.h>

struct lua_State;
struct script;
struct script_function;

/// Static const; must outlive the script.
struct object_type {
    const char *name;       // for messages: "memory stream"
    const char *class_name; // in the editor stub: "Stream", whose methods are "function Stream:..."
    const struct script_function *methods; // ends with a NULL name
};

struct object {
    uint32_t slot, generation; // generation 0: no object
};

/// Registers a pointer, which is never NULL and stays its owner's. Allocates in Lua, so for host
/// functions and push callbacks (raises when memory is out).
struct object object_open(struct lua_State *L, const struct object_type *type, void *pointer);
/// Forgets the pointer. The same object again, or none: nothing happens. Never fails.
void object_close(struct script *s, struct object object);

/// Pushes the userdata; always the same one for the same object. Pushes nil if it is closed.
void object_push(struct lua_State *L, struct object object);
/// The pointer behind argument `arg`; raises if it is something else, or closed.
void *object_check(struct lua_State *L, int arg, const struct object_type *type);

/// A value that scripts own and that needs no closing (a random stream): pushes a userdata with
/// `size` zeroed bytes, whose address it returns. No pointers in it.
void *object_new_value(struct lua_State *L, const struct object_type *type, size_t size);
void *object_check_value(struct lua_State *L, int arg, const struct object_type *type);

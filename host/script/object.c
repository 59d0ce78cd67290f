#include "script/object.h"

#include "base/mem.h"
#include "script/module.h"
#include "script/sandbox.h"
#include "script/state.h"

#include <lauxlib.h>
#include <string.h>

struct object_slot {
    void *pointer; // NULL: closed
    const struct object_type *type;
    uint32_t generation; // of the object that is or was here; the next one gets one more
    uint32_t next_free;  // index + 1
};

// What a userdata holds. Every userdata that a script can see starts with its type.
struct handle {
    const struct object_type *type;
    struct object object; // all-zero for values
};

enum { HANDLE_BYTES = (sizeof(struct handle) + 15) / 16 * 16 };

static struct object_slot *find_slot(struct script *s, struct object o)
{
    struct object_slot *slot = NULL;

    if (o.generation == 0 || o.slot >= s->slot_count)
        return NULL;
    slot = &s->slots[o.slot];
    return slot->generation == o.generation && slot->pointer != NULL ? slot : NULL;
}

static struct handle *to_handle(lua_State *L, int i, const struct object_type *type)
{
    struct handle *h = lua_type(L, i) == LUA_TUSERDATA ? lua_touserdata(L, i) : NULL;

    return h != NULL && h->type == type ? h : NULL;
}

static int l_tostring(lua_State *L)
{
    struct handle *h = lua_touserdata(L, 1);
    bool is_closed = h->object.generation != 0 && find_slot(script_of(L), h->object) == NULL;

    lua_pushfstring(L, "%s%s", h->type->name, is_closed ? " (closed)" : "");
    return 1;
}

static int l_refuse_write(lua_State *L)
{
    struct handle *h = lua_touserdata(L, 1);

    return luaL_error(L, "a %s has no fields that can be set", h->type->name);
}

static int l_refuse_read(lua_State *L)
{
    const char *method = sandbox_tostring(L, 2, NULL), *type = NULL;

    lua_getfield(L, lua_upvalueindex(1), "__name");
    type = lua_tostring(L, -1);
    return luaL_error(L, "a %s has no method '%s'", type, method);
}

static void push_metatable(lua_State *L, const struct object_type *type)
{
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, type) == LUA_TTABLE)
        return; // mt
    lua_pop(L, 1);
    lua_createtable(L, 0, 6);                            // mt
    module_push_functions(L, type->methods, type->name); // mt methods
    lua_createtable(L, 0, 1);
    lua_pushvalue(L, -3);
    lua_pushcclosure(L, l_refuse_read, 1);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2); // mt methods
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, l_refuse_write);
    lua_setfield(L, -2, "__newindex");
    lua_pushcfunction(L, l_tostring);
    lua_setfield(L, -2, "__tostring");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pushstring(L, type->name);
    lua_setfield(L, -2, "__name");
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, type); // mt
}

static uint32_t take_slot(struct script *s)
{
    uint32_t slot = s->free_slot;

    if (slot != 0) {
        s->free_slot = s->slots[slot - 1].next_free;
        return slot - 1;
    }
    if (s->slot_count == s->slot_cap) {
        s->slot_cap = (uint32_t)mem_grow(s->slot_cap, (size_t)s->slot_count + 1);
        s->slots = mem_realloc(s->slots, s->slot_cap, sizeof(*s->slots));
    }
    memset(&s->slots[s->slot_count], 0, sizeof(*s->slots));
    return s->slot_count++;
}

struct object object_open(lua_State *L, const struct object_type *type, void *pointer)
{
    struct script *s = script_of(L);
    struct object o = { 0 };
    struct handle *h = NULL;
    struct object_slot *slot = NULL;

    luaL_checkstack(L, 6, NULL);
    lua_rawgetp(L, LUA_REGISTRYINDEX, registry_key(KEY_OBJECTS)); // objects
    h = lua_newuserdatauv(L, sizeof(*h), 0);                      // objects object
    push_metatable(L, type);
    memset(h, 0, sizeof(*h));
    h->type = type;
    lua_setmetatable(L, -2);
    // The slot comes first in the list of Lua, which may raise, and then, by what cannot, in ours.
    o.slot = s->free_slot != 0 ? s->free_slot - 1 : s->slot_count;
    lua_rawseti(L, -2, (lua_Integer)o.slot + 1); // objects
    lua_pop(L, 1);
    o.slot = take_slot(s);
    slot = &s->slots[o.slot];
    slot->pointer = pointer;
    slot->type = type;
    slot->generation = slot->generation == UINT32_MAX ? 1 : slot->generation + 1;
    o.generation = slot->generation;
    h->object = o;
    return o;
}

void object_close(struct script *s, struct object o)
{
    struct object_slot *slot = find_slot(s, o);

    if (slot == NULL)
        return;
    slot->pointer = NULL;
    slot->next_free = s->free_slot;
    s->free_slot = o.slot + 1;
    // Its userdata stays in the list until the slot is used again: that needs no memory now.
}

void object_push(lua_State *L, struct object o)
{
    if (find_slot(script_of(L), o) == NULL) {
        lua_pushnil(L);
        return;
    }
    lua_rawgetp(L, LUA_REGISTRYINDEX, registry_key(KEY_OBJECTS)); // objects
    lua_rawgeti(L, -1, (lua_Integer)o.slot + 1);                  // objects object
    lua_remove(L, -2);
}

void *object_check(lua_State *L, int arg, const struct object_type *type)
{
    struct handle *h = to_handle(L, arg, type);
    struct object_slot *slot = NULL;

    if (h == NULL) {
        luaL_typeerror(L, arg, type->name);
        return NULL;
    }
    slot = find_slot(script_of(L), h->object);
    if (slot == NULL) {
        luaL_error(L, "this %s is closed", type->name);
        return NULL;
    }
    return slot->pointer;
}

void *object_new_value(lua_State *L, const struct object_type *type, size_t size)
{
    struct handle *h = lua_newuserdatauv(L, HANDLE_BYTES + size, 0);

    memset(h, 0, HANDLE_BYTES + size);
    h->type = type;
    push_metatable(L, type);
    lua_setmetatable(L, -2);
    return (char *)h + HANDLE_BYTES;
}

void *object_check_value(lua_State *L, int arg, const struct object_type *type)
{
    struct handle *h = to_handle(L, arg, type);

    if (h == NULL) {
        luaL_typeerror(L, arg, type->name);
        return NULL;
    }
    return (char *)h + HANDLE_BYTES;
}

// pairs and next in sorted order: numbers first, ascending, then strings by byte. Lua's own order
// depends on addresses and on the history of a table, and results must not.

#include "script/freeze.h"
#include "script/limits.h"
#include "script/sandbox.h"

#include <lauxlib.h>
#include <string.h>

enum {
    SORT_WORK = 16, // per key
    KEYS_ON_STACK = 32,
};

struct key {
    bool is_text;
    lua_Number number; // also of integers, for the first comparison
    lua_Integer integer;
    bool is_integer;
    const char *text;
    size_t len;
    int at; // stack index, or 0
};

static void read_key(lua_State *L, int i, struct key *key)
{
    key->at = 0;
    switch (lua_type(L, i)) {
    case LUA_TSTRING:
        key->is_text = true;
        key->text = lua_tolstring(L, i, &key->len);
        return;
    case LUA_TNUMBER:
        key->is_text = false;
        key->number = lua_tonumber(L, i);
        key->is_integer = lua_isinteger(L, i);
        key->integer = key->is_integer ? lua_tointeger(L, i) : 0;
        return;
    }
    luaL_error(L,
               "a key of type %s has no place in a sorted order "
               "(keys must be numbers or strings)",
               luaL_typename(L, i));
}

static int compare(const struct key *a, const struct key *b)
{
    int order = 0;

    if (a->is_text != b->is_text)
        return a->is_text ? 1 : -1;
    if (a->is_text) {
        order = memcmp(a->text, b->text, a->len < b->len ? a->len : b->len);
        return order != 0 ? order : (a->len > b->len) - (a->len < b->len);
    }
    if (a->is_integer && b->is_integer)
        return (a->integer > b->integer) - (a->integer < b->integer);
    if (a->number != b->number)
        return a->number < b->number ? -1 : 1;
    // A float and an integer that rounds to it: both cannot be keys unless the integer has no exact
    // float. Then it is the integer that was rounded; the float is exact.
    if (a->is_integer != b->is_integer) {
        const struct key *integer = a->is_integer ? a : b, *number = a->is_integer ? b : a;
        int sign = a->is_integer ? 1 : -1;

        if (number->number >= 9223372036854775808.0)
            return -sign;
        return integer->integer < (lua_Integer)number->number ? -sign : sign;
    }
    return 0;
}

// Merge sort of the order of keys; `spare` has room for as many. Small lists by insertion.
static void sort_keys(struct key *keys, struct key *spare, size_t count)
{
    size_t half = count / 2, i = 0, j = half, k = 0;

    if (count <= 8) {
        for (i = 1; i < count; i++) {
            struct key key = keys[i];

            for (j = i; j > 0 && compare(&key, &keys[j - 1]) < 0; j--)
                keys[j] = keys[j - 1];
            keys[j] = key;
        }
        return;
    }
    sort_keys(keys, spare, half);
    sort_keys(keys + half, spare, count - half);
    memcpy(spare, keys, half * sizeof(*keys));
    for (i = 0; i < half && j < count; k++)
        keys[k] = compare(&keys[j], &spare[i]) < 0 ? keys[j++] : spare[i++];
    memcpy(keys + k, spare + i, (half - i) * sizeof(*keys));
}

// Fills `keys` with those of the table at index 1, which stay on the stack: that keeps them alive,
// and to push one again costs no look-up of its text.
static void push_few_keys(lua_State *L, struct key *keys, size_t count)
{
    lua_pushnil(L);
    for (size_t n = 0; n < count && lua_next(L, 1); n++) { // ... keys... key value
        lua_pop(L, 1);
        read_key(L, -1, &keys[n]);
        keys[n].at = lua_gettop(L);
        lua_pushvalue(L, -1);
    }
    lua_pop(L, 1);
}

static void add_key(lua_State *L, const struct key *key)
{
    if (key->at != 0)
        lua_pushvalue(L, key->at);
    else if (key->is_text)
        lua_pushlstring(L, key->text, key->len);
    else if (key->is_integer)
        lua_pushinteger(L, key->integer);
    else
        lua_pushnumber(L, key->number);
}

// Pushes a list of the keys of the table at index 1 in order.
static void push_sorted_keys(lua_State *L, size_t count)
{
    struct key few[2 * KEYS_ON_STACK], *keys = few;
    int top = lua_gettop(L);
    size_t n = 0;

    lua_createtable(L, (int)count, 0); // list
    if (count <= KEYS_ON_STACK) {
        luaL_checkstack(L, KEYS_ON_STACK + 4, NULL);
        push_few_keys(L, keys, count);
    } else {
        keys = lua_newuserdatauv(L, 2 * count * sizeof(*keys), 0); // half of it is spare
        for (lua_pushnil(L); lua_next(L, 1); lua_pop(L, 1))
            read_key(L, -2, &keys[n++]);
    }
    sort_keys(keys, keys + count, count);
    for (size_t i = 0; i < count; i++) {
        add_key(L, &keys[i]);
        lua_rawseti(L, top + 1, (lua_Integer)i + 1);
    }
    lua_settop(L, top + 1);
}

// Upvalues: table, its keys (or nil: 1..count), how many were visited, count.
static int l_step(lua_State *L)
{
    lua_Integer at = lua_tointeger(L, lua_upvalueindex(3));
    lua_Integer count = lua_tointeger(L, lua_upvalueindex(4));
    bool is_sequence = lua_isnil(L, lua_upvalueindex(2));

    while (at < count) {
        at++;
        if (is_sequence)
            lua_pushinteger(L, at);
        else
            lua_rawgeti(L, lua_upvalueindex(2), at);
        lua_pushvalue(L, -1);
        if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL) { // key value
            lua_pushinteger(L, at);
            lua_replace(L, lua_upvalueindex(3));
            return 2;
        }
        lua_pop(L, 2); // was removed meanwhile
    }
    lua_pushinteger(L, count);
    lua_replace(L, lua_upvalueindex(3));
    lua_pushnil(L);
    return 1;
}

static int finish_pairs(lua_State *L, int status, lua_KContext context)
{
    (void)L;
    (void)status;
    (void)context;
    return 3;
}

static int l_pairs(lua_State *L)
{
    size_t count = 0;
    bool is_sequence = true;

    luaL_checkany(L, 1);
    if (luaL_getmetafield(L, 1, "__pairs") != LUA_TNIL) {
        lua_pushvalue(L, 1);
        lua_callk(L, 1, 3, 0, finish_pairs);
        return 3;
    }
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    lua_pushvalue(L, 1);
    if (freeze_push_target(L, 1)) // the loop must not see it: it can be written to
        lua_replace(L, 1);        // table shown
    for (lua_pushnil(L); lua_next(L, 1); lua_pop(L, 1)) {
        count++;
        is_sequence =
            is_sequence && lua_isinteger(L, -2) && lua_tointeger(L, -2) == (lua_Integer)count;
    }
    limits_charge(script_of(L), (int64_t)(is_sequence ? count : SORT_WORK * count));
    lua_pushvalue(L, 1); // table shown table
    if (is_sequence)
        lua_pushnil(L);
    else
        push_sorted_keys(L, count); // table shown table keys
    lua_pushinteger(L, 0);
    lua_pushinteger(L, (lua_Integer)count);
    lua_pushcclosure(L, l_step, 4); // table shown step
    lua_pushvalue(L, 2);            // table shown step shown
    lua_pushnil(L);
    return 3;
}

// The smallest key above the given one, by looking at all: for `next(t) == nil` and for loops
// that change tables in between. Going over a table is what pairs is for.
static int l_next(lua_State *L)
{
    struct key after, best, key;
    bool any = false, from_start = false;
    int64_t work = 0;

    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 2);
    if (freeze_push_target(L, 1))
        lua_replace(L, 1);
    from_start = lua_isnil(L, 2);
    memset(&best, 0, sizeof(best));
    if (!from_start)
        read_key(L, 2, &after);
    lua_pushnil(L); // table after best
    for (lua_pushnil(L); lua_next(L, 1); lua_pop(L, 1), work++) {
        read_key(L, -2, &key);
        if ((from_start || compare(&key, &after) > 0) && (!any || compare(&key, &best) < 0)) {
            any = true;
            best = key;
            lua_pushvalue(L, -2);
            lua_replace(L, 3);
        }
    }
    limits_charge(script_of(L), work);
    if (!any) {
        lua_pushnil(L);
        return 1;
    }
    lua_settop(L, 3);
    lua_pushvalue(L, 3);
    lua_rawget(L, 1); // ... key value
    return 2;
}

void sandbox_add_sorted(lua_State *L)
{
    static const luaL_Reg own[] = { { "next", l_next }, { "pairs", l_pairs }, { NULL, NULL } };

    luaL_setfuncs(L, own, 0);
}

// The table library of scripts. Lua's own functions loop in C over as many elements as they are
// told (table.move over 10^15, or a length that a __len makes up), where no hook fires; and its
// sort is unstable and looks at the clock. These count their work, and sort is stable.

#include "script/limits.h"
#include "script/sandbox.h"

#include <lauxlib.h>
#include <lualib.h>
#include <string.h>

enum { ELEMENTS_MAX = 10000000 };

// Takes the work for `count` elements off the budget, or raises if no table can have so many.
static void count_work(lua_State *L, lua_Integer first, lua_Integer last)
{
    if (last < first)
        return;
    if ((lua_Unsigned)last - (lua_Unsigned)first >= ELEMENTS_MAX)
        luaL_error(L, "too many elements (at most %d)", ELEMENTS_MAX);
    limits_charge(script_of(L), 2 * (last - first + 1));
}

static int l_insert(lua_State *L)
{
    lua_Integer length = 0, position = 0;

    luaL_checktype(L, 1, LUA_TTABLE);
    length = luaL_len(L, 1);
    switch (lua_gettop(L)) {
    case 2: position = length + 1; break;
    case 3:
        position = luaL_checkinteger(L, 2);
        luaL_argcheck(L, position >= 1 && position <= length + 1, 2, "position out of bounds");
        count_work(L, position, length);
        for (lua_Integer i = length + 1; i > position; i--) {
            lua_geti(L, 1, i - 1);
            lua_seti(L, 1, i);
        }
        break;
    default: return luaL_error(L, "table.insert takes a table, a position if need be, and a value");
    }
    lua_seti(L, 1, position);
    return 0;
}

static int l_remove(lua_State *L)
{
    lua_Integer length = 0, position = 0;

    luaL_checktype(L, 1, LUA_TTABLE);
    length = luaL_len(L, 1);
    position = luaL_optinteger(L, 2, length);
    if (lua_gettop(L) > 1)
        luaL_argcheck(L,
                      (length == 0 && position == 0) || (position >= 1 && position <= length + 1),
                      2, "position out of bounds");
    count_work(L, position, length);
    lua_geti(L, 1, position); // removed
    for (; position < length; position++) {
        lua_geti(L, 1, position + 1);
        lua_seti(L, 1, position);
    }
    lua_pushnil(L);
    lua_seti(L, 1, position);
    return 1;
}

static int l_move(lua_State *L)
{
    lua_Integer first = luaL_checkinteger(L, 2), last = luaL_checkinteger(L, 3);
    lua_Integer to = luaL_checkinteger(L, 4), count = 0;
    int target = lua_isnoneornil(L, 5) ? 1 : 5;

    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_checktype(L, target, LUA_TTABLE);
    count_work(L, first, last);
    count = last >= first ? last - first + 1 : 0;
    luaL_argcheck(L, to <= LUA_MAXINTEGER - count, 4, "destination wrap around");
    if (to > last || to <= first || target != 1) {
        for (lua_Integer i = 0; i < count; i++) {
            lua_geti(L, 1, first + i);
            lua_seti(L, target, to + i);
        }
    } else { // the places overlap
        for (lua_Integer i = count - 1; i >= 0; i--) {
            lua_geti(L, 1, first + i);
            lua_seti(L, target, to + i);
        }
    }
    lua_pushvalue(L, target);
    return 1;
}

static int l_concat(lua_State *L)
{
    size_t len = 0;
    const char *between = luaL_optlstring(L, 2, "", &len);
    lua_Integer first = luaL_optinteger(L, 3, 1), last = 0;
    luaL_Buffer b;

    luaL_checktype(L, 1, LUA_TTABLE);
    last = lua_isnoneornil(L, 4) ? luaL_len(L, 1) : luaL_checkinteger(L, 4);
    count_work(L, first, last);
    luaL_buffinit(L, &b);
    for (lua_Integer i = first; i <= last; i++) {
        lua_geti(L, 1, i);
        if (!lua_isstring(L, -1))
            return luaL_error(L, "table.concat: entry %I is a %s, not text or a number",
                              (LUAI_UACINT)i, luaL_typename(L, -1));
        luaL_addvalue(&b);
        if (i != last)
            luaL_addlstring(&b, between, len);
    }
    luaL_pushresult(&b);
    return 1;
}

static int l_unpack(lua_State *L)
{
    lua_Integer first = luaL_optinteger(L, 2, 1);
    lua_Integer last = lua_isnoneornil(L, 3) ? luaL_len(L, 1) : luaL_checkinteger(L, 3);

    if (last < first)
        return 0;
    count_work(L, first, last);
    if (!lua_checkstack(L, (int)(last - first + 1)))
        return luaL_error(L, "too many results to unpack");
    for (lua_Integer i = first; i <= last; i++)
        lua_geti(L, 1, i);
    return (int)(last - first + 1);
}

// --- sort: the elements are copied to a list, whose indices are merge-sorted ---------------------

struct sorting {
    lua_State *L;
    int list; // stack index of the copy
    bool has_function;
};

static bool is_less(struct sorting *s, uint32_t a, uint32_t b)
{
    lua_State *L = s->L;
    bool less = false;

    if (s->has_function)
        lua_pushvalue(L, 2);
    lua_rawgeti(L, s->list, a + 1);
    lua_rawgeti(L, s->list, b + 1);
    if (s->has_function) {
        lua_call(L, 2, 1);
        less = lua_toboolean(L, -1);
        lua_pop(L, 1);
    } else {
        less = lua_compare(L, -2, -1, LUA_OPLT);
        lua_pop(L, 2);
    }
    return less;
}

static void merge_sort(struct sorting *s, uint32_t *order, uint32_t *spare, size_t count)
{
    size_t half = count / 2, i = 0, j = half, k = 0;

    if (count < 2)
        return;
    merge_sort(s, order, spare, half);
    merge_sort(s, order + half, spare, count - half);
    memcpy(spare, order, half * sizeof(*order));
    for (i = 0; i < half && j < count; k++)
        order[k] = is_less(s, order[j], spare[i]) ? order[j++] : spare[i++];
    memcpy(order + k, spare + i, (half - i) * sizeof(*order));
}

static int l_sort(lua_State *L)
{
    struct sorting s = { .L = L, .list = 3 };
    lua_Integer count = 0;
    uint32_t *order = NULL;

    luaL_checktype(L, 1, LUA_TTABLE);
    s.has_function = !lua_isnoneornil(L, 2);
    if (s.has_function)
        luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_settop(L, 2);
    count = luaL_len(L, 1);
    if (count < 2)
        return 0;
    count_work(L, 1, count);
    lua_createtable(L, (int)count, 0); // t f list
    for (lua_Integer i = 1; i <= count; i++) {
        lua_geti(L, 1, i);
        lua_rawseti(L, s.list, i);
    }
    order = lua_newuserdatauv(L, (size_t)count * 2 * sizeof(*order), 0); // t f list order
    for (lua_Integer i = 0; i < count; i++)
        order[i] = (uint32_t)i;
    for (lua_Integer n = count; n > 1; n /= 2)
        limits_charge(script_of(L), count);
    merge_sort(&s, order, order + count, (size_t)count);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, s.list, order[i - 1] + 1);
        lua_seti(L, 1, i);
    }
    return 0;
}

void sandbox_push_table(lua_State *L)
{
    static const char *const kept[] = { "pack", NULL };
    static const luaL_Reg own[] = {
        { "concat", l_concat }, { "insert", l_insert }, { "move", l_move }, { "remove", l_remove },
        { "sort", l_sort },     { "unpack", l_unpack }, { NULL, NULL },
    };

    lua_createtable(L, 0, 8); // own
    luaopen_table(L);         // own original
    sandbox_copy(L, lua_gettop(L) - 1, kept);
    lua_pop(L, 1);
    luaL_setfuncs(L, own, 0);
}

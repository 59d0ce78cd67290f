// Lua data -> JSON text. Nothing here allocates in Lua, so nothing can raise while C memory is
// held.

#include "base/mem.h"
#include "script/convert.h"
#include "script/freeze.h"
#include "script/limits.h"
#include "text/json.h"
#include "text/utf8.h"

#include <lauxlib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { OUTPUT_MAX = 64 << 20 };

// Where we are, for messages: from the value outwards.
struct place {
    const struct place *outer;
    struct view key;   // data NULL: an index
    lua_Integer index; // from 1
};

struct encoder {
    lua_State *L;
    const char *name;
    enum convert_style style;
    struct buf *out;
    size_t start; // length of out at the beginning
    struct err *err;
};

static void add_place(struct buf *text, const struct encoder *e, const struct place *p)
{
    if (p == NULL) {
        buf_add_str(text, e->name);
        return;
    }
    add_place(text, e, p->outer);
    if (p->key.data == NULL)
        buf_addf(text, "[%lld]", (long long)p->index);
    else
        buf_addf(text, ".%.*s", (int)(p->key.len < 100 ? p->key.len : 100), p->key.data);
}

static bool refuse(const struct encoder *e, const struct place *p, const char *what)
{
    struct buf text = { 0 };

    add_place(&text, e, p);
    err_set(e->err, "%s: %s", buf_str(&text), what);
    buf_fini(&text);
    return false;
}

static void new_line(struct encoder *e, int depth)
{
    if (e->style != CONVERT_PRETTY)
        return;
    buf_add_char(e->out, '\n');
    for (int i = 0; i < depth; i++)
        buf_add_str(e->out, "  ");
}

static bool add_number(struct encoder *e, const struct place *p, int i)
{
    lua_Number number = 0;
    size_t before = e->out->len;

    if (lua_isinteger(e->L, i)) {
        buf_addf(e->out, "%lld", (long long)lua_tointeger(e->L, i));
        return true;
    }
    number = lua_tonumber(e->L, i);
    if (!isfinite(number))
        return refuse(e, p,
                      isnan(number) ? "NaN (0/0) cannot be stored"
                                    : "an infinite number cannot be stored");
    if (number == 0) {
        buf_add_str(e->out, signbit(number) ? "-0.0" : "0.0");
        return true;
    }
    json_add_number(e->out, number);
    if (strpbrk(buf_str(e->out) + before, ".eE") == NULL)
        buf_add_str(e->out, ".0"); // it is a float, and stays one
    return true;
}

static bool add_text(struct encoder *e, const struct place *p, struct view text)
{
    if (!utf8_valid(text, NULL))
        return refuse(e, p, "text that is not UTF-8 cannot be stored");
    if (text.len > 0 && memchr(text.data, '\0', text.len) != NULL)
        return refuse(e, p, "text with a zero byte cannot be stored");
    json_add_string(e->out, text);
    return true;
}

static struct view text_at(lua_State *L, int i)
{
    struct view v = { 0 };

    v.data = lua_tolstring(L, i, &v.len);
    return v;
}

static bool add_value(struct encoder *e, const struct place *p, int i, int depth);

static bool add_list(struct encoder *e, const struct place *p, int t, int depth)
{
    lua_Integer count = (lua_Integer)lua_rawlen(e->L, t);

    buf_add_char(e->out, '[');
    for (lua_Integer i = 1; i <= count; i++) {
        struct place inner = { .outer = p, .index = i };
        bool ok = false;

        if (i > 1)
            buf_add_char(e->out, ',');
        new_line(e, depth + 1);
        lua_rawgeti(e->L, t, i);
        ok = add_value(e, &inner, lua_gettop(e->L), depth + 1);
        lua_pop(e->L, 1);
        if (!ok)
            return false;
    }
    if (count > 0)
        new_line(e, depth);
    buf_add_char(e->out, ']');
    return true;
}

struct field {
    struct view key;
    int at; // stack index of the key
};

static int compare_fields(const void *a, const void *b)
{
    const struct field *x = a, *y = b;
    size_t len = x->key.len < y->key.len ? x->key.len : y->key.len;
    int order = memcmp(x->key.data, y->key.data, len);

    return order != 0 ? order : (x->key.len > y->key.len) - (x->key.len < y->key.len);
}

static bool add_fields(struct encoder *e, const struct place *p, int t, int depth,
                       const struct field *fields, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct place inner = { .outer = p, .key = fields[i].key };
        bool ok = false;

        if (i > 0)
            buf_add_char(e->out, ',');
        new_line(e, depth + 1);
        if (!add_text(e, &inner, fields[i].key))
            return false;
        buf_add_str(e->out, e->style == CONVERT_PRETTY ? ": " : ":");
        lua_pushvalue(e->L, fields[i].at);
        lua_rawget(e->L, t);
        ok = add_value(e, &inner, lua_gettop(e->L), depth + 1);
        lua_pop(e->L, 1);
        if (!ok)
            return false;
    }
    return true;
}

// The keys stay on the stack, which keeps them alive and needs no new strings.
static bool add_record(struct encoder *e, const struct place *p, int t, int depth, size_t count)
{
    lua_State *L = e->L;
    struct field *fields = NULL;
    int top = lua_gettop(L);
    bool ok = false;

    if (count > INT32_MAX / 2 || !lua_checkstack(L, (int)count + 8))
        return refuse(e, p, "a table with so many keys cannot be stored");
    fields = mem_calloc(count, sizeof(*fields));
    lua_pushnil(L);
    for (size_t i = 0; i < count && lua_next(L, t); i++) {
        fields[i].key = text_at(L, -2);
        fields[i].at = lua_gettop(L) - 1;
        lua_pop(L, 1);
        lua_pushvalue(L, -1); // keys... key key: the last one is for lua_next
    }
    if (count > 1)
        qsort(fields, count, sizeof(*fields), compare_fields);
    buf_add_char(e->out, '{');
    ok = add_fields(e, p, t, depth, fields, count);
    if (count > 0)
        new_line(e, depth);
    buf_add_char(e->out, '}');
    free(fields);
    lua_settop(L, top);
    return ok;
}

// Whether the table may be stored: no metatable but ours. Says whether it has the array mark.
static bool check_metatable(struct encoder *e, const struct place *p, int t, bool *is_marked)
{
    *is_marked = false;
    if (!lua_getmetatable(e->L, t))
        return true;
    lua_rawgetp(e->L, LUA_REGISTRYINDEX, registry_key(KEY_ARRAY));
    *is_marked = lua_rawequal(e->L, -1, -2);
    lua_pop(e->L, 2);
    return *is_marked || refuse(e, p, "a table with a metatable cannot be stored");
}

static bool count_keys(struct encoder *e, const struct place *p, int t, size_t *texts,
                       size_t *indices)
{
    lua_State *L = e->L;
    lua_Integer length = (lua_Integer)lua_rawlen(L, t);

    *texts = *indices = 0;
    for (lua_pushnil(L); lua_next(L, t); lua_pop(L, 1)) {
        if (lua_type(L, -2) == LUA_TSTRING) {
            ++*texts;
        } else if (lua_isinteger(L, -2) && lua_tointeger(L, -2) >= 1 &&
                   lua_tointeger(L, -2) <= length) {
            ++*indices;
        } else {
            bool is_number = lua_type(L, -2) == LUA_TNUMBER;

            lua_pop(L, 2);
            return refuse(e, p,
                          is_number ? "a list with holes, or a number as a key, cannot be "
                                      "stored (use text as keys)"
                                    : "a key that is neither text nor a number cannot be "
                                      "stored");
        }
    }
    if (*texts > 0 && *indices > 0)
        return refuse(e, p, "a table that is both a list and a record cannot be stored");
    if (*indices != (size_t)length && *indices > 0)
        return refuse(e, p, "a list with holes cannot be stored");
    return true;
}

static bool add_table(struct encoder *e, const struct place *p, int i, int depth)
{
    lua_State *L = e->L;
    size_t texts = 0, indices = 0;
    bool is_marked = false, ok = false;

    if (depth >= JSON_MAX_DEPTH)
        return refuse(e, NULL, "tables are nested too deep to be stored (does one hold itself?)");
    if (!lua_checkstack(L, 8))
        return refuse(e, p, "no memory is left for the stack");
    if (!freeze_push_target(L, i)) // table
        lua_pushvalue(L, i);
    i = lua_gettop(L);
    ok = check_metatable(e, p, i, &is_marked) && count_keys(e, p, i, &texts, &indices);
    if (ok && is_marked && texts > 0)
        ok = refuse(e, p, "a list with named entries cannot be stored");
    if (ok)
        ok =
            is_marked || indices > 0 ? add_list(e, p, i, depth) : add_record(e, p, i, depth, texts);
    lua_settop(L, i - 1);
    return ok;
}

static bool add_value(struct encoder *e, const struct place *p, int i, int depth)
{
    char what[64];

    if (e->out->len - e->start > OUTPUT_MAX)
        return refuse(e, NULL, "larger than 64 MiB when stored");
    switch (lua_type(e->L, i)) {
    case LUA_TBOOLEAN: buf_add_str(e->out, lua_toboolean(e->L, i) ? "true" : "false"); return true;
    case LUA_TNUMBER: return add_number(e, p, i);
    case LUA_TSTRING: return add_text(e, p, text_at(e->L, i));
    case LUA_TTABLE: return add_table(e, p, i, depth);
    case LUA_TLIGHTUSERDATA:
        if (convert_is_null(e->L, i)) {
            buf_add_str(e->out, "null");
            return true;
        }
        break;
    }
    snprintf(what, sizeof(what), "a value of type %s cannot be stored", luaL_typename(e->L, i));
    return refuse(e, p, what);
}

bool convert_to_json(lua_State *L, int i, const char *name, enum convert_style style,
                     struct buf *out, struct err *err)
{
    struct encoder e = { L, name, style, out, out->len, err };
    bool ok = false;

    if (!lua_checkstack(L, 4))
        return err_set(err, "%s: no memory is left for the stack", name);
    ok = add_value(&e, NULL, lua_absindex(L, i), 0);
    limits_charge(script_of(L), (int64_t)(out->len - e.start));
    return ok;
}

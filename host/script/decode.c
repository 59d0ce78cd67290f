// JSON text -> Lua data. text/json_scan.h has checked the grammar before anything is built, so this
// only has to follow it.

#include "script/convert.h"
#include "script/limits.h"
#include "text/json.h"
#include "text/json_scan.h"

#include <lauxlib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NUMBER_BYTES = 64 }; // the scan allows no longer ones

// Its address is null.
static const char null_mark = 'n';

void convert_push_null(lua_State *L)
{
    lua_pushlightuserdata(L, (void *)(uintptr_t)&null_mark);
}

bool convert_is_null(lua_State *L, int i)
{
    return lua_type(L, i) == LUA_TLIGHTUSERDATA && lua_touserdata(L, i) == &null_mark;
}

void convert_mark_array(lua_State *L, int i)
{
    i = lua_absindex(L, i);
    lua_rawgetp(L, LUA_REGISTRYINDEX, registry_key(KEY_ARRAY));
    lua_setmetatable(L, i);
}

struct decoder {
    lua_State *L;
    const char *at, *start, *end;
    struct err *err;
};

static bool fail(const struct decoder *d, const char *at, const char *what)
{
    size_t line = 1, column = 1;

    for (const char *c = d->start; c < at; c++) {
        column = *c == '\n' ? 1 : column + 1;
        line += *c == '\n';
    }
    return err_set(d->err, "line %zu, column %zu: %s", line, column, what);
}

static void skip_space(struct decoder *d)
{
    while (d->at < d->end && strchr(" \t\r\n", *d->at) != NULL && *d->at != '\0')
        d->at++;
}

static bool push_number(struct decoder *d)
{
    const char *from = d->at;
    char text[NUMBER_BYTES] = { 0 };
    bool is_float = false;
    double number = 0;

    for (size_t i = 0; d->at < d->end && *d->at != '\0' &&
                       strchr("+-.0123456789eE", *d->at) != NULL && i < sizeof(text) - 1;
         i++) {
        is_float = is_float || *d->at == '.' || *d->at == 'e' || *d->at == 'E';
        text[i] = *d->at++;
    }
    // lua_stringtonumber gives an integer for what is one and fits. "-0" is a float: keep the sign.
    if (!is_float && strcmp(text, "-0") != 0 && lua_stringtonumber(d->L, text) != 0)
        return true;
    number = strtod(text, NULL);
    if (!isfinite(number))
        return fail(d, from, "a number that is too large");
    lua_pushnumber(d->L, number);
    return true;
}

static unsigned read_hex(const char *at)
{
    char digits[5] = { 0 };

    memcpy(digits, at, 4);
    return (unsigned)strtoul(digits, NULL, 16);
}

static size_t put_utf8(char *out, unsigned code)
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        out[0] = (char)(0xc0 | code >> 6);
        out[1] = (char)(0x80 | (code & 0x3f));
        return 2;
    }
    if (code < 0x10000) {
        out[0] = (char)(0xe0 | code >> 12);
        out[1] = (char)(0x80 | (code >> 6 & 0x3f));
        out[2] = (char)(0x80 | (code & 0x3f));
        return 3;
    }
    out[0] = (char)(0xf0 | code >> 18);
    out[1] = (char)(0x80 | (code >> 12 & 0x3f));
    out[2] = (char)(0x80 | (code >> 6 & 0x3f));
    out[3] = (char)(0x80 | (code & 0x3f));
    return 4;
}

// Undoes the escapes of from..to; out has room for as many bytes.
static size_t unescape(const char *from, const char *to, char *out)
{
    static const char escapes[] = "bfnrt", values[] = "\b\f\n\r\t";
    size_t len = 0;

    while (from < to) {
        const char *escape = NULL;

        if (*from != '\\') {
            out[len++] = *from++;
        } else if (from[1] == 'u') {
            unsigned code = read_hex(from + 2);

            from += 6;
            if (code >= 0xd800 && code < 0xdc00) { // the scan has seen the second half
                code = 0x10000 + ((code - 0xd800) << 10) + (read_hex(from + 2) - 0xdc00);
                from += 6;
            }
            len += put_utf8(out + len, code);
        } else {
            escape = strchr(escapes, from[1]);
            out[len++] = escape != NULL ? values[escape - escapes] : from[1];
            from += 2;
        }
    }
    return len;
}

static void push_string(struct decoder *d)
{
    const char *from = ++d->at;
    bool has_escape = false;
    char *room = NULL;

    for (; *d->at != '"'; d->at++) {
        if (*d->at == '\\') {
            has_escape = true;
            d->at++;
        }
    }
    if (!has_escape) {
        lua_pushlstring(d->L, from, (size_t)(d->at - from));
    } else {
        room = lua_newuserdatauv(d->L, (size_t)(d->at - from), 0); // room
        lua_pushlstring(d->L, room, unescape(from, d->at, room));
        lua_remove(d->L, -2);
    }
    d->at++;
}

static bool push_value(struct decoder *d);

static bool push_list(struct decoder *d)
{
    lua_newtable(d->L); // list
    d->at++;
    skip_space(d);
    for (lua_Integer i = 1; *d->at != ']'; i++) {
        if (!push_value(d)) // list value
            return false;
        lua_rawseti(d->L, -2, i);
        skip_space(d);
        if (*d->at == ',') {
            d->at++;
            skip_space(d);
        }
    }
    d->at++;
    convert_mark_array(d->L, -1);
    return true;
}

static bool push_record(struct decoder *d)
{
    lua_newtable(d->L); // record
    d->at++;
    skip_space(d);
    while (*d->at != '}') {
        const char *key = d->at;

        push_string(d); // record key
        lua_pushvalue(d->L, -1);
        if (lua_rawget(d->L, -3) != LUA_TNIL)
            return fail(d, key, "this key is there twice");
        lua_pop(d->L, 1);
        skip_space(d);
        d->at++;            // ':'
        if (!push_value(d)) // record key value
            return false;
        lua_rawset(d->L, -3);
        skip_space(d);
        if (*d->at == ',') {
            d->at++;
            skip_space(d);
        }
    }
    d->at++;
    return true;
}

// Pushes a value; false leaves rubbish on the stack.
static bool push_value(struct decoder *d)
{
    luaL_checkstack(d->L, 8, "JSON is nested too deep");
    skip_space(d);
    switch (*d->at) {
    case '[': return push_list(d);
    case '{': return push_record(d);
    case '"': push_string(d); return true;
    case 't':
        lua_pushboolean(d->L, true);
        d->at += 4;
        return true;
    case 'f':
        lua_pushboolean(d->L, false);
        d->at += 5;
        return true;
    case 'n':
        convert_push_null(d->L);
        d->at += 4;
        return true;
    }
    return push_number(d);
}

bool convert_from_json(lua_State *L, struct view text, struct err *err)
{
    struct decoder d = { L, text.data, text.data, text.data + text.len, err };
    int top = lua_gettop(L);

    limits_charge(script_of(L), (int64_t)text.len);
    if (!json_scan(text, err))
        return false;
    if (push_value(&d))
        return true;
    lua_settop(L, top);
    return false;
}

void convert_push_json(lua_State *L, const struct json *value)
{
    double number = 0;
    struct view text = { 0 };

    luaL_checkstack(L, 6, "JSON is nested too deep");
    switch (json_type(value)) {
    case JSON_NULL: convert_push_null(L); break;
    case JSON_BOOL: lua_pushboolean(L, json_bool(value)); break;
    case JSON_NUMBER:
        number = json_number(value);
        if (number == floor(number) && fabs(number) <= 9007199254740992.0 &&
            !(number == 0 && signbit(number)))
            lua_pushinteger(L, (lua_Integer)number);
        else
            lua_pushnumber(L, number);
        break;
    case JSON_STRING:
        text = json_string(value);
        lua_pushlstring(L, text.data, text.len);
        break;
    case JSON_ARRAY: {
        lua_Integer i = 0;

        lua_newtable(L); // list
        for (const struct json *v = json_first(value); v != NULL; v = json_next(v)) {
            convert_push_json(L, v);
            lua_rawseti(L, -2, ++i);
        }
        convert_mark_array(L, -1);
        break;
    }
    case JSON_OBJECT:
        lua_newtable(L); // record
        for (const struct json *v = json_first(value); v != NULL; v = json_next(v)) {
            lua_pushstring(L, json_key(v));
            convert_push_json(L, v);
            lua_rawset(L, -3);
        }
        break;
    }
}

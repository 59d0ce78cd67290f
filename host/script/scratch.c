#include "script/scratch.h"

#include <lauxlib.h>
#include <string.h>

#include "script/closable.h"

static int l_close(lua_State *L)
{
    buf_fini(lua_touserdata(L, 1)); // closing twice is fine
    return 0;
}

struct buf *scratch_push(lua_State *L)
{
    struct buf *b = NULL;

    luaL_checkstack(L, 1, NULL);
    b = lua_newuserdatauv(L, sizeof(*b), 0); // owner
    memset(b, 0, sizeof(*b));
    closable_scope(L, registry_key(KEY_SCRATCH), l_close);
    return b;
}

#include "script/testing.h"

#include "base/file.h"
#include "base/mem.h"
#include "script/loader.h"
#include "script/run.h"
#include "script/sandbox.h"
#include "script/task_state.h"
#include "script/texts.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

struct test_run {
    struct script *script;
    const char *path;
    struct view text;
    const struct script_tests *tests;
    lua_Integer index; // of the test at hand, from 1
    char *name;        // of it; NULL: past the last one
};

// (run) -> nothing; the tests are left in the registry. Runs inside of a task, under its limits.
static int l_collect(lua_State *L)
{
    const struct test_run *r = lua_touserdata(L, 1);

    lua_pushcfunction(L, loader_l_require);
    lua_pushliteral(L, "propersim.test");
    lua_call(L, 1, 1); // run module
    lua_getfield(L, -1, "new");
    lua_call(L, 0, 1); // run module collector
    lua_getfield(L, 3, "globals");
    sandbox_push_env(L, 4); // run module collector globals env
    lua_pushfstring(L, "@%s", r->path);
    lua_insert(L, -2); // ... name env
    loader_compile(L, lua_tostring(L, -2), r->text);
    lua_call(L, 0, 0);
    lua_getfield(L, 3, "tests");
    lua_rawsetp(L, LUA_REGISTRYINDEX, registry_key(KEY_TESTS));
    return 0;
}

static int push_collect(lua_State *L, void *user)
{
    lua_pushcfunction(L, l_collect);
    lua_pushlightuserdata(L, user);
    return 1;
}

static int push_test(lua_State *L, void *user)
{
    const struct test_run *r = user;

    lua_rawgetp(L, LUA_REGISTRYINDEX, registry_key(KEY_TESTS)); // tests
    lua_rawgeti(L, -1, r->index);                               // tests test
    lua_getfield(L, -1, "run");
    return 0;
}

static int read_name(lua_State *L)
{
    struct test_run *r = lua_touserdata(L, 1);

    lua_rawgetp(L, LUA_REGISTRYINDEX, registry_key(KEY_TESTS)); // tests
    if (lua_rawgeti(L, -1, r->index) != LUA_TTABLE)             // tests test
        return 0;
    lua_getfield(L, -1, "name");
    r->name = mem_strdup(luaL_checkstring(L, -1));
    return 0;
}

static enum task_state run_to_end(struct task *t, const struct script_tests *tests)
{
    task_resume(t, NULL, NULL);
    while (task_state(t) == TASK_WAITING && tests->wait != NULL && tests->wait(tests->user))
        ;
    if (task_state(t) == TASK_WAITING)
        task_cancel(t);
    return task_state(t);
}

static bool collect(struct test_run *r, struct err *err)
{
    struct task *t = task_start_pushed(r->script, push_collect, r, err);
    bool ok = false;

    if (t == NULL)
        return false;
    r->script->no_wait++;
    ok = task_resume(t, NULL, NULL) == TASK_DONE;
    r->script->no_wait--;
    if (!ok)
        err_set(err, "%s", task_error(t));
    task_free(t);
    return ok;
}

static bool run_one(struct test_run *r, struct script_test_result *result, struct err *err)
{
    struct task *t = task_start_pushed(r->script, push_test, r, err);

    if (t == NULL)
        return false;
    result->file = r->path;
    result->name = r->name;
    result->passed = run_to_end(t, r->tests) == TASK_DONE;
    result->message = task_error(t);
    if (r->tests->report != NULL)
        r->tests->report(r->tests->user, result);
    task_free(t);
    return true;
}

bool script_run_tests(struct script *s, const char *path, const struct script_tests *tests,
                      size_t *passed, size_t *failed, struct err *err)
{
    struct test_run r = { .script = s, .path = path, .tests = tests, .index = 1 };
    struct buf text = { 0 };
    bool ok = false;

    if (!file_read(&text, path, TEXTS_MAX_FILE_BYTES, err))
        goto done;
    r.text = buf_view(&text);
    if (!collect(&r, err))
        goto done;
    for (;; r.index++) {
        struct script_test_result result = { 0 };

        free(r.name);
        r.name = NULL;
        if (!run_protected(s, read_name, &r, err))
            goto done;
        if (r.name == NULL)
            break;
        if (tests->filter != NULL && strstr(r.name, tests->filter) == NULL)
            continue;
        if (!run_one(&r, &result, err))
            goto done;
        ++*(result.passed ? passed : failed);
    }
    ok = r.index > 1 || err_set(err, "%s: no tests in it (it(name, function))", path);
done:
    free(r.name);
    buf_fini(&text);
    return ok;
}

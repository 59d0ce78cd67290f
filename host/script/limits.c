#include "script/limits.h"

#include "base/pool.h"
#include "script/trace.h"

#include <string.h>
#include <time.h>

enum {
    DEFAULT_MEMORY = 256 << 20,
    DEFAULT_STRING = 16 << 20,
    DEFAULT_SLICE = 100000000,
    DEFAULT_LOAD = 200000000,
    DEFAULT_CPU_MS = 30000,
    DEFAULT_TASKS = 1024,
    BYTES_PER_INSTRUCTION = 64,         // what allocating costs of the budget
    COLLECT_BYTES_PER_INSTRUCTION = 16, // what a collection forced by the ceiling costs
    HOOKS_PER_CLOCK = 4,
};

void limits_init(struct limits *l, const struct script_limits *set)
{
    memset(l, 0, sizeof(*l));
    if (set != NULL)
        l->set = *set;
    if (l->set.memory_bytes == 0)
        l->set.memory_bytes = DEFAULT_MEMORY;
    if (l->set.string_bytes == 0)
        l->set.string_bytes = DEFAULT_STRING;
    if (l->set.slice_instructions == 0)
        l->set.slice_instructions = DEFAULT_SLICE;
    if (l->set.load_instructions == 0)
        l->set.load_instructions = DEFAULT_LOAD;
    if (l->set.slice_cpu_ms == 0)
        l->set.slice_cpu_ms = DEFAULT_CPU_MS;
    if (l->set.tasks == 0)
        l->set.tasks = DEFAULT_TASKS;
    l->ceiling = l->set.memory_bytes;
    l->budget = INT64_MAX; // until the state is built
    l->cpu_start_ns = -1;
}

static int64_t cpu_ns(void)
{
    struct timespec t = { 0 };

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void hook(lua_State *L, lua_Debug *ar);

static void fire_at_next_instruction(struct script *s)
{
    if (s->running != NULL && s->running != s->L)
        lua_sethook(s->running, hook, LUA_MASKCOUNT, 1);
}

static void note_place(struct script *s, lua_State *L)
{
    buf_clear(&s->limits.where);
    trace_add_where(L, &s->limits.where);
    trace_take(s, L, 0);
}

static bool is_over_time(struct limits *l)
{
    int64_t now = 0;

    if (l->set.slice_cpu_ms < 0 || l->hook_calls++ % HOOKS_PER_CLOCK != 0)
        return false;
    now = cpu_ns();
    if (l->cpu_start_ns < 0)
        l->cpu_start_ns = now;
    return now - l->cpu_start_ns > (int64_t)l->set.slice_cpu_ms * 1000000;
}

static int raise_killed(lua_State *L)
{
    // The next instruction of whoever catches this raises again. The value was made beforehand:
    // raising must not allocate.
    lua_sethook(L, hook, LUA_MASKCOUNT, 1);
    lua_rawgetp(L, LUA_REGISTRYINDEX, registry_key(KEY_KILLED)); // killed
    return lua_error(L);
}

static void hook(lua_State *L, lua_Debug *ar)
{
    struct script *s = script_of(L);
    struct limits *l = &s->limits;

    (void)ar;

    if (l->kill == KILL_NO) {
        l->budget -= LIMITS_HOOK_COUNT;
        if (l->budget <= 0)
            l->kill = KILL_INSTRUCTIONS;
        else if (is_over_time(l))
            l->kill = KILL_CPU;
        else
            return;
        note_place(s, L);
    }
    if (lua_isyieldable(L))
        lua_yield(L, 0); // takes effect when the hook returns
    else
        raise_killed(L);
}

int limits_pass_on(lua_State *L)
{
    if (lua_isyieldable(L))
        return lua_yield(L, 0);
    return raise_killed(L);
}

void limits_watch(lua_State *co)
{
    lua_sethook(co, hook, LUA_MASKCOUNT, LIMITS_HOOK_COUNT);
}

void limits_start_slice(struct script *s, int64_t instructions)
{
    s->limits.budget = s->limits.slice = instructions;
    s->limits.kill = KILL_NO;
    s->limits.cpu_start_ns = -1;
    s->limits.hook_calls = 0;
}

void limits_charge(struct script *s, int64_t work)
{
    s->limits.budget -= work;
    if (s->limits.budget <= 0)
        fire_at_next_instruction(s);
}

void script_charge(lua_State *L, int64_t work)
{
    limits_charge(script_of(L), work);
}

static void stop(struct script *s, enum kill kill)
{
    if (s->limits.kill == KILL_NO) {
        s->limits.kill = kill;
        if (s->running != NULL)
            note_place(s, s->running);
    }
    s->limits.budget = 0;
    fire_at_next_instruction(s);
}

static void *refuse(struct script *s, const void *block, size_t new_size, enum kill kill)
{
    struct limits *l = &s->limits;
    int64_t cost = (int64_t)(l->used / COLLECT_BYTES_PER_INSTRUCTION);

    // Lua answers the first refusal with a full collection and tries the same again. Only the
    // second refusal is final. The collection is work that no instruction shows; when the budget
    // has no room for it, it is memory that there is too little of.
    if (l->budget <= cost ||
        (l->refused && l->refused_block == block && l->refused_size == new_size)) {
        l->refused = false;
        stop(s, kill);
        return NULL;
    }
    // What Lua raises if it gives up all the same says neither where nor how much.
    if (s->running != NULL)
        note_place(s, s->running);
    l->refused = true;
    l->refused_block = block;
    l->refused_size = new_size;
    limits_charge(s, cost);
    return NULL;
}

static bool is_test_failure(const struct limits *l)
{
    uint64_t at = l->set.fail_allocation_at;

    return at != 0 && (l->allocations == at || (l->allocations == at + 1 && l->refused));
}

void *limits_allocate(void *user, void *block, size_t old_size, size_t new_size)
{
    struct script *s = user;
    struct limits *l = &s->limits;
    size_t held = block == NULL ? 0 : old_size; // without a block, old_size says what it is for
    void *result = NULL;

    if (new_size == 0) {
        if (block != NULL)
            pool_give_back(s->heap, block, held);
        l->used -= held;
        return NULL;
    }
    if (new_size > held) {
        if (block == NULL && old_size == LUA_TSTRING && new_size > l->set.string_bytes)
            return refuse(s, block, new_size, KILL_STRING);
        l->allocations++;
        if (l->used - held + new_size > l->ceiling || is_test_failure(l))
            return refuse(s, block, new_size, KILL_MEMORY);
    }
    result =
        block == NULL ? pool_take(s->heap, new_size) : pool_resize(s->heap, block, held, new_size);
    if (result == NULL)
        return refuse(s, block, new_size, KILL_MEMORY);
    l->used = l->used - held + new_size;
    if (new_size > held) {
        l->refused = false;
        limits_charge(s, (int64_t)((new_size - held) / BYTES_PER_INSTRUCTION));
    }
    return result;
}

struct limits_relaxed limits_relax(struct script *s)
{
    struct limits_relaxed before = { s->limits.kill, s->limits.budget };

    s->limits.kill = KILL_NO;
    s->limits.budget = LIMITS_CLOSE_INSTRUCTIONS;
    s->limits.cpu_start_ns = -1;
    s->limits.ceiling = s->limits.set.memory_bytes + LIMITS_RESERVE_BYTES;
    return before;
}

void limits_restore(struct script *s, struct limits_relaxed before)
{
    s->limits.kill = before.kill;
    s->limits.budget = before.budget;
    s->limits.ceiling = s->limits.set.memory_bytes;
}

void limits_describe(const struct script *s, struct buf *out)
{
    const struct limits *l = &s->limits;

    buf_add_view(out, buf_view(&l->where));
    switch (l->kill) {
    case KILL_NO: break;
    case KILL_INSTRUCTIONS:
        buf_addf(out, "stopped: used up its %lld instructions (an endless loop?)",
                 (long long)l->slice);
        break;
    case KILL_CPU:
        buf_addf(out, "stopped: took more than %d ms of processor time", l->set.slice_cpu_ms);
        break;
    case KILL_MEMORY:
        buf_addf(out, "stopped: would need more memory than the limit of %zu bytes",
                 l->set.memory_bytes);
        break;
    case KILL_STRING:
        buf_addf(out, "stopped: would make a string longer than the limit of %zu bytes",
                 l->set.string_bytes);
        break;
    }
}

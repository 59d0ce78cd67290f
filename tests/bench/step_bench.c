// How long a simulated step takes, and in which room the time goes: runs a study in this process and times every call
// into the rooms that the bindings use (the linker's --wrap puts our counting functions in between). What is left is
// Lua and the bindings themselves. Usage: step_bench STUDY.lua FOLDER DAYS. Absolute times are noise on shared
// machines; the shares and the bytes are what to look at.

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

#include "base/file.h"
#include "learn/policy.h"
#include "memory/embed.h"
#include "memory/retrieve.h"
#include "sim/runner.h"
#include "store/manifest.h"
#include "store/writer.h"
#include "world/paths.h"
#include "world/world.h"

enum part { PART_WORLD, PART_MEMORY, PART_LEARN, PART_STORE, PART_COUNT };

static int64_t spent_ns[PART_COUNT], steps;

static int64_t now_ns(void)
{
    struct timespec t = { 0 };

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

// Defines __wrap_NAME, which calls __real_NAME and adds its time to a part.
#define WRAP(part, type, name, parameters, arguments)                                              \
    type __real_##name parameters;                                                                 \
    type __wrap_##name parameters;                                                                 \
    type __wrap_##name parameters                                                                  \
    {                                                                                              \
        int64_t begun = now_ns();                                                                  \
        type result = __real_##name arguments;                                                     \
        spent_ns[part] += now_ns() - begun;                                                        \
        return result;                                                                             \
    }
#define WRAP_VOID(part, name, parameters, arguments)                                               \
    void __real_##name parameters;                                                                 \
    void __wrap_##name parameters;                                                                 \
    void __wrap_##name parameters                                                                  \
    {                                                                                              \
        int64_t begun = now_ns();                                                                  \
        __real_##name arguments;                                                                   \
        spent_ns[part] += now_ns() - begun;                                                        \
    }
#define WRAP_APPEND(row)                                                                           \
    WRAP(PART_STORE, bool, writer_append_##row,                                                    \
         (struct writer * w, const struct row_##row *r, struct err *err), (w, r, err))

WRAP_APPEND(step)
WRAP_APPEND(activity)
WRAP_APPEND(schedule)
WRAP_APPEND(event)
WRAP_APPEND(memory)
WRAP_APPEND(suggestion)
WRAP_APPEND(rating)
WRAP_APPEND(pair)
WRAP_APPEND(summary)
WRAP(PART_STORE, bool, writer_commit_due, (struct writer * w, int64_t ms, struct err *err),
     (w, ms, err))
WRAP(PART_STORE, bool, writer_finish_day,
     (struct writer * w, struct view state, const struct row_access *a, size_t n, double ms,
      struct err *err),
     (w, state, a, n, ms, err))
WRAP(PART_MEMORY, uint32_t, memory_append,
     (struct memory * m, const struct memory_node *n, struct err *err), (m, n, err))
WRAP(PART_MEMORY, bool, memory_retrieve,
     (struct memory * m, const struct memory_query *q, size_t max, struct memory_hit *out,
      size_t *found, struct err *err),
     (m, q, max, out, found, err))
WRAP(PART_MEMORY, const float *, memory_find_vector, (const struct memory *m, struct view text),
     (m, text))
WRAP_VOID(PART_MEMORY, embed_text, (struct view text, float *out), (text, out))
WRAP(PART_WORLD, uint32_t, paths_walk,
     (struct paths * p, uint32_t from, struct spot to, uint32_t max, uint32_t *tiles),
     (p, from, to, max, tiles))
WRAP(PART_WORLD, size_t, world_perceive,
     (const struct world *w, uint32_t tile, uint32_t r, size_t n, struct world_percept *out),
     (w, tile, r, n, out))
WRAP(PART_WORLD, size_t, world_places_near,
     (const struct map *m, uint32_t tile, uint32_t r, uint32_t *out), (m, tile, r, out))
WRAP_VOID(PART_WORLD, world_set_event,
          (struct world * w, struct spot where, const struct world_event *e), (w, where, e))
WRAP_VOID(PART_LEARN, policy_score,
          (const struct policy *p, const struct features *s, struct candidates *c, double *out),
          (p, s, c, out))

static void on_steps(void *user, int64_t count)
{
    (void)user;
    steps += count;
}

static int64_t folder_bytes(const struct study *study, const char *folder)
{
    int64_t bytes = 0;

    for (size_t i = 0; i < study->cell_count; i++) {
        const struct study_cell *c = &study->cells[i];
        char *file = manifest_file_name(c->condition, c->persona, c->seed);
        char *path = path_join(folder, file);
        struct stat st = { 0 };
        if (stat(path, &st) == 0)
            bytes += st.st_size;
        free(path);
        free(file);
    }
    return bytes;
}

static void print(const struct study *study, const char *folder, int64_t wall_ns)
{
    static const char *const names[] = { "world", "memory", "learn", "store" };
    struct rusage usage = { 0 };
    int64_t rest = wall_ns;
    double days = (double)study->cell_count * study->days;

    getrusage(RUSAGE_SELF, &usage);
    printf("%lld steps, %.0f steps per second, %ld MB resident\n", (long long)steps,
           (double)steps * 1e9 / (double)wall_ns, usage.ru_maxrss / 1024);
    for (int i = 0; i < PART_COUNT; i++) {
        printf("%-7s %8.2f us per step %5.1f %%\n", names[i],
               (double)spent_ns[i] / 1000 / (double)steps,
               (double)spent_ns[i] * 100 / (double)wall_ns);
        rest -= spent_ns[i];
    }
    printf("%-7s %8.2f us per step %5.1f %%\n", "script", (double)rest / 1000 / (double)steps,
           (double)rest * 100 / (double)wall_ns);
    printf("%.0f bytes per simulated day of a household\n",
           (double)folder_bytes(study, folder) / days);
}

int main(int argc, char **argv)
{
    struct study study = { 0 };
    struct err err = { { 0 } };
    struct runner_options options = { .jobs = 1, .events = { .steps = on_steps } };
    enum runner_end end = RUNNER_DONE;
    bool resumed = false;
    int64_t begun = 0;

    if (argc != 4) {
        fprintf(stderr, "usage: step_bench STUDY.lua FOLDER DAYS\n");
        return 2;
    }
    options.out = argv[2];
    if (!study_load(&study, argv[1], NULL, 0, &err))
        goto failed;
    study.days = atoi(argv[3]);
    begun = now_ns();
    if (!runner_prepare(&study, argv[2], &resumed, &err) ||
        !runner_run(&study, &options, &end, &err))
        goto failed;
    print(&study, argv[2], now_ns() - begun);
    study_fini(&study);
    return end == RUNNER_DONE ? 0 : 1;
failed:
    fprintf(stderr, "step_bench: %s\n", err.text);
    study_fini(&study);
    return 1;
}

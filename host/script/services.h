#pragma once
// What the bindings of a household work on: its map, world, memory streams, policies and run file.
// The household (host/sim) owns all of it and puts it in the script's context; a script without it
// (a study file, a test) gets errors that say so from the functions that need it.

#include "base/rng.h"
#include "learn/policy.h"
#include "learn/replay.h"
#include "memory/memory.h"
#include "script/asker.h"
#include "script/llm_listen.h"
#include "script/object.h"
#include "script/script.h"
#include "store/writer.h"
#include "world/map.h"
#include "world/paths.h"
#include "world/world.h"

struct json;
struct lua_State;

enum { SERVICES_MAX_RESIDENTS = 64 };

/// One memory stream of one resident.
struct service_stream {
    struct memory *memory;
    int who;
    enum row_stream stream;
    struct script_services *services; // back to the whole
    struct object object;             // once a script has asked for it
};

/// The last look around of a resident, so that an unchanged scene is not told again.
struct service_look {
    uint32_t tile;
    uint64_t version;
};

/// One resident and their assistant.
struct service_resident {
    const char *persona; // id; names the resident's random streams
    struct service_stream resident, assistant;
    struct policy *policy;
    struct candidates *candidates; // what the policy chooses among
    struct replay *replay;         // what there is to learn from
    size_t saved_examples;         // how many of them the run file has
    struct object policy_object;
    struct service_look look; // version 0: has not looked yet
    int retrievals;           // of this step, for the run file
    int events;               // perceived in this step, for the run file
};

/// Something told to a resident by hand, at the beginning of a step.
struct service_told {
    int64_t step;
    int who;
    enum row_intervention_kind kind;
    char *text;
};

struct script_services {
    const struct map *map;
    struct world *world;
    struct paths *paths;
    const struct asker *asker; // NULL: every role is answered offline
    const struct llm_ear *ear; // who hears all questions and answers; NULL: nobody
    struct writer *writer;     // NULL: nothing is recorded (tests)
    struct service_resident *residents;
    int resident_count;
    int turn; // the resident whom questions are about (llm.turn), from 1
    bool record_retrieval;
    double recency_w, relevance_w, importance_w, recency_decay;
    bool oldest_first;
    const struct json *mmlu; // questions of the nightly check; NULL: there is none
    bool looking; // a look from outside: streams stay as they are, and nothing can be recorded
    struct service_told *told; // of steps that are not over; in order
    size_t told_count, told_cap;
    int schedule_lines; // of this day, for the run file
    uint32_t *numbers;  // scratch: room for as many numbers as the map has tiles or places
};

/// The services of the household that L runs for; raises if there is none.
struct script_services *services_of(struct lua_State *L);
/// Resident number `who` of argument `arg`; raises if there is no such resident.
struct service_resident *services_resident(struct lua_State *L, int arg);

/// Registers map, memory, policy, record, intervention, mmlu, llm and text.
struct script;
bool services_add_modules(struct script *s, struct err *err) NODISCARD;

/// A new script with all modules, the standard ones and those of a household. Free with
/// script_free.
struct script *services_new_script(const struct script_limits *limits, struct err *err) NODISCARD;
/// The same with the texts loaded; `limits` NULL: the ordinary ones. `texts` may be NULL, for those
/// that could not be read: then NULL, and *err stays as it is.
struct texts;
struct script_needs;
struct script *services_load_script(const struct script_limits *limits, struct texts *texts,
                                    const struct script_needs *needs, struct err *err) NODISCARD;

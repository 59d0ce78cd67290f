// What a household's scripts work on: its world, memory streams and policies, empty at first.

#include <stdlib.h>

#include "base/mem.h"
#include "memory/embed.h"
#include "sim/household_data.h"

static struct memory *new_memory(const struct household *h)
{
    struct memory *m = NULL;

    if (h->embedder == NULL)
        return memory_new(EMBED_DIM);
    m = memory_new(embedder_dimensions(h->embedder));
    memory_allow_pending(m);
    return m;
}

void household_make_services(struct household *h)
{
    struct script_services *s = &h->services;
    size_t numbers = map_tile_count(h->shared.map) + map_place_count(h->shared.map) + 1;

    *s = (struct script_services){
        .map = h->shared.map,
        .world = world_new(h->shared.map),
        .paths = h->shared.paths,
        .writer = h->writer,
        .ear = h->shared.ear,
        .resident_count = (int)json_count(json_get(h->config, "personas")),
        .numbers = mem_calloc(numbers, sizeof(*s->numbers)),
    };
    s->residents = mem_calloc((size_t)s->resident_count, sizeof(*s->residents));
    for (int i = 0; i < s->resident_count; i++) {
        struct service_resident *r = &s->residents[i];
        r->resident = (struct service_stream){
            .memory = new_memory(h), .who = i + 1, .stream = STREAM_RESIDENT, .services = s
        };
        r->assistant = r->resident;
        r->assistant.memory = new_memory(h);
        r->assistant.stream = STREAM_ASSISTANT;
        r->policy = policy_new(POLICY_BITS);
        r->candidates = candidates_new();
        r->replay = replay_new();
    }
    household_apply_options(h);
}

void household_free_services(struct household *h)
{
    struct script_services *s = &h->services;

    for (int i = 0; i < s->resident_count; i++) {
        memory_free(s->residents[i].resident.memory);
        memory_free(s->residents[i].assistant.memory);
        candidates_free(s->residents[i].candidates);
        replay_free(s->residents[i].replay);
        policy_free(s->residents[i].policy);
    }
    household_forget_told(h, INT64_MAX);
    free(s->told);
    free(s->residents);
    free(s->numbers);
    world_free(s->world);
    *s = (struct script_services){ 0 };
}

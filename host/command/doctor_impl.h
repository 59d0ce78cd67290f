#pragma once
// What the files that look at the endpoints of a study share.
//
// doctor_endpoints.c  asks each of them, and says what is found
// doctor_patients.c   which endpoints there are
// doctor_probe.c      one question to one endpoint

#include "command/doctor.h"
#include "model/ask.h"
#include "net/loop.h"

// One endpoint, and the roles that ask it.
struct patient {
    char *spec; // canonical JSON
    const struct json *model;
    struct buf roles;
    bool chats, embeds;
    const char *role; // of the chats, the first
};

struct patients {
    struct patient *all;
    size_t count;
};

/// Adds the endpoints that the conditions of a study name, each once, and who asks them. `p` is
/// all-zero before. They borrow from the study.
void patients_collect(struct patients *p, const struct study *study);
void patients_fini(struct patients *p);

// What is asked: prompts of ours, since mocks and programs know these by name.
struct probe {
    const char *prompt, *inputs, *text, *schema;
};

/// The question for an endpoint, when it is asked for a role. Has static storage.
const struct probe *probe_for(const struct endpoint *e, const char *role);

struct probe_result {
    bool done; // else no answer came in time
    enum failure failure;
    char *message; // what is wrong; caller frees
    double ms;
    size_t dimensions; // of embeddings
};

/// Asks, and runs the loop until the answer is there.
struct probe_result probe_ask(struct loop *loop, struct channel *c, const struct probe *probe,
                              const char *role, uint64_t seed);
/// The same with two texts to embed.
struct probe_result probe_embed(struct loop *loop, struct channel *c);

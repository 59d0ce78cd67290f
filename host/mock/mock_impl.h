#pragma once
// The inside of a mock, shared by its files.
//
// mock.c      the server and its routes
// visit.c     a request for an answer, from its arrival to its reply or what befalls it instead
// adapters.c  the models that it serves: itself, and adapters that it was told to load

#include <stdio.h>

#include "mock/history.h"
#include "mock/mock.h"
#include "mock/stats.h"
#include "net/server.h"

struct mock {
    struct loop *loop;
    struct mock_config config;
    struct server *server;
    struct history history;
    struct stats stats;
    FILE *log; // NULL: none
    char retry_after[16];
    struct adapter *adapters;
    size_t adapter_count;
};

/// Takes a request for a chat's answer or for embeddings, to be answered in its time. A wrong one
/// is answered at once: the reply says what is wrong.
void visit_receive(struct mock *m, struct server_request *q, bool embeddings,
                   struct server_reply *reply);

/// Routes: POST /v1/load_lora_adapter and /v1/unload_lora_adapter, GET /v1/models.
void adapters_load(void *user, struct server_request *q, struct server_reply *reply);
void adapters_unload(void *user, struct server_request *q, struct server_reply *reply);
void adapters_list(void *user, struct server_request *q, struct server_reply *reply);
void adapters_fini(struct mock *m);

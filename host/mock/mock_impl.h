#pragma once
// The inside of a mock, shared by its files.
//
// mock.c   the server and its routes
// visit.c  a request for an answer, from its arrival to its reply or what befalls it instead

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
    struct buf adapters; // names, each between line ends
};

/// Takes a request for a chat's answer or for embeddings, to be answered in its time. A wrong one
/// is answered at once: the reply says what is wrong.
void visit_receive(struct mock *m, struct server_request *q, bool embeddings,
                   struct server_reply *reply);

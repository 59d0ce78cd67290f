#pragma once
// The reply to a request, as the fault that befalls it wants it.

#include "mock/answer.h"
#include "net/server.h"

struct mock_making {
    struct script *script;
    const struct mock_request *request;
    struct view body; // of the request
    enum fault fault;
    uint64_t number;         // of the reply
    const char *retry_after; // of a 429; lives as long as the reply
};

/// Fills in a reply that starts as {.status = 200}. FAULT_HALF and FAULT_DRIP: its body is all the
/// bytes to be sent, head included; FAULT_RESET and FAULT_HANG: it stays empty. False: the request
/// is wrong.
bool mock_make_reply(const struct mock_making *m, struct server_reply *reply,
                     struct err *err) NODISCARD;

#pragma once
// A server that answers like OpenAI's chat completions and embeddings, for tests, demonstrations
// and measurements: our own prompts by their offline answerers (a request of an endpoint marked as
// mock brings the prompt's inputs and seed along), any other chat by a plausible text or by JSON
// that conforms to the schema it asks for, embeddings by the offline embedder. It takes its time,
// and it fails, as often and in the ways that its user chooses.
//
// Everything about a request is drawn from a stream keyed by the seed, the request and how often
// it came before: the order in which requests arrive changes nothing.
//
// Routes: POST /v1/chat/completions, /v1/embeddings, /v1/load_lora_adapter and
// /v1/unload_lora_adapter, GET /v1/models and /mock/stats. One thread, on a loop; created from and
// freed before it. The address is this machine's alone.

#include "base/err.h"
#include "mock/faults.h"
#include "mock/latency.h"

struct loop;
struct mock;
struct script;

struct mock_config {
    int port; // 0: any that is free
    uint64_t seed;
    struct latency latency;
    struct faults faults;
    int retry_after_s;     // what a 429 asks for
    int heal;              // so many faults a request meets at most; 0: any number
    const char *log;       // a file for one line of JSON per request; NULL: none
    struct script *script; // with propersim.mock loaded (MOCK_EXPORT); borrowed
};

/// What the script must export (struct script_needs).
#define MOCK_EXPORT "propersim.mock.chat"

struct mock *mock_new(struct loop *loop, const struct mock_config *config,
                      struct err *err) NODISCARD;
void mock_free(struct mock *m); // NULL is fine
int mock_port(const struct mock *m);

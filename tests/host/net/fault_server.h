#pragma once
// The other end of the sockets in tests: an HTTP server on loopback that answers whatever a test
// tells it to, malformed bytes, late bytes and broken connections included. It runs on the loop of
// the test (or of a process of its own), so a test waits for events and never for luck.

#include "base/buf.h"
#include "net/loop.h"

struct fault_server;
struct fault_connection;

struct fault_request {
    const char *method, *path; // the path with its query
    const char *head;          // request line and headers, as they came
    struct view body;
    size_t number; // of the requests that this server has seen, from 1
};

/// Must answer with one of the fault_ functions below, at once; or not at all, for a hang.
typedef void (*fault_fn)(void *user, struct fault_connection *c, const struct fault_request *r);

/// Listens on a free port of 127.0.0.1. Aborts the program on failure: it is a test's.
struct fault_server *fault_server_new(struct loop *l, fault_fn fn, void *user);
void fault_server_free(struct fault_server *s);
int fault_server_port(const struct fault_server *s);
size_t fault_server_requests(const struct fault_server *s);
size_t fault_server_open_connections(const struct fault_server *s);
size_t fault_server_accepted(const struct fault_server *s);
/// Stops listening and breaks all connections; the port stays reserved for fault_server_return.
void fault_server_vanish(struct fault_server *s);
void fault_server_return(struct fault_server *s);

/// From now on says this on each new connection, before it has been asked anything.
void fault_server_greet(struct fault_server *s, const char *bytes);

/// What happens to the connection after the bytes have gone out.
enum fault_then { THEN_KEEP, THEN_CLOSE, THEN_RESET, THEN_NOTHING };

/// A well-formed answer. `headers` are further lines "Name: value\r\n", or NULL.
void fault_answer(struct fault_connection *c, int status, const char *headers, struct view body);
/// The same after a time.
void fault_answer_later(struct fault_connection *c, int64_t delay_ms, int status,
                        const char *headers, struct view body);
/// Any bytes, then `then`.
void fault_raw(struct fault_connection *c, struct view bytes, enum fault_then then);
/// Head of an answer, then its body at `step_bytes` per `step_ms`.
void fault_drip(struct fault_connection *c, struct view body, size_t step_bytes, int64_t step_ms);

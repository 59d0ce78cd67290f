#pragma once
// A program of the user's behind a role (`exec:COMMAND`): requests and answers are lines of JSON,
// matched by their `id`, so that several can be under way. Started with the first request; when it
// ends, what was under way fails as a broken connection does, and the next request starts it again.
// Inside this room: to an exchange it is what net/client.h is.

#include "net/client.h"

struct exec;

/// folder: where it runs, NULL: here. log: a file that gets what it prints on its standard error, a
/// line at a time, or NULL.
struct exec *exec_new(struct loop *l, const char *command, const char *folder, const char *log);
/// Ends the program. No request may be under way. NULL is fine.
void exec_free(struct exec *e);
const char *exec_command(const struct exec *e);

/// Sends a request, the text of a JSON object, and returns its id. fn is called once, later, from
/// the loop, with the line of the answer as body of status 200, unless the request is cancelled
/// before. 0 with an error: the program cannot be started, or has ended again and again without an
/// answer in between.
uint64_t exec_start(struct exec *e, struct view request, int64_t total_ms, client_fn fn, void *user,
                    struct err *err) NODISCARD;
/// An id that is over (or 0) is fine. What the program says to it later is ignored.
void exec_cancel(struct exec *e, uint64_t id);

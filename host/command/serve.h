#pragma once
// Shows a folder in the browser until it is told to end: what `serve` does, and, in a process of
// its own beside a run, `run --serve`.

#include "base/err.h"

#include <stdbool.h>

enum { SERVE_USUAL_PORT = 8765 };

struct serve_how {
    const char *folder;
    const char *address; // NULL: this machine only; otherwise viewers need a token
    int port;            // 0: any that is free
    bool open;           // open the page in the browser
};

/// Serves until SIGINT or SIGTERM. Prints the address on standard output.
bool serve(const struct serve_how *how, struct err *err);

// ---- Beside a run.

struct serve_beside;

/// Starts a process that serves, and waits until it listens; NULL if it cannot. It ends with this
/// process, and takes no notice of Ctrl-C: who started it ends it. Call it while the process has
/// neither threads nor open run files. `url` is where it is, without a token.
struct serve_beside *serve_beside_new(const struct serve_how *how, struct err *err) NODISCARD;
const char *serve_beside_url(const struct serve_beside *b);
/// Waits for SIGINT or SIGTERM, or until the process has ended by itself.
void serve_beside_wait(const struct serve_beside *b);
void serve_beside_free(struct serve_beside *b); // ends it; NULL is fine

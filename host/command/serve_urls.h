#pragma once
// Under which addresses a server can be opened.

#include "base/buf.h"

/// Adds the address of a server that listens on `address` (NULL: this machine only), with its token
/// if there is one. A server on all addresses (0.0.0.0, ::) is not at that address: then one line
/// for each that this machine has, the machine's own loopback last. Lines end with "\n".
void serve_add_urls(struct buf *out, const char *address, int port, const char *token);

/// The last of these lines, which this machine can open, without its end. Free it.
char *serve_local_url(const struct buf *urls);

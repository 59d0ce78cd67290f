#pragma once
// Whom a server listens to: decisions on header texts, without a connection, so that each can be
// tested. For files of host/net and their tests.

#include <stdbool.h>
#include <stddef.h>

/// True if a Host header (with or without a port) names the loopback: 127.0.0.0/8, localhost, ::1.
/// A page of another site whose name was made to point here (DNS rebinding) has its own name in it.
bool check_host_is_loopback(const char *host);

/// True if an Origin header ("http://127.0.0.1:8080") names the same host and port as `host`.
bool check_origin_is_host(const char *origin, const char *host);

/// True if both are equal; takes the same time wherever they differ.
bool check_token(const char *given, const char *token);

/// Finds `name` in a Cookie header; *len becomes the length of its value. NULL if it is not there.
const char *check_cookie(const char *cookies, const char *name, size_t *len);

/// Matches a path against a pattern with `*` for one part; one slash more at the path's end does
/// not matter. The decoded parts go into parts[] (malloc'ed, owned by the caller in any case);
/// *count says how many.
bool check_route(const char *pattern, const char *path, char **parts, size_t cap, size_t *count);

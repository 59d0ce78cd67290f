#pragma once
// What the files of an endpoint share.
//
// endpoint.c         its name, and the whole of it
// endpoint_table.c   the keys of its table
// endpoint_secret.c  its API key and headers

#include "model/endpoint.h"

/// Fills kind, model, URLs and the default key's variable from a name.
bool endpoint_set_name(struct endpoint *e, struct view name, struct err *err) NODISCARD;
/// Adds a base URL after checking it.
bool endpoint_add_url(struct endpoint *e, struct view url, struct err *err) NODISCARD;
/// Reads the table's keys, `model` apart.
bool endpoint_set_table(struct endpoint *e, const struct json *table, struct err *err) NODISCARD;

/// Copies an environment variable that must be there and look like a key; `what` needs it. NULL on
/// error.
char *endpoint_read_variable(const char *variable, const char *what, struct err *err) NODISCARD;
/// Frees a text that may be secret; NULL is fine.
void endpoint_wipe(char *secret);
/// The key `api_key_env` of the table: the variable's name alone.
bool endpoint_read_key_env(struct endpoint *e, const struct json *table, const char *key,
                           struct err *err) NODISCARD;
/// The key `headers` of the table; a value "env:NAME" is taken from the environment.
bool endpoint_read_headers(struct endpoint *e, const struct json *table, const char *key,
                           struct err *err) NODISCARD;
